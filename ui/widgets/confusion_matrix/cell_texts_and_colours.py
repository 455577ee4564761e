"""What the cells of a confusion matrix say, and how strong their colour is."""

import numpy as np
from numpy.typing import NDArray

from mnist_core.analysis.evaluation import normalised
from mnist_core.data.dataset import CLASSES
from mnist_core.system.text_format import counted, whole

SHOWN = {"counts": "images", "row": "% of row", "column": "% of column"}
"""What the numbers can be: images, or per cent of all with that label or with that answer."""


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


def strengths(confusion: NDArray[np.int64], shown: str) -> list[float]:
    """How strong each cell's colour is, 0..1, measured by the largest mistake."""
    values = _values(confusion, shown)
    np.fill_diagonal(values, 0.0)
    # The root, so that a single mistake still shows beside a dozen.
    roots: list[float] = np.sqrt(values / (values.max() or 1.0)).round(3).ravel().tolist()
    return roots


def _values(confusion: NDArray[np.int64], shown: str) -> NDArray[np.float64]:
    if shown == "counts":
        return confusion.astype(np.float64)
    return normalised(confusion, by="row" if shown == "row" else "column")
