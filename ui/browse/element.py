"""The first look: one element with its label, and some others to pick from."""

from functools import partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.data.dataset import Digits
from mnist_core.system.text_format import whole
from ui.browse.element_controls import (
    choose_digit,
    choose_element,
    describe,
    previous_and_next,
    show_element,
)
from ui.shell.address import Address
from ui.widgets.digit_tiles.digit_tiles import digit_grid

# Two rows, or four on a phone.
_TILES = 20


def show(here: Address) -> None:
    """Show the view of `set` and `index` in the address; `digit` filters the tiles."""
    # On a phone the image comes first.
    image_column, choices_column = st.columns([3, 7], gap="medium")
    with choices_column:
        digits, index, row = choose_element(here, offers_set=False)
        digit = here.whole_number(
            "digit", 0, 9, default=None, refusal="There is no digit {}", instead="all ten digits"
        )
        found = digits.indices(digit)
        with row:
            previous_and_next(here, digits, index, digit, found)
        choose_digit(here, digit, show_title=False)
        _tiles(here, digits, index, digit, found)
    with image_column:
        show_element(digits, index)


def _tiles(
    here: Address, digits: Digits, index: int, digit: int | None, found: NDArray[np.int64]
) -> None:
    """The elements around the open one."""
    position = int(np.searchsorted(found, index))
    first = min(position // _TILES * _TILES, max(0, len(found) - 1) // _TILES * _TILES)
    shown = found[first : first + _TILES]
    what = "images" if digit is None else f"images labelled {digit}"
    st.markdown(f"{len(shown)} of {whole(len(found))} {what}. Pick one.")
    digit_grid(
        digits.images[shown],
        [str(digits.labels[number]) for number in shown],
        key="gallery",
        alternatives=[describe(digits, int(number)) for number in shown],
        selected=int(np.flatnonzero(shown == index)[0]) if index in shown else None,
        on_pick=partial(_pick, here, shown),
    )


def _pick(here: Address, shown: NDArray[np.int64], position: int) -> None:
    here.choose(index=int(shown[position]))
