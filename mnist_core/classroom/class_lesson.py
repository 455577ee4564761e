"""A network learns from a class's digits: seven of each ten are learned, three are its exam.

Which is which depends on the room, on who drew a digit and on what it is meant to be, and on
nothing else: whoever draws, leaves or comes later changes nothing for the others. People take turns
with the digits of the exam, so that four of them have all ten among theirs.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_core.classroom.drawings import ClassDrawing
from mnist_core.classroom.training_round import is_luck
from mnist_core.data.dataset import CLASSES, SIDE
from mnist_core.handwriting.score import Handwriting

SMALLEST = 10
"""With fewer digits there is nothing to learn from and nothing to examine."""
NETWORKS = ("cnn-simple", "mlp-784", "cnn-32-32")
"""The names of those that can be taught, which come with the app; the first unless one chooses."""
_EXAMINED = 3
_LEARN, _EXAMINE = 1, 2


def is_examined(code: str, number: int, digit: int) -> bool:
    """Whether a digit of somebody is for the exam.

    Args:
        code: of the room.
        number: of the person in the room, from 0.
        digit: what it is meant to be, 0 to 9.
    """
    random = np.random.default_rng(zlib.crc32(code.encode()))
    place = int(random.permutation(CLASSES)[digit])
    # The eleventh person shall not have the digits of the first.
    first = _EXAMINED * number + number // CLASSES
    return (place - first) % CLASSES < _EXAMINED


@dataclass(frozen=True, eq=False)
class Exam:
    """What a class has drawn, divided.

    Attributes:
        drawn: all digits; round 1 is learned, round 2 is the exam.
        people: whose each is: ids, int64 `(n,)`.
    """

    drawn: Handwriting
    people: NDArray[np.int64]

    @property
    def learned(self) -> int:
        """How many digits it learns from."""
        return int((self.drawn.rounds == _LEARN).sum())

    @property
    def examined(self) -> Handwriting:
        """The digits of the exam."""
        return self.drawn.of_round(_EXAMINE)

    @property
    def examined_people(self) -> NDArray[np.int64]:
        """Whose these are."""
        chosen: NDArray[np.int64] = self.people[self.drawn.rounds == _EXAMINE]
        return chosen

    @property
    def is_enough(self) -> bool:
        """Whether there is enough to learn from and to examine."""
        return len(self.drawn) >= SMALLEST and self.learned > 0 and len(self.examined) > 0


def divide(code: str, drawings: Sequence[tuple[int, int, ClassDrawing]]) -> Exam:
    """Divide a class's digits.

    Args:
        code: of the room.
        drawings: of each digit the id and the number of who drew it, and the drawing.
    """
    count = len(drawings)
    images = np.zeros((count, SIDE, SIDE), np.uint8)
    labels, rounds = np.zeros(count, np.int64), np.zeros(count, np.int64)
    for place, (_person, number, drawing) in enumerate(drawings):
        images[place], labels[place] = drawing.image, drawing.label
        rounds[place] = _EXAMINE if is_examined(code, number, drawing.label) else _LEARN
    people = np.array([person for person, _number, _drawing in drawings], np.int64)
    return Exam(Handwriting(images, labels, rounds), people)


@dataclass(frozen=True, eq=False)
class Change:
    """What an exam says before and after a lesson; positions are int64 and ascending.

    Attributes:
        labels: what each digit is, `(n,)`.
        before: what it was read as, `(n,)`.
        after: what it is read as now, `(n,)`.
    """

    labels: NDArray[np.int64]
    before: NDArray[np.int64]
    after: NDArray[np.int64]

    @property
    def gained(self) -> NDArray[np.int64]:
        """Those that were misread and are read now."""
        return np.flatnonzero((self.before != self.labels) & (self.after == self.labels))

    @property
    def lost(self) -> NDArray[np.int64]:
        """Those that were read and are misread now."""
        return np.flatnonzero((self.before == self.labels) & (self.after != self.labels))

    @property
    def correct(self) -> tuple[int, int]:
        """How many were read correctly before, and after."""
        before, after = self.before == self.labels, self.after == self.labels
        return int(before.sum()), int(after.sum())

    @property
    def could_be_luck(self) -> bool:
        """Whether chance alone changes as much in 95 of 100 cases; see `training_round.is_luck`."""
        return is_luck(len(self.gained), len(self.lost))
