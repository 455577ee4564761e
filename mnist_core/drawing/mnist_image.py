"""What a person drew -> what MNIST would have made of it.

MNIST's digits were scaled, keeping their proportions, into a box of 20 x 20 pixels, and laid into
28 x 28 so that their centre of mass falls on the centre. A network has seen nothing else, so a
drawing goes the same way: `ink` -> `without_dots` -> `crop` -> `fit_box` -> `centre`.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mnist_core.data.dataset import BOX, SIDE
from mnist_core.drawing import pen, stray_dots

LARGEST_SIDE = 4096

# Ink weaker than this, of 255, is not seen by a person either.
_FAINTEST = 16
# Ink weaker than this part of the strongest does not stretch the frame: noise and soft edges.
_EDGE = 0.125
_HALF = 0.5
# A dot is no digit filling the box: ink is never taken for smaller than a sixteenth of the
# canvas, or than five pixels, so a single pixel stays a dot.
_SMALLEST_PART = 16
_SMALLEST_PIXELS = 5
# Half-way between two pixels is half-way, here and in the browser
# (ui/widgets/live_reader/mnist_image.js), however the sums were rounded.
_NOISE = 1e-4
_BLANK = "There is no ink on the canvas yet: draw a digit first."


class BlankDrawing(ValueError):
    """There is no ink to read; the message is a sentence for the visitor."""


def to_mnist(canvas: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Prepare a drawing the way MNIST was prepared.

    Args:
        canvas: ink on an even ground, light on dark or dark on light, uint8, shape `(H, W)`,
            `(H, W, 3)` or `(H, W, 4)`; with an alpha channel it is laid over black.

    Returns:
        float32 `(28, 28)` in 0..1, the strongest ink 1; the longer side of the ink is 20 pixels
        and its centre of mass rounds to pixel 14, or as near as whole ink allows.

    Raises:
        BlankDrawing: no ink, ink too faint to see, or one even surface (all black or all white).
        ValueError: not an array of that shape and dtype, or a side of 0 or over 4,096 pixels.
    """
    strength = without_dots(ink(canvas))
    return centre(fit_box(crop(strength), smallest_side(strength.shape)))


def from_strokes(strokes: Sequence[pen.Stroke], brush: float) -> NDArray[np.float32]:
    """Prepare what a pen drew, redrawn as thick as MNIST's digits are, whatever the brush.

    Args:
        strokes: where the middle of the pen went, each float `(n, 2)`: x, and y growing downwards.
        brush: the width of the pen in the same unit.

    Returns:
        As `to_mnist`.

    Raises:
        BlankDrawing: there are no strokes.
        ValueError: a stroke has no points or numbers that are none, or the brush has no width.
    """
    if not strokes:
        raise BlankDrawing(_BLANK)
    return centre(fit_box(crop(pen.redraw(strokes, brush)), pen.BOX))


def ink(canvas: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """How much each pixel of a canvas differs from the paper, which is what lies at its edges.

    Returns:
        uint8 `(H, W)`: 0 where there is no ink.

    Raises:
        BlankDrawing, ValueError: as `to_mnist`.
    """
    _check(canvas)
    grey = _grey(canvas)
    darkest, lightest = int(grey.min()), int(grey.max())
    if lightest - darkest < _FAINTEST:
        raise BlankDrawing(_BLANK)
    edge = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    is_light_paper = np.mean(edge > (darkest + lightest) / 2) > 0.5
    return lightest - grey if is_light_paper else grey - darkest


def without_dots(strength: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Ink `(H, W)` without small dots far from the digit; see `stray_dots.find`."""
    dots = stray_dots.find(stray_dots.coarse_grid(strength > _EDGE * strength.max()))
    if not dots.any():
        return strength
    return np.where(stray_dots.to_pixels(dots, strength.shape), np.uint8(0), strength)


def crop(strength: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Cut ink `(H, W)` down to the smallest rectangle that holds it, the faintest left out."""
    inked = strength > _EDGE * strength.max()
    rows = np.flatnonzero(inked.any(axis=1))
    columns = np.flatnonzero(inked.any(axis=0))
    return strength[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _frame(cropped: NDArray[np.uint8]) -> tuple[slice, slice]:
    """From where to where the ink goes, in rows and in columns.

    Ink that fades towards its edge ends where it has half the strength it reaches half an MNIST
    pixel further in: an enlarged picture has such edges, and would come out smaller than it was.
    """
    reach = round(max(cropped.shape) / BOX / 2)
    down, across = cropped.max(axis=1), cropped.max(axis=0)
    return (
        slice(_edge(down, reach), len(down) - _edge(down[::-1], reach)),
        slice(_edge(across, reach), len(across) - _edge(across[::-1], reach)),
    )


def _edge(line: NDArray[np.uint8], reach: int) -> int:
    """The first place with ink, along the strongest ink of each row (or column)."""
    for place in range(len(line)):
        if line[place] >= _HALF * float(line[place : place + reach + 1].max()):
            return place
    raise AssertionError("The strongest ink is at least half as strong as what follows it.")


def smallest_side(shape: tuple[int, ...]) -> float:
    """What ink on a canvas of this shape is at least taken to measure, in pixels."""
    return max(_SMALLEST_PIXELS, max(shape[:2]) / _SMALLEST_PART)


def fit_box(cropped: NDArray[np.uint8], smallest: float = 0.0) -> NDArray[np.float32]:
    """Scale cropped ink until its longer side is 20 pixels, its proportions kept.

    Each new pixel is the average of the area it covers. The grid is laid so that the ink fills
    whole pixels as nearly as it can: from its middle, by as many as fit its shorter side best.

    Args:
        cropped: uint8 `(h, w)`, ink up to every edge.
        smallest: ink with a longer side under this many pixels is taken for a part of a box of
            that size, so that a dot stays small.

    Returns:
        float32 `(20, 20)` in 0..1 with the strongest ink 1: a hair-thin line would otherwise fade
        away.
    """
    rows, columns = _frame(cropped)
    longer = max(rows.stop - rows.start, columns.stop - columns.start)
    pixel = max(longer, smallest) / BOX
    down = _shares(rows, cropped.shape[0], pixel)
    across = _shares(columns, cropped.shape[1], pixel)
    scaled: NDArray[np.float32] = down @ cropped.astype(np.float32) @ across.T
    full: NDArray[np.float32] = scaled / scaled.max()
    return full


def _shares(inked: slice, extent: int, pixel: float) -> NDArray[np.float32]:
    """How much of each of 20 new pixels each old row (or column) covers.

    Args:
        inked: from where to where there is ink.
        extent: how many old rows there are.
        pixel: the side of a new pixel, in old ones.

    Returns:
        float32 `(20, extent)`.
    """
    count = min(BOX, max(1, int((inked.stop - inked.start) / pixel + 0.5)))
    # The middle of the ink lies in the middle of `count` new pixels.
    start = (inked.start + inked.stop - count * pixel) / 2 - (BOX - count) // 2 * pixel
    edges = start + np.arange(BOX + 1)[:, np.newaxis] * pixel
    places = np.arange(extent)
    overlap = np.minimum(edges[1:], places + 1) - np.maximum(edges[:-1], places)
    return np.asarray(overlap.clip(0) / pixel, np.float32)


def centre(digit: NDArray[np.float32]) -> NDArray[np.float32]:
    """Lay ink of at most 20 x 20 into 28 x 28, its rounded centre of mass on pixel 14.

    Ink is never cut off: a digit with its mass far to one side stops at the edge.
    """
    rows, columns = (np.flatnonzero(digit.any(axis=axis)) for axis in (1, 0))
    digit = digit[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    top = _start(digit.sum(axis=1))
    left = _start(digit.sum(axis=0))
    image = np.zeros((SIDE, SIDE), dtype=np.float32)
    image[top : top + digit.shape[0], left : left + digit.shape[1]] = digit
    return image


def _start(mass: NDArray[np.float32]) -> int:
    """Where ink with this mass by row (or column) has to start, float32 `(n,)`."""
    middle = float(np.average(np.arange(len(mass)), weights=mass))
    return min(max(SIDE // 2 - int(np.floor(middle + 0.5 + _NOISE)), 0), SIDE - len(mass))


def _check(canvas: object) -> None:
    if not isinstance(canvas, np.ndarray) or canvas.dtype != np.uint8:
        kind = canvas.dtype if isinstance(canvas, np.ndarray) else type(canvas).__name__
        raise ValueError(f"A drawing is an array of whole numbers 0 to 255 (uint8), not {kind}.")
    if canvas.ndim not in (2, 3) or canvas.shape[2:] not in ((), (3,), (4,)):
        raise ValueError(
            "A drawing has the shape (height, width), or (height, width, 3 or 4 colour channels), "
            f"not {canvas.shape}."
        )
    if not 0 < min(canvas.shape[:2]) <= max(canvas.shape[:2]) <= LARGEST_SIDE:
        raise ValueError(
            f"A drawing is 1 to {LARGEST_SIDE} pixels high and wide, "
            f"not {canvas.shape[0]} x {canvas.shape[1]}."
        )


def _grey(canvas: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The brightness of a canvas, uint8 `(H, W)`; what is transparent counts as black."""
    if canvas.ndim == 2:
        return canvas
    picture = Image.fromarray(canvas)
    if picture.mode == "RGBA":
        # "RGBa" is colour times alpha: the picture over black.
        picture = Image.merge("RGB", picture.convert("RGBa").split()[:3])
    return np.asarray(picture.convert("L"))
