"""Pictures of one digit that were never before a camera: made in Paint, or scanned."""

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageFilter

from benchmarks.photo_scenes import (
    Digit,
    Scene,
    as_file,
    dark,
    lay,
    on_canvas,
    rgb,
    surface,
)

# Pictures made in Paint and on other canvases.


def paint_thin(digit: Digit, random: Generator) -> bytes:
    """One to three pixels, hard edges."""
    pen = float(random.integers(1, 4)) * 1.2
    side = int(random.integers(200, 900))
    return as_file(1 - on_canvas(digit, random, side, random.uniform(0.3, 0.8), pen, hard=True))


def paint_thick(digit: Digit, random: Generator) -> bytes:
    """A brush of up to a fifth of the digit's height."""
    side, part = int(random.integers(100, 600)), random.uniform(0.4, 0.85)
    pen = side * part * random.uniform(0.1, 0.2)
    return as_file(1 - on_canvas(digit, random, side, part, pen, hard=bool(random.random() < 0.5)))


def paint_grey(digit: Digit, random: Generator) -> bytes:
    """Grey on white or on a lighter grey."""
    side, part = int(random.integers(150, 700)), random.uniform(0.3, 0.8)
    ink = on_canvas(
        digit, random, side, part, max(2.0, side * part * random.uniform(0.02, 0.12)), hard=True
    )
    paper = random.uniform(0.8, 1.0)
    return as_file(paper - (paper - random.uniform(0.3, 0.75) * paper) * ink)


def paint_jpeg(digit: Digit, random: Generator) -> bytes:
    """Saved as a poor JPEG."""
    side, part = int(random.integers(100, 700)), random.uniform(0.3, 0.8)
    pen = max(2.0, side * part * random.uniform(0.02, 0.12))
    ink = on_canvas(digit, random, side, part, pen, hard=True)[..., None]
    colour = rgb(dark(random) if random.random() < 0.7 else (0.8, 0.1, 0.1))
    return as_file(1 - ink * (1 - colour), "JPEG", quality=int(random.integers(10, 60)))


def paint_light(digit: Digit, random: Generator) -> bytes:
    """Light on dark."""
    side, part = int(random.integers(60, 600)), random.uniform(0.3, 0.9)
    pen = max(2.0, side * part * random.uniform(0.02, 0.14))
    ink = on_canvas(digit, random, side, part, pen, hard=False)
    paper = random.uniform(0, 0.3)
    return as_file(paper + (random.uniform(0.6, 1) - paper) * ink)


def paint_small(digit: Digit, random: Generator) -> bytes:
    """A small digit on a large canvas, or a small picture."""
    small = random.random() < 0.5
    side = int(random.integers(28, 64) if small else random.integers(400, 1200))
    part = random.uniform(0.6, 0.9) if small else random.uniform(30, 80) / side
    pen = max(1.2, side * part * random.uniform(0.04, 0.12))
    return as_file(1 - on_canvas(digit, random, side, part, pen, hard=not small))


def paint_off_centre(digit: Digit, random: Generator) -> bytes:
    """In a corner of a wide canvas."""
    high, wide = int(random.integers(300, 700)), int(random.integers(500, 1200))
    part = random.uniform(0.2, 0.5)
    ink = digit.ink(round(part * high), max(2.0, high * part * random.uniform(0.03, 0.12)))
    scene = lay(surface((1, 1, 1), high, wide), ink, dark(random), random, 0.48)
    return as_file(scene)


# A pen on paper, scanned, one digit alone.


def scan(digit: Digit, random: Generator) -> bytes:
    """A pen whose ink is uneven, cleanly on white, with a scanner's noise."""
    height = int(random.integers(40, 300))
    pen = max(1.1, height * random.uniform(0.015, 0.07))
    ink = digit.ink(height, pen)
    # Pressure: the pen fades here and there, now and then almost to nothing.
    grid = random.normal(0, 1, (5, 5)).astype(np.float32)
    size = ink.shape[1], ink.shape[0]
    slow = np.asarray(Image.fromarray(grid).resize(size, Image.Resampling.BICUBIC))
    fine = random.standard_normal(ink.shape, np.float32)
    strength = random.uniform(0.45, 0.95) * (1 + random.uniform(0, 0.35) * slow)
    grain = 1 + random.uniform(0, 0.25) * fine
    ink = (ink * (strength * grain).clip(0.08, 1)).astype(np.float32)
    border = round(height * random.uniform(0.03, 0.6))
    high, wide = ink.shape[0] + 2 * border, ink.shape[1] + 2 * border
    scene = lay(surface((1, 1, 1), high, wide), ink, dark(random), random)
    soft = Image.fromarray((scene * 255).astype(np.uint8)).filter(
        ImageFilter.GaussianBlur(random.uniform(0.2, 0.8))
    )
    noisy = np.asarray(soft, np.float32) / 255
    noisy = noisy + random.uniform(0, 0.02) * random.standard_normal(noisy.shape, np.float32)
    if random.random() < 0.5:
        return as_file(noisy.astype(np.float32), "JPEG", quality=int(random.integers(50, 95)))
    return as_file(noisy.astype(np.float32).mean(axis=2))


PAINT: tuple[Scene, ...] = (
    paint_thin,
    paint_thick,
    paint_grey,
    paint_jpeg,
    paint_light,
    paint_small,
    paint_off_centre,
)
