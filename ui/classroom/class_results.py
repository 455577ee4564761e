"""What is found out about a class's digits, worked out when it is first asked for."""

from functools import cache, cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from mnist_core.classroom import class_handwriting, hand_distance
from mnist_core.classroom.class_handwriting import Difficulty, NetworkScore
from mnist_core.classroom.hand_distance import HandDistance
from ui.classroom import cached_readings, pictures
from ui.classroom.class_page import ClassPage, as_it_is
from ui.classroom.pictures import Shown

# Each with a class's images, up to 1 MB; all who look at a room look at one.
_RESULTS = 6

mnist = cache(hand_distance.load)


class ClassResults:
    """The digits of a class, n of them, and what is found out about them.

    Attributes:
        shown: the drawings, the first one first.
        images: uint8 `(n, 28, 28)`.
        labels: the digits that were meant, `(n,)`.
        people: the ids of who drew them, `(n,)`.
    """

    def __init__(self, shown: list[Shown]) -> None:
        self.shown = shown
        self.images = pictures.as_array(shown)
        self.labels = np.array([one.drawing.label for one in shown], np.int64)
        self.people = np.array([one.person for one in shown], np.int64)

    @cached_property
    def predictions(self) -> dict[str, NDArray[np.int64]]:
        """What each network that comes with the app says, `(n,)`."""
        return cached_readings.predictions(self.images)

    @cached_property
    def scores(self) -> tuple[NetworkScore, ...]:
        """The networks, the best first; none where none can be opened."""
        return class_handwriting.network_scores(self.predictions, self.labels, self.people)

    @cached_property
    def difficulties(self) -> tuple[Difficulty, ...]:
        """The ten digits, the hardest first."""
        return class_handwriting.difficulties(self.predictions, self.labels, self.people)

    @cached_property
    def hands(self) -> tuple[HandDistance, ...]:
        """The people, whose hand is furthest from MNIST first."""
        distances, _ = self._nearest
        return hand_distance.hands(distances, self.labels, self.people, mnist())

    @cached_property
    def nearest_elements(self) -> NDArray[np.int64]:
        """For each digit, the number of the most similar training digit of its label: `(n,)`."""
        _, elements = self._nearest
        return elements

    @cached_property
    def _nearest(self) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        return cached_readings.nearest(self.images, self.labels)


def of(page: ClassPage, step: str) -> ClassResults:
    """The results for the drawings of a step, of which there is at least one."""
    return _results(as_it_is(page), step)


@lru_cache(maxsize=_RESULTS)
def _results(room: tuple[str, float, int], step: str) -> ClassResults:
    code, _created, _revision = room
    return ClassResults(pictures.of_room(code, step))
