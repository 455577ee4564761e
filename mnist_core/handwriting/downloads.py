"""Somebody's scored digits to download: a picture (PNG) and a table (CSV)."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from mnist_core.data.dataset import SIDE
from mnist_core.handwriting.score import Handwriting, Reading
from mnist_core.language.translation import _

_SCALE = 3
_CELL = SIDE * _SCALE
_MARGIN, _COLUMNS = 16, 10
_TITLE, _SUBTITLE, _CAPTION = 26, 16, 15
_PAPER, _INK, _PALE = "#fbfaf7", "#1f1d1a", "#5d584f"
# Misread digits are marked by what they were read as, and by a colour.
_WRONG = "#a3341f"


def table(drawn: Handwriting, readings: Sequence[Reading]) -> bytes:
    """The drawings as CSV in UTF-8: round, label, and what each network read."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["drawing", "round", "label", *(one.model for one in readings)])
    for number in range(len(drawn)):
        answers = [int(one.predictions[number]) for one in readings]
        writer.writerow(
            [number + 1, int(drawn.rounds[number]), int(drawn.labels[number]), *answers]
        )
    return text.getvalue().encode("utf-8")


def picture(drawn: Handwriting, reading: Reading, alike: NDArray[np.uint8]) -> bytes:
    """The drawings as a PNG, each above a digit of MNIST.

    Args:
        drawn: at least one drawing.
        reading: how a network read them.
        alike: uint8 `(n, 28, 28)`: for each drawing the most similar digit of MNIST.

    Raises:
        ValueError: there is no drawing.
    """
    if not len(drawn):
        raise ValueError("There is no drawing to make a picture of.")
    row = 2 * _CELL + _CAPTION + _MARGIN + 6
    rows = -(-len(drawn) // _COLUMNS)
    top = 2 * _MARGIN + _TITLE + _SUBTITLE
    size = _COLUMNS * (_CELL + _MARGIN) + _MARGIN, top + rows * (row + _MARGIN) + _MARGIN
    sheet = Image.new("RGB", size, _PAPER)
    pen = ImageDraw.Draw(sheet)
    pen.text((_MARGIN, _MARGIN), _("My handwriting"), fill=_INK, font_size=_TITLE)
    pen.text(
        (_MARGIN, _MARGIN + _TITLE + 6),
        _(
            "{network} read {count} of {all} correctly. Below each: the digit of MNIST most like "
            "it.",
            network=reading.model,
            count=reading.score,
            all=len(drawn),
        ),
        fill=_PALE,
        font_size=_SUBTITLE,
    )
    for number in range(len(drawn)):
        down, across = divmod(number, _COLUMNS)
        x, y = _MARGIN + across * (_CELL + _MARGIN), top + _MARGIN + down * (row + _MARGIN)
        sheet.paste(_tile(drawn.images[number], 255), (x, y))
        sheet.paste(_tile(alike[number], 165), (x, y + _CELL + 4))
        caption, colour = f"{drawn.labels[number]}", _INK
        if not reading.correct[number]:
            caption, colour = f"{caption} > {reading.predictions[number]}", _WRONG
        middle = x + _CELL // 2, y + 2 * _CELL + 6 + _CAPTION // 2
        pen.text(middle, caption, fill=colour, font_size=_CAPTION, anchor="mm")
    file = BytesIO()
    sheet.save(file, "PNG")
    return file.getvalue()


def _tile(image: NDArray[np.uint8], darkest: int) -> Image.Image:
    """An image as dark ink on a white tile; full ink is this much darker than white."""
    pixels = (255 - image.astype(np.float32) * darkest / 255).astype(np.uint8)
    return Image.fromarray(pixels).resize((_CELL, _CELL), Image.Resampling.NEAREST).convert("RGB")
