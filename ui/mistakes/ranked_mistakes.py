"""From one mistake of a network to the next, the most confident first."""

from functools import partial

import numpy as np
from numpy.typing import NDArray

from ui.mistakes.network_results import NetworkResults, opened_image
from ui.shell.address import Address
from ui.widgets.previous_next_buttons.previous_next_buttons import previous_next_buttons


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
