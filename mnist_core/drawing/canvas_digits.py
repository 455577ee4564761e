"""The digits on a canvas, each prepared for a network, and the steps of the preparation."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mnist_core.data.dataset import BOX, SIDE
from mnist_core.drawing import (
    canvas_edge,
    digits_side_by_side,
    dots,
    mnist_image,
    pen,
    stray_pen_marks,
)

# What looks less like a digit may be spoilt by the line on which the pen left the canvas, if it
# looks more like one without. Chosen with the first 20 writers of the pen digits.
_SPOILT = 0.9
_WHOLE = 0.6
# Width by height; only few single digits are wider.
_WIDE = 0.9


@dataclass(frozen=True, eq=False)
class DrawnDigit:
    """One digit of a drawing.

    Attributes:
        image: float32 `(28, 28)` in 0..1, prepared; what networks get.
        canvas: uint8 `(H, W)`, its ink where it was drawn.
        strokes: the path of the middle of the pen, each `(n, 2)`; empty if only ink is known.
    """

    image: NDArray[np.float32]
    canvas: NDArray[np.uint8]
    strokes: tuple[pen.Stroke, ...]

    @property
    def may_be_several(self) -> bool:
        """Whether it is as wide as digits beside each other are, and few single ones."""
        rows, columns = (np.flatnonzero(self.image.any(axis=axis)) for axis in (1, 0))
        return bool(np.ptp(columns) >= _WIDE * np.ptp(rows))


def find(
    canvas: NDArray[np.uint8],
    strokes: Sequence[pen.Stroke] = (),
    brush: float = 1.0,
    digit_probability: digits_side_by_side.DigitProbability | None = None,
) -> list[DrawnDigit]:
    """Find the digits on a canvas: one, or two or three side by side, from left to right.

    Args:
        canvas: see `drawing.to_mnist`; uint8 `(H, W)` if there are strokes.
        strokes: in pixels of the canvas; without them its ink is used.
        brush: the width of the pen, in pixels of the canvas.
        digit_probability: judges how digits that come close are told apart; see
            `digits_side_by_side`.

    Raises:
        BlankDrawing: there is no ink.
        dots.OnlyDots: the pen has hardly moved.
        ValueError: see `drawing.to_mnist` and `drawing.from_strokes`.
    """
    if not strokes:
        return [DrawnDigit(mnist_image.to_mnist(canvas), mnist_image.ink(canvas), ())]
    dots.refuse_only_dots(strokes, brush)
    kept = stray_pen_marks.without(pen.without_dots(strokes, brush), brush)
    groups = digits_side_by_side.split(kept, brush, digit_probability)
    if len(groups) == 1 and digit_probability is not None:
        groups = [_without_run_out(groups[0], brush, max(canvas.shape), digit_probability)]
    is_all = len(groups) == 1 and sum(map(len, groups[0])) == sum(map(len, strokes))
    found = []
    for group in groups:
        ink = canvas
        if not is_all:
            ink = np.where(pen.painted(group, brush + 2, canvas.shape), canvas, np.uint8(0))
        found.append(DrawnDigit(mnist_image.from_strokes(group, brush), ink, tuple(group)))
    return found


def _without_run_out(
    strokes: list[pen.Stroke],
    brush: float,
    side: int,
    digit_probability: digits_side_by_side.DigitProbability,
) -> list[pen.Stroke]:
    """The strokes, without the line on which they left the canvas if it spoils the digit."""
    shorter = canvas_edge.without_run_out(strokes, brush, side)
    if not shorter:
        return strokes
    both = np.stack([mnist_image.from_strokes(one, brush) for one in (strokes, shorter)])
    as_it_is, without = digit_probability(both).tolist()
    is_better = as_it_is < _SPOILT and without > max(as_it_is, _WHOLE)
    return shorter if is_better else strokes


def preparation_steps(digit: DrawnDigit) -> dict[str, NDArray[np.float32]]:
    """What a network would get after each step, float32 `(28, 28)` in 0..1.

    "shrunk" is the whole canvas; "cropped" the ink alone; "boxed" the ink in a box of 20 x 20;
    "centred" that with its centre of mass in the middle; "redrawn", if the strokes are known, the
    strokes with MNIST's thickness.
    """
    strength = mnist_image.without_dots(mnist_image.ink(digit.canvas))
    cropped = mnist_image.crop(strength)
    boxed = mnist_image.fit_box(cropped, mnist_image.smallest_side(strength.shape))
    steps = {
        "shrunk": _shrunk(strength),
        "cropped": _shrunk(cropped),
        "boxed": np.pad(boxed, (SIDE - BOX) // 2),
        "centred": mnist_image.centre(boxed),
    }
    return {**steps, "redrawn": digit.image} if digit.strokes else steps


def _shrunk(ink: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Ink in the middle of a square, at 28 x 28."""
    side = max(ink.shape)
    square = np.zeros((side, side), np.float32)
    top, left = (side - ink.shape[0]) // 2, (side - ink.shape[1]) // 2
    square[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    small = np.asarray(Image.fromarray(square).resize((SIDE, SIDE), Image.Resampling.BOX))
    return np.clip(small / np.float32(max(ink.max(), 1)), 0, 1).astype(np.float32)
