"""The drawing that the browser sends, checked piece by piece: anybody can send anything.

The canvas sends it twice: as a PNG, of which only the opacity counts, since that is the ink
whatever its colour; and as strokes, in Fabric.js's JSON, which can be given back to the canvas.
"""

import struct
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Command = tuple[str | float, ...]
"""A step of a path: a letter as in SVG, and its coordinates in canvas pixels."""

# The commands of the brush: move, line, quadratic and cubic curve, and how many numbers each has.
_NUMBERS = {"M": 2, "L": 2, "Q": 4, "C": 6}
_PNG = "data:image/png;base64,"
# A canvas full of scribble is about 40 kB as a PNG, and a minute of it about 5,000 commands.
_LARGEST_PNG = 1_000_000
_MOST_COMMANDS = 50_000
_FARTHEST = 10_000.0
# The brush records a curve every few pixels.
_POINTS_A_CURVE = 4
_STROKE = "A stroke of the drawing cannot be read. Please draw it again."
# All that Pillow raised over 60,000 PNGs damaged at random, and related errors.
_DAMAGE = (ValueError, OSError, SyntaxError, EOFError, IndexError, struct.error)


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
        strokes: in the order they were drawn.
        ink: uint8 `(side, side)`, 0 to 255; None if nothing was drawn.
    """

    strokes: tuple[Stroke, ...] = ()
    ink: NDArray[np.uint8] | None = None


def read(sent: object, side: int) -> Drawing:
    """Take apart what the canvas sent.

    Args:
        sent: the component's `drawing` state, from the browser.
        side: of the square canvas, in pixels.

    Raises:
        UnreadableDrawing: it is not a drawing with the brush on that canvas.
    """
    if not isinstance(sent, Mapping) or not isinstance(sent.get("raw"), Mapping):
        raise UnreadableDrawing("The canvas did not send a drawing. Please draw it again.")
    strokes = _strokes(sent["raw"].get("objects"))
    return Drawing(strokes, _ink(sent.get("data"), side) if strokes else None)


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
    for _, *numbers in stroke.path:
        ends = [(float(x), float(y)) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        points += _curve([points[-1], *ends]) if points else ends[-1:]
    if not points:
        raise UnreadableDrawing(_STROKE)
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
        raise UnreadableDrawing("The drawing arrived without its strokes. Please draw it again.")
    # Counted before any of it is looked at closer.
    paths = [found.get("path") for found in objects if isinstance(found, Mapping)]
    commands = sum(len(path) for path in paths if isinstance(path, list))
    if len(objects) + commands > _MOST_COMMANDS:
        raise UnreadableDrawing("This drawing has grown too long to keep. Please start a new one.")
    return tuple(map(_stroke, objects))


def _stroke(found: object) -> Stroke:
    match found:
        case {"type": "Path", "strokeWidth": brush, "path": list(path)}:
            return Stroke(_number(brush), tuple(map(_command, path)))
    raise UnreadableDrawing(_STROKE)


def _command(step: object) -> Command:
    match step:
        case [str(letter), *numbers] if len(numbers) == _NUMBERS.get(letter):
            return (letter, *map(_number, numbers))
    raise UnreadableDrawing(_STROKE)


def _number(value: object) -> float:
    # NaN and infinity fail, too.
    if isinstance(value, int | float) and abs(value) <= _FARTHEST:
        return float(value)
    raise UnreadableDrawing(_STROKE)


def _ink(data: object, side: int) -> NDArray[np.uint8]:
    """The opacity of a PNG in a data URL: its size is checked before any of it is decoded."""
    if not isinstance(data, str) or not data.startswith(_PNG) or len(data) > _LARGEST_PNG:
        raise UnreadableDrawing("The picture of the drawing did not arrive. Please draw it again.")
    try:
        file = BytesIO(b64decode(data[len(_PNG) :], validate=True))
        with Image.open(file, formats=["PNG"]) as picture:
            if picture.size == (side, side) and picture.mode == "RGBA":
                return np.array(picture.getchannel("A"))
    except (*_DAMAGE, Image.DecompressionBombError) as error:
        raise UnreadableDrawing(
            "The picture of the drawing is damaged. Please draw it again."
        ) from error
    raise UnreadableDrawing("The picture of the drawing has another size than the canvas.")
