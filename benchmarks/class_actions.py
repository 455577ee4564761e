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


async def inside(visitor: Visitor, chance: random.Random, count: int) -> bool:
    """Draw a digit; send it; draw another."""
    if count % 2:
        await visitor.act("class-send-inside", trigger_value=True)
        return True
    await visitor.act("canvas-clear", trigger_value=True)
    await visitor.draw(DIGITS[chance.choice(sorted(DIGITS))])
    return False


ACTIONS: dict[str, Act] = {"guess": guess, "inside": inside}
