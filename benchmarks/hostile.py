"""Ten thousand hostile messages, addresses and uploads: what they do to the server and to a class.

    python -m benchmarks.hostile [--messages N] [--seed N]

A class of three is in the middle of its lesson. Somebody in the same room, and somebody who is not,
send what no browser would: bytes that are no message, widgets that are not on the page or have
values of another kind, drawings of megabytes, addresses and names full of markup, codes and secrets
that are guessed. Afterwards the others have what they had, the server runs, its log has no
traceback, and there is no file outside its directory of models.
"""

import argparse
import asyncio
import json
import random
import re
import string
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import msgspec
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.measuring import empty_folder
from benchmarks.streamlit_client import Visitor, visit
from mnist_core.classroom.room import STEPS
from mnist_core.classroom.store import ClassStore
from tests.serving import APP, ROOT, serve
from ui.shell.visitor import COOKIE

_PAGES = ("", "class", "draw", "browse", "mistakes", "train", "questions", "nowhere", "_stcore/x")
_NASTY = (
    "", "\x00", "../../etc/passwd", "<script>alert(1)</script>", "![x](http://x.y/z.png)",
    "' OR 1=1 --", "{0.__class__}", "%s%s%n", "🦊" * 50, "A" * 5_000, "-1", "1e999", "NaN", "[]",
    "{}", "null", "true", "\ud7ff", "‮abc", ":material/home:", "$$ID-x-y",
)  # fmt: skip
_FIELDS = (
    "string_value", "int_value", "double_value", "bool_value", "trigger_value", "json_value",
    "json_trigger_value", "bytes_value",
)  # fmt: skip
_PATIENCE = 20.0
_MEGABYTES = 5_000_000


def nasty(chance: random.Random) -> str:
    """A text that somebody may have typed."""
    if chance.random() < 0.5:
        return chance.choice(_NASTY)
    return "".join(chance.choice(string.printable) for _ in range(chance.randrange(60)))


def address(chance: random.Random, code: str) -> str:
    """The path of a page with a query that makes no sense."""
    names = ("room", "me", "steer", "view", "lang", "model", "set", "index", "job", "hand", "x")
    query = {chance.choice(names): nasty(chance) for _ in range(chance.randrange(4))}
    if chance.random() < 0.3:
        query["room"] = code
    return f"{chance.choice(_PAGES)}?{urllib.parse.urlencode(query, errors='replace')}"


def state(chance: random.Random, widget: str) -> WidgetState:
    """A value of any kind for a widget."""
    found = WidgetState(id=widget)
    field = chance.choice(_FIELDS)
    match field:
        case "int_value":
            setattr(found, field, chance.choice((-1, 0, 10, 2**31, -(2**53))))
        case "double_value":
            setattr(found, field, chance.choice((float("nan"), float("inf"), -1.5)))
        case "bool_value" | "trigger_value":
            setattr(found, field, True)
        case "bytes_value":
            found.bytes_value = chance.randbytes(chance.randrange(2_000))
        case _:
            picked = [{"event": "picked", "value": chance.choice((-1, 3, 10**9, "x", None, [1]))}]
            drawing = {"drawing": {"raw": {"objects": [{"type": "Path", "path": [["M", 1e308]]}]}}}
            texts = [nasty(chance), json.dumps(picked), json.dumps(drawing)]
            setattr(found, field, chance.choice(texts).encode("utf-8", "replace").decode())
    return found


def message(chance: random.Random, visitor: Visitor, code: str) -> bytes:
    """What is sent over the websocket."""
    if chance.random() < 0.1:
        return chance.randbytes(chance.randrange(200))
    sent = BackMsg()
    rerun = sent.rerun_script
    path, _, query = address(chance, code).partition("?")
    rerun.query_string = query if chance.random() < 0.3 else visitor.query
    rerun.page_name = path if chance.random() < 0.2 else "class"
    rerun.fragment_id = nasty(chance)[:50].encode("utf-8", "replace").decode() * (
        chance.random() < 0.1
    )
    for _ in range(chance.randrange(4)):
        widget = chance.choice(visitor.widget_ids or ["x"])
        if chance.random() < 0.2:
            widget = nasty(chance).encode("utf-8", "replace").decode()
        rerun.widget_states.widgets.append(state(chance, widget))
    return bytes(sent.SerializeToString())


async def attack(url: str, code: str, cookie: str, messages: int, seed: int) -> int:
    """Send so many messages; a connection that the server ends is opened again."""
    chance, sent = random.Random(seed), 0
    while sent < messages:
        with suppress(websockets.ConnectionClosed, TimeoutError, OSError):
            async with visit(url, f"class?room={code}", cookie) as visitor:
                if visitor.has("class-enter"):
                    await visitor.act("class-enter", trigger_value=True)
                for _ in range(100):
                    await visitor.throw(message(chance, visitor, code))
                    sent += 1
                async with asyncio.timeout(_PATIENCE):
                    await visitor.settle()
    return sent


async def large(url: str, code: str, cookie: str) -> None:
    """A drawing of five megabytes."""
    with suppress(websockets.ConnectionClosed, TimeoutError, OSError):
        async with visit(url, f"class?room={code}", cookie) as visitor:
            huge = json.dumps({"drawing": {"raw": {"objects": ["x" * _MEGABYTES]}}})
            for widget in visitor.widget_ids:
                sent = BackMsg()
                sent.rerun_script.page_name = "class"
                sent.rerun_script.query_string = f"room={code}"
                found = WidgetState(id=widget, json_value=huge)
                sent.rerun_script.widget_states.widgets.append(found)
                await visitor.throw(bytes(sent.SerializeToString()))


def fetch(url: str, chance: random.Random, code: str) -> int:
    """An address over plain HTTP, or an upload to where uploads go; the answer's status."""
    target = f"{url}/{address(chance, code)}"
    method, body = "GET", None
    if chance.random() < 0.3:
        target = f"{url}/_stcore/upload_file/{chance.randrange(9)}/{chance.randrange(9)}"
        method, body = "PUT", chance.randbytes(chance.randrange(20_000))
    request = urllib.request.Request(target, body, method=method)
    try:
        with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def files(folder: Path) -> set[Path]:
    """All files of the project that are no bytecode."""
    return {
        one
        for one in folder.rglob("*")
        if not {"__pycache__", ".git", ".venv", ".mypy_cache", ".ruff_cache"} & set(one.parts)
    }


def places(log: str) -> Iterator[str]:
    """The last place and the last line of each traceback that a server printed."""
    unfolded = log.replace("\\n", "\n").replace('\\"', '"')
    for part in unfolded.split("Traceback (most recent call last):")[1:]:
        lines = part.splitlines()
        frames = [one.strip() for one in lines if one.strip().startswith("File ")]
        ends = [one for one in lines if re.match(r"[A-Za-z_.]+(Error|Exception|[A-Z]\w+)\b", one)]
        ours = [one for one in frames if f"{ROOT}/" in one and ".venv" not in one]
        yield " | ".join([*ours[-1:], *frames[-1:], *[one[:160] for one in ends[:1]]])


async def main() -> None:
    """Attack, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    chance, before = random.Random(chosen.seed), files(ROOT)
    with (
        empty_folder() as folder,
        serve(APP, folder, environment={"MNIST_SPARE_MINUTES": "0"}) as server,
    ):
        classes = ClassStore(server.models)
        right = classes.create()
        code = right.room
        people = [
            classes.join(code, f"browser {number}", f"Person {number}")[0] for number in "abc"
        ]
        for person in people:
            classes.contribute(code, person, "guess", {"0": b"3"})
        mine = {person.id for person in people}
        share = chosen.messages // (2 * len(STEPS))
        sent = 0
        for number, step in enumerate(STEPS):
            classes.steer(code, partial(msgspec.structs.replace, step=step))
            inside, outside = f"{COOKIE}={'a' * 32}", f"{COOKIE}={'b' * 32}"
            sent += await attack(server.url, code, inside, share, chosen.seed + number)
            sent += await attack(server.url, "CCCC", outside, share // 2, chosen.seed - number)
            await large(server.url, code, inside)
            statuses = [fetch(server.url, chance, code) for _ in range(share // 2)]
            sent += len(statuses)
            print(f"{step}: {sent} so far; {sum(one >= 500 for one in statuses)} answers of 5xx")
        log = server.log.read_text(errors="replace")
        kept = [one for one in classes.contributions(code, "guess") if one.person in mine]
        state = classes.find(code)
        assert state is not None
        print(f"{sent} messages, addresses and uploads")
        print("tracebacks:", log.count("Traceback"), "errors:", log.count('"event":"error"'))
        print("what others sent is as it was:", [one.payload for one in kept] == [b"3"] * 3)
        here = {one.id for one in classes.people(code)}
        print("others are there:", mine <= here, "the lesson is where it was:", state.state.step)
        print("new files outside:", sorted(map(str, files(ROOT) - before)))
        for place, count in Counter(places(log)).most_common():
            print(f"  {count} times: {place}")


if __name__ == "__main__":
    asyncio.run(main())
