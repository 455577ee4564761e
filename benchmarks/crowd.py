"""How many people one web process carries: crowds of clients that send what browsers send.

    python -m benchmarks.crowd [--seconds N] [--only drawing|clicking|coming]

- sixty people draw, a stroke every two seconds: how long until a stroke is answered;
- two hundred click through Browse and Mistakes, every two seconds on average;
- five hundred come, look at a page and leave: what of it stays in memory;
- and what one stroke, one click and one second of watching a training cost, in processor time of
  the web process, which a busy machine changes little.

The clients run in a process of their own, which needs a processor: of two, the server has one.
"""

import argparse
import asyncio
import json
import random
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import psutil
from websockets.exceptions import ConnectionClosed

from benchmarks.measuring import empty_folder, machine
from benchmarks.streamlit_client import Visitor, visit
from benchmarks.table import RESULTS
from mnist_core.jobs import admission, queue
from mnist_core.networks import recipes
from tests.e2e.test_draw import DIGITS
from tests.serving import APP, Server, serve

DRAWING, CLICKING, COMING = 60, 200, 500
EVERY = 2.0  # seconds between two actions of one person
_BATCH = 50
_FORGOTTEN_AFTER = 150.0  # seconds: Streamlit keeps a session for two minutes
_MB = 1_000_000
Act = Callable[[Visitor, random.Random, int], Awaitable[float]]


async def draw(visitor: Visitor, random: random.Random, number: int) -> float:
    """A stroke; after each third, a new drawing begins."""
    if number % 3 == 2:
        return await visitor.clear()
    strokes = DIGITS[random.choice(sorted(DIGITS))]
    return await visitor.draw(strokes)


async def click(visitor: Visitor, random: random.Random, number: int) -> float:
    """The next digit or mistake; every sixth time, the other of the two pages."""
    if number % 6 == 5:
        browse = random.random() < 0.5
        return await visitor.open("browse?set=test&index=5" if browse else "mistakes")
    key = "neighbours" if visitor.has("neighbours") else "mistake-steps"
    presses = {"presses": {"counter": 0.5, "count": number + 1}}
    return await visitor.act(key, json_value=json.dumps(presses))


async def crowd(
    come: Callable[[int], AbstractAsyncContextManager[Visitor]],
    people: int,
    act: Act,
    seconds: float,
    processes: Mapping[str, Sequence[psutil.Process]],
) -> dict[str, Any]:
    """People who each act every `EVERY` seconds, on average, and how long they wait.

    Args:
        come: the visit of the person with this number.
        people: how many.
        act: what they do.
        seconds: that they would stay if they did not have to wait.
        processes: those whose processor time is told besides, once everybody is in.
    """
    waits: list[float] = []
    errors: list[str] = []
    async with AsyncExitStack() as stack:
        visitors = [await stack.enter_async_context(come(number)) for number in range(people)]

        async def one(number: int, visitor: Visitor) -> None:
            random_ = random.Random(number)
            try:
                for step in range(round(seconds / EVERY)):
                    await asyncio.sleep(random_.uniform(0.5, 1.5) * EVERY)
                    waits.append(await act(visitor, random_, step))
            except (ConnectionClosed, TimeoutError) as error:
                errors.append(f"{type(error).__name__}: {error}")
            errors.extend(visitor.errors)

        before = {name: at_work(*each) for name, each in processes.items()}
        await asyncio.gather(*(one(*each) for each in enumerate(visitors)))
        used = {name: at_work(*each) - before[name] for name, each in processes.items()}
    print(*errors[:5], sep="\n")
    steps = statistics.quantiles(waits, n=20)
    return {
        "people": people,
        "actions": len(waits),
        "median, s": round(statistics.median(waits), 3),
        "95%, s": round(steps[-1], 3),
        "errors": len(errors),
        "processor time for each action, ms": {
            name: round(1000 * each / len(waits), 2) for name, each in used.items()
        },
    }


async def cost(server: Server, page: str, act: Act, actions: int = 60) -> float:
    """Milliseconds of processor time that an action costs the web process, on average."""
    async with visit(server.url, page) as visitor:
        random_ = random.Random(0)
        for number in range(12):
            await act(visitor, random_, number)
        before = at_work(server.process)
        for number in range(12, 12 + actions):
            await act(visitor, random_, number)
        return 1000 * (at_work(server.process) - before) / actions


async def cost_of_watching(server: Server, seconds: float = 20.0) -> float:
    """The same for a second in which somebody watches a training."""
    recipe = recipes.get("cnn-simple")
    settings = replace(recipe.settings, epochs=50)
    job_id = admission.submit(recipe, settings, root=server.models)
    while not queue.read(job_id, root=server.models).progress:
        await asyncio.sleep(0.2)
    async with visit(server.url, f"train?job={job_id}") as visitor:
        await visitor.watch(5.0)
        before, began = at_work(server.process), time.monotonic()
        await visitor.watch(seconds)
        spent = 1000 * (at_work(server.process) - before) / (time.monotonic() - began)
    queue.stop(job_id, root=server.models)
    return spent


async def coming_and_going(server: Server) -> dict[str, float | int]:
    """Memory of the web process after the first fifty, and after all have come and gone."""
    pages = ("", "browse", "draw", "mistakes", "train")
    after: list[float] = []
    for batch in range(COMING // _BATCH):
        async with AsyncExitStack() as stack:
            for number in range(_BATCH):
                page = pages[number % len(pages)]
                await stack.enter_async_context(visit(server.url, page))
        if batch in (0, COMING // _BATCH - 1):
            await asyncio.sleep(_FORGOTTEN_AFTER)
            after.append(server.process.memory_info().rss / _MB)
    return {
        "sessions": COMING,
        "MB after the first fifty": round(after[0]),
        "MB after all": round(after[1]),
    }


def at_work(*processes: psutil.Process) -> float:
    """Seconds of processor time that processes have used."""
    times = [process.cpu_times() for process in processes]
    return float(sum(one.user + one.system for one in times))


async def measure(server: Server, seconds: float, only: str | None) -> dict[str, Any]:
    """All of it, or one part."""
    found: dict[str, Any] = {}
    processes: dict[str, Sequence[psutil.Process]] = {
        "the clients": [psutil.Process()],
        "the web process": [server.process],
    }
    if only in (None, "cost"):
        found["processor time, ms"] = {
            "a stroke on Draw": round(await cost(server, "draw", draw), 1),
            "a click on Browse": round(await cost(server, "browse?set=test&index=5", click), 1),
            "a second of watching a training": round(await cost_of_watching(server), 1),
        }
    if only in (None, "drawing"):
        found["drawing"] = await crowd(
            lambda _: visit(server.url, "draw"), DRAWING, draw, seconds, processes
        )
    if only in (None, "clicking"):
        found["clicking"] = await crowd(
            lambda _: visit(server.url, "browse"), CLICKING, click, seconds, processes
        )
    if only in (None, "coming"):
        found["coming and going"] = await coming_and_going(server)
    return found


def main() -> None:
    """Measure and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=40.0, help="that a crowd stays")
    parser.add_argument("--only", choices=("cost", "drawing", "clicking", "coming"))
    asked = parser.parse_args()
    environment = {"MNIST_SPARE_MINUTES": "0"}
    with empty_folder() as folder, serve(APP, folder / "served", environment=environment) as server:
        found = asyncio.run(measure(server, asked.seconds, asked.only))
    found |= {"date": datetime.now(UTC).date().isoformat(), "machine": machine()}
    text = json.dumps(found, indent=2, ensure_ascii=False)
    print(text)
    if asked.only is None:
        (RESULTS / "crowd.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
