"""The map of the test digits: point at a dot to see its digit, draw around a cloud to see all.

Everything but the choice happens in the browser: places, groups and one sheet of all digits are
sent once.
"""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit import runtime

from mnist_core.charts.digit_colours import DIGIT_COLOURS
from mnist_core.data import digit_map
from mnist_core.data.dataset import CLASSES
from ui.shell import cached
from ui.shell.component import component, picked_position

_HERE = Path(__file__).parent

_MAP = component(
    _HERE,
    "digit_map",
    '<div class="map"><div class="field"><canvas class="dots"></canvas>'
    '<canvas class="over" tabindex="0" role="img"></canvas></div>'
    '<div class="beside"><div class="paper"><div class="ink"></div></div>'
    '<div><p class="says" aria-live="polite">Point at a dot to see its digit.</p>'
    '<button type="button" class="open" hidden></button> '
    '<button type="button" class="select" aria-pressed="false"></button></div></div></div>',
)


def map_canvas(
    way: str,
    groups: NDArray[np.uint8],
    labels: NDArray[np.uint8],
    *,
    key: str,
    by_network: bool,
    on_pick: Callable[[int], None],
    on_select: Callable[[list[int]], None],
) -> None:
    """Show a map.

    Args:
        way: which, of `digit_map.METHODS`.
        groups: shape `(10000,)`: the digit whose colour each dot has.
        labels: shape `(10000,)`; dots whose group is another are ringed.
        key: as of any widget.
        by_network: the groups are what a network says.
        on_pick: called with the test image to open, before the page runs again.
        on_select: called with the test images somebody drew around, likewise.
    """

    def pick() -> None:
        position = picked_position(st.session_state.get(key), len(labels))
        if position is not None:
            on_pick(position)

    def select() -> None:
        found = selected_positions(st.session_state.get(key), len(labels))
        if found:
            on_select(found)

    places = cached.map_places(way)
    data = {
        "way": way,
        "places": _base64(digit_map.quantised(places).astype("<u2")),
        "groups": _base64(groups.astype(np.uint8)),
        "labels": _base64(labels),
        "centres": centres(places, groups),
        "colours": list(DIGIT_COLOURS),
        "by_network": by_network,
        "sprite": _sheet_address(),
        "columns": cached.SHEET_COLUMNS,
        "finding": "A map of the 10,000 test images; a dot each. Arrow keys go from dot to dot, "
        "Enter opens one, Space selects the 60 around it.",
    }
    _MAP(key=key, data=data, on_picked_change=pick, on_selected_change=select)


def selected_positions(state: Any, count: int) -> list[int]:
    """What the browser says was drawn around, as far as it makes sense: it may say anything."""
    said = state.get("selected") if state else None
    if not isinstance(said, list) or len(said) > count:
        return []
    whole = {one for one in said if isinstance(one, int) and not isinstance(one, bool)}
    return sorted(one for one in whole if 0 <= one < count)


def centres(places: NDArray[np.float32], groups: NDArray[np.uint8]) -> list[int | None]:
    """For each digit the dot in the middle of its group, where its name goes; None without dots."""
    found: list[int | None] = []
    for digit in range(CLASSES):
        members = np.flatnonzero(groups == digit)
        if not len(members):
            found.append(None)
            continue
        away = np.abs(places[members] - np.median(places[members], axis=0)).sum(axis=1)
        found.append(int(members[away.argmin()]))
    return found


def _sheet_address() -> str:
    """Where the browser gets all test digits as one picture, and keeps it."""
    files = runtime.get_instance().media_file_mgr
    base = st.get_option("server.baseUrlPath").strip("/")
    address = files.add(cached.test_sheet(), "image/png", "digit-lab-test-sheet")
    return f"/{base}{address}" if base else address


def _base64(array: NDArray[Any]) -> str:
    return b64encode(array.tobytes()).decode("ascii")
