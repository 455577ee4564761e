"""The confusion matrix: a table of all answers in which each number can be clicked."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from mnist_core.data.dataset import CLASSES
from ui.shell.component import component, when_picked
from ui.widgets.confusion_matrix.cell_texts_and_colours import finding, sentence, strengths, texts

Cell = tuple[int | None, int | None]
"""Label and prediction; None for any."""

ANY: Cell = (None, None)

_CONFUSION_MATRIX = component(__file__)


def mistakes_in(
    cell: Cell, labels: NDArray[np.uint8], predictions: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The positions of the mistakes in a cell, a row, a column or, for `ANY`, all of them."""
    label, prediction = cell
    chosen = predictions != labels
    if label is not None:
        chosen &= labels == label
    if prediction is not None:
        chosen &= predictions == prediction
    return np.flatnonzero(chosen)


def confusion_matrix(
    confusion: NDArray[np.int64],
    chosen: Cell,
    *,
    key: str,
    on_choose: Callable[[Cell], None],
    shown: str = "counts",
) -> None:
    """Show how often each digit was read as each; a click chooses which images to look at.

    A click on a mistake chooses that cell, on the diagonal all mistakes of its row; a click on
    the chosen cell undoes the choice.

    Args:
        confusion: counts of shape `(10, 10)`; rows are labels, columns are predictions.
        chosen: the cell to frame.
        key: as of any widget.
        on_choose: called with the choice before the page runs again.
        shown: what the numbers are, one of `SHOWN`.
    """

    def choose(position: int) -> None:
        cell = cell_at(position)
        on_choose(ANY if cell == chosen else cell)

    data = {
        "counts": confusion.ravel().tolist(),
        "texts": texts(confusion, shown),
        "strengths": strengths(confusion, shown),
        "sentences": [sentence(confusion, *divmod(at, CLASSES)) for at in range(CLASSES**2)],
        "finding": finding(confusion),
        "label": chosen[0],
        "prediction": chosen[1],
    }
    _CONFUSION_MATRIX(key=key, data=data, on_picked_change=when_picked(key, CLASSES**2, choose))


def cell_at(position: int) -> Cell:
    """What a click on the cell at this position, row by row, chooses."""
    label, prediction = divmod(position, CLASSES)
    return label, None if label == prediction else prediction
