"""The drawing that the browser sends, checked piece by piece: anybody can send anything.

The canvas sends its strokes, in Fabric.js's JSON, which can be given back to it. Its pixels are not
asked for: a browser that guards against fingerprinting returns white or random ones, or none. The
ink is drawn from the strokes here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_core.language.translation import _, to_translate

SIDE = 320
"""The side of the square canvas in pixels: fits a phone of 360."""

Command = tuple[str | float, ...]
"""A step of a path: a letter as in SVG, and its coordinates in canvas pixels."""

# The commands of the brush: move, line, quadratic and cubic curve, and how many numbers each has.
_NUMBERS = {"M": 2, "L": 2, "Q": 4, "C": 6}
# A minute of scribble is about 5,000 commands.
_MOST_COMMANDS = 50_000
_FARTHEST = 10_000.0
# The brush records a curve every few pixels.
_POINTS_A_CURVE = 4
_STROKE = to_translate("A stroke of the drawing cannot be read. Please draw it again.")


class UnreadableDrawing(ValueError):
    """The browser sent no drawing; the message is a sentence for the visitor."""


@dataclass(frozen=True)
class Stroke:
    """One stroke of the brush.

    Attributes:
        brush: its width in canvas pixels.
        path: its steps.
    """

    brush: float
    path: tuple[Command, ...]


@dataclass(frozen=True, eq=False)
class Drawing:
    """What is on the canvas.

    Attributes:
        strokes: in the order they were drawn, with what lies beyond the edge.
    """

    strokes: tuple[Stroke, ...] = ()

    @property
    def brush(self) -> float:
        """The width of the pen in pixels, the median if there were several."""
        return float(np.median([stroke.brush for stroke in self.strokes])) if self.strokes else 1.0

    @cached_property
    def lines(self) -> tuple[NDArray[np.float64], ...]:
        """Where the middle of the pen went on the canvas, each `(n, 2)`: none if no ink is seen."""
        from mnist_core.drawing import canvas_edge

        lines = [(centre_line(stroke), stroke.brush) for stroke in self.strokes]
        return tuple(part for line, brush in lines for part in canvas_edge.cut([line], brush, SIDE))

    @cached_property
    def ink(self) -> NDArray[np.uint8] | None:
        """What is seen, uint8 `(320, 320)`, 0 to 255; None while that is nothing."""
        from mnist_core.drawing import pen

        return pen.ink(self.lines, self.brush, SIDE) if self.lines else None


def read(sent: object) -> Drawing:
    """Take apart what the canvas sent.

    Args:
        sent: the component's `drawing` state, from the browser.

    Raises:
        UnreadableDrawing: it is not a drawing with the brush.
    """
    if not isinstance(sent, Mapping) or not isinstance(sent.get("raw"), Mapping):
        raise UnreadableDrawing(_("The canvas did not send a drawing. Please draw it again."))
    return Drawing(_strokes(sent["raw"].get("objects")))


def as_fabric(strokes: tuple[Stroke, ...], colour: str) -> list[dict[str, Any]]:
    """Strokes in the form in which the canvas takes them back, in this CSS colour."""
    return [
        {
            "type": "Path",
            "path": [list(command) for command in stroke.path],
            "stroke": colour,
            "strokeWidth": stroke.brush,
            "fill": None,
            "strokeLineCap": "round",
            "strokeLineJoin": "round",
        }
        for stroke in strokes
    ]


def centre_line(stroke: Stroke) -> NDArray[np.float64]:
    """The path of the middle of the brush: float points `(n, 2)`, x and y, close to each other.

    Raises:
        UnreadableDrawing: the path has no points.
    """
    points: list[tuple[float, float]] = []
    for __, *numbers in stroke.path:
        ends = [(float(x), float(y)) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        points += _curve([points[-1], *ends]) if points else ends[-1:]
    if not points:
        raise UnreadableDrawing(_(_STROKE))
    return np.array(points)


def _curve(control: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points on the curve with these control points, without its first; a line has one."""
    degree = len(control) - 1
    if degree == 1:
        return control[1:]
    steps = np.arange(1, _POINTS_A_CURVE + 1) / _POINTS_A_CURVE
    terms = [comb(degree, k) * steps**k * (1 - steps) ** (degree - k) for k in range(degree + 1)]
    return [(float(x), float(y)) for x, y in np.stack(terms, axis=1) @ np.array(control)]


def _strokes(objects: object) -> tuple[Stroke, ...]:
    if not isinstance(objects, list):
        raise UnreadableDrawing(_("The drawing arrived without its strokes. Please draw it again."))
    # Counted before any of it is looked at closer.
    paths = [found.get("path") for found in objects if isinstance(found, Mapping)]
    commands = sum(len(path) for path in paths if isinstance(path, list))
    if len(objects) + commands > _MOST_COMMANDS:
        problem = _("This drawing has grown too long to keep. Please start a new one.")
        raise UnreadableDrawing(problem)
    return tuple(map(_stroke, objects))


def _stroke(found: object) -> Stroke:
    match found:
        case {"type": "Path", "strokeWidth": brush, "path": [_, *_] as path}:
            return Stroke(_number(brush), tuple(map(_command, path)))
    raise UnreadableDrawing(_(_STROKE))


def _command(step: object) -> Command:
    match step:
        case [str(letter), *numbers] if len(numbers) == _NUMBERS.get(letter):
            return (letter, *map(_number, numbers))
    raise UnreadableDrawing(_(_STROKE))


def _number(value: object) -> float:
    # NaN and infinity fail, too.
    if isinstance(value, int | float) and abs(value) <= _FARTHEST:
        return float(value)
    raise UnreadableDrawing(_(_STROKE))
