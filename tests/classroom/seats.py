"""A class without browsers: its room, the people in it, and what they see."""

from dataclasses import dataclass

import numpy as np
from streamlit.testing.v1 import AppTest

from mnist_core.classroom.drawings import ClassDrawing, write_drawing
from mnist_core.classroom.room import Person, Right
from mnist_core.classroom.store import ClassStore
from mnist_core.data import dataset
from mnist_core.data.dataset import CLASSES
from mnist_core.models import store
from tests.visiting import visit


@dataclass(frozen=True)
class ClassRoom:
    """A room with people in it, at a step of the lesson.

    Attributes:
        store: of all rooms.
        right: the teacher's.
        people: everybody with a page, with the secret that makes one this person.
    """

    store: ClassStore
    right: Right
    people: list[tuple[Person, str]]

    @property
    def code(self) -> str:
        return self.right.room

    def screen(self) -> AppTest:
        return visit("class", room=self.code, view="screen", steer=self.right.secret)

    def page_of(self, number: int) -> AppTest:
        return visit("class", room=self.code, me=self.people[number][1])

    def goes_to(self, step: str, shown: int = 0) -> None:
        import msgspec

        self.store.steer(
            self.code, lambda state: msgspec.structs.replace(state, step=step, shown=shown)
        )

    def writes(self, number: int, labels: range = range(CLASSES)) -> None:
        """Send test digits for somebody."""
        digits = dataset.load("test")
        found = {
            str(label): ClassDrawing(
                label, digits.images[np.flatnonzero(digits.labels == label)[number]]
            )
            for label in labels
        }
        slots = {slot: write_drawing(drawing) for slot, drawing in found.items()}
        self.store.contribute(self.code, self.people[number][0], "write", slots)


def class_of(count: int, step: str) -> ClassRoom:
    """A class of so many people."""
    rooms = ClassStore(store.local_directory())
    right = rooms.create()
    people = [rooms.join(right.room, f"browser-{number}") for number in range(count)]
    made = ClassRoom(rooms, right, people)
    made.goes_to(step)
    return made
