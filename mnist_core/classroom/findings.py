"""What a class found, as values: for the sheet, the screen and the table, without names."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Guessed:
    """A digit that the class guessed.

    Attributes:
        image: uint8 `(28, 28)`.
        label: what MNIST says, 0 to 9.
        votes: how many said each digit: int `(10,)`.
    """

    image: NDArray[np.uint8]
    label: int
    votes: NDArray[np.int64]

    @property
    def share(self) -> float | None:
        """Which part of those who guessed said what the label says, 0..1; None if nobody did."""
        total = int(self.votes.sum())
        return None if not total else float(self.votes[self.label] / total)


@dataclass(frozen=True)
class Count:
    """So many of so many, under a title."""

    title: str
    correct: int
    total: int

    @property
    def share(self) -> float:
        """0..1; 0 of nothing is 0."""
        return self.correct / self.total if self.total else 0.0


@dataclass(frozen=True, eq=False)
class Hit:
    """A drawing that people read and the network did not.

    Attributes:
        image: uint8 `(h, w)`, light ink on dark.
        meant: the digit, 0 to 9.
        said: what the network said.
        people: how many of those who were asked read it as meant.
    """

    image: NDArray[np.uint8]
    meant: int
    said: int
    people: Count


@dataclass(frozen=True)
class Taught:
    """What one network learned from the class, and what it forgot, in digits read correctly."""

    title: str
    ours_before: Count
    ours_after: Count
    mnist_before: Count
    mnist_after: Count


@dataclass(frozen=True, eq=False)
class Findings:
    """All that a class found.

    Attributes:
        day: of the lesson.
        people: how many took part.
        guessed: the digits that were guessed, in order.
        labels: of the class's digits, int `(n,)`.
        images: of them, uint8 `(n, 28, 28)`.
        networks: how many of them each network read, the best first.
        hardest: the digit that was misread most; None if none was.
        hits: the best drawings that fooled the network.
        trainings: how many test images each network of the class reads, the best first.
        taught: what one learned from the class; None if none did.
        is_hardest_by_luck: whether `hardest` might be another digit with other people.
    """

    day: date
    people: int
    guessed: Sequence[Guessed] = ()
    labels: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    images: NDArray[np.uint8] = field(default_factory=lambda: np.zeros((0, 28, 28), np.uint8))
    networks: Sequence[Count] = ()
    hardest: int | None = None
    hits: Sequence[Hit] = ()
    trainings: Sequence[Count] = ()
    taught: Taught | None = None
    is_hardest_by_luck: bool = False

    @property
    def guesses(self) -> int:
        """How many guesses there were."""
        return int(sum(one.votes.sum() for one in self.guessed))
