"""Digits on the page: a gallery to pick from, one of them large, its 784 numbers.

Digits are ink: every picture is sent as a mask (how much ink where), which the browser fills with
the theme's text colour. So it follows a change of theme without a word to the server.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import ArrayLike, NDArray

from mnist_core.data.dataset import SIDE
from ui.shell.component import component, picked_position
from ui.shell.ink_png import as_base64, sprite

_HERE = Path(__file__).parent

_COLUMNS = 10


_DIGIT_GRID = component(_HERE, "digit_grid", '<div class="digits" role="group"></div>')
_LARGE_DIGIT = component(
    _HERE,
    "large_digit",
    '<figure class="digit"><div class="picture" role="img" tabindex="0">'
    '<div class="ink"></div><canvas width="28" height="28"></canvas>'
    '<div class="point" hidden></div></div>'
    '<figcaption class="readout" aria-live="polite"></figcaption></figure>',
    uses=("pixel_pointer",),
)
_NUMBER_SHEET = component(
    _HERE,
    "number_sheet",
    '<div class="sheet" role="region" tabindex="0" aria-label="Numbers"><table></table></div>',
)


def digit_grid(
    images: NDArray[np.uint8],
    captions: Sequence[str],
    *,
    key: str,
    alternatives: Sequence[str],
    selected: int | None = None,
    label: str | None = None,
    on_pick: Callable[[int], None] | None = None,
    clickable: bool = True,
) -> int | None:
    """A gallery of digits, two screen pixels to a pixel; a click, tap or Enter picks one.

    Args:
        images: uint8 of shape `(n, 28, 28)`.
        captions: `n` short texts below the tiles; may have two lines.
        key: as of any widget.
        alternatives: `n` texts for people who do not see the tiles.
        selected: the position of the tile to mark.
        label: what the gallery shows, for the same people; else how many digits.
        on_pick: called with the position before the page runs again.
        clickable: False for tiles to look at, which then do not look like buttons.

    Returns:
        The position picked in this run, or None.
    """

    def picked() -> int | None:
        return picked_position(st.session_state.get(key), len(images))

    def tell() -> None:
        position = picked()
        if on_pick is not None and position is not None:
            on_pick(position)

    data = {
        "sprite": _gallery_sprite(np.ascontiguousarray(images, np.uint8).tobytes()),
        "columns": _COLUMNS,
        "captions": list(captions),
        "alternatives": list(alternatives),
        "selected": selected,
        "label": label or f"{len(images)} digits; arrow keys move, Enter opens",
        "clickable": clickable,
    }
    _DIGIT_GRID(key=key, data=data, on_picked_change=tell)
    return picked()


def large_digit(
    image: ArrayLike, *, key: str, alternative: str, as_fed: bool = False, reveal: bool = False
) -> None:
    """One digit, ten screen pixels to a pixel, that tells the number you point at.

    Args:
        image: shape `(28, 28)`, uint8 or floats in 0..1.
        key: as of any widget.
        alternative: what it shows, in words.
        as_fed: white on black, as the network gets it, in both themes.
        reveal: bring it into view when it is another digit than before.
    """
    fractions = np.asarray(image).dtype != np.uint8
    pixels = _as_bytes(image)
    data = {
        "sprite": as_base64(sprite(pixels[np.newaxis], 1)),
        "values": as_base64(pixels.tobytes()),
        "fractions": bool(fractions),
        "alternative": alternative,
        "as_fed": as_fed,
        "reveal": reveal,
        "hint": "Point at a pixel to see its number.",
    }
    _LARGE_DIGIT(key=key, data=data, width="content")


def number_sheet(image: NDArray[np.uint8], *, key: str, alternative: str) -> None:
    """The 784 numbers of an image, as a table that scrolls inside itself.

    Args:
        image: uint8 of shape `(28, 28)`.
        key: as of any widget.
        alternative: what the table shows, in words.
    """
    data = {"values": image.ravel().tolist(), "alternative": alternative}
    _NUMBER_SHEET(key=key, data=data)


# A gallery stays the same over many clicks; some 50 kB each.
@lru_cache(maxsize=64)
def _gallery_sprite(pixels: bytes) -> str:
    images = np.frombuffer(pixels, np.uint8).reshape(-1, SIDE, SIDE)
    return as_base64(sprite(images, _COLUMNS))


def _as_bytes(image: ArrayLike) -> NDArray[np.uint8]:
    array = np.asarray(image)
    if array.dtype != np.uint8:
        array = np.rint(np.clip(array, 0.0, 1.0) * 255)
    return array.astype(np.uint8)
