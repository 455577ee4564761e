"""Photos of one digit that somebody could send (`benchmarks.paint_scenes`: what is no photo).

Each scene takes a digit's ink and dice and returns the bytes of a file. `benchmarks.photo_kinds`
measures how many of them are read correctly.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from benchmarks.hand_drawings import Hand, paint, placed

Mask = NDArray[np.float32]
Colour = tuple[float, float, float]


@dataclass(frozen=True, eq=False)
class Digit:
    """What to write: its strokes where they are known, else its ink.

    Attributes:
        hand: strokes of somebody's pen, or None.
        mask: float32 `(h, w)` in 0..1, ink up to every edge, some 200 pixels high.
    """

    hand: Hand | None
    mask: Mask

    def ink(self, height: int, pen: float) -> Mask:
        """Its ink this many pixels high, by a pen of this width where there are strokes."""
        if self.hand is None:
            scale = height / max(self.mask.shape)
            size = [max(1, round(side * scale)) for side in self.mask.shape[::-1]]
            picture = Image.fromarray(self.mask)
            return np.asarray(picture.resize((size[0], size[1]), Image.Resampling.BILINEAR))
        side = round(height + pen)
        strokes = placed(self.hand, pen, 1.0, (0.5, 0.5), side)
        drawn = paint(strokes, pen, side) / np.float32(255)
        rows, columns = (np.flatnonzero(drawn.max(axis=axis) > 0.1) for axis in (1, 0))
        return drawn[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.float32)


Scene = Callable[[Digit, Generator], bytes]


def rgb(colour: Colour) -> NDArray[np.float32]:
    """A colour as float32 `(3,)`."""
    return np.array(colour, np.float32)


def as_file(pixels: NDArray[np.float32], kind: str = "PNG", **options: int) -> bytes:
    """Pixels `(H, W)` or `(H, W, n)` in 0..1 as the bytes of a picture."""
    file = BytesIO()
    levels = (pixels.clip(0, 1) * 255).round().astype(np.uint8)
    Image.fromarray(levels).save(file, kind, **options)
    return file.getvalue()


def lay(
    scene: NDArray[np.float32], ink: Mask, colour: Colour, random: Generator, middle: float = 0.1
) -> NDArray[np.float32]:
    """Lay ink on a scene `(H, W, 3)`, near its middle, wherever it fits."""
    high, wide = scene.shape[:2]
    ink = ink[:high, :wide]
    share = random.uniform(0.5 - middle, 0.5 + middle, 2)
    top = round((high - ink.shape[0]) * share[0])
    left = round((wide - ink.shape[1]) * share[1])
    window = scene[top : top + ink.shape[0], left : left + ink.shape[1]]
    window[:] = window * (1 - ink[..., None]) + ink[..., None] * rgb(colour)
    return scene


def surface(colour: Colour, high: int = 900, wide: int = 900) -> NDArray[np.float32]:
    """An even surface."""
    return np.ones((high, wide, 3), np.float32) * rgb(colour)


def camera(scene: NDArray[np.float32], random: Generator, *, slant: float = 0.03) -> bytes:
    """Light from one side, a little turned, out of focus and noisy, as a JPEG."""
    high, wide = scene.shape[:2]
    turned = Image.fromarray((scene.clip(0, 1) * 255).astype(np.uint8)).rotate(
        float(random.normal(0, 2)), Image.Resampling.BICUBIC, fillcolor=_corner(scene)
    )
    y, x = np.ogrid[-0.5 : 0.5 : high * 1j, -0.5 : 0.5 : wide * 1j]
    angle = random.uniform(0, 2 * np.pi)
    light = random.uniform(0.8, 1.0) * (
        1 + random.uniform(0, 0.3) * (np.cos(angle) * x + y * slant)
    )
    blurred = turned.filter(ImageFilter.GaussianBlur(random.uniform(0.3, 1.5)))
    lit = np.asarray(blurred, np.float32) / 255 * light[..., None].astype(np.float32)
    lit += random.uniform(0.004, 0.02) * random.standard_normal(lit.shape, np.float32)
    return as_file(lit.astype(np.float32), "JPEG", quality=int(random.integers(60, 93)))


def _corner(scene: NDArray[np.float32]) -> tuple[int, ...]:
    return tuple(int(255 * min(max(value, 0), 1)) for value in scene[0, 0])


def dark(random: Generator) -> Colour:
    """A pen's colour."""
    colour = random.uniform(0.03, 0.35, 3) * random.uniform(0.4, 1)
    return tuple(float(value) for value in colour)  # type: ignore[return-value]


def pale(random: Generator) -> Colour:
    """White paper, more or less."""
    shade = random.uniform(0.85, 0.97)
    return shade, shade, shade * float(random.uniform(0.93, 1))


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """Two colours mixed."""
    return tuple(a * (1 - share) + b * share for a, b in zip(one, other, strict=True))  # type: ignore[return-value]


def on_canvas(
    digit: Digit, random: Generator, side: int, part: float, pen: float, *, hard: bool = False
) -> Mask:
    """Ink alone on a square canvas `(side, side)`."""
    ink = digit.ink(max(8, round(part * side)), pen)
    if hard:
        ink = (ink > 0.5 * ink.max()).astype(np.float32)
    return lay(np.zeros((side, side, 3), np.float32), ink, (1, 1, 1), random, 0.2)[..., 0]


# Photos.


def _pen(digit: Digit, random: Generator, low: float = 0.2, high: float = 0.5) -> Mask:
    height = round(900 * random.uniform(low, high))
    return digit.ink(height, height * random.uniform(0.03, 0.09))


def dark_table(digit: Digit, random: Generator) -> bytes:
    """A sheet that is less than half of the photo, on a dark table."""
    scene = surface(mixed(dark(random), (0.3, 0.2, 0.1), 0.5))
    scene *= random.normal(1, 0.03, (900, 1, 1)).astype(np.float32)
    part = random.uniform(0.3, 0.68)
    high, wide = round(900 * part * random.uniform(0.9, 1.1)), round(900 * part)
    sheet = surface(pale(random), high, wide)
    height = round(min(high, wide) * random.uniform(0.3, 0.7))
    ink = digit.ink(height, max(3.0, height * random.uniform(0.04, 0.1)))
    lay(sheet, ink, dark(random), random)
    top, left = (round((900 - side) * random.uniform(0.2, 0.8)) for side in (high, wide))
    scene[top : top + high, left : left + wide] = sheet
    return camera(scene, random)


def transparent(digit: Digit, random: Generator) -> bytes:
    """A PNG of ink alone on nothing: light, or dark; one of the app's own canvases."""
    side = int(random.integers(100, 500))
    part = random.uniform(0.4, 0.85)
    ink = on_canvas(digit, random, side, part, side * part * random.uniform(0.04, 0.14))
    colours = ((1, 1, 1), (0.925, 0.922, 0.902), (1, 0.9, 0.3), (0, 0, 0), (0.5, 0.5, 0.5))
    colour = colours[int(random.integers(len(colours)))]
    under = colour if random.random() < 0.5 else (0.0, 0.0, 0.0)
    pixels = np.where(ink[..., None] > 0, rgb(colour), rgb(under))
    return as_file(np.dstack([pixels, ink]).astype(np.float32))


def tight_crop(digit: Digit, random: Generator) -> bytes:
    """Cut out to its edges, dark on light or light on dark."""
    height = int(random.integers(60, 500))
    ink = digit.ink(height, height * random.uniform(0.04, 0.15))
    scene = surface(pale(random), *ink.shape)
    scene = lay(scene, ink, dark(random), random)
    scene += np.float32(0.01) * random.standard_normal(scene.shape, np.float32)
    scene = 1 - scene if random.random() < 0.5 else scene
    return as_file(scene, "JPEG", quality=85)


def _outlined(digit: Digit, random: Generator, shape: str) -> bytes:
    ink = _pen(digit, random, 0.15, 0.4)
    scene = lay(surface(pale(random)), ink, colour := dark(random), random)
    inked = np.abs(scene - scene[0, 0]).max(axis=2) > 0.1
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    middle = np.array([columns[0] + columns[-1], rows[0] + rows[-1]]) / 2
    half = max(len(rows), rows[-1] - rows[0], columns[-1] - columns[0]) / 2
    half *= random.uniform(1.2, 1.8) * (1.15 if shape == "ellipse" else 1)
    picture = Image.fromarray((scene * 255).astype(np.uint8))
    corners = [*(middle - half), *(middle + half)]
    line = tuple(int(255 * value) for value in (colour if random.random() < 0.5 else dark(random)))
    getattr(ImageDraw.Draw(picture), shape)(corners, outline=line, width=int(random.integers(2, 9)))
    return camera(np.asarray(picture, np.float32) / np.float32(255), random)


def in_box(digit: Digit, random: Generator) -> bytes:
    """In a printed box."""
    return _outlined(digit, random, "rectangle")


def in_circle(digit: Digit, random: Generator) -> bytes:
    """In a circle."""
    return _outlined(digit, random, "ellipse")


def yellow_pen(digit: Digit, random: Generator) -> bytes:
    """A yellow pen on white paper."""
    colour = (random.uniform(0.93, 1), random.uniform(0.82, 0.95), random.uniform(0.1, 0.5))
    return camera(lay(surface(pale(random)), _pen(digit, random), colour, random), random)


def white_on_yellow(digit: Digit, random: Generator) -> bytes:
    """White on yellow."""
    paper = (random.uniform(0.88, 1), random.uniform(0.75, 0.88), random.uniform(0.05, 0.4))
    return camera(lay(surface(paper), _pen(digit, random), (1, 1, 1), random), random)


def pencil(digit: Digit, random: Generator) -> bytes:
    """A pencil: grey, thin and grainy."""
    height = round(900 * random.uniform(0.2, 0.5))
    ink = digit.ink(height, random.uniform(3, 8))
    ink = ink * random.uniform(0.6, 1, ink.shape).astype(np.float32)
    shade = random.uniform(0.4, 0.65)
    scene = lay(surface(pale(random)), ink, (shade, shade, shade), random)
    return camera(scene, random)


def pastel(digit: Digit, random: Generator) -> bytes:
    """A felt pen in a pale colour."""
    colours = ((0.6, 0.85, 0.95), (0.95, 0.65, 0.75), (0.65, 0.9, 0.65), (0.98, 0.75, 0.5))
    colour = colours[int(random.integers(len(colours)))]
    return camera(lay(surface(pale(random)), _pen(digit, random), colour, random), random)


def blackboard(digit: Digit, random: Generator) -> bytes:
    """Chalk on a board."""
    board = (random.uniform(0.05, 0.2), random.uniform(0.15, 0.3), random.uniform(0.1, 0.22))
    ink = _pen(digit, random) * random.uniform(0.75, 1)
    scene = lay(surface(board), ink.astype(np.float32), (0.92, 0.92, 0.9), random)
    scene += np.float32(0.02) * random.standard_normal(scene.shape, np.float32)
    return camera(scene, random)


def kraft(digit: Digit, random: Generator) -> bytes:
    """A dark or a white pen on brown paper."""
    scene = surface((0.7, 0.55, 0.38)) * random.normal(1, 0.04, (900, 900, 1)).astype(np.float32)
    white = random.random() < 0.5
    colour = (0.97, 0.96, 0.93) if white else dark(random)
    return camera(lay(scene, _pen(digit, random), colour, random), random)


def _ruled(scene: NDArray[np.float32], random: Generator, step: int, width: int) -> None:
    tone = rgb(mixed((1, 1, 1), (0.4, 0.6, 0.85), random.uniform(0.3, 0.9)))
    for place in range(int(random.integers(step)), 900, step):
        scene[place : place + width] *= tone
        scene[:, place : place + width] *= tone


def grid(digit: Digit, random: Generator) -> bytes:
    """Squared paper."""
    scene = surface(pale(random))
    _ruled(scene, random, int(random.integers(30, 70)), 2)
    return camera(lay(scene, _pen(digit, random), dark(random), random), random)


def cells(digit: Digit, random: Generator) -> bytes:
    """In the middle cell of a printed table."""
    scene = surface(pale(random))
    cell = int(random.integers(200, 330))
    shade = np.float32(random.uniform(0.1, 0.6))
    for number in range(-3, 4):
        place = 450 + round((number + 0.5) * cell)
        if 0 <= place < 897:
            scene[place : place + 3] = scene[:, place : place + 3] = shade
    height = round(cell * random.uniform(0.45, 0.8))
    ink = digit.ink(height, height * random.uniform(0.04, 0.1))
    return camera(lay(scene, ink, dark(random), random, 0.01), random)


def post_it(digit: Digit, random: Generator) -> bytes:
    """A note in a bright colour on a table."""
    colours = ((0.98, 0.9, 0.4), (0.98, 0.6, 0.75), (0.6, 0.9, 0.6), (0.55, 0.8, 0.95))
    table = pale(random) if random.random() < 0.5 else (0.45, 0.32, 0.2)
    scene = surface(table)
    side = round(900 * random.uniform(0.35, 0.7))
    note = surface(colours[int(random.integers(len(colours)))], side, side)
    height = round(side * random.uniform(0.35, 0.7))
    lay(note, digit.ink(height, height * random.uniform(0.04, 0.1)), dark(random), random)
    top, left = (round((900 - side) * random.uniform(0.3, 0.7)) for _ in range(2))
    scene[top : top + side, left : left + side] = note
    return camera(scene, random)


def thumb(digit: Digit, random: Generator) -> bytes:
    """A thumb that holds the paper."""
    picture = Image.fromarray(
        (lay(surface(pale(random)), _pen(digit, random), dark(random), random) * 255).astype(
            np.uint8
        )
    )
    x, width, reach = random.uniform(100, 800), random.uniform(60, 110), random.uniform(90, 170)
    skin = tuple(int(value) for value in np.array([215, 160, 130]) * random.uniform(0.5, 1))
    box = (x - width, 900 - reach, x + width, 900 + 2 * reach)
    ImageDraw.Draw(picture).ellipse(box, fill=skin)
    return camera(np.asarray(picture, np.float32) / np.float32(255), random)


PHOTOS: tuple[Scene, ...] = (
    dark_table,
    transparent,
    tight_crop,
    in_box,
    in_circle,
    yellow_pen,
    white_on_yellow,
    pencil,
    pastel,
    blackboard,
    kraft,
    grid,
    cells,
    post_it,
    thumb,
)
