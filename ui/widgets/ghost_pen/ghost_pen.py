"""The digits that the ghost pen writes; how fast it moves is in `ghost_pen.js`."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "ghost_digits.json"


@cache
def digits() -> list[dict[str, Any]]:
    """Digits with the way of the pen that wrote them; see `scripts/make_ghost_digits.py`."""
    found: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))
    return found
