"""The ink of one box, without its printed frame and without what reaches in from beside it."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mnist_core.drawing.connected_components import Components, components
from mnist_core.paper import box_patch
from mnist_core.paper.flat_sheet import SCALE
from mnist_core.paper.frame_removal import without_frame
from mnist_core.paper.frames import Frame

# Of a box's darkest ink: what hangs together with stronger ink counts from the first on.
_WEAK, _STRONG = 0.42, 0.65
# The same where a line runs through the box that is paler than the pen.
_ABOVE_CREASE = 0.62, 0.8
# A crease is straight: its points lie about so far from a line, in millimetres.
_STRAIGHT = 0.9
# The darkest ink is this percentile of a box: a thin 1 is less than a hundredth of it.
_DARKEST = 99.6
# It is looked for so many millimetres further inside than the frame's own line is seen.
_CLEAR = 0.4
# Less is no ink, also in multiples of the noise.
_FAINTEST, _NOISES = 0.07, 7.0
# What comes this near to it may be ink.
_PALE = 0.65
# Square millimetres: dirt; and as a part of the largest piece.
_DIRT, _DIRT_PART = 0.5, 0.02
# Of a piece that comes from outside, at least this part is inside its own box.
_OWN = 0.35
# Less than this part of the box's largest piece is somebody else's, if it comes from outside.
_SHORT = 0.25
# Of the ink, this part is left when a crease is taken away.
_KEPT = 0.35
# The smallest digit, in millimetres.
_SMALLEST = 4.0


@dataclass(frozen=True, eq=False)
class BoxInk:
    """What is written in a box.

    Attributes:
        mask: bool `(H, W)`: the ink, four pixels a millimetre.
        strength: how dark it is, 0..1.
        has_stray: ink from outside reaches into the box, and was left out.
        has_crease: a straight line runs right through the box; it was left out, unless the digit
            hangs on it.
        runs_out: the ink goes on further than it was followed.
        is_pale: there may be ink, but hardly more than noise; it was left out.
    """

    mask: NDArray[np.bool_]
    strength: float
    has_stray: bool = False
    has_crease: bool = False
    runs_out: bool = False
    is_pale: bool = False

    @property
    def is_speck(self) -> bool:
        """Whether there is ink, but too little for a digit."""
        rows, columns = np.flatnonzero(self.mask.any(1)), np.flatnonzero(self.mask.any(0))
        return bool(len(rows) and max(np.ptp(rows), np.ptp(columns)) < _SMALLEST * SCALE)


def ink(
    strength: NDArray[np.float32], noise: float, edge: float, frame: Frame, position: int
) -> BoxInk | None:
    """The ink of a box.

    Args:
        strength: of a flattened sheet.
        noise: of the same.
        edge: how many millimetres an edge takes on the photo.
        frame: where the box is.
        position: which box it is.

    Returns:
        None if it is empty.
    """
    patch = box_patch.cut(strength, frame, position)
    band = box_patch.band(edge)
    inside = patch[box_patch.inside(band + _CLEAR)]
    floor = max(_FAINTEST, _NOISES * noise)
    darkest = float(np.percentile(inside, _DARKEST))
    if darkest < floor:
        nothing = np.zeros(patch.shape, bool)
        return BoxInk(nothing, darkest, is_pale=True) if darkest >= _PALE * floor else None
    first = _own(_pieces(patch, band, darkest, floor, (_WEAK, _STRONG)), band, darkest)
    if not first.runs_out:
        return first
    # It may hang on a crease that is paler.
    second = _own(_pieces(patch, band, darkest, floor, _ABOVE_CREASE), band, darkest)
    if second.runs_out or second.mask.sum() < _KEPT * first.mask.sum():
        return first
    return replace(second, has_crease=True)


def _pieces(
    patch: NDArray[np.float32], band: float, darkest: float, floor: float,
    parts: tuple[float, float],
) -> Components:  # fmt: skip
    """What hangs together and is ink: from parts of the darkest on, weak beside strong."""
    weak, strong = parts
    found = _hysteresis(patch, max(weak * darkest, 0.8 * floor), strong * darkest)
    return components(without_frame(patch, found, band, _STRONG * darkest))


def _hysteresis(patch: NDArray[np.float32], weak: float, strong: float) -> NDArray[np.bool_]:
    """What is weak ink and hangs together with strong ink."""
    parts = components(patch > weak)
    holds = np.zeros(len(parts.areas) + 1, bool)
    holds[parts.numbers[patch > strong]] = True
    holds[0] = False
    return holds[parts.numbers]


def _own(parts: Components, band: float, darkest: float) -> BoxInk:
    """The pieces that belong to this box."""
    count = len(parts.areas)
    inside = np.bincount(parts.numbers[box_patch.inside(band)].ravel(), minlength=count + 1)[1:]
    least = max(_DIRT * SCALE**2, _DIRT_PART * float(inside.max(initial=0)))
    seen = inside >= least
    reached = _borders(parts)
    comes_from_outside = reached.any(axis=0)
    through = seen & (reached.sum(axis=0) >= 2)
    crease = np.array([through[i] and _is_straight(parts, i) for i in range(count)], bool)
    stray = seen & ~crease & comes_from_outside & (inside < _OWN * parts.areas)
    # Something short that comes in over the edge beside a whole digit is a neighbour's.
    whole = float(inside[seen & ~stray & ~crease].max(initial=0))
    stray |= seen & ~crease & comes_from_outside & (inside < _SHORT * whole)
    own = seen & ~stray & ~crease
    return BoxInk(
        np.concatenate([[False], own])[parts.numbers],
        darkest,
        has_stray=bool(stray.any()),
        has_crease=bool(crease.any()),
        runs_out=bool((own & comes_from_outside).any()),
    )


def _borders(parts: Components) -> NDArray[np.bool_]:
    """Whether each piece reaches the patch's top, bottom, left and right: `(4, n)`."""
    numbers, count = parts.numbers, len(parts.areas)
    edges = (numbers[0], numbers[-1], numbers[:, 0], numbers[:, -1])
    return np.stack([np.isin(np.arange(1, count + 1), edge) for edge in edges])


def _is_straight(parts: Components, piece: int) -> bool:
    points = np.argwhere(parts.numbers == piece + 1)
    spread = np.linalg.eigvalsh(np.cov(points.T))[0] if len(points) > 2 else 0.0
    return bool(np.sqrt(max(float(spread), 0.0)) <= _STRAIGHT * SCALE)
