"""The four corner marks of a sheet on a photo: which is where, and how it lies."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mnist_core.paper import corner_marks, layout, perspective, quadrilaterals
from mnist_core.paper.edges import fitted_corners
from mnist_core.paper.perspective import Plane, Points

# How well the sixteen modules inside, and all with the white around them, agree at least.
_INSIDE, _WHOLE = 0.8, 0.85
# A photo is searched at this size first.
_COARSE = 900
_INNER = np.s_[2:-2, 2:-2]


@dataclass(frozen=True, eq=False)
class Mark:
    """A corner mark on a photo.

    Attributes:
        corner: its position in `corner_marks.CORNERS`.
        corners: its own corners in pixels, float64 `(4, 2)`, in the order of `layout.mark_corners`.
        agreement: how well its modules agree with what they should be, up to 1.
        edge: how many pixels its edges take from black to white.
    """

    corner: int
    corners: Points
    agreement: float
    edge: float

    @property
    def is_mirrored(self) -> bool:
        """Whether it is seen in a mirror."""
        return perspective.area(self.corners) < 0

    @property
    def side(self) -> float:
        """How long its sides are, in pixels."""
        return float(np.sqrt(abs(perspective.area(self.corners))))


def found(grey: NDArray[np.uint8]) -> list[Mark]:
    """The marks on a photo, uint8 `(H, W)`; a corner more than once if there are more sheets.

    A photo is looked at in several ways until all four corners have been seen.
    """
    fine = grey.astype(np.float32)
    marks: list[Mark] = []
    longest = max(grey.shape)
    for size in dict.fromkeys((min(_COARSE, longest), longest)):
        factor = longest / size
        coarse = _reduced(grey, factor)
        for shapes in quadrilaterals.found(coarse):
            for shape in shapes:
                # An error of a pixel there is one of several here.
                mark = _recognised(fine, shape * factor)
                if mark is not None and not any(_is_same(mark, other) for other in marks):
                    marks.append(mark)
            if len({mark.corner for mark in marks}) == len(corner_marks.CORNERS):
                return marks
    return marks


def _reduced(grey: NDArray[np.uint8], factor: float) -> NDArray[np.uint8]:
    if factor == 1:
        return grey
    size = round(grey.shape[1] / factor), round(grey.shape[0] / factor)
    return np.asarray(Image.fromarray(grey).resize(size, Image.Resampling.BOX))


def _is_same(one: Mark, other: Mark) -> bool:
    away = np.hypot(*(one.corners.mean(axis=0) - other.corners.mean(axis=0)))
    return bool(away < (one.side + other.side) / 2)


def _recognised(grey: NDArray[np.float32], shape: Points) -> Mark | None:
    """The mark with these corners, in any order; None if it is none."""
    # Most shapes are none: see first, and measure then.
    if _best(_modules(grey, shape))[2] < 0.8 * _INSIDE:
        return None
    shape, edge = fitted_corners(grey, shape)
    corner, turn, inside, whole = _best(_modules(grey, shape))
    if inside < _INSIDE or whole < _WHOLE:
        return None
    corners = np.roll(shape[[0, 3, 2, 1]] if turn >= 4 else shape, -(turn % 4), axis=0)
    return Mark(corner, corners, whole, edge)


def _modules(grey: NDArray[np.float32], shape: Points) -> NDArray[np.float32]:
    """The darkness of the modules of a square, and of the ring around it: `(8, 8)`."""
    unit = layout.rectangle(1, 1, corner_marks.MODULES, corner_marks.MODULES)
    plane = perspective.fitted(unit, shape)
    return darkness(grey, plane)


def darkness(grey: NDArray[np.float32], plane: Plane) -> NDArray[np.float32]:
    """The darkness of 8 x 8 modules, each the mean of nine points in it."""
    steps = np.arange(corner_marks.MODULES + 2)[:, None] + np.array([0.25, 0.5, 0.75])
    points = np.stack(np.meshgrid(steps.ravel(), steps.ravel()), axis=-1)
    values = perspective.sampled(grey, perspective.applied(plane, points))
    side = corner_marks.MODULES + 2
    means: NDArray[np.float32] = values.reshape(side, 3, side, 3).mean(axis=(1, 3))
    return -means


@cache
def pattern(corner: int) -> NDArray[np.float32]:
    """A mark's modules with the white around it, 1 where it is black: `(8, 8)`."""
    modules = np.pad(corner_marks.modules(corner), 1)
    modules.setflags(write=False)
    return modules


@cache
def _insides() -> NDArray[np.float32]:
    """What tells the marks apart, normalised: `(4, 16)`."""
    return _normalised(np.stack([pattern(one)[_INNER] for one in range(len(corner_marks.CORNERS))]))


def _normalised(arrays: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each array flat, with mean 0 and length 1; or 0 where it is even."""
    flat = arrays.reshape(len(arrays), -1)
    flat = flat - flat.mean(axis=1, keepdims=True)
    length = np.sqrt((flat * flat).sum(axis=1, keepdims=True))
    scaled: NDArray[np.float32] = flat / np.maximum(length, 1e-3)
    return scaled


def _best(modules: NDArray[np.float32]) -> tuple[int, int, float, float]:
    """The corner, the turn (mirrored from 4 on) and both agreements that fit best."""
    seen = [np.rot90(side, turn) for side in (modules, modules.T) for turn in range(4)]
    fits = _normalised(np.stack([one[_INNER] for one in seen])) @ _insides().T
    turn, corner = (int(one) for one in np.unravel_index(fits.argmax(), fits.shape))
    one, other = _normalised(np.stack([seen[turn], pattern(corner)]))
    return corner, turn, float(fits.max()), float(one @ other)
