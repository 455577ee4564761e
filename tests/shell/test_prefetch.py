"""Answers worked out before anybody asks."""

import threading

from ui.shell import prefetch


def test_a_function_is_called_in_the_background():
    called = threading.Event()
    found = []

    def ask(number: int) -> None:
        found.append((number, threading.current_thread() is threading.main_thread()))
        called.set()

    prefetch.prepare(ask, 3)
    assert called.wait(120)
    assert found == [(3, False)]


def test_too_many_guesses_are_dropped_and_a_failure_stops_nobody():
    go_on, done, asked = threading.Event(), threading.Event(), []

    def wait() -> None:
        go_on.wait(120)
        raise ValueError("A guess that goes wrong.")

    def ask(number: int) -> None:
        asked.append(number)

    prefetch.prepare(wait)
    for number in range(100):
        prefetch.prepare(ask, number)
    go_on.set()
    # There is room again as soon as one of them is through.
    while not done.wait(0.01):
        prefetch.prepare(done.set)
    assert asked == list(range(len(asked)))
    assert 0 < len(asked) < 100
