"""Test images whose label five people checked and most of them doubted.

From Curtis G. Northcutt, Anish Athalye and Jonas Mueller, "Pervasive Label Errors in Test Sets
Destabilize Machine Learning Benchmarks" (2021), https://github.com/cleanlab/label-errors: a program
picked images with doubtful labels, and five raters chose between the given label and the digit that
the program thought more likely. These are the images for which fewer than three of the five chose
the given label.
"""

from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCE = "Northcutt, Athalye and Mueller, Pervasive Label Errors in Test Sets (2021)"
SOURCE_ADDRESS = "https://github.com/cleanlab/label-errors"
RATERS = 5


@dataclass(frozen=True)
class Audit:
    """What five people thought of a test image.

    Attributes:
        index: the element's number in the test set.
        given: its label in MNIST.
        other: the digit that was suggested instead.
        for_given: votes for the label.
        for_other: votes for the other digit.
        neither: votes for neither, or both.
    """

    index: int
    given: int
    other: int
    for_given: int
    for_other: int
    neither: int

    @property
    def votes(self) -> str:
        """How the five chose, in words."""
        return (
            f"Of {RATERS} people {self.for_given} chose {self.given}, {self.for_other} chose "
            f"{self.other}, {self.neither} neither."
        )


AUDITED: tuple[Audit, ...] = (
    Audit(947, 8, 9, 0, 5, 0),
    Audit(1621, 0, 6, 2, 3, 0),
    Audit(1901, 9, 4, 2, 3, 0),
    Audit(2130, 4, 9, 2, 2, 1),
    Audit(2462, 2, 0, 0, 4, 1),
    Audit(2597, 5, 3, 0, 4, 1),
    Audit(2654, 6, 1, 0, 2, 3),
    Audit(3520, 6, 4, 2, 0, 3),
    Audit(3558, 5, 0, 1, 4, 0),
    Audit(5937, 5, 3, 1, 3, 1),
    Audit(6651, 0, 6, 0, 5, 0),
    Audit(6783, 1, 6, 2, 3, 0),
    Audit(8527, 4, 9, 2, 2, 1),
    Audit(9679, 6, 3, 2, 0, 3),
    Audit(9729, 5, 6, 2, 3, 0),
)
BY_INDEX = MappingProxyType({audit.index: audit for audit in AUDITED})


@dataclass(frozen=True)
class AuditedAccuracy:
    """A network's accuracy with and without the audited images.

    Attributes:
        all_images: accuracy on all images, 0..1.
        undisputed: accuracy without the audited ones, 0..1.
        matches_label: audited images that it reads as labelled.
        matches_raters: audited images that it reads as the other digit.
    """

    all_images: float
    undisputed: float
    matches_label: int
    matches_raters: int

    @property
    def matches_neither(self) -> int:
        """Audited images that it reads as a third digit."""
        return len(AUDITED) - self.matches_label - self.matches_raters


def accuracy(predictions: ArrayLike, labels: ArrayLike) -> AuditedAccuracy:
    """Measure how much the disputed labels matter for a network's 10,000 test predictions.

    Raises:
        ValueError: the shapes differ, or these are not the test images.
    """
    answers, truth = np.asarray(predictions), np.asarray(labels)
    numbers = np.array([audit.index for audit in AUDITED])
    given = np.array([audit.given for audit in AUDITED])
    is_whole_set = answers.shape == truth.shape and len(truth) > numbers.max()
    if not is_whole_set or (truth[numbers] != given).any():
        raise ValueError("The audit is of the test images, with one answer for each.")
    correct: NDArray[np.bool_] = answers == truth
    others = np.array([audit.other for audit in AUDITED])
    return AuditedAccuracy(
        all_images=float(correct.mean()),
        undisputed=float(np.delete(correct, numbers).mean()),
        matches_label=int(correct[numbers].sum()),
        matches_raters=int((answers[numbers] == others).sum()),
    )
