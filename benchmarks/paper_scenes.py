"""Photos of filled sheets, made: the printed sheet, somebody's digits in it, a table, a camera."""

from dataclasses import dataclass, field
from functools import cache
from io import BytesIO

import numpy as np
import pypdfium2
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from benchmarks.hand_drawings import Hand, paint, placed
from benchmarks.photos import pen_strokes
from mnist_core.drawing import mnist_image
from mnist_core.drawing.photo_canvas import draw_mask, trimmed
from mnist_core.paper import layout, perspective
from mnist_core.paper.perspective import Plane
from mnist_core.paper.sheet_pdf import sheet_pdf

SCALE = 7.0
"""Pixels a millimetre of the sheet before it is photographed."""

PENS = {
    "black": (0.08, 0.08, 0.09), "blue": (0.1, 0.15, 0.5), "pencil": (0.42, 0.42, 0.44),
    "red": (0.7, 0.12, 0.12), "green": (0.1, 0.4, 0.2),
}  # fmt: skip

Float = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Filled:
    """A sheet that somebody filled.

    Attributes:
        paper: float32 `(H, W, 3)` in 0..1.
        corner: where the part that is read begins, x and y in millimetres.
        truth: what is in each box as networks would get it without any paper, float32 `(28, 28)`.
    """

    paper: Float
    corner: tuple[float, float]
    truth: dict[int, Float]


@dataclass(frozen=True)
class Camera:
    """How a photo is taken, from `easy` to as hard as people make it.

    Attributes:
        turn: how far the sheet is turned, in degrees.
        tilt: how far from straight above, in degrees.
        fill: how much of the picture's shorter or longer side the sheet takes.
        blur: sigma in millimetres on the sheet.
        shadow, noise, bend, crease: how strong each is; bend in millimetres.
        thumb: a thumb lies on the margin.
        table: what lies under the sheet.
        quality: of the JPEG.
        pixels: of the picture's longer side.
    """

    turn: float = 0.0
    tilt: float = 0.0
    fill: float = 0.9
    blur: float = 0.1
    shadow: float = 0.0
    noise: float = 1.0
    bend: float = 0.0
    crease: float = 0.0
    thumb: bool = False
    table: str = "wood"
    quality: int = 85
    pixels: int = 1600
    covers: tuple[int, ...] = field(default=())
    off: float = 0.0


def camera(hardness: float, random: Generator) -> Camera:
    """A camera at random; `hardness` is 0 to 1."""
    at = hardness
    return Camera(
        turn=float(
            random.choice((0, 0, 90, 180, 270)) + random.uniform(-35, 35) * (0.2 + 0.8 * at)
        ),
        tilt=float(random.uniform(0.4, 1) * 35 * at),
        fill=float(random.uniform(0.92 - 0.5 * at, 0.98)),
        blur=float(random.uniform(0.05, 0.15 + 0.65 * at)),
        shadow=float(random.uniform(0, 0.65 * at)) if random.random() < 0.7 else 0.0,
        noise=float(random.uniform(1, 2 + 8 * at)),
        bend=float(random.uniform(0, 2.0 * at)),
        crease=float(random.uniform(0, 0.3 * at)) if random.random() < 0.5 else 0.0,
        thumb=bool(random.random() < 0.3 * at),
        table=str(random.choice(("wood", "cloth", "dark", "plain", "white"))),
        quality=int(random.integers(90 - round(50 * at), 95)),
        pixels=int(random.choice((1200, 1600, 2000))),
    )


@cache
def printed(paper: str) -> Float:
    """The printed sheet, float32 `(H, W, 3)` in 0..1."""
    page = pypdfium2.PdfDocument(sheet_pdf(paper))[0]
    picture = page.render(scale=SCALE * 25.4 / 72).to_pil().convert("RGB")
    return np.asarray(picture).astype(np.float32) / np.float32(255)


def filled(hands: dict[int, list[Hand | NDArray[np.uint8]]], random: Generator) -> Filled:
    """Fill a sheet with a person's digits: for each digit at least two, strokes or MNIST images.

    Sizes, places, pen and colour vary; a few boxes stay empty, and some digits cross their frame.
    """
    paper = str(random.choice(tuple(layout.PAPERS)))
    sheet = printed(paper) * np.float32(random.uniform(0.9, 1.0))
    sheet = (0.12 + 0.88 * sheet) * random.uniform(0.95, 1, 3).astype(np.float32)
    corner = tuple(
        (whole - part) / 2
        for whole, part in zip(layout.PAPERS[paper], (layout.WIDTH, layout.HEIGHT), strict=True)
    )
    colour = np.array(PENS[str(random.choice(tuple(PENS)))], np.float32)
    thickness = float(random.choice((0.45, 0.6, 0.8, 1.2, 2.0)))
    size = random.uniform(0.4, 0.75)
    truth: dict[int, Float] = {}
    for position, digit in enumerate(layout.PROMPTS):
        if random.random() < 0.03:
            continue
        hand = hands[digit][position // 10]
        own_size = min(0.95, size * random.uniform(0.85, 1.2))
        ink = _written(hand, thickness, own_size * layout.BOX_HEIGHT, random)
        _lay(sheet, ink, position, corner, colour, random)
        truth[position] = _reference(ink)
    return Filled(sheet, (corner[0], corner[1]), truth)


def _written(
    hand: Hand | NDArray[np.uint8], thickness: float, height: float, random: Generator
) -> Float:
    """A digit's ink, up to every edge, `SCALE` pixels a millimetre."""
    if isinstance(hand, Hand):
        side = round(1.3 * height * SCALE)
        strokes = placed(hand, thickness * SCALE, height / 1.3 / height, (0.5, 0.5), side)
        ink = paint(strokes, thickness * SCALE, side)
        return mnist_image.crop(ink).astype(np.float32) / np.float32(255)
    mask = pen_strokes(hand, random)
    factor = height * SCALE / max(mask.shape)
    size = max(1, round(mask.shape[1] * factor)), max(1, round(mask.shape[0] * factor))
    return np.asarray(Image.fromarray(mask).resize(size, Image.Resampling.BILINEAR))


def _lay(
    sheet: Float, ink: Float, position: int, corner: tuple[float, ...], colour: Float,
    random: Generator,
) -> None:  # fmt: skip
    box = layout.box_corners(position)[0] + corner
    room = np.array([layout.BOX_WIDTH, layout.BOX_HEIGHT]) - np.array(ink.shape[::-1]) / SCALE
    # Some write over the frame: two millimetres at most.
    over = 2.0 if random.random() < 0.15 else -1.5
    free = np.maximum(room + 2 * over, 0)
    start = box - over + np.where(room + 2 * over > 0, free * random.random(2), (room / 2) + over)
    left, top = (round(float(one) * SCALE) for one in start)
    left, top = max(left, 0), max(top, 0)
    area = sheet[top : top + ink.shape[0], left : left + ink.shape[1]]
    area *= 1 - ink[: area.shape[0], : area.shape[1], None] * (1 - colour) * random.uniform(0.9, 1)


def _reference(ink: Float) -> Float:
    return mnist_image.to_mnist(draw_mask(trimmed(ink > 0.5)[0]).canvas)


def photographed(sheet: Filled, shot: Camera, random: Generator) -> bytes:
    """Take a photo: the bytes of a JPEG."""
    lying = bool(shot.turn % 180 > 45 and shot.turn % 180 < 135)
    size = (shot.pixels, shot.pixels * 3 // 4)
    width, height = size if lying else size[::-1]
    high, wide = (side / SCALE for side in sheet.paper.shape[:2])
    plane = _plane(shot, wide, high, width, height)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) + np.float32(0.5)
    on_sheet = perspective.applied(perspective.inverse(plane), np.stack([x, y], axis=-1))
    on_sheet = on_sheet + _bent(on_sheet, shot, wide, high, random)
    scene = _table(shot.table, on_sheet, random)
    inside: NDArray[np.bool_] = np.all((on_sheet > 0) & (on_sheet < (wide, high)), axis=-1)
    for channel in range(3):
        layer = perspective.sampled(sheet.paper[..., channel], on_sheet[inside] * SCALE)
        scene[..., channel][inside] = layer
    scene *= _creased(on_sheet, inside, shot, wide, high, random)[..., None]
    if shot.thumb:
        _put_thumb(scene, on_sheet, wide, high, random)
    for mark in shot.covers:
        middle = layout.mark_corners(mark).mean(axis=0) + sheet.corner
        scene[np.hypot(*np.moveaxis(on_sheet - middle, -1, 0)) < 17] = (0.8, 0.6, 0.5)
    scene *= _light(x / width - 0.5, y / height - 0.5, shot, random)[..., None]
    return _developed(
        scene, shot, float(np.sqrt(abs(np.linalg.det(_slope(plane, wide, high))))), random
    )


def _plane(shot: Camera, wide: float, high: float, width: int, height: int) -> Plane:
    """From the sheet's millimetres, its paper's corner first, to pixels."""
    turn, tilt = np.deg2rad(shot.turn), np.deg2rad(shot.tilt)
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    axis = turn * 1.7 + 0.6
    lean = np.array([np.cos(axis), np.sin(axis)])
    corners = layout.rectangle(-wide / 2, -high / 2, wide, high)
    distance = 1.5 * high
    seen = []
    for corner in corners @ spin.T:
        along = corner @ lean
        depth = distance + along * np.sin(tilt)
        seen.append((corner + lean * along * (np.cos(tilt) - 1)) * distance / depth)
    points = np.array(seen)
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    scale = shot.fill * min(np.array([width, height]) / np.ptp(points, axis=0))
    moved = (points - middle) * scale + (width / 2 + shot.off * width, height / 2)
    return perspective.fitted(layout.rectangle(0, 0, wide, high), moved)


def _slope(plane: Plane, wide: float, high: float) -> Plane:
    middle = np.array([wide / 2, high / 2])
    steps = middle + np.array([(0, 0), (1, 0), (0, 1)])
    here, right, down = perspective.applied(plane, steps)
    return np.stack([right - here, down - here])


def _bent(
    on_sheet: NDArray[np.float64], shot: Camera, wide: float, high: float, random: Generator
) -> NDArray[np.float64]:
    """How far paper that does not lie flat seems displaced, in millimetres."""
    angle, phase = random.uniform(0, np.pi, 2)
    along = on_sheet[..., 0] / wide * np.cos(angle) + on_sheet[..., 1] / high * np.sin(angle)
    wave = shot.bend * np.sin(2 * np.pi * (0.8 * along + phase))
    moved: NDArray[np.float64] = wave[..., None] * [np.cos(angle + 0.7), np.sin(angle + 0.7)]
    return moved


def _table(kind: str, on_sheet: NDArray[np.float64], random: Generator) -> Float:
    x, y = np.moveaxis(on_sheet, -1, 0)
    colour = random.uniform(0.25, 0.75, 3)
    if kind == "wood":
        grain = np.sin(y / 3 + 2 * np.sin(x / 90) + 0.7 * np.sin(y / 1.1)) * 0.12
        base = np.array([0.55, 0.38, 0.24]) * random.uniform(0.6, 1.4)
        scene = base * (1 + grain[..., None])
    elif kind == "cloth":
        side = random.uniform(8, 25)
        checks = (np.floor(x / side) + np.floor(y / side)) % 2
        scene = colour * (0.6 + 0.6 * checks[..., None])
    elif kind == "dark":
        scene = np.broadcast_to(np.array([0.1, 0.1, 0.12]), (*x.shape, 3))
    else:
        scene = np.broadcast_to(colour if kind == "plain" else np.full(3, 0.85), (*x.shape, 3))
    return np.asarray(np.clip(scene, 0, 1), np.float32)


def _creased(
    on_sheet: NDArray[np.float64], inside: NDArray[np.bool_], shot: Camera, wide: float,
    high: float, random: Generator,
) -> Float:  # fmt: skip
    light = np.ones(inside.shape)
    for _ in range(random.integers(1, 4)):
        angle = random.choice((0.0, np.pi / 2, random.uniform(0, np.pi)))
        middle = random.uniform(0.2, 0.8, 2) * (wide, high)
        away = (on_sheet - middle) @ np.array([np.cos(angle), np.sin(angle)])
        light *= 1 - shot.crease * np.exp(-((away / random.uniform(0.4, 1.5)) ** 2))
        light *= 1 - 0.5 * shot.crease * (away > 0) * np.exp(-away.clip(0) / 25)
    return np.where(inside, light, 1).astype(np.float32)


def _put_thumb(
    scene: Float, on_sheet: NDArray[np.float64], wide: float, high: float, random: Generator
) -> None:
    side = random.integers(4)
    along = random.uniform(0.35, 0.65)
    tip = [(8, along * high), (wide - 8, along * high), (along * wide, 8), (along * wide, high - 6)]
    away = (on_sheet - tip[side]) / ((14, 9) if side < 2 else (9, 14))
    outwards = [(-1, 0), (1, 0), (0, -1), (0, 1)][side]
    further = on_sheet - tip[side]
    along_thumb = further @ np.array(outwards)
    across = np.abs(further @ np.array(outwards[::-1]))
    covered = (np.hypot(*np.moveaxis(away, -1, 0)) < 1) | ((along_thumb > 0) & (across < 9))
    scene[covered] = np.array([0.8, 0.58, 0.48]) * random.uniform(0.5, 1.1)


def _light(x: Float, y: Float, shot: Camera, random: Generator) -> Float:
    angle = random.uniform(0, 2 * np.pi)
    light = random.uniform(0.6, 1.0) * (1 + shot.shadow * (np.cos(angle) * x + np.sin(angle) * y))
    for softness in (random.uniform(0.01, 0.1), random.uniform(0.002, 0.02)):
        angle = random.uniform(0, 2 * np.pi)
        depth = np.cos(angle) * x + np.sin(angle) * y - random.uniform(-0.3, 0.3)
        light *= 1 - shot.shadow * random.uniform(0.3, 0.9) / (1 + np.exp(-depth / softness))
    found: Float = light.astype(np.float32)
    return found


def _developed(scene: Float, shot: Camera, scale: float, random: Generator) -> bytes:
    picture = Image.fromarray((scene.clip(0, 1) * 255).astype(np.uint8))
    picture = picture.filter(ImageFilter.GaussianBlur(shot.blur * scale))
    grain = random.normal(0, shot.noise, (picture.height, picture.width, 3))
    noisy = (np.asarray(picture) + grain).clip(0, 255).astype(np.uint8)
    file = BytesIO()
    Image.fromarray(noisy).save(file, "JPEG", quality=shot.quality)
    return file.getvalue()
