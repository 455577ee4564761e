"""From one mistake of a network to the next, the most confident first."""

from functools import partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.system.text_format import whole
from ui.mistakes.network_results import NetworkResults, opened_image
from ui.shell.address import Address
from ui.widgets.digit_tiles.digit_tiles import digit_grid
from ui.widgets.previous_next_buttons.previous_next_buttons import previous_next_buttons

_TILES = 10


def ranked_mistakes(results: NetworkResults) -> NDArray[np.int64]:
    """The numbers of the test images that the network misreads, the most confident first."""
    return results.surest_first(results.report.mistakes)


def opened_mistake(here: Address, mistakes: NDArray[np.int64]) -> int:
    """The test image given by `index` in the address, or the first mistake."""
    instead = "the most confident mistake" if len(mistakes) else "image 0"
    return opened_image(here, mistakes, instead) or 0


def position_of(mistakes: NDArray[np.int64], opened: int) -> int:
    """The position of the open image among the mistakes; -1 if it is read correctly."""
    return int(next(iter(np.flatnonzero(mistakes == opened)), -1))


def mistake_tiles(
    here: Address, results: NetworkResults, mistakes: NDArray[np.int64], opened: int
) -> None:
    """Show some mistakes around the open one as tiles to pick from, and offer all of them."""
    count = len(mistakes)
    if not count:
        st.info("This network misreads none of the test images. Choose another one.")
        return
    first = max(0, position_of(mistakes, opened)) // _TILES * _TILES
    shown = mistakes[first : first + _TILES]
    place = f"{whole(first + 1)} to {whole(first + len(shown))}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"### {f'Mistakes {place}' if first else 'Most confident first'}", width="content"
        )
        if count > _TILES:
            st.button(
                f"See all {whole(count)}", on_click=lambda: here.choose(view="matrix", index=opened)
            )
    digit_grid(
        results.digits.images[shown],
        [results.caption(int(number)) for number in shown],
        key="gallery",
        alternatives=[results.describe(int(number)) for number in shown],
        selected=int(np.flatnonzero(shown == opened)[0]) if opened in shown else None,
        on_pick=lambda position: here.choose(index=int(shown[position])),
    )


def mistake_steps(
    here: Address,
    mistakes: NDArray[np.int64],
    opened: int,
    names: tuple[str, str] = ("Previous mistake", "Next mistake"),
) -> None:
    """Show the buttons, called `names`, that open the mistakes before and after the open image."""
    position = position_of(mistakes, opened)
    previous_next_buttons(
        *names,
        key="mistake-steps",
        is_first=position <= 0,
        is_last=position >= len(mistakes) - 1,
        on_step=partial(_step, here, mistakes),
    )


def _step(here: Address, mistakes: NDArray[np.int64], by: int) -> None:
    """Open the mistake that many further on, or the last there is.

    Presses may arrive faster than pages, so they count from what is open by now.
    """
    position = position_of(mistakes, opened_mistake(here, mistakes)) + by
    here.choose(index=int(mistakes[np.clip(position, 0, len(mistakes) - 1)]), page=None)
