"""Drawings that a class sent, as pictures."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mnist_core.classroom.drawings import ClassDrawing, read_drawing
from ui.classroom.class_page import ClassPage, classes


@dataclass(frozen=True, eq=False)
class Shown:
    """A drawing, and who sent it.

    Attributes:
        id: of the contribution.
        person: the id of who sent it.
        slot: of the contribution.
        drawing: what was drawn.
    """

    id: int
    person: int
    slot: str
    drawing: ClassDrawing


def of_step(page: ClassPage, step: str) -> list[Shown]:
    """All drawings of a step, the first one first; what is no drawing is left out."""
    return of_room(page.code, step)


def of_room(code: str, step: str) -> list[Shown]:
    """The same of the room with this code."""
    found = []
    for one in classes().contributions(code, step):
        drawing = _read(one.payload)
        if drawing is not None:
            found.append(Shown(one.id, one.person, one.slot, drawing))
    return found


# A screen reads all of them again whenever one has come. Some 2 kB each, 10 kB with a canvas.
_read = lru_cache(maxsize=1_000)(read_drawing)


def as_array(shown: list[Shown]) -> NDArray[np.uint8]:
    """The 28 × 28 images of drawings: uint8 `(n, 28, 28)`."""
    return np.stack([one.drawing.image for one in shown])
