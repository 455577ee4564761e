"""The map of the test digits: point at a dot to see its digit, draw around a cloud to see all.

Everything but the choice happens in the browser: positions, groups and one sheet of all digits are
sent once.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit import runtime

from mnist_core.charts.digit_colours import DIGIT_COLOURS
from mnist_core.data.dataset import CLASSES
from mnist_core.data.digit_map import quantised
from mnist_core.language.translation import _
from ui.shell import cached
from ui.shell.component import as_base64, component, when_picked

_DIGIT_MAP = component(__file__)


def digit_map(
    way: str,
    groups: NDArray[np.uint8],
    labels: NDArray[np.uint8],
    *,
    key: str,
    by_network: bool,
    on_pick: Callable[[int], None],
    on_select: Callable[[list[int]], None] | None = None,
    own: NDArray[np.float32] | None = None,
) -> None:
    """Show a map.

    Args:
        way: which, of `mnist_core.data.digit_map.METHODS`.
        groups: shape `(10000,)`: the digit whose colour each dot has.
        labels: shape `(10000,)`; dots whose group is another are ringed.
        key: as of any widget.
        by_network: whether the groups are a network's answers.
        on_pick: called with the test image to open, before the page runs again.
        on_select: called with the test images somebody drew around, likewise; None where nobody
            may draw around them.
        own: where the visitor's own digit lies, float32 `(2,)`, of the map's own positions.
    """

    def select() -> None:
        found = selected_positions(st.session_state.get(key), len(labels))
        if found and on_select is not None:
            on_select(found)

    positions = cached.map_positions(way)
    # One more dot would move the others if it lay outside; amid its neighbours it does not.
    dots = positions if own is None else np.vstack([positions, own])
    on_screen = quantised(dots).astype("<u2")
    sheet = cached.test_sheet()
    data = {
        "way": way,
        "positions": as_base64(on_screen[: len(positions)].tobytes()),
        "own": None if own is None else on_screen[-1].tolist(),
        "selectable": on_select is not None,
        "groups": as_base64(groups.astype(np.uint8).tobytes()),
        "labels": as_base64(labels.tobytes()),
        "centres": centres(positions, groups),
        "colours": list(DIGIT_COLOURS),
        "by_network": by_network,
        # The browser fetches and keeps all test digits as one picture.
        "sprite": runtime.get_instance().media_file_mgr.add(sheet, "image/png", "test-sheet"),
        "columns": cached.SHEET_COLUMNS,
        "finding": _finding(is_selectable=on_select is not None),
        "words": {
            "labelled": _("Test image {number}, labelled {digit}"),
            "read": _("Test image {number}, labelled {digit}, read as {answer}"),
            "open": _("Open {number}"),
            "yours": _("yours"),
            "point": _("Point at a dot to see its digit."),
            "select": _("Select with your finger"),
        },
    }
    receive = when_picked(key, len(labels), on_pick)
    _DIGIT_MAP(key=key, data=data, on_picked_change=receive, on_selected_change=select)


def _finding(*, is_selectable: bool) -> str:
    if is_selectable:
        return _(
            "A map of the 10,000 test images, one dot each. Arrow keys go from dot to dot, Enter "
            "opens one, Space selects the 60 around it."
        )
    return _(
        "A map of the 10,000 test images, one dot each. Arrow keys go from dot to dot, Enter opens "
        "one."
    )


def selected_positions(state: Any, count: int) -> list[int]:
    """The positions that the browser says were selected, as far as they are among `count`."""
    selected = state.get("selected") if state else None
    if not isinstance(selected, list) or len(selected) > count:
        return []
    whole = {one for one in selected if isinstance(one, int) and not isinstance(one, bool)}
    return sorted(one for one in whole if 0 <= one < count)


def centres(positions: NDArray[np.float32], groups: NDArray[np.uint8]) -> list[int | None]:
    """For each digit the dot in the middle of its group, to be labelled; None without dots."""
    found: list[int | None] = []
    for digit in range(CLASSES):
        members = np.flatnonzero(groups == digit)
        if not len(members):
            found.append(None)
            continue
        middle = np.median(positions[members], axis=0)
        distances = np.abs(positions[members] - middle).sum(axis=1)
        found.append(int(members[distances.argmin()]))
    return found
