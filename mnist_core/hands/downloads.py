"""A scored hand to take home: a picture for a wall, a table for a spreadsheet."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from mnist_core.data.dataset import SIDE
from mnist_core.hands.score import Handwriting, Reading

_SCALE = 3
_MARGIN, _COLUMNS = 16, 10
_TITLE, _SUBTITLE, _CAPTION = 26, 16, 15
_PAPER, _INK, _PALE = "#fbfaf7", "#1f1d1a", "#5d584f"
# What was misread is marked by what it was read as, and by a colour.
_WRONG = "#a3341f"


def table(drawn: Handwriting, readings: Sequence[Reading]) -> bytes:
    """The drawings as CSV in UTF-8: round, label, and what each network read."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["drawing", "round", "label", *(one.model for one in readings)])
    for number in range(len(drawn)):
        said = [int(one.predictions[number]) for one in readings]
        writer.writerow([number + 1, int(drawn.rounds[number]), int(drawn.labels[number]), *said])
    return text.getvalue().encode("utf-8")


def picture(drawn: Handwriting, best: Reading, alike: NDArray[np.uint8]) -> bytes:
    """The drawings as a PNG, each above the digit of MNIST that is most like it.

    Args:
        drawn: at least one drawing.
        best: how the network read it whose answers stand below the drawings.
        alike: uint8 `(n, 28, 28)`: for each drawing a digit of MNIST.

    Raises:
        ValueError: nothing is drawn.
    """
    if not len(drawn):
        raise ValueError("There is no drawing to make a picture of.")
    cell = SIDE * _SCALE
    row = 2 * cell + _CAPTION + _MARGIN + 6
    rows = -(-len(drawn) // _COLUMNS)
    top = 2 * _MARGIN + _TITLE + _SUBTITLE
    size = _COLUMNS * (cell + _MARGIN) + _MARGIN, top + rows * (row + _MARGIN) + _MARGIN
    sheet = Image.new("RGB", size, _PAPER)
    pen = ImageDraw.Draw(sheet)
    pen.text((_MARGIN, _MARGIN), "My hand", fill=_INK, font_size=_TITLE)
    pen.text(
        (_MARGIN, _MARGIN + _TITLE + 6),
        f"{best.score} of {len(drawn)} read rightly by {best.model}. "
        "Below each: the digit of MNIST most like it.",
        fill=_PALE,
        font_size=_SUBTITLE,
    )
    for number in range(len(drawn)):
        down, across = divmod(number, _COLUMNS)
        place = _MARGIN + across * (cell + _MARGIN), top + _MARGIN + down * (row + _MARGIN)
        sheet.paste(_tile(drawn.images[number], 0), place)
        sheet.paste(_tile(alike[number], 90), (place[0], place[1] + cell + 4))
        right = bool(best.correct[number])
        said = f"{drawn.labels[number]}" + ("" if right else f" > {best.predictions[number]}")
        middle = place[0] + cell // 2, place[1] + 2 * cell + 6 + _CAPTION // 2
        pen.text(middle, said, fill=_INK if right else _WRONG, font_size=_CAPTION, anchor="mm")
    file = BytesIO()
    sheet.save(file, "PNG")
    return file.getvalue()


def _tile(image: NDArray[np.uint8], lightest: int) -> Image.Image:
    """An image as dark ink on a white tile; at most as dark as 255 less `lightest`."""
    ink = image.astype(np.float32) * (255 - lightest) / 255
    pixels = (255 - ink).astype(np.uint8)
    return Image.fromarray(pixels.repeat(_SCALE, axis=0).repeat(_SCALE, axis=1)).convert("RGB")
