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
    here: Address,
    digits: Digits,
    numbers: NDArray[np.int64],
    opened: int | None,
    *,
    caption: Callable[[int], str],
    describe: Callable[[int], str],
    key: str = "gallery",
    per_page: int = PER_PAGE,
    on_pick: Callable[[int], None] | None = None,
) -> None:
    """Show elements as tiles that open one, `index` in the address, page by page, `page` there.

    Until another page is chosen, the gallery shows the page on which the open element is.

    Args:
        here: the page's address.
        digits: the set.
        numbers: the elements to show, in this order; nothing is shown if there are none.
        opened: the element that is open, to be marked.
        caption: the text below an element.
        describe: an element in words, for people who do not see it.
        key: as of any widget.
        per_page: how many elements at most.
        on_pick: called with an element instead of opening it here.
    """
    if not len(numbers):
        return
    pages = -(-len(numbers) // per_page)
    turned = here.whole_number(
        "page",
        1,
        pages,
        default=None,
        refusal="There is no page {}",
        instead="page 1" if opened is None else "the one you need",
    )
    found = np.flatnonzero(numbers == opened)
    page = turned or (int(found[0]) // per_page + 1 if len(found) else 1)
    shown = numbers[(page - 1) * per_page : page * per_page]
    pick = on_pick or (lambda number: here.choose(index=number))
    digit_grid(
        digits.images[shown],
        [caption(int(number)) for number in shown],
        key=key,
        alternatives=[describe(int(number)) for number in shown],
        selected=int(np.flatnonzero(shown == opened)[0]) if opened in shown else None,
        on_pick=lambda position: pick(int(shown[position])),
    )
    if pages > 1:
        st.pagination(pages, **here.widgets.bind("page", page, initial_argument="default"))
