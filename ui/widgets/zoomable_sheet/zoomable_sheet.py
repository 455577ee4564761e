"""A whole set as one picture to zoom into: the browser asks for the tiles that it sees."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from mnist_core.data.contact_sheet import LEVELS, TILE, SheetLayout, positions_in_tile
from mnist_core.data.dataset import Digits
from ui.shell.component import as_base64, component, picked_position

Tile = tuple[int, int, int]
"""Level, column, row."""

# What the browser may ask for at a time; it asks for the rest when these have come.
MOST_TILES = 24
# From this level on a tile carries the elements and labels of its digits.
_NAMED_FROM = 14
# The whole sheet in a few tiles, of about as many pixels as a screen has for it.
_OVERVIEW_PIXELS = 500

_SHEET = component(__file__, uses=("visible_part", "gestures"))


def zoomable_sheet(
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
        "tiles": [_tile_data(sheet, digits, tile, picture(*tile)) for tile in wanted],
    }
    # Streamlit keeps what a component sends only if there is a callback.
    _SHEET(key=key, data=data, on_wanted_change=lambda: None, on_picked_change=lambda: None)
    position = picked_position(st.session_state.get(key), len(digits))
    return None if position is None else int(sheet.elements[position])


def read_wanted(sent: Any, name: str, sheet: SheetLayout) -> list[Tile]:
    """The tiles that the browser asks for, if they are of this sheet and exist.

    Otherwise those of the overview: the browser may send anything, or nothing yet.
    """
    match sent:
        case {"name": asked_name, "tiles": list(tiles)} if asked_name == name:
            return [tuple(tile) for tile in tiles[:MOST_TILES] if _exists(tile, sheet)]
    level = overview_level(sheet)
    across, down = sheet.tiles(level)
    return [(level, column, row) for row in range(down) for column in range(across)]


def overview_level(sheet: SheetLayout) -> int:
    """The finest level at which the whole sheet has few pixels."""
    longest = max(sheet.columns, sheet.rows)
    return next((level for level in LEVELS if longest * level <= _OVERVIEW_PIXELS), LEVELS[-1])


def _exists(tile: Any, sheet: SheetLayout) -> bool:
    match tile:
        case [level, column, row] if all(type(part) is int for part in tile) and level in LEVELS:
            across, down = sheet.tiles(level)
            return bool(0 <= column < across and 0 <= row < down)
    return False


def _tile_data(sheet: SheetLayout, digits: Digits, tile: Tile, picture: bytes) -> dict[str, object]:
    data: dict[str, object] = {"at": list(tile), "png": as_base64(picture)}
    if tile[0] >= _NAMED_FROM:
        positions = positions_in_tile(sheet, *tile)
        positions = positions[positions < len(digits)]
        elements = sheet.elements[positions]
        data["positions"] = positions.tolist()
        data["elements"] = elements.tolist()
        data["labels"] = digits.labels[elements].tolist()
    return data
