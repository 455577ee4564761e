"""Digits on the page: a gallery to pick from, one large digit, a table of its 784 numbers.

Digits are ink: every picture is sent as a mask (how much ink where), which the browser fills with
the theme's text colour. So it follows a change of theme without the server.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
import streamlit as st
from numpy.typing import ArrayLike, NDArray

from mnist_core.data.dataset import SIDE
from mnist_core.language.translation import _
from ui.shell.component import as_base64, component, picked_position, when_picked
from ui.shell.ink_png import sprite

_COLUMNS = 10

_DIGIT_GRID = component(__file__, "digit_grid")
_LARGE_DIGIT = component(__file__, "large_digit", uses=("pixel_pointer",))
_PIXEL_TABLE = component(__file__, "pixel_table")


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
    as_fed: bool = False,
    scale: int = 2,
) -> int | None:
    """Show a gallery of digits; a click, tap or Enter picks one.

    Args:
        images: uint8 of shape `(n, 28, 28)`.
        captions: `n` short texts below the tiles; may have two lines.
        key: as of any widget.
        alternatives: `n` texts for people who do not see the tiles.
        selected: the position of the tile to mark.
        label: what the gallery shows, for the same people; else how many digits.
        on_pick: called with the position before the page runs again.
        clickable: False for tiles to look at, which then do not look like buttons.
        as_fed: white on black, as the network gets them, in both themes.
        scale: screen pixels to a pixel; captions grow with it.

    Returns:
        The position picked in this run, or None.
    """
    data = {
        "sprite": _gallery_sprite(np.ascontiguousarray(images, np.uint8).tobytes()),
        "columns": _COLUMNS,
        "captions": list(captions),
        "alternatives": list(alternatives),
        "selected": selected,
        "label": label or f"{len(images)} digits; arrow keys move, Enter opens",
        "clickable": clickable,
        "as_fed": as_fed,
        "scale": scale,
    }
    _DIGIT_GRID(key=key, data=data, on_picked_change=when_picked(key, len(images), on_pick))
    return picked_position(st.session_state.get(key), len(images))


def large_digit(
    image: ArrayLike, *, key: str, alternative: str, as_fed: bool = False, reveal: bool = False
) -> None:
    """Show one digit, ten screen pixels to a pixel, with the number of the pixel you point at.

    Args:
        image: shape `(28, 28)`, uint8 or floats in 0..1.
        key: as of any widget.
        alternative: what it shows, in words.
        as_fed: white on black, as the network gets it, in both themes.
        reveal: bring it into view when it is another digit than before.
    """
    pixels = np.asarray(image)
    fractions = pixels.dtype != np.uint8
    if fractions:
        pixels = np.rint(np.clip(pixels, 0.0, 1.0) * 255).astype(np.uint8)
    data = {
        "sprite": as_base64(sprite(pixels[np.newaxis], 1)),
        "values": as_base64(pixels.tobytes()),
        "fractions": bool(fractions),
        "alternative": alternative,
        "as_fed": as_fed,
        "reveal": reveal,
        "hint": _("Point at a pixel to see its number."),
    }
    _LARGE_DIGIT(key=key, data=data, width="content")


def pixel_table(image: NDArray[np.uint8], *, key: str, alternative: str) -> None:
    """Show the numbers of an image, uint8 `(28, 28)`, as a table that scrolls inside itself."""
    data = {"values": image.ravel().tolist(), "alternative": alternative}
    _PIXEL_TABLE(key=key, data=data)


# A gallery stays the same over many clicks; some 50 kB each.
@lru_cache(maxsize=64)
def _gallery_sprite(pixels: bytes) -> str:
    images = np.frombuffer(pixels, np.uint8).reshape(-1, SIDE, SIDE)
    return as_base64(sprite(images, _COLUMNS))
