"""Score my hand: twenty digits that are asked for, what was drawn, and how each network read it.

A sheet holds two rounds of all ten digits, each in an order of its own. Whoever draws one wrongly
can say what it really is, draw it again, or have it left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnist_core.data.dataset import CLASSES, SIDE

ROUNDS = 2
PLACES = ROUNDS * CLASSES


@dataclass(frozen=True, eq=False)
class Drawn:
    """A digit as somebody drew it.

    Attributes:
        image: as the network gets it, uint8 `(28, 28)`, read-only.
        label: what it is, as asked for or as corrected.
    """

    image: NDArray[np.uint8]
    label: int

    def __post_init__(self) -> None:
        if self.image.shape != (SIDE, SIDE) or self.image.dtype != np.uint8:
            raise ValueError("A drawing is kept as 28 × 28 numbers from 0 to 255.")
        if not 0 <= self.label < CLASSES:
            raise ValueError(f"A label is a digit from 0 to 9, not {self.label}.")


@dataclass(frozen=True, eq=False)
class Sheet:
    """Twenty places to fill.

    Attributes:
        asked: the digit asked for at each place.
        drawn: what was drawn there; None where nothing is, or where it was left out.
        place: the place open now; `PLACES` when all have been passed.
    """

    asked: tuple[int, ...]
    drawn: tuple[Drawn | None, ...] = (None,) * PLACES
    place: int = 0

    @property
    def is_over(self) -> bool:
        """All places have been passed."""
        return self.place >= PLACES

    @property
    def filled(self) -> tuple[int, ...]:
        """The places with a drawing, in order."""
        return tuple(place for place, drawn in enumerate(self.drawn) if drawn is not None)

    def put(self, image: NDArray[np.uint8]) -> "Sheet":
        """Fill the open place and open the next that was never passed.

        Raises:
            ValueError: the sheet is full, or that is no image.
        """
        if self.is_over:
            raise ValueError("All twenty digits are drawn.")
        image = image.copy()
        image.setflags(write=False)
        return self._with(self.place, Drawn(image, self.asked[self.place]))._moved_on()

    def passed_over(self) -> "Sheet":
        """Leave the open place as it is."""
        return self._moved_on()

    def corrected(self, place: int, label: int) -> "Sheet":
        """Say what the drawing at a place really is.

        Raises:
            ValueError: nothing is drawn there, or that is no digit.
        """
        drawn = self.drawn[place]
        if drawn is None:
            raise ValueError("Nothing is drawn at this place.")
        return self._with(place, replace(drawn, label=label))

    def left_out(self, place: int) -> "Sheet":
        """Forget the drawing at a place."""
        return self._with(place, None)

    def again(self, place: int) -> "Sheet":
        """Open a place once more, to draw it again."""
        return replace(self._with(place, None), place=place)

    def _with(self, place: int, drawn: Drawn | None) -> "Sheet":
        return replace(self, drawn=(*self.drawn[:place], drawn, *self.drawn[place + 1 :]))

    def _moved_on(self) -> "Sheet":
        # Somebody who draws one again at the end comes back to the end.
        later = range(self.place + 1, PLACES)
        return replace(self, place=next((p for p in later if self.drawn[p] is None), PLACES))


def blank(seed: int) -> Sheet:
    """A sheet with nothing on it; the same seed asks in the same order."""
    random = np.random.default_rng(seed)
    rounds = [random.permutation(CLASSES) for _ in range(ROUNDS)]
    return Sheet(tuple(int(digit) for digit in np.concatenate(rounds)))


def round_of(place: int) -> int:
    """The round a place belongs to: 1 or 2."""
    return place // CLASSES + 1


@dataclass(frozen=True, eq=False)
class Hand:
    """What is drawn on a sheet, place by place.

    Attributes:
        images: uint8 `(n, 28, 28)`.
        labels: int64 `(n,)`.
        rounds: int64 `(n,)`: 1 or 2.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.int64]
    rounds: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.labels)

    def of_round(self, number: int) -> "Hand":
        """The drawings of one round."""
        chosen = self.rounds == number
        return Hand(self.images[chosen], self.labels[chosen], self.rounds[chosen])


def hand(sheet: Sheet) -> Hand:
    """The drawings on a sheet as arrays."""
    drawn = [found for found in sheet.drawn if found is not None]
    images = np.stack([one.image for one in drawn]) if drawn else np.zeros((0, SIDE, SIDE))
    return Hand(
        images.astype(np.uint8),
        np.array([one.label for one in drawn], np.int64),
        np.array([round_of(place) for place in sheet.filled], np.int64),
    )


def restored(drawn: Hand) -> Sheet:
    """The sheet, passed to its end, on which a hand was drawn.

    Raises:
        ValueError: more drawings in a round than it has places.
    """
    asked: list[int] = []
    places: list[Drawn | None] = []
    for number in range(1, ROUNDS + 1):
        part = drawn.of_round(number)
        missing = CLASSES - len(part)
        if missing < 0:
            raise ValueError("A round has ten places.")
        labels = [int(label) for label in part.labels]
        others = [digit for digit in range(CLASSES) if digit not in labels]
        asked += [*labels, *others, *labels][:CLASSES]
        places += map(Drawn, part.images, labels)
        places += [None] * missing
    return Sheet(tuple(asked), tuple(places), PLACES)


@dataclass(frozen=True, eq=False)
class Reading:
    """How one network read a hand.

    Attributes:
        model: its name.
        predictions: int64 `(n,)`.
        right: bool `(n,)`.
    """

    model: str
    predictions: NDArray[np.int64]
    right: NDArray[np.bool_]

    @property
    def score(self) -> int:
        """How many it read rightly."""
        return int(self.right.sum())


def reading(model: str, probabilities: ArrayLike, labels: ArrayLike) -> Reading:
    """What a network's probabilities, shape `(n, 10)`, say beside the labels, shape `(n,)`."""
    predictions = np.asarray(probabilities).argmax(axis=1).astype(np.int64)
    return Reading(model, predictions, predictions == np.asarray(labels))


def misread(labels: ArrayLike, readings: Sequence[Reading]) -> dict[int, int]:
    """How often each digit was misread, by all networks together; those misread most first."""
    truth = np.asarray(labels)
    wrong = np.sum([~one.right for one in readings], axis=0) if readings else np.zeros(len(truth))
    counts = {digit: int(wrong[truth == digit].sum()) for digit in range(CLASSES)}
    found = [digit for digit in counts if counts[digit]]
    return {digit: counts[digit] for digit in sorted(found, key=lambda digit: -counts[digit])}
