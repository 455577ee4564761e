"""The ink of one box, without its printed frame and without what reaches in from beside it."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mnist_core.drawing.connected_components import Components, components
from mnist_core.paper import layout, perspective
from mnist_core.paper.flat_sheet import AROUND, SCALE
from mnist_core.paper.frames import Frame, plane_to_sheet

# How far ink is followed beyond the frame, in millimetres: up to half-way to the next box, and not
# up to the printed digit.
_BESIDE, _ABOVE, _BELOW = 2.75, 2.0, 3.5
# Of a box's darkest ink: what hangs together with stronger ink counts from the first on.
_WEAK, _STRONG = 0.42, 0.65
# The same where a line runs through the box that is paler than the pen.
_ABOVE_CREASE = 0.62, 0.8
# A crease is straight: its points lie about so far from a line, in millimetres.
_STRAIGHT = 0.9
# The darkest ink is this percentile of a box: a thin 1 is less than a hundredth of it.
_DARKEST = 99.6
# Less is no ink, also in multiples of the noise.
_FAINTEST, _NOISES = 0.07, 7.0
# On its frame, ink is this much darker than the frame alone.
_DARKER = 1.5
# Millimetres that are looked at on both sides of a frame for ink that crosses it.
_CROSSING = 0.5
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
# A patch's size in pixels, and its inner edge of the frame.
_ORIGIN = np.array([_BESIDE, _ABOVE])
_SIZE = (
    round((layout.BOX_WIDTH + 2 * _BESIDE) * SCALE),
    round((layout.BOX_HEIGHT + _ABOVE + _BELOW) * SCALE),
)


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
    """

    mask: NDArray[np.bool_]
    strength: float
    has_stray: bool = False
    has_crease: bool = False
    runs_out: bool = False

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
    patch = _patch(strength, frame, position)
    band = _band(edge)
    inside = patch[_box(band)]
    floor = max(_FAINTEST, _NOISES * noise)
    darkest = float(np.percentile(inside, _DARKEST))
    if darkest < floor:
        return None
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
    return components(_without_frame(patch, found, band, _STRONG * darkest))


def _patch(strength: NDArray[np.float32], frame: Frame, position: int) -> NDArray[np.float32]:
    """A box with what is around it, upright, float32 `(H, W)`."""
    start = layout.box_corners(position)[0] - _ORIGIN
    plane = (
        perspective.scaling(SCALE)
        @ perspective.shifted(AROUND, AROUND)
        @ plane_to_sheet(frame, position)
        @ perspective.shifted(*start)
        @ perspective.scaling(1 / SCALE)
    )
    return np.asarray(perspective.warped(Image.fromarray(strength), plane, _SIZE))


def _band(edge: float) -> float:
    """How far from its middle a frame's line darkens the paper, in millimetres."""
    return layout.LINE / 2 + 0.25 + min(0.4 * edge, 1.0)


def _box(inset: float) -> tuple[slice, slice]:
    """The rows and columns of a patch that are at least so far inside the frame's middle."""
    left, top = _BESIDE + inset, _ABOVE + inset
    right, bottom = _BESIDE + layout.BOX_WIDTH - inset, _ABOVE + layout.BOX_HEIGHT - inset
    return (
        slice(round(top * SCALE), round(bottom * SCALE)),
        slice(round(left * SCALE), round(right * SCALE)),
    )


def _hysteresis(patch: NDArray[np.float32], weak: float, strong: float) -> NDArray[np.bool_]:
    """What is weak ink and hangs together with strong ink."""
    parts = components(patch > weak)
    holds = np.zeros(len(parts.areas) + 1, bool)
    holds[parts.numbers[patch > strong]] = True
    holds[0] = False
    return holds[parts.numbers]


def _without_frame(
    patch: NDArray[np.float32], mask: NDArray[np.bool_], band: float, strong: float
) -> NDArray[np.bool_]:
    """Ink without the frame's lines, whole again where it crosses them."""
    rows, columns = _box(-band)
    on_frame = np.zeros(mask.shape, bool)
    on_frame[rows, columns] = True
    on_frame[_box(band)] = False
    line = float(np.median(patch[on_frame & ~_near_corners(band)])) if on_frame.any() else 0.0
    peak = _line_peak(patch, line)
    kept = mask & (~on_frame | (patch > max(_DARKER * peak, strong)))
    inner = _box(band)
    kept = _bridged(kept, rows.start, inner[0].start, columns)
    kept = _bridged(kept, inner[0].stop, rows.stop, columns)
    kept = _bridged(kept.T, columns.start, inner[1].start, rows).T
    return _bridged(kept.T, inner[1].stop, columns.stop, rows).T


def _near_corners(band: float) -> NDArray[np.bool_]:
    """Where two lines of the frame meet."""
    rows, columns = _box(3 * band)
    near = np.ones((_SIZE[1], _SIZE[0]), bool)
    near[rows] = False
    across = np.ones_like(near)
    across[:, columns] = False
    return near & across


def _line_peak(patch: NDArray[np.float32], line: float) -> float:
    """How dark the frame's line is in its middle, usually."""
    rows, columns = _box(0.0)
    sides = [
        patch[rows.start - 2 : rows.start + 2, columns].max(axis=0),
        patch[rows.stop - 2 : rows.stop + 2, columns].max(axis=0),
        patch[rows, columns.start - 2 : columns.start + 2].max(axis=1),
        patch[rows, columns.stop - 2 : columns.stop + 2].max(axis=1),
    ]
    return max(line, float(np.median(np.concatenate(sides))))


def _bridged(mask: NDArray[np.bool_], top: int, bottom: int, columns: slice) -> NDArray[np.bool_]:
    """The mask with ink in these rows wherever there is ink both above and below them."""
    reach = max(1, round(_CROSSING * SCALE))
    above = mask[max(top - reach, 0) : top].any(axis=0)
    below = mask[bottom : bottom + reach].any(axis=0)
    # It may cross at a slant, as far as the line is thick.
    wide = bottom - top
    both = _spread(above, wide) & _spread(below, wide) & (_spread(above, 1) | _spread(below, 1))
    bridged = mask.copy()
    bridged[top:bottom, columns] |= both[columns]
    return bridged


def _spread(line: NDArray[np.bool_], reach: int) -> NDArray[np.bool_]:
    return np.convolve(line, np.ones(2 * reach + 1), "same") > 0


def _own(parts: Components, band: float, darkest: float) -> BoxInk:
    """The pieces that belong to this box."""
    count = len(parts.areas)
    inside = np.bincount(parts.numbers[_box(band)].ravel(), minlength=count + 1)[1:]
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
