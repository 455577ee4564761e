"""A whole set as one picture to zoom into: the browser asks for the tiles that it sees."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from mnist_core.data.contact_sheet import LEVELS, TILE, SheetLayout, positions_in_tile
from mnist_core.data.dataset import Digits
from ui.shell.component import component, picked_position
from ui.shell.ink_png import as_base64

Wanted = list[tuple[int, int, int]]
"""Tiles: level, column, row."""

# What the browser may ask for at a time; it asks for the rest when these have come.
_HERE = Path(__file__).parent

MOST_TILES = 24
# From this size on a tile tells what its digits are.
_NAMED_FROM = 14
# The whole sheet in a few tiles, of about as many pixels as a screen has for it.
_OVERVIEW_PIXELS = 500

_SHEET = component(
    _HERE,
    "sheet",
    '<div class="sheet"><canvas tabindex="0" role="application"></canvas>'
    '<div class="buttons"><button type="button" class="in" aria-label="Zoom in">+</button>'
    '<button type="button" class="out" aria-label="Zoom out">−</button>'
    '<button type="button" class="all">All</button></div>'
    '<p class="readout" aria-live="polite"></p></div>',
    uses=("sheet_window", "sheet_gestures"),
)


def sheet_view(
    sheet: SheetLayout,
    digits: Digits,
    picture: Callable[[int, int, int], bytes],
    *,
    name: str,
    key: str,
    alternative: str,
) -> int | None:
    """Show a sheet; wheel, drag, pinch and keys move in it. Best inside a fragment.

    Args:
        sheet: which element lies where.
        digits: the set.
        picture: gives the PNG of a tile: level, column, row.
        name: of this sheet among all that are shown under this key.
        key: as of any widget.
        alternative: what it shows, in words.

    Returns:
        The element picked in this run, or None.
    """
    state = st.session_state.get(key)
    wanted = read_wanted(state.get("wanted") if state else None, name, sheet)
    data = {
        "name": name,
        "count": len(digits),
        "columns": sheet.columns,
        "rows": sheet.rows,
        "levels": LEVELS,
        "tile": TILE,
        "most": MOST_TILES,
        "overview": overview_level(sheet),
        "alternative": alternative,
        "tiles": [_answer(sheet, digits, at, picture(*at)) for at in wanted],
    }
    _SHEET(key=key, data=data, on_wanted_change=_nothing, on_picked_change=_nothing)
    place = picked_position(st.session_state.get(key), len(digits))
    return None if place is None else int(sheet.elements[place])


def read_wanted(said: Any, name: str, sheet: SheetLayout) -> Wanted:
    """The tiles that the browser asks for, if it asks for tiles of this sheet that exist.

    Otherwise those of the overview: the browser may say anything, or nothing yet.
    """
    if isinstance(said, dict) and said.get("name") == name:
        asked = said.get("tiles")
        if isinstance(asked, list):
            return [tuple(one) for one in asked[:MOST_TILES] if _exists(one, sheet)]
    level = overview_level(sheet)
    across, down = sheet.tiles(level)
    return [(level, column, row) for row in range(down) for column in range(across)]


def overview_level(sheet: SheetLayout) -> int:
    """The finest level at which the whole sheet has few pixels."""
    longest = max(sheet.columns, sheet.rows)
    return next((level for level in LEVELS if longest * level <= _OVERVIEW_PIXELS), LEVELS[-1])


def _exists(one: Any, sheet: SheetLayout) -> bool:
    if not (isinstance(one, list) and len(one) == 3 and all(type(part) is int for part in one)):
        return False
    level, column, row = one
    if level not in LEVELS:
        return False
    across, down = sheet.tiles(level)
    return bool(0 <= column < across and 0 <= row < down)


def _answer(
    sheet: SheetLayout, digits: Digits, at: tuple[int, int, int], picture: bytes
) -> dict[str, object]:
    answer: dict[str, object] = {"at": list(at), "png": as_base64(picture)}
    if at[0] >= _NAMED_FROM:
        places = positions_in_tile(sheet, *at)
        places = places[places < len(digits)]
        elements = sheet.elements[places]
        answer["places"] = places.tolist()
        answer["elements"] = elements.tolist()
        answer["labels"] = digits.labels[elements].tolist()
    return answer


def _nothing() -> None:
    """Streamlit keeps what a component says only if somebody listens."""
