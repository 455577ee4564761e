"""The confusion matrix: a table of all answers in which each number can be clicked."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from mnist_core.analysis.evaluation import normalised
from mnist_core.data.dataset import CLASSES
from mnist_core.system.text_format import counted, whole
from ui.shell.component import component, when_picked

Cell = tuple[int | None, int | None]
"""Label and prediction; None for any."""

ANY: Cell = (None, None)

SHOWN = {"counts": "images", "row": "% of row", "column": "% of column"}
"""What the numbers can be: images, or per cent of all with that label or with that answer."""

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
        "strengths": _strengths(confusion, shown),
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


def texts(confusion: NDArray[np.int64], shown: str) -> list[str]:
    """The texts of the hundred cells, row by row: 11, or 1.1 for 1.1%, or a dot for none."""
    if shown == "counts":
        return [str(count) if count else "·" for count in confusion.ravel().tolist()]
    percentages = _values(confusion, shown).ravel() * 100
    return [f"{percentage:.1f}" if percentage else "·" for percentage in percentages]


def sentence(confusion: NDArray[np.int64], label: int, prediction: int) -> str:
    """What one number of the matrix says."""
    count = int(confusion[label, prediction])
    if label == prediction:
        images = counted(int(confusion[label].sum()), "image")
        return f"{whole(count)} of {images} labelled {label} are read correctly"
    if count == 0:
        return f"No {label} is read as {prediction}"
    return f"{counted(count, 'image')} labelled {label} read as {prediction}"


def finding(confusion: NDArray[np.int64]) -> str:
    """What the matrix shows, for people who do not see it."""
    mistakes = confusion - np.diag(np.diag(confusion))
    label, prediction = divmod(int(mistakes.argmax()), CLASSES)
    if not mistakes.any():
        return "Confusion matrix: no mistakes."
    return f"Confusion matrix. Most frequent: {sentence(confusion, label, prediction)}."


def _values(confusion: NDArray[np.int64], shown: str) -> NDArray[np.float64]:
    if shown == "counts":
        return confusion.astype(np.float64)
    return normalised(confusion, by="row" if shown == "row" else "column")


def _strengths(confusion: NDArray[np.int64], shown: str) -> list[float]:
    """How strong each cell's colour is, 0..1, measured by the largest mistake."""
    values = _values(confusion, shown)
    np.fill_diagonal(values, 0.0)
    # The root, so that a single mistake still shows beside a dozen.
    strengths: list[float] = np.sqrt(values / (values.max() or 1.0)).round(3).ravel().tolist()
    return strengths
