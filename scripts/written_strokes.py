"""Ways of writing the ten digits, as paths of a pen: what `hand_images` draws beside real strokes.

A model is a list of strokes; a stroke is a list of control points `(x, y)` in a box of about 1 x 1,
y downwards, through which a smooth curve is laid; a point given twice is a corner. Every call of a
model is somebody else: its points are random within what people do.

Most of a hand is in the path: a 7 whose bar is a loop because the pen stayed down, a 9 whose head
is a blob and whose tail runs far to the left, a 4 like a flash of lightning. MNIST has few of them.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Random = np.random.Generator
Stroke = NDArray[np.float64]
Control = list[tuple[float, float]]
Model = Callable[[Random], list[Control]]

_POINTS_A_PIECE = 8
# The standard deviation of every control point: no two 4s are alike.
_TREMBLE = 0.025


def write(digit: int, random: Random) -> list[Stroke]:
    """Strokes `(n, 2)` of a digit in one of its ways, in a box of about 1 x 1, y downwards."""
    models, weights = zip(*WAYS[digit], strict=True)
    chosen = models[random.choice(len(models), p=np.array(weights) / sum(weights))]
    return [smooth(np.array(control), random) for control in chosen(random)]


def smooth(control: Stroke, random: Random) -> Stroke:
    """A Catmull-Rom curve through trembling control points; a point given twice is a corner."""
    corner = np.append(False, (np.diff(control, axis=0) == 0).all(axis=1))
    moved = control + random.normal(0, _TREMBLE, control.shape)
    moved[corner] = moved[np.flatnonzero(corner) - 1]
    padded = np.concatenate([moved[:1], moved, moved[-1:]])
    # Nothing lies between the two points of a corner.
    pieces = [padded[k : len(padded) - 3 + k][~corner[1:]] for k in range(4)]
    before, start, end, after = pieces
    t = (np.arange(_POINTS_A_PIECE) / _POINTS_A_PIECE)[:, None, None]
    curve = 0.5 * (
        2 * start
        + (end - before) * t
        + (2 * before - 5 * start + 4 * end - after) * t**2
        + (3 * start - before - 3 * end + after) * t**3
    )
    return np.concatenate([curve.transpose(1, 0, 2).reshape(-1, 2), moved[-1:]])


def arc(
    x: float, y: float, across: float, down: float, start: float, end: float, steps: int = 0
) -> Control:
    """Points on an ellipse, from one angle to another in degrees clockwise from the right."""
    count = steps or max(3, int(abs(end - start) / 45) + 1)
    angles = np.radians(np.linspace(start, end, count))
    return [(x + across * float(np.cos(a)), y + down * float(np.sin(a))) for a in angles]


def _zero(r: Random) -> list[Control]:
    start, way = r.uniform(-130, -40), r.choice([-1, 1], p=[0.8, 0.2])
    turn = r.uniform(310, 440)
    wide = r.uniform(0.24, 0.5)
    return [arc(0.5, 0.5, wide, 0.5, start, start + way * turn)]


def _zero_with_tail(r: Random) -> list[Control]:
    """The pen comes from above or leaves into the ring, or to the right."""
    start = r.uniform(-80, -40)
    ring = arc(0.5, 0.55, r.uniform(0.3, 0.45), 0.45, start, start - r.uniform(340, 400))
    tail = (r.uniform(0.5, 1.0), r.uniform(-0.1, 0.2))
    return [[(r.uniform(0.7, 1.0), r.uniform(-0.1, 0.15)), *ring] if r.random() < 0.4 else
            [*ring, tail]]  # fmt: skip


def _one(r: Random) -> list[Control]:
    lean = r.uniform(-0.1, 0.25)
    return [[(0.5 + lean, 0.0), (0.5 + lean / 2, 0.5), (0.5, 1.0)]]


def _flagged_one(r: Random) -> list[Control]:
    lean, down = r.uniform(-0.05, 0.25), r.uniform(0.12, 0.55)
    top = (0.5 + lean, 0.0)
    # Steep, or as flat as a 7's top is not.
    flag = (top[0] - r.uniform(0.45, 1.1 if down < 0.2 else 1.5) * down, down)
    stem = [flag, top, top, (0.5, 1.0)] if r.random() < 0.7 else [flag, top, (0.5, 1.0)]
    return [stem, *_foot(r)] if r.random() < 0.4 else [stem]


def _foot(r: Random) -> list[Control]:
    tilt = r.normal(0, 0.03)
    return [[(0.5 - r.uniform(0.12, 0.4), 1.0 - tilt), (0.5 + r.uniform(0.12, 0.4), 1.0 + tilt)]]


def _retraced_one(r: Random) -> list[Control]:
    """Up and down again, the upstroke close to the stem: a narrow head, not a 9's."""
    lean, wide = r.uniform(0.0, 0.25), r.uniform(0.04, 0.16)
    return [
        [
            (0.5 + lean - wide, r.uniform(0.25, 0.6)),
            (0.5 + lean - wide / 3, 0.05),
            (0.5 + lean, 0.0),
            (0.5 + lean * 0.6, 0.4),
            (0.5, 1.0),
        ]
    ]


def _two(r: Random) -> list[Control]:
    top = [(r.uniform(0.0, 0.25), r.uniform(0.1, 0.35)), (0.4, 0.0), (0.8, 0.18), (0.65, 0.5)]
    low = (r.uniform(-0.05, 0.2), r.uniform(0.9, 1.0))
    end = (r.uniform(0.7, 1.15), r.uniform(0.85, 1.05))
    if r.random() < 0.5:
        return [[*top, low, low, end]]
    loop = [(low[0], 0.95), (0.05, r.uniform(0.72, 0.88)), (0.3, 0.85)]
    return [[*top, (0.3, 0.85), *loop, end]]


def _three(r: Random) -> list[Control]:
    middle = (r.uniform(0.25, 0.55), r.uniform(0.4, 0.52))
    low = [(0.85, 0.72), (0.5, 1.0), (r.uniform(-0.1, 0.15), r.uniform(0.8, 1.0))]
    if r.random() < 0.2:  # hasty: hardly a waist
        waist = (r.uniform(0.5, 0.68), r.uniform(0.38, 0.5))
        return [[(r.uniform(0.0, 0.3), r.uniform(0.05, 0.25)), (0.5, 0.0), (0.8, 0.2), waist, *low]]
    if r.random() < 0.3:
        corner = (r.uniform(0.65, 0.85), r.uniform(-0.02, 0.06))
        return [[(0.1, 0.05), corner, corner, middle, middle, *low]]
    top = [(r.uniform(0.0, 0.2), r.uniform(0.05, 0.2)), (0.45, 0.0), (0.75, 0.2)]
    loop = [(middle[0] - 0.12, middle[1] + 0.06), (middle[0], middle[1] + 0.1)]
    return [[*top, middle, *(loop if r.random() < 0.4 else [middle]), *low]]


def _open_four(r: Random) -> list[Control]:
    level = r.uniform(0.5, 0.72)
    left = (r.uniform(-0.05, 0.15), level)
    first = [(r.uniform(0.1, 0.5), 0.0), left, left, (r.uniform(0.8, 1.05), level)]
    if r.random() < 0.4:
        first[1:3] = [(left[0], level - 0.1), (left[0] + 0.15, level)]
    x = r.uniform(0.55, 0.8)
    return [first, [(x + r.normal(0, 0.08), r.uniform(0.0, 0.5)), (x, r.uniform(0.8, 1.1))]]


def _closed_four(r: Random) -> list[Control]:
    level, x = r.uniform(0.5, 0.72), r.uniform(0.5, 0.75)
    left, right = (r.uniform(-0.05, 0.1), level), (r.uniform(0.75, 1.05), level)
    top = (x, 0.0)
    return [[right, left, left, top, top, (x + r.normal(0, 0.06), 1.0)]]


def _lightning_four(r: Random) -> list[Control]:
    """In one stroke: down, to the right, and down again or back a little; the stem is short."""
    level = r.uniform(0.5, 0.72)
    left = (r.uniform(0.0, 0.2), level)
    right = (r.uniform(0.55, 0.9), level + r.uniform(-0.22, 0.04))
    stem = r.uniform(0.06, 0.45)
    end = (right[0] - r.uniform(0.0, 0.3), right[1] + stem)
    first = [(r.uniform(0.25, 0.7), 0.0), left, left, right]
    if r.random() < 0.5:  # up to the stem first, as an open 4 whose pen stayed down
        up = (right[0] + r.uniform(-0.05, 0.1), level - r.uniform(0.1, 0.45))
        first = [(r.uniform(0.05, 0.5), 0.0), left, (left[0] + 0.2, level + 0.03), up]
        # The left stroke must end well above the stem, or it is an h.
        end = (up[0] - r.uniform(0.0, 0.25), level + max(stem, 0.25))
        return [[*first, first[-1], end]]
    return [[*first, *([right] * int(r.random() < 0.7)), end]]


def _five(r: Random) -> list[Control]:
    start = (r.uniform(0.1, 0.35), r.uniform(0.0, 0.06))
    corner = (start[0] - r.uniform(-0.02, 0.12), r.uniform(0.36, 0.48))
    belly = [(0.55, 0.36), (0.9, 0.65), (0.5, 1.0), (r.uniform(-0.1, 0.1), r.uniform(0.8, 1.0))]
    right = (r.uniform(0.7, 1.0), r.uniform(-0.06, 0.06))
    if r.random() < 0.6:
        gap = (r.uniform(0.0, 0.1), r.uniform(-0.06, 0.06))
        bar = [(start[0] + gap[0], start[1] + gap[1]), right]
        return [[start, corner, corner, *belly], bar]
    return [[right, start, *([start] * int(r.random() < 0.6)), corner, corner, *belly]]


def _six(r: Random) -> list[Control]:
    """From above into a loop: of any size, down to a tiny one."""
    size = r.uniform(0.04, 0.31)
    wide = size * r.uniform(0.9, 1.3)
    x = 0.3 + wide
    down = [(x + r.uniform(-0.1, 0.35), 0.0), (x - wide * r.uniform(0.6, 1.0), 0.5)]
    start = r.uniform(170, 185)
    return [[*down, *arc(x, 1 - size, wide, size, start, start - r.uniform(330, 420))]]


def _seven(r: Random) -> list[Control]:
    strokes = [_plain_seven(r)]
    if r.random() < 0.3:
        level, x = r.uniform(0.4, 0.62), 0.55
        left, right = r.uniform(0.15, 0.4, 2)
        tilt = r.normal(0.02, 0.05)
        strokes.append([(x - left, level + tilt), (x + right, level - tilt)])
    return strokes


def _plain_seven(r: Random) -> Control:
    corner = (r.uniform(0.7, 0.95), r.uniform(-0.05, 0.1))
    start = (r.uniform(0.0, 0.15), r.uniform(0.0, 0.1))
    end = (r.uniform(0.2, 0.5), 1.0)
    serif = [(start[0] + r.normal(0, 0.04), start[1] + r.uniform(0.08, 0.25)), start]
    middle = ((corner[0] + end[0]) / 2 - r.uniform(-0.02, 0.1), 0.5)
    head = [*(serif if r.random() < 0.3 else []), start]
    return [*head, corner, *([corner] * int(r.random() < 0.6)), middle, end]


def _looped_seven(r: Random) -> list[Control]:
    """The pen stays down: from the stem's end, or from its middle, back in a loop for the bar."""
    stem = _plain_seven(r)
    (x, _), end = stem[-2], stem[-1]
    level = r.uniform(0.42, 0.68)
    left = x - r.uniform(0.15, 0.4)
    right = (x + r.uniform(0.12, 0.4), level + r.normal(-0.02, 0.05))
    back = (left, level + r.uniform(-0.06, 0.1))
    over = (left + r.uniform(0.05, 0.15), level - r.uniform(0.02, 0.14))
    if r.random() < 0.6:
        return [[*stem, *([end] * int(r.random() < 0.4)), back, over, right]]
    return [[*stem[:-2], (x, level), back, over, right, (x, level + 0.15), end]]


def _eight(r: Random) -> list[Control]:
    waist, wide, low = r.uniform(0.4, 0.52), r.uniform(0.2, 0.38), r.uniform(0.28, 0.45)
    start = (0.5 + wide, r.uniform(0.05, 0.25))
    if r.random() < 0.25:  # two rings
        upper = arc(0.5, waist / 2, wide, waist / 2, -90, -90 - r.uniform(330, 400))
        height = (1 - waist) / 2
        return [upper, arc(0.5, waist + height, low, height, -90, 270 + r.uniform(-40, 40))]
    down = [start, (0.5, 0.0), (0.5 - wide, waist / 2), (0.5, waist), (0.5 + low, 0.75)]
    up = [(0.5, 1.0), (0.5 - low, 0.75), (0.5, waist)]
    end = (start[0] + r.uniform(-0.12, 0.12), start[1] + r.uniform(-0.15, 0.1))
    return [[*down, *up, end]]


def _nine(r: Random) -> list[Control]:
    return [[*_head(r), *_tail(r)]]


def _head(r: Random) -> Control:
    """A ring, begun at its right; not always closed."""
    size = r.uniform(0.06, 0.28)
    wide = size * r.uniform(0.9, 1.5)
    start = r.uniform(-60, 0)
    x = 0.75 - wide
    return arc(x, size, wide, size, start, start - r.uniform(250, 400))


def _blob_nine(r: Random) -> list[Control]:
    """The head is scribbled: several small rings upon each other."""
    size = r.uniform(0.1, 0.21)
    wide = size * r.uniform(0.9, 1.6)
    start = r.uniform(-60, 60)
    angles = np.arange(start, start - r.uniform(500, 900), -60)
    shrink = r.uniform(0.4, 1.0, len(angles))
    x, y = 0.7 - wide, size + 0.02
    head = [
        (x + wide * s * float(np.cos(a)), y + size * s * float(np.sin(a)))
        for a, s in zip(np.radians(angles), shrink, strict=True)
    ]
    return [[*head, (0.72, y), *_tail(r, far=True)]]


def _hooked_nine(r: Random) -> list[Control]:
    """No closed head: a hook, then the stem."""
    top, low = r.uniform(0.0, 0.1), r.uniform(0.28, 0.45)
    hook = [(r.uniform(0.5, 0.8), top), (r.uniform(0.1, 0.25), 0.5 * low), (0.4, low)]
    right = (0.75, r.uniform(0.05, 0.9 * low))
    return [[*hook, right, *([right] * int(r.random() < 0.5)), *_tail(r)]]


def _tail(r: Random, *, far: bool = False) -> Control:
    """Straight down, bent, or far to the left along the bottom."""
    x = r.uniform(0.6, 0.78)
    if not far and r.random() < 0.45:
        return [(x + 0.02, 0.5), (x - r.uniform(-0.05, 0.25), 1.0)]
    left = r.uniform(-0.3, 0.15) if far else r.uniform(-0.15, 0.35)
    rise = r.uniform(0.0, 0.2)
    return [(x + 0.05, 0.6), (x - 0.15, 0.95), (left + 0.25, 1.0), (left, 1.0 - rise)]


WAYS: dict[int, tuple[tuple[Model, float], ...]] = {
    0: ((_zero, 3), (_zero_with_tail, 2)),
    1: ((_one, 1), (_flagged_one, 4), (_retraced_one, 2)),
    2: ((_two, 1),),
    3: ((_three, 1),),
    4: ((_open_four, 2), (_closed_four, 1), (_lightning_four, 4)),
    5: ((_five, 1),),
    6: ((_six, 1),),
    7: ((_seven, 2), (_looped_seven, 4)),
    8: ((_eight, 1),),
    9: ((_nine, 3), (_blob_nine, 3), (_hooked_nine, 2)),
}
"""The models of each digit, and how often each is written."""
