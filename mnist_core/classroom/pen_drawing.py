"""A drawing as it is sent to a class with the way of the pen, so that the stage can show it."""

from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

# Coordinates are whole tenths of a pixel of the canvas, in two bytes.
_TENTHS = 10
_FARTHEST = 3_200.0
# A point every two pixels draws the same picture as the browser's curves.
_NEAREST = 2.0
MOST_POINTS = 3_000
"""Of a drawing: 12 kB. A digit has about 200; what comes after them is left out."""


@dataclass(frozen=True, eq=False)
class PenDrawing:
    """What somebody drew.

    Attributes:
        brush: the width of the pen, in pixels of the canvas.
        lines: where its middle went, each float `(n, 2)`, n ≥ 1: x and y in pixels of the canvas.
    """

    brush: float
    lines: tuple[NDArray[np.float64], ...]


class _Written(msgspec.Struct):
    brush: float
    lines: list[bytes]


_DECODER = msgspec.msgpack.Decoder(_Written)


def write_pen_drawing(drawing: PenDrawing) -> bytes:
    """A drawing as bytes, at most some 13 kB, for `store.ClassStore.contribute`."""
    left, lines = MOST_POINTS, list[bytes]()
    for line in drawing.lines:
        kept = _thinned(line)[:left]
        left -= len(kept)
        if len(kept):
            tenths = np.rint(np.clip(kept, -_FARTHEST, _FARTHEST) * _TENTHS).astype("<i2")
            lines.append(tenths.tobytes())
    return msgspec.msgpack.encode(_Written(drawing.brush, lines))


def read_pen_drawing(payload: bytes) -> PenDrawing | None:
    """The drawing that `write_pen_drawing` wrote; None for any other bytes."""
    try:
        written = _DECODER.decode(payload)
        lines = [
            np.frombuffer(line, "<i2").reshape(-1, 2).astype(float) / _TENTHS
            for line in written.lines
        ]
    except (msgspec.DecodeError, ValueError):
        return None
    if not lines or not all(map(len, lines)) or not 0 < written.brush <= _FARTHEST:
        return None
    return PenDrawing(written.brush, tuple(lines))


def _thinned(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """The first point, the last, and of those between none nearer than two pixels to the last."""
    kept = [0]
    for position in range(1, len(line) - 1):
        if np.hypot(*(line[position] - line[kept[-1]])) >= _NEAREST:
            kept.append(position)
    if len(line) > 1:
        kept.append(len(line) - 1)
    return line[kept]
