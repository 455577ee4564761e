"""What a person does in each step of a lesson, as a phone sends it."""

import random
from collections.abc import Awaitable, Callable

from benchmarks.streamlit_client import Visitor
from tests.e2e.test_draw import DIGITS

Act = Callable[[Visitor, random.Random, int], Awaitable[bool]]
"""Acts, and says whether something was sent to the class by it."""


async def guess(visitor: Visitor, chance: random.Random, _count: int) -> bool:
    """Tap a digit."""
    await visitor.pick(visitor.key("class-guess-[0-9]+"), chance.randrange(10))
    return True


async def write(visitor: Visitor, chance: random.Random, count: int) -> bool:
    """Draw a digit; send it in."""
    if not visitor.has("canvas/class-write"):
        # All ten are drawn: one of them once more.
        await visitor.pick("write-mine", chance.randrange(10))
    if count % 2:
        await visitor.act("write-next", trigger_value=True)
        return True
    visitor.forget_strokes()
    await visitor.draw(DIGITS[chance.choice(sorted(DIGITS))])
    return False


async def inside(visitor: Visitor, chance: random.Random, count: int) -> bool:
    """Draw a digit; send it; draw another."""
    if count % 2:
        await visitor.act("class-send-inside", trigger_value=True)
        return True
    await visitor.act("canvas-clear", trigger_value=True)
    visitor.forget_strokes()
    await visitor.draw(DIGITS[chance.choice(sorted(DIGITS))])
    return False


async def fool(visitor: Visitor, chance: random.Random, count: int) -> bool:
    """Draw a digit and say that it is another one; send it in; read one of somebody else."""
    if count % 3 == 0:
        if visitor.has("fool-mode"):
            await visitor.pick("fool-mode", 0)
        digit = chance.choice(sorted(DIGITS))
        if not visitor.has("fool-meant"):
            return False
        await visitor.pick("fool-meant", (digit + chance.randrange(1, 10)) % 10)
        visitor.forget_strokes()
        await visitor.draw(DIGITS[digit])
        return False
    if count % 3 == 1:
        if not visitor.has("fool-send"):
            return False
        await visitor.act("fool-send", trigger_value=True)
        return True
    await visitor.pick("fool-mode", 1)
    try:
        key = visitor.key("fool-read-[0-9]+")
    except KeyError:
        return False
    await visitor.pick(key, chance.randrange(10))
    return True


async def train(visitor: Visitor, chance: random.Random, count: int) -> bool:
    """Choose one of the networks, train it, and watch."""
    if count == 0 and visitor.has("class-network"):
        await visitor.pick("class-network", chance.randrange(3))
        return False
    if count == 1 and visitor.has("class-train"):
        await visitor.act("class-train", trigger_value=True)
        return True
    return False


async def look(_visitor: Visitor, _chance: random.Random, _count: int) -> bool:
    """Look on."""
    return False


ACTIONS: dict[str, Act] = {
    "guess": guess,
    "write": write,
    "inside": inside,
    "fool": fool,
    "train": train,
    "teach": look,
    "findings": look,
}
