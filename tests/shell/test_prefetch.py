"""Answers computed before anybody asks."""

import threading

from ui.shell.prefetch import prefetch


def test_a_function_is_called_in_the_background():
    called = threading.Event()
    found = []

    def ask(number: int) -> None:
        found.append((number, threading.current_thread() is threading.main_thread()))
        called.set()

    prefetch(ask, 3)
    assert called.wait(120)
    assert found == [(3, False)]


def test_a_full_queue_drops_a_prefetch_and_an_error_stops_nothing():
    go_on, done, asked = threading.Event(), threading.Event(), []

    def wait() -> None:
        go_on.wait(120)
        raise ValueError("A prefetch that goes wrong.")

    def ask(number: int) -> None:
        asked.append(number)

    prefetch(wait)
    for number in range(100):
        prefetch(ask, number)
    go_on.set()
    # There is room again as soon as one of them is through.
    while not done.wait(0.01):
        prefetch(done.set)
    assert asked == list(range(len(asked)))
    assert 0 < len(asked) < 100
