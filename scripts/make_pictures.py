"""Draws the small pictures of the home page from MNIST: `python -m scripts.make_pictures`.

They are files so that the home page need not open MNIST. A picture has two inks, which the browser
fills with the theme's text colour and its accent: the upper half of the file is the mask of the
one, the lower half that of the other.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from mnist_core.data import dataset
from mnist_core.networks import recipes
from ui.shell.ink_png import png

WIDTH, HEIGHT = 84, 56
HERE = Path(__file__).parents[1] / "ui" / "widgets" / "themed_picture"
ACCENT = (42, 79, 176)

Mask = NDArray[np.uint8]


def main() -> None:
    """Write all pictures."""
    for name, draw in {
        "browse": _browse,
        "train": _train,
        "draw": _draw,
        "mistakes": _mistakes,
    }.items():
        (HERE / f"{name}.png").write_bytes(png(np.vstack(draw())))
    _icon().save(HERE / "icon.png")


def _browse() -> tuple[Mask, Mask]:
    """The first six training images; the tutorials begin with four of them."""
    first = dataset.load("train").images[:6].reshape(2, 3, 28, 28)
    return first.swapaxes(1, 2).reshape(HEIGHT, WIDTH), _nothing()


def _train() -> tuple[Mask, Mask]:
    """How the accuracy on test images rises in tutorial T0, from 95 to 98.3%."""
    accuracies = [figures.test_accuracy for figures in recipes.get("mlp-784").published_curve]
    across = np.linspace(10, 78, len(accuracies))
    up = np.interp(accuracies, (0.955, 0.983), (46, 8))
    axes = _lines([(6, 4), (6, 50), (80, 50)], width=2)
    return axes, _lines(list(zip(across, up, strict=True)), width=4)


def _draw() -> tuple[Mask, Mask]:
    """A seven drawn by hand, and the bar of its answer among the ten."""
    ink = _lines([(8, 14), (20, 11), (38, 10), (33, 20), (25, 34), (21, 48)], width=6)
    rows = range(6, 56, 5)
    for row in rows:
        ink = np.maximum(ink, _lines([(52, row), (54, row)], width=2))
    return ink, _lines([(52, rows[7]), (80, rows[7])], width=4)


def _mistakes() -> tuple[Mask, Mask]:
    """Test image 8, a five, twice as large; and a six, for which tutorial T2's network took it."""
    five = dataset.load("test").images[8].repeat(2, axis=0).repeat(2, axis=1)
    six = dataset.load("train").images[13]
    ink, accent = _nothing(), _nothing()
    ink[:, :56] = five
    accent[14:42, 56:] = six
    return ink, accent


def _nothing() -> Mask:
    return np.zeros((HEIGHT, WIDTH), np.uint8)


def _lines(points: list[tuple[float, float]], width: int) -> Mask:
    """A line through these points, smooth at its edges."""
    finer = 8
    picture = Image.new("L", (WIDTH * finer, HEIGHT * finer))
    pen = ImageDraw.Draw(picture)
    corners = [(x * finer, y * finer) for x, y in points]
    pen.line(corners, fill=255, width=width * finer, joint="curve")
    for x, y in corners:
        radius = width * finer / 2
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return np.asarray(picture.resize((WIDTH, HEIGHT), Image.Resampling.BOX))


def _icon() -> Image.Image:
    """Training element 0, the best known digit of all, in white on the accent."""
    five = Image.fromarray(dataset.load("train").images[0].repeat(4, axis=0).repeat(4, axis=1))
    icon = Image.new("RGB", five.size, ACCENT)
    icon.paste((255, 255, 255), mask=five)
    return icon.quantize(32)


if __name__ == "__main__":
    main()
