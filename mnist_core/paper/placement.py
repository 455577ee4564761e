"""Where a sheet lies on a photo: from its corner marks to one plane, or to what is wrong."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_core.paper import corner_marks, find_marks, layout, perspective
from mnist_core.paper.edges import fitted_corners
from mnist_core.paper.find_marks import Mark
from mnist_core.paper.perspective import Plane
from mnist_core.paper.problems import UnreadableSheet

CORNERS = range(len(corner_marks.CORNERS))

# How well a mark agrees that surely is one, so that there must be a second sheet.
_SURE = 0.93
# Pixels a millimetre: a module of a mark is 3 mm.
_SMALLEST = 1.0
# Of a picture's contrast, what its steepest places change in a pixel: less is out of focus.
_SHARP, _FLAT_CONTRAST = 0.1, 20
# A mark is looked for where the others say it should be, this far around, in millimetres.
_SEARCHED = {3: 7.0, 2: 14.0}
# Pixels a millimetre while it is looked for, and how well it agrees at least.
_FINE, _AGREEMENT = 2.0, 0.6
# A mark may lie this far from where the plane through all of them has it, in millimetres.
_FLAT = 5.0


@dataclass(frozen=True, eq=False)
class Placement:
    """Where a sheet lies.

    Attributes:
        plane: from the sheet's millimetres to the photo's pixels.
        scale: pixels a millimetre, where the sheet is smallest.
        edge: how many millimetres an edge takes from black to white, up to 2, which is as far as a
            module lets one see.
    """

    plane: Plane
    scale: float
    edge: float


def placed(grey: NDArray[np.uint8]) -> Placement:
    """Find the sheet on a photo, uint8 `(H, W)`.

    Raises:
        UnreadableSheet: there is none, or more than one, or it cannot be seen well enough.
    """
    seen = _best_of_each(find_marks.found(grey))
    corners = {mark.corner for mark in seen}
    if len(seen) > len(corners) or len({mark.is_mirrored for mark in seen}) > 1:
        raise UnreadableSheet("two_sheets")
    if not seen:
        raise UnreadableSheet("blurred" if _is_blurred(grey) else "no_sheet")
    fine = grey.astype(np.float32)
    while len(seen) < len(CORNERS) and (more := _searched(fine, seen)) is not None:
        seen.append(more)
    if _scale(seen) < _SMALLEST:
        raise UnreadableSheet("too_small")
    if missing := [corner for corner in CORNERS if corner not in {one.corner for one in seen}]:
        raise UnreadableSheet("missing_corners", corners=missing)
    return _measured(seen)


def _best_of_each(seen: list[Mark]) -> list[Mark]:
    """The best mark of each corner, and all others that surely are marks."""
    best = {one.corner: one for one in sorted(seen, key=lambda one: one.agreement)}
    return [one for one in seen if one is best[one.corner] or one.agreement >= _SURE]


def _measured(seen: list[Mark]) -> Placement:
    plane = _plane(seen)
    back = perspective.inverse(plane)
    away = max(
        float(np.hypot(*(perspective.applied(back, one.corners) - _own(one)).T).max())
        for one in seen
    )
    if away > _FLAT or not _is_whole(plane):
        raise UnreadableSheet("not_flat")
    return Placement(plane, _scale(seen), _edge(seen))


def _scale(seen: list[Mark]) -> float:
    return min(one.side for one in seen) / corner_marks.SIDE


def _edge(seen: list[Mark]) -> float:
    return float(np.median([one.edge / one.side * corner_marks.SIDE for one in seen]))


def _own(mark: Mark) -> NDArray[np.float64]:
    return layout.mark_corners(mark.corner)


def _plane(seen: list[Mark]) -> Plane:
    return perspective.fitted(
        np.concatenate([_own(one) for one in seen]),
        np.concatenate([one.corners for one in seen]),
    )


def _is_whole(plane: Plane) -> bool:
    """Whether the whole sheet is before the camera, none of it behind the horizon."""
    corners = layout.rectangle(0, 0, layout.WIDTH, layout.HEIGHT)
    depth = corners @ plane[2, :2] + plane[2, 2]
    return bool((depth > 0).all() or (depth < 0).all())


def _searched(grey: NDArray[np.float32], seen: list[Mark]) -> Mark | None:
    """A mark that a crease, a shadow or a thumb hides in part, looked for where it should be."""
    if len(seen) not in _SEARCHED:
        return None
    plane = _plane(seen)
    if not _is_whole(plane):
        return None
    known = {one.corner for one in seen}
    looked_at = [
        _mark_near(grey, plane, one, _SEARCHED[len(seen)]) for one in CORNERS if one not in known
    ]
    likely = [one for one in looked_at if one is not None]
    return max(likely, key=lambda one: one.agreement, default=None)


def _mark_near(grey: NDArray[np.float32], plane: Plane, corner: int, reach: float) -> Mark | None:
    """The mark of a corner, within so many millimetres of where a plane has it."""
    module = corner_marks.SIDE / corner_marks.MODULES
    start = layout.mark_corners(corner)[0] - module - reach
    steps = (np.arange(round((corner_marks.SIDE + 2 * module + 2 * reach) * _FINE)) + 0.5) / _FINE
    points = np.stack(np.meshgrid(start[0] + steps, start[1] + steps), axis=-1)
    area = perspective.sampled(grey, perspective.applied(plane, points))
    large = np.kron(find_marks.pattern(corner), np.ones((round(module * _FINE),) * 2, np.float32))
    fits = _correlations(-area, large)
    best = np.unravel_index(fits.argmax(), fits.shape)
    moved = (np.array([best[1], best[0]]) / _FINE) - reach
    corners = perspective.applied(plane, layout.mark_corners(corner) + moved)
    height, width = grey.shape
    inside = (corners >= 0).all() and (corners <= (width, height)).all()
    if fits.max() < _AGREEMENT or not inside:
        return None
    mirrored = perspective.area(corners) < 0
    order = [0, 3, 2, 1] if mirrored else [0, 1, 2, 3]
    fitted, edge = fitted_corners(grey, corners[order])
    return Mark(corner, fitted[order], float(fits.max()), edge)


def _correlations(area: NDArray[np.float32], pattern: NDArray[np.float32]) -> NDArray[np.float32]:
    """The correlation of a pattern with an area, wherever it fits in."""
    windows = np.lib.stride_tricks.sliding_window_view(area, pattern.shape)
    flat = pattern - pattern.mean()
    products = np.einsum("abij,ij->ab", windows, flat)
    means, squares = windows.mean(axis=(2, 3)), (windows**2).mean(axis=(2, 3))
    spread = np.sqrt(np.maximum(squares - means**2, 1.0))
    found: NDArray[np.float32] = products / (spread * flat.std() * flat.size)
    return found


def _is_blurred(grey: NDArray[np.uint8]) -> bool:
    """Whether nothing on a photo has a sharp edge."""
    low, high = np.percentile(grey, (1, 99))
    if high - low < _FLAT_CONTRAST:
        return False
    steps = np.abs(np.diff(grey[::2, ::2].astype(np.int16), axis=1))
    return bool(np.percentile(steps, 99.8) < 2 * _SHARP * float(high - low))
