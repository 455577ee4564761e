"""Cards with drawings on them: a class's hands, or single drawings, as large as there is room for.

Names and words are shown as text, whatever they contain. Drawings are masks of ink, served under an
address that changes with them, so that a browser fetches only what is new.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from streamlit import runtime

from ui.shell.component import component
from ui.shell.ink_png import sprite

_INK_CARDS = component(__file__, uses=("people_colours",))
_LEAST_HEIGHT = 160


@dataclass(frozen=True, eq=False)
class Card:
    """A card.

    Attributes:
        key: the same as long as it is the same card; it then keeps its place.
        drawings: uint8, all of one square shape; None for one that is still to come.
        title: above the drawings.
        colour: of the dot before the title, one of `mnist_core.classroom.room.COLOURS`; or empty.
        note: behind the title.
        lines: below the drawings.
        alternative: what it shows, for people who do not see it.
    """

    key: str
    drawings: Sequence[NDArray[np.uint8] | None]
    title: str = ""
    colour: str = ""
    note: str = ""
    lines: tuple[str, ...] = ()
    alternative: str = ""


def ink_cards(
    cards: Sequence[Card],
    *,
    key: str,
    label: str,
    sizes: Sequence[int],
    below: int = 0,
    narrowest: int = 0,
    one_line: bool = True,
) -> None:
    """Show cards, all with equally many drawings.

    Args:
        cards: in the order in which they are shown.
        key: as of any widget.
        label: what they are, for people who do not see them.
        sizes: that a drawing may have on the screen, in pixels, the largest first: the first with
            which all cards fit into the window is taken, else the last.
        below: how much of the window, in pixels, what comes below needs.
        narrowest: how wide a card is at least, for its words: in sizes of their letters.
        one_line: cut off titles that are too long for one line.
    """
    tiles = max((len(one.drawings) for one in cards), default=0)
    shapes = [one.shape for card in cards for one in card.drawings if one is not None]
    data = {
        "cards": [_data(one, key) for one in cards],
        "tiles": tiles,
        "side": shapes[0][0] if shapes else 0,
        "label": label,
        "sizes": list(sizes),
        "below": below,
        "least": _LEAST_HEIGHT,
        "narrowest": narrowest,
        "one_line": one_line,
    }
    _INK_CARDS(key=key, data=data)


def _data(card: Card, key: str) -> dict[str, object]:
    pixels = [None if one is None else one.tobytes() for one in card.drawings]
    return {
        "key": card.key,
        "title": card.title,
        "colour": card.colour,
        "note": card.note,
        "lines": list(card.lines),
        "alternative": card.alternative,
        "tiles": ["" if one is None else f"{crc32(one):x}" for one in pixels],
        "address": _address(tuple(pixels), f"{key}/{card.key}") if any(pixels) else "",
    }


def _address(pixels: tuple[bytes | None, ...], place: str) -> str:
    """Where the browser can fetch the drawings, side by side."""
    return runtime.get_instance().media_file_mgr.add(_strip(pixels), "image/png", place)


# A strip is made again when one of its drawings is new; some 4 kB each.
@lru_cache(maxsize=400)
def _strip(pixels: tuple[bytes | None, ...]) -> bytes:
    side = round(max(len(one) for one in pixels if one is not None) ** 0.5)
    blank = bytes(side * side)
    joined = b"".join(blank if one is None else one for one in pixels)
    return sprite(np.frombuffer(joined, np.uint8).reshape(-1, side, side), len(pixels))
