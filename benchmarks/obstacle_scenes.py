"""Photos of one digit with something in the way: fingers, or the lines of the box it is written in.

Made as a hand-held camera sees them: askew, in the shadow of the hand, out of focus and noisy.
"""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from benchmarks.photo_scenes import Digit, Mask, Scene, as_file, dark, lay, pale, rgb, surface
from benchmarks.photos import askew, light

Pixels = NDArray[np.float32]

SIDES = ((900, 900), (900, 1200), (1200, 900))
SKIN = (
    (255, 220, 190),
    (235, 190, 160),
    (205, 150, 115),
    (160, 110, 80),
    (110, 70, 50),
    (70, 45, 35),
)
LINES = (
    (0.1, 0.1, 0.1),
    (0.45, 0.45, 0.45),
    (0.15, 0.3, 0.7),
    (0.8, 0.15, 0.15),
    (0.2, 0.55, 0.3),
)
# Of the photo's shorter side: a fingertip's width, how far it reaches in, and its distance from
# the digit.
_WIDTH, _REACH, _CLEAR = (0.1, 0.28), (0.13, 0.42), 0.02


def _snapshot(scene: Pixels, random: Generator) -> bytes:
    """Held in a hand: askew, in uneven light and shadow, out of focus, noisy, a JPEG."""
    small = askew(scene, random) if random.random() < 0.6 else scene
    # What lies beyond a sheet that is seen from the side is cut off, as people do.
    high, wide = small.shape[:2]
    cut = round(0.12 * min(high, wide)) if small is not scene else 0
    small = small[cut : high - cut, cut : wide - cut]
    high, wide = small.shape[:2]
    lit = small * light(high, wide, random)[..., None]
    picture = Image.fromarray((lit.clip(0, 1) * 255).astype(np.uint8))
    blurred = np.asarray(picture.filter(ImageFilter.GaussianBlur(random.uniform(0.3, 1.8))))
    noisy = blurred / 255 + random.normal(0, random.uniform(0.004, 0.025), blurred.shape)
    return as_file(noisy.astype(np.float32), "JPEG", quality=int(random.integers(55, 93)))


def _sheet(random: Generator) -> Pixels:
    """Plain paper; every third is ruled or squared."""
    scene = surface(pale(random), *SIDES[int(random.integers(len(SIDES)))])
    kind = random.random()
    if kind < 0.33:
        step, shade = int(random.integers(30, 70)), rgb((0.75, 0.83, 0.93))
        for place in range(int(random.integers(step)), max(scene.shape), step):
            scene[place : place + 2] *= shade
            if kind < 0.17:
                scene[:, place : place + 2] *= shade
    return scene


def _written(digit: Digit, random: Generator, low: float, high: float, side: int) -> Mask:
    height = round(side * random.uniform(low, high))
    return digit.ink(height, height * random.uniform(0.03, 0.09))


def _finger(shape: tuple[int, ...], tip: Pixels, towards: Pixels, width: float) -> Mask:
    """Where a finger of this width is whose tip is here and which comes from there, in 0..1."""
    y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    along = (y - tip[0]) * towards[0] + (x - tip[1]) * towards[1]
    across = np.abs((x - tip[1]) * towards[0] - (y - tip[0]) * towards[1])
    # A rounded tip, half as wide again further down.
    half = width / 2 * np.sqrt(np.clip(1 - np.clip(1 - along / (0.6 * width), 0, None) ** 2, 0, 1))
    half *= 1 + 0.12 * np.clip(along / width, 0, 2)
    finger: Mask = (((half - across) / 1.5 + 0.5).clip(0, 1) * (along > 0)).astype(np.float32)
    return finger


def _shaded(
    scene: Pixels, finger: Mask, tip: Pixels, towards: Pixels, width: float, random: Generator
) -> None:
    """Lay a finger on a scene: skin darker to one side, a nail perhaps, and its shadow."""
    skin = rgb(SKIN[int(random.integers(len(SKIN)))]) / 255 * np.float32(random.uniform(0.75, 1))
    moved = np.roll(finger, random.integers(-12, 13, 2), (0, 1))
    soft = Image.fromarray((moved * 255).astype(np.uint8)).filter(
        ImageFilter.GaussianBlur(random.uniform(3, 18))
    )
    depth = random.uniform(0, 0.5)
    scene *= 1 - depth * np.asarray(soft, np.float32)[..., None] / 255
    y, x = np.mgrid[: scene.shape[0], : scene.shape[1]].astype(np.float32)
    across = ((x - tip[1]) * towards[0] - (y - tip[0]) * towards[1]) / width
    along = ((y - tip[0]) * towards[0] + (x - tip[1]) * towards[1]) / width
    round_ = 1 - random.uniform(0.1, 0.5) * (across - random.uniform(-0.3, 0.3)) ** 2 * 4
    creases = 1 - 0.1 * (np.abs(along - random.uniform(0.9, 1.3)) < 0.03)
    body = skin * (round_ * creases)[..., None].clip(0.2, 1)
    if random.random() < 0.6:
        nail = (across / 0.33) ** 2 + ((along - 0.36) / 0.3) ** 2 < 1
        pink = 0.4 * rgb((0.98, 0.86, 0.82)) * skin.max()
        body = np.where(nail[..., None], body * 0.6 + pink, body)
    scene[:] = scene * (1 - finger[..., None]) + finger[..., None] * body


def _held(digit: Digit, random: Generator, *, covers: bool) -> bytes:
    """A digit on a sheet that one to three fingers hold, from any side."""
    scene = _sheet(random)
    high, wide = scene.shape[:2]
    side = min(high, wide)
    ink = _written(digit, random, 0.2, 0.5, side)
    lay(scene, ink, dark(random), random)
    paper = np.median(scene.reshape(-1, 3), axis=0)
    written = np.abs(scene - paper).max(axis=2) > 0.45
    rows, columns = np.flatnonzero(written.any(axis=1)), np.flatnonzero(written.any(axis=0))
    near = np.zeros((high, wide), bool)
    clear = round(_CLEAR * side)
    down = slice(max(rows[0] - clear, 0), rows[-1] + clear)
    near[down, max(columns[0] - clear, 0) : columns[-1] + clear] = True
    laid = 0
    for _ in range(60):
        from_side = int(random.integers(4))
        width, reach = side * random.uniform(*_WIDTH), side * random.uniform(*_REACH)
        place = random.uniform(0.08, 0.92)
        edge = ((0, place * wide), (high, place * wide), (place * high, 0), (place * high, wide))
        back = ((-1, 0), (1, 0), (0, -1), (0, 1))[from_side]
        turn = random.normal(0, 0.4)
        towards = np.array(
            [
                back[0] * np.cos(turn) - back[1] * np.sin(turn),
                back[0] * np.sin(turn) + back[1] * np.cos(turn),
            ],
            np.float32,
        )
        tip = np.array(edge[from_side], np.float32) - towards * reach
        if covers:
            at = random.integers(len(rows)), random.integers(len(columns))
            tip = np.array((rows[at[0]], columns[at[1]]), np.float32)
        finger = _finger(scene.shape, tip, towards, width)
        over = float((finger * written).sum() / written.sum())
        if covers and not 0.15 < over < 0.6:
            continue
        if not covers and (finger[near] > 0).any():
            continue
        _shaded(scene, finger, tip, towards, width, random)
        laid += 1
        if covers or random.random() < 0.6 or laid == 3:
            break
    return _snapshot(scene, random)


def fingers(digit: Digit, random: Generator) -> bytes:
    """One to three fingers hold the sheet, from any side."""
    return _held(digit, random, covers=False)


def finger_on_digit(digit: Digit, random: Generator) -> bytes:
    """A finger covers a part of the digit: whoever guesses must not be sure."""
    return _held(digit, random, covers=True)


def _ruler(
    scene: Pixels, boxes: list[tuple[float, float, float, float]], random: Generator
) -> Pixels:
    """Draw boxes (left, top, right, bottom) in one colour, printed."""
    picture = Image.fromarray((scene * 255).astype(np.uint8))
    chosen = LINES[int(random.integers(len(LINES)))]
    line = tuple(int(255 * value) for value in chosen)
    width = int(random.integers(2, 8))
    for box in boxes:
        ImageDraw.Draw(picture).rectangle(box, outline=line, width=width)
    return np.asarray(picture, np.float32) / np.float32(255)


def _crossing(digit: Digit, random: Generator, cells: int) -> bytes:
    """A digit that is written over one or two lines of its box, one of a row of them."""
    scene = surface(pale(random), *SIDES[int(random.integers(len(SIDES)))])
    high, wide = scene.shape[:2]
    ink = _written(digit, random, 0.18, 0.38, min(high, wide))
    tall, broad = ink.shape
    size = max(tall, broad) * random.uniform(0.8, 1.25)
    box_high, box_wide = size * random.uniform(1, 1.25), size * random.uniform(0.85, 1.15)
    middle = np.array((high / 2, wide / 2)) + random.uniform(-0.06, 0.06, 2) * min(high, wide)
    top, left = middle[0] - box_high / 2, middle[1] - box_wide / 2
    # The ink reaches past one of the four lines at least, by up to a quarter of its size.
    beyond = random.uniform(0.06, 0.25)
    row, column = middle[0] - tall / 2, middle[1] - broad / 2
    row += random.uniform(-0.1, 0.1) * tall
    column += random.uniform(-0.1, 0.1) * broad
    which = int(random.integers(4))
    if which == 0:
        row = top - beyond * tall
    elif which == 1:
        row = top + box_high - tall * (1 - beyond)
    elif which == 2:
        column = left - beyond * broad
    else:
        column = left + box_wide - broad * (1 - beyond)
    offset = int(random.integers(cells))
    boxes = [
        (left + (n - offset) * box_wide, top, left + (n + 1 - offset) * box_wide, top + box_high)
        for n in range(cells)
    ]
    scene = _ruler(scene, boxes, random)
    row, column = round(row), round(column)
    window = scene[row : row + tall, column : column + broad]
    colour = dark(random)
    window[:] = window * (1 - ink[..., None]) + ink[..., None] * np.minimum(window, rgb(colour))
    return _snapshot(scene, random)


def crossed_box(digit: Digit, random: Generator) -> bytes:
    """Written over a line of its printed box."""
    return _crossing(digit, random, 1)


def crossed_cells(digit: Digit, random: Generator) -> bytes:
    """Written over a line of one of a row of printed cells."""
    return _crossing(digit, random, int(random.integers(2, 7)))


OBSTACLES: tuple[Scene, ...] = (fingers, finger_on_digit, crossed_box, crossed_cells)
