"""A gallery of many digits, a hundred to a page."""

from collections.abc import Callable

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.data.dataset import Digits
from ui.shell.address import Address
from ui.widgets.digit_tiles.digit_tiles import digit_grid

PER_PAGE = 100


def gallery(
    digits: Digits,
    numbers: NDArray[np.int64],
    caption: Callable[[int], str],
    *,
    here: Address,
    opened: int | None,
    describe: Callable[[int], str],
) -> None:
    """Tiles that open their element (`index` in the address), and the pages to turn (`page`).

    Until a page is turned, the gallery shows the page on which the open element is.

    Args:
        digits: the set.
        numbers: the elements to show, in this order.
        caption: what stands below an element.
        here: the page's address.
        opened: the element that is open, to be marked.
        describe: an element in words.
    """
    pages = -(-len(numbers) // PER_PAGE) or 1
    turned = here.whole_number(
        "page", 1, pages, default=None, refusal="There is no page {}", instead="the one you need"
    )
    page = turned or _page_of(opened, numbers)
    first = (page - 1) * PER_PAGE
    shown = numbers[first : first + PER_PAGE]
    digit_grid(
        digits.images[shown],
        [caption(int(number)) for number in shown],
        key="gallery",
        alternatives=[describe(int(number)) for number in shown],
        selected=int(np.flatnonzero(shown == opened)[0]) if opened in shown else None,
        label=f"{len(shown)} digits; arrow keys move, Enter opens",
        on_pick=lambda position: here.choose(index=int(shown[position])),
    )
    if pages > 1:
        st.pagination(pages, **here.widgets.bind("page", page, initial_argument="default"))


def _page_of(element: int | None, numbers: NDArray[np.int64]) -> int:
    places = np.flatnonzero(numbers == element)
    return int(places[0]) // PER_PAGE + 1 if len(places) else 1
