"""A class of thirty and one screen: how soon what somebody does is on the screen, and what is lost.

    python -m benchmarks.class_of_thirty [--people N] [--seconds N] [--only STEP ...]

Each person is a websocket session that sends what a phone sends and does something every three to
six seconds; the screen is another. A step is played for so many seconds; in its middle the web
process is killed (`kill -9`) and started again, and everybody comes back.

An action is on the screen when a run of the screen's page has ended that began after the action
was confirmed: that is later than when it is first seen, never earlier. At the end of each step,
what is on the disk is compared with what was confirmed.
"""

import argparse
import asyncio
import json
import random
import statistics
import time
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

import msgspec
import psutil

from benchmarks.class_actions import ACTIONS
from benchmarks.measuring import RESULTS, empty_folder, machine
from benchmarks.streamlit_client import Visitor, visit
from mnist_core.classroom.room import STEPS, Right
from mnist_core.classroom.store import ClassStore
from mnist_core.jobs import queue
from tests.serving import APP, Server, relaunch, serve, wait_until_healthy
from ui.shell.visitor import COOKIE

PEOPLE = 30
_PAUSE = (3.0, 6.0)  # seconds between two actions of one person
_LOOK = 0.5
_AFTERWARDS = 6.0  # seconds for which the screen looks on when nobody acts any more
ENVIRONMENT = {"MNIST_HOSTED": "1", "MNIST_SPARE_MINUTES": "0"}
_MB = 1_000_000


@dataclass
class Played:
    """What happened in a step.

    Attributes:
        waits: seconds until an action was on the screen.
        answers: seconds until it was confirmed to who did it.
        errors: what a page showed as an error.
        acted: when each action began and was confirmed, by `time.monotonic`.
    """

    waits: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    acted: list[tuple[float, float]] = field(default_factory=list)


def cookie(number: int) -> str:
    """What a browser sends so that the server knows it again."""
    return f"{COOKIE}={number + 1:032x}"


async def people_of(stack: AsyncExitStack, server: Server, code: str, people: int) -> list[Visitor]:
    """Everybody comes in, or comes back."""
    visitors = []
    for number in range(people):
        path = f"class?room={code}"
        visitor = await stack.enter_async_context(visit(server.url, path, cookie(number)))
        if visitor.has("class-enter"):
            await visitor.act("class-enter", trigger_value=True)
        visitors.append(visitor)
    return visitors


async def play(
    server: Server, right: Right, step: str, people: int, seconds: float, seed: int
) -> Played:
    """Everybody acts for a while; the screen looks on."""
    played, ends = Played(), time.monotonic() + seconds
    async with AsyncExitStack() as stack:
        path = f"class?room={right.room}&view=screen&steer={right.secret}"
        screen = await stack.enter_async_context(visit(server.url, path, f"{COOKIE}={'f' * 32}"))
        visitors = await people_of(stack, server, right.room, people)

        async def look() -> None:
            while time.monotonic() < ends + _AFTERWARDS:
                await screen.watch(_LOOK)

        async def one(number: int, visitor: Visitor) -> None:
            chance = random.Random(seed * 1_000 + number)
            await visitor.watch(chance.uniform(0, _PAUSE[0]))
            count = 0
            while time.monotonic() < ends:
                began = time.monotonic()
                if await ACTIONS[step](visitor, chance, count):
                    played.acted.append((began, time.monotonic()))
                count += 1
                await visitor.watch(chance.uniform(*_PAUSE))
            played.errors.extend(visitor.errors)

        await asyncio.gather(look(), *(one(*each) for each in enumerate(visitors)))
        played.errors.extend(screen.errors)
        for began, confirmed in played.acted:
            played.answers.append(confirmed - began)
            after = [end for start, end in screen.runs if start >= confirmed]
            # Nothing more has happened since a run that began while it was being confirmed.
            last = [end for start, end in screen.runs[-1:] if start >= began]
            played.waits.append(min(after or last, default=float("inf")) - began)
    return played


def sent(server: Server, code: str, step: str) -> dict[tuple[int, str], bytes]:
    """What is on the disk of a step."""
    found = ClassStore(server.models).contributions(code, step)
    return {(one.person, one.slot): one.payload for one in found}


async def step_played(
    server: Server, right: Right, step: str, people: int, seconds: float, seed: int
) -> tuple[Server, dict[str, Any]]:
    """Play a step, kill the server in its middle, and play it on; the server there is then."""
    first = await play(server, right, step, people, seconds, seed)
    before = sent(server, right.room, step)
    server = relaunch(server, environment=ENVIRONMENT)
    wait_until_healthy(server)
    lost = before.items() - sent(server, right.room, step).items()
    second = await play(server, right, step, people, seconds / 2, seed + 1)
    for job in queue.unfinished(root=server.models):
        queue.stop(job, root=server.models)
    problems = Counter(first.errors + second.errors)
    for problem, count in problems.items():
        print(f"  {count} times: {problem}")
    here = len(ClassStore(server.models).people(right.room))
    return server, {
        "step": step,
        "people": here,
        "actions": len(first.waits + second.waits),
        "on the screen, s": summary(first.waits + second.waits),
        "confirmed, s": summary(first.answers + second.answers),
        "lost": len(lost),
        "errors": problems.total(),
        "MB": round(psutil.Process(server.process.pid).memory_info().rss / _MB),
    }


def summary(seconds: list[float]) -> dict[str, float]:
    """Median, 95% and the longest; empty where nothing was sent."""
    if not seconds:
        return {}
    ordered = sorted(seconds)
    found = {
        "median": statistics.median(ordered),
        "95%": ordered[int(0.95 * len(ordered))],
        "most": ordered[-1],
    }
    return {name: round(value, 2) for name, value in found.items()}


async def main() -> None:
    """Play all steps and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--seconds", type=float, default=40.0)
    parser.add_argument("--only", nargs="*", choices=list(ACTIONS))
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    found = []
    with empty_folder() as folder, serve(APP, folder, environment=ENVIRONMENT) as server:
        classes = ClassStore(server.models)
        right = classes.create()
        for step in (one for one in STEPS if one in (asked.only or ACTIONS)):
            classes.steer(right.room, partial(msgspec.structs.replace, step=step))
            server, result = await step_played(
                server, right, step, asked.people, asked.seconds, asked.seed
            )
            print(json.dumps(result), flush=True)
            found.append(result)
        server.process.kill()
    if asked.only is None:
        kept = {
            "steps": found,
            "seed": asked.seed,
            "seconds": asked.seconds,
            "date": datetime.now(UTC).date().isoformat(),
            "machine": machine(),
        }
        text = json.dumps(kept, indent=2, ensure_ascii=False)
        (RESULTS / "class_of_thirty.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main())
