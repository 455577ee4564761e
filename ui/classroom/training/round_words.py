"""How far the trainings of a class are, in words."""

from collections.abc import Sequence

from mnist_core.classroom.training_round import Runner, round_seconds, seconds_each, seconds_to_wait
from mnist_core.jobs.launch import uses_cluster
from mnist_core.language.translation import _, n_
from mnist_core.system import server_settings
from mnist_core.system.text_format import about, duration
from ui.classroom.class_page import ClassPage


def cost(page: ClassPage) -> str:
    """What it costs if everybody trains once: said before anybody begins."""
    people = max(1, sum(not one.is_paper for one in page.people))
    at_once = max(1, server_settings.trainings_at_once())
    seconds = page.room.state.seconds
    time = about(round_seconds(people, seconds, at_once))
    words = n_(
        "{n} training of {seconds} seconds takes this server {time}.",
        "{n} trainings of {seconds} seconds take this server {time}.",
        people,
        seconds=seconds,
        time=time,
    )
    if uses_cluster():
        more = n_(
            "A cluster helps: {n} training at a time.",
            "A cluster helps: {n} trainings at a time.",
            at_once,
        )
    else:
        more = n_(
            "{n} training runs at a time; the others wait in a queue.",
            "{n} trainings run at a time; the others wait in a queue.",
            at_once,
        )
    return f"{words} {more}"


def status(page: ClassPage, runners: Sequence[Runner]) -> str:
    """The queue's state on the screen."""
    over = sum(one.status == "done" for one in runners)
    running = [one for one in runners if one.status == "running"]
    waiting = [one for one in runners if one.status == "waiting"]
    parts = [n_("{n} has trained", "{n} have trained", over)]
    for one in running[:3]:
        name = page.name_of(one.person)
        left = (
            ""
            if one.wait is None or one.wait < 1
            else ", " + _("{time} left", time=duration(one.wait))
        )
        parts.append(_("{name} trains now{left}", name=name, left=left))
    if len(running) > 3:
        parts.append(n_("{n} more trains", "{n} more train", len(running) - 3))
    if waiting:
        last = max(waiting, key=lambda one: one.ahead)
        seconds = wait_seconds(page, last, runners) + _each(page, runners)
        parts.append(n_("{n} waits, {time}", "{n} wait, {time}", len(waiting), time=about(seconds)))
    return " · ".join(parts)


def wait_seconds(page: ClassPage, runner: Runner, runners: Sequence[Runner]) -> float:
    """About how long until a training that waits begins: by the pace of those before it."""
    left = [one.wait for one in runners if one.status == "running" and one.wait is not None]
    at_once = max(1, server_settings.trainings_at_once())
    return seconds_to_wait(runner.ahead, at_once, _each(page, runners), left)


def _each(page: ClassPage, runners: Sequence[Runner]) -> float:
    at_once = max(1, server_settings.trainings_at_once())
    ended = [one.ended for one in runners if one.ended is not None]
    return seconds_each(ended, round_seconds(1, page.room.state.seconds, 1) / at_once)
