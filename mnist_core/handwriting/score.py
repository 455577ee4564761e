"""Score my hand: twenty digits that are asked for, what was drawn, and how each network read it.

A sheet holds two rounds of all ten digits, each in random order. A drawing that went wrong can be
relabelled, drawn again or left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnist_core.data.dataset import CLASSES, SIDE

ROUNDS = 2
SHEET_SIZE = ROUNDS * CLASSES


@dataclass(frozen=True, eq=False)
class Drawing:
    """A drawn digit as networks get it, uint8 `(28, 28)`, and the digit it is meant to be."""

    image: NDArray[np.uint8]
    label: int

    def __post_init__(self) -> None:
        if self.image.shape != (SIDE, SIDE) or self.image.dtype != np.uint8:
            raise ValueError("A drawing must be 28 × 28 whole numbers from 0 to 255.")
        if not 0 <= self.label < CLASSES:
            raise ValueError(f"A label is a digit from 0 to 9, not {self.label}.")


@dataclass(frozen=True, eq=False)
class Sheet:
    """Twenty digits to draw; `position` is the next one, or `SHEET_SIZE` at the end."""

    # What is asked for and what was drawn, by position.
    prompts: tuple[int, ...]
    drawings: tuple[Drawing | None, ...] = (None,) * SHEET_SIZE
    position: int = 0

    @property
    def is_finished(self) -> bool:
        """Whether every position has been drawn or skipped."""
        return self.position >= SHEET_SIZE

    @property
    def filled(self) -> tuple[int, ...]:
        """The positions with a drawing, ascending."""
        return tuple(i for i, drawing in enumerate(self.drawings) if drawing is not None)

    def with_drawing(self, image: NDArray[np.uint8]) -> "Sheet":
        """Draw at the current position and move on to the next.

        Raises:
            ValueError: the sheet is finished, or this is not a `(28, 28)` uint8 image.
        """
        if self.is_finished:
            raise ValueError("All twenty digits have been drawn.")
        image = image.copy()
        image.setflags(write=False)
        drawing = Drawing(image, self.prompts[self.position])
        return self._replaced(self.position, drawing).skipped()

    def skipped(self) -> "Sheet":
        """Move on to the next position without a drawing, or to the end."""
        later = range(self.position + 1, SHEET_SIZE)
        following = next((i for i in later if self.drawings[i] is None), SHEET_SIZE)
        return replace(self, position=following)

    def relabelled(self, position: int, label: int) -> "Sheet":
        """Correct the label of a drawing.

        Raises:
            ValueError: there is no drawing at this position, or the label is not a digit.
        """
        drawing = self.drawings[position]
        if drawing is None:
            raise ValueError("There is no drawing here to relabel.")
        return self._replaced(position, replace(drawing, label=label))

    def without(self, position: int) -> "Sheet":
        """Remove a drawing."""
        return self._replaced(position, None)

    def reopened(self, position: int) -> "Sheet":
        """Remove a drawing and go back to its position."""
        return replace(self.without(position), position=position)

    def _replaced(self, position: int, drawing: Drawing | None) -> "Sheet":
        drawings = (*self.drawings[:position], drawing, *self.drawings[position + 1 :])
        return replace(self, drawings=drawings)


def new_sheet(seed: int) -> Sheet:
    """An empty sheet; the same seed asks for the digits in the same order."""
    random = np.random.default_rng(seed)
    rounds = [random.permutation(CLASSES) for _ in range(ROUNDS)]
    return Sheet(tuple(np.concatenate(rounds).tolist()))


def round_number(position: int) -> int:
    """The round that a position belongs to: 1 or 2."""
    return position // CLASSES + 1


@dataclass(frozen=True, eq=False)
class Handwriting:
    """The digits one person drew: images `(n, 28, 28)`, labels and rounds (1 or 2) `(n,)`."""

    images: NDArray[np.uint8]
    labels: NDArray[np.int64]
    rounds: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.labels)

    def of_round(self, number: int) -> "Handwriting":
        """The digits of one round."""
        chosen = self.rounds == number
        return Handwriting(self.images[chosen], self.labels[chosen], self.rounds[chosen])


def handwriting(sheet: Sheet) -> Handwriting:
    """The drawings on a sheet as arrays, by position."""
    drawings = [drawing for drawing in sheet.drawings if drawing is not None]
    return Handwriting(
        np.array([one.image for one in drawings], np.uint8).reshape(-1, SIDE, SIDE),
        np.array([one.label for one in drawings], np.int64),
        np.array([round_number(position) for position in sheet.filled], np.int64),
    )


def restored_sheet(written: Handwriting) -> Sheet:
    """A finished sheet with these drawings.

    Raises:
        ValueError: a round has more than ten drawings.
    """
    prompts: list[int] = []
    drawings: list[Drawing | None] = []
    for number in range(1, ROUNDS + 1):
        part = written.of_round(number)
        if len(part) > CLASSES:
            raise ValueError("A round has only ten digits.")
        labels = part.labels.tolist()
        others = [digit for digit in range(CLASSES) if digit not in labels]
        prompts += [*labels, *others, *labels][:CLASSES]
        drawings += map(Drawing, part.images, labels)
        drawings += [None] * (CLASSES - len(part))
    return Sheet(tuple(prompts), tuple(drawings), SHEET_SIZE)


@dataclass(frozen=True, eq=False)
class Reading:
    """How the network called `model` read somebody's digits; arrays of shape `(n,)`."""

    model: str
    predictions: NDArray[np.int64]
    correct: NDArray[np.bool_]

    @property
    def score(self) -> int:
        """The number of digits read correctly."""
        return int(self.correct.sum())


def reading(model: str, probabilities: ArrayLike, labels: ArrayLike) -> Reading:
    """Compare a network's probabilities, shape `(n, 10)`, with the labels, shape `(n,)`."""
    predictions = np.asarray(probabilities).argmax(axis=1).astype(np.int64)
    return Reading(model, predictions, predictions == np.asarray(labels))


def misread(labels: ArrayLike, readings: Sequence[Reading]) -> dict[int, int]:
    """How often each digit was misread by all networks together, most often first."""
    truth = np.asarray(labels)
    counts = np.zeros(CLASSES, int)
    for one in readings:
        counts += np.bincount(truth[~one.correct], minlength=CLASSES)
    ranking = np.argsort(-counts, kind="stable").tolist()
    return {digit: int(counts[digit]) for digit in ranking if counts[digit]}
