"""Dark four-sided shapes on a photo, in any light: what a corner mark looks like from anywhere."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from mnist_core.drawing.connected_components import Components, components
from mnist_core.paper import perspective
from mnist_core.paper.perspective import Points

# Of the longer side: a mark's sides are no shorter and no longer.
_SHORTEST, _LONGEST = 0.012, 0.2
_FEWEST_PIXELS = 8
# Of its surroundings' light, what is dark keeps at most so much.
_DARK = (0.82, 0.93)
# Of the longer side: the surroundings, for a mark that is near and for one that is far.
_AROUND = (0.07, 0.03)
# Of the shape's outline, the quadrilateral covers between these parts; and its sides are alike.
_COVERED = 0.82, 1.25
_ALIKE = 0.33
# No more shapes are looked at in one way.
_MOST = 400


def found(grey: NDArray[np.uint8]) -> Iterator[list[Points]]:
    """Dark quadrilaterals on a photo, uint8 `(H, W)`, each way of looking after another.

    Yields:
        Their corners, clockwise, float64 `(4, 2)` each, to a pixel or so.
    """
    picture = Image.fromarray(grey)
    longest = max(grey.shape)
    for around in _AROUND:
        light = np.asarray(picture.filter(ImageFilter.BoxBlur(around * longest)), np.float32)
        for dark in _DARK:
            yield _quadrilaterals(components(grey < dark * light - 2))


def _quadrilaterals(parts: Components) -> list[Points]:
    sizes = parts.boxes[:, 2:] - parts.boxes[:, :2]
    longest = max(parts.numbers.shape)
    least = max(_FEWEST_PIXELS, _SHORTEST * longest)
    fits = (sizes.min(axis=1) >= least) & (sizes.max(axis=1) <= 1.5 * _LONGEST * longest)
    # Of a mark's square half is black at least; one that is seen on its corner fills half its box.
    fits &= parts.areas >= 0.2 * sizes.prod(axis=1)
    chosen = np.flatnonzero(fits)
    chosen = chosen[np.argsort(-parts.areas[chosen])][:_MOST]
    shapes = (_quadrilateral(parts, int(number)) for number in chosen)
    return [shape for shape in shapes if shape is not None]


def _quadrilateral(parts: Components, number: int) -> Points | None:
    """The four corners of one part, or None if it has not four."""
    top, left, bottom, right = (int(edge) for edge in parts.boxes[number])
    inside = parts.numbers[top:bottom, left:right] == number + 1
    first = inside.argmax(axis=1)
    last = inside.shape[1] - inside[:, ::-1].argmax(axis=1)
    rows = np.arange(len(first))
    # The corners of each row's run of pixels.
    outline = np.concatenate(
        [np.stack([x, rows + y], axis=1) for x in (first, last) for y in (0, 1)]
    ).astype(np.float64)
    one = outline[np.argmax(_distances(outline, outline.mean(axis=0)))]
    other = outline[np.argmax(_distances(outline, one))]
    across = (outline - one) @ np.array([one[1] - other[1], other[0] - one[0]])
    corners = np.stack([one, outline[across.argmin()], other, outline[across.argmax()]])
    sides = _distances(corners, np.roll(corners, 1, axis=0))
    covered = perspective.area(corners) / float((last - first).sum())
    low, high = _COVERED
    if not low <= covered <= high or sides.min() < _ALIKE * sides.max():
        return None
    shape: Points = corners + np.array([left, top])
    return shape


def _distances(points: Points, other: Points) -> NDArray[np.float64]:
    away: NDArray[np.float64] = np.hypot(*(points - other).T)
    return away
