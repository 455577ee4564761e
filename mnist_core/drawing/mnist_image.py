"""Turn a drawing into what MNIST would have made of it.

MNIST's digits were scaled into a box of 20 x 20 pixels, keeping their proportions, and placed in
28 x 28 with their centre of mass in the middle. Networks have seen nothing else, so a drawing goes
the same way: `ink` -> `without_dots` -> `crop` -> `fit_box` -> `centre`.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mnist_core.data.dataset import BOX, SIDE
from mnist_core.drawing import dots, pen
from mnist_core.language.translation import _, to_translate

LARGEST_SIDE = 4096

# Ink weaker than this, of 255, is invisible to people too.
_FAINTEST = 16
# Ink weaker than this part of the strongest does not count: noise and soft edges.
_EDGE = 0.125
_HALF = 0.5
# Ink counts as at least a sixteenth of the canvas and five pixels large, so a dot stays a dot.
_SMALLEST_PART = 16
_SMALLEST_PIXELS = 5
# Makes half-way between two pixels the same here and in the browser
# (ui/widgets/live_reader/mnist_image.js), however the sums were rounded.
_ROUNDING = 1e-4
_BLANK = to_translate("There is no ink on the canvas yet: draw a digit first.")


class BlankDrawing(ValueError):
    """There is no ink; the message is a sentence for the visitor."""


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
    """Prepare strokes, redrawn as thick as MNIST's digits whatever the brush.

    Args:
        strokes: the path of the middle of the pen, each float `(n, 2)`: x, and y downwards.
        brush: the width of the pen in the same unit.

    Returns:
        As `to_mnist`.

    Raises:
        BlankDrawing: there are no strokes.
        ValueError: a stroke is empty or not finite, or the brush has no width.
    """
    if not strokes:
        raise BlankDrawing(_(_BLANK))
    return centre(fit_box(crop(pen.redraw(strokes, brush)), pen.BOX))


def ink(canvas: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """How much each pixel differs from the paper, which is what lies at the canvas's edges.

    Returns:
        uint8 `(H, W)`: 0 where there is no ink.

    Raises:
        BlankDrawing, ValueError: as `to_mnist`.
    """
    _check(canvas)
    grey = _grey(canvas)
    darkest, lightest = int(grey.min()), int(grey.max())
    if lightest - darkest < _FAINTEST:
        raise BlankDrawing(_(_BLANK))
    edge = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    is_light_paper = np.mean(edge > (darkest + lightest) / 2) > 0.5
    return lightest - grey if is_light_paper else grey - darkest


def without_dots(strength: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Ink `(H, W)` without small dots far from the digit; see `dots.find`."""
    stray = dots.find(dots.coarse_grid(strength > _EDGE * strength.max()))
    if not stray.any():
        return strength
    return np.where(dots.to_pixels(stray, strength.shape), np.uint8(0), strength)


def crop(strength: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Crop ink `(H, W)` to the smallest rectangle that holds all but the faintest."""
    inked = strength > _EDGE * strength.max()
    rows = np.flatnonzero(inked.any(axis=1))
    columns = np.flatnonzero(inked.any(axis=0))
    return strength[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def smallest_side(shape: tuple[int, ...]) -> float:
    """The least that ink on a canvas of this shape counts as, in pixels."""
    return max(_SMALLEST_PIXELS, max(shape[:2]) / _SMALLEST_PART)


def fit_box(cropped: NDArray[np.uint8], smallest: float = 0.0) -> NDArray[np.float32]:
    """Scale cropped ink until its longer side is 20 pixels, keeping its proportions.

    Each new pixel is the average of the area it covers. The ink is laid on the grid so that its
    shorter side, too, fills whole pixels as nearly as it can.

    Args:
        cropped: uint8 `(h, w)`, ink up to every edge.
        smallest: a longer side below this many pixels counts as this many, so a dot stays small.

    Returns:
        float32 `(20, 20)` in 0..1 with the strongest ink 1, so that thin lines do not fade.
    """
    # Soft edges end where the ink has half the strength it reaches half an MNIST pixel further in:
    # an enlarged picture would come out too small otherwise.
    reach = round(max(cropped.shape) / BOX / 2)
    rows = _extent(cropped.max(axis=1), reach)
    columns = _extent(cropped.max(axis=0), reach)
    longer = max(rows.stop - rows.start, columns.stop - columns.start)
    pixel = max(longer, smallest) / BOX
    down = _coverage(rows, cropped.shape[0], pixel)
    across = _coverage(columns, cropped.shape[1], pixel)
    scaled: NDArray[np.float32] = down @ cropped.astype(np.float32) @ across.T
    full: NDArray[np.float32] = scaled / scaled.max()
    return full


def _extent(line: NDArray[np.uint8], reach: int) -> slice:
    """From where to where there is ink, given the strongest ink of each row (or column)."""
    return slice(_edge(line, reach), len(line) - _edge(line[::-1], reach))


def _edge(line: NDArray[np.uint8], reach: int) -> int:
    # There always is one: the strongest ink.
    return next(
        i for i in range(len(line)) if line[i] >= _HALF * float(line[i : i + reach + 1].max())
    )


def _coverage(inked: slice, extent: int, pixel: float) -> NDArray[np.float32]:
    """How much of each of 20 new pixels each old row (or column) covers: float32 `(20, extent)`.

    There is ink in the old rows of `inked`; a new pixel is `pixel` old ones high.
    """
    count = min(BOX, max(1, int((inked.stop - inked.start) / pixel + 0.5)))
    # The middle of the ink lies in the middle of `count` new pixels.
    start = (inked.start + inked.stop - count * pixel) / 2 - (BOX - count) // 2 * pixel
    edges = start + np.arange(BOX + 1)[:, np.newaxis] * pixel
    old = np.arange(extent)
    overlap = np.minimum(edges[1:], old + 1) - np.maximum(edges[:-1], old)
    return np.asarray(overlap.clip(0) / pixel, np.float32)


def centre(digit: NDArray[np.float32]) -> NDArray[np.float32]:
    """Place ink of at most 20 x 20 in 28 x 28, with its rounded centre of mass on pixel 14.

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
    """The first row (or column) of ink with this mass by row, float32 `(n,)`."""
    middle = float(np.average(np.arange(len(mass)), weights=mass))
    return min(max(SIDE // 2 - int(np.floor(middle + 0.5 + _ROUNDING)), 0), SIDE - len(mass))


def _check(canvas: object) -> None:
    if not isinstance(canvas, np.ndarray) or canvas.dtype != np.uint8:
        kind = getattr(canvas, "dtype", type(canvas).__name__)
        raise ValueError(f"A drawing is an array of whole numbers 0 to 255 (uint8), not {kind}.")
    if canvas.ndim not in (2, 3) or canvas.shape[2:] not in ((), (3,), (4,)):
        raise ValueError(
            "A drawing has the shape (height, width), or (height, width, 3 or 4 colour channels), "
            f"not {canvas.shape}."
        )
    height, width = canvas.shape[:2]
    if not (0 < height <= LARGEST_SIDE and 0 < width <= LARGEST_SIDE):
        raise ValueError(
            f"A drawing is 1 to {LARGEST_SIDE} pixels high and wide, not {height} x {width}."
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
