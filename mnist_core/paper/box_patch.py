"""One box of a flattened sheet with what is around it, upright, whatever the paper's bend."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mnist_core.paper import layout, perspective
from mnist_core.paper.flat_sheet import AROUND, SCALE
from mnist_core.paper.frames import Frame, plane_to_sheet

# How far ink is followed beyond the frame, in millimetres: up to half-way to the next box, and not
# up to the printed digit.
_BESIDE, _ABOVE, _BELOW = 2.75, 2.0, 3.5
_ORIGIN = np.array([_BESIDE, _ABOVE])
SIZE = (
    round((layout.BOX_WIDTH + 2 * _BESIDE) * SCALE),
    round((layout.BOX_HEIGHT + _ABOVE + _BELOW) * SCALE),
)


def cut(strength: NDArray[np.float32], frame: Frame, position: int) -> NDArray[np.float32]:
    """A box with what is around it, upright, float32 `(H, W)`."""
    start = layout.box_corners(position)[0] - _ORIGIN
    plane = (
        perspective.scaling(SCALE)
        @ perspective.shifted(AROUND, AROUND)
        @ plane_to_sheet(frame, position)
        @ perspective.shifted(*start)
        @ perspective.scaling(1 / SCALE)
    )
    return np.asarray(perspective.warped(Image.fromarray(strength), plane, SIZE))


def band(edge: float) -> float:
    """How far from its middle a frame's line darkens the paper, in millimetres."""
    return layout.LINE / 2 + 0.4 + min(0.4 * edge, 1.0)


def inside(inset: float) -> tuple[slice, slice]:
    """The rows and columns of a patch that are at least so far inside the frame's middle."""
    left, top = _BESIDE + inset, _ABOVE + inset
    right, bottom = _BESIDE + layout.BOX_WIDTH - inset, _ABOVE + layout.BOX_HEIGHT - inset
    return (
        slice(round(top * SCALE), round(bottom * SCALE)),
        slice(round(left * SCALE), round(right * SCALE)),
    )
