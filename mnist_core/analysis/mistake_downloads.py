"""A network's mistakes to download: a table (CSV) and a picture (PNG)."""

import csv
from io import BytesIO, StringIO

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image, ImageDraw

from mnist_core.data.dataset import SIDE

_COLUMNS = 10
_SCALE = 2
_MARGIN = 4
_TEXT_HEIGHT = 14
_PAPER, _INK = 255, 0


def table(probabilities: ArrayLike, labels: ArrayLike, numbers: ArrayLike) -> bytes:
    """Mistakes as CSV in UTF-8: element, label, prediction, confidence, ten probabilities.

    Probabilities have the shape `(n, 10)`, labels `(n,)`; `numbers` are the positions to write.
    """
    chances, truth = np.asarray(probabilities), np.asarray(labels)
    text = StringIO(newline="")
    writer = csv.writer(text)
    digits = [f"probability_{digit}" for digit in range(chances.shape[1])]
    writer.writerow(["test_image", "label", "prediction", "confidence", *digits])
    for number in np.asarray(numbers, dtype=np.int64).tolist():
        written = [f"{chance:.6f}" for chance in (chances[number].max(), *chances[number])]
        writer.writerow([number, int(truth[number]), int(chances[number].argmax()), *written])
    return text.getvalue().encode("utf-8")


def picture(
    images: NDArray[np.uint8], predictions: ArrayLike, labels: ArrayLike, numbers: ArrayLike
) -> bytes:
    """Mistakes as a PNG, dark ink on white, ten to a row, "label > prediction" below each.

    Images have the shape `(n, 28, 28)`, predictions and labels `(n,)`; `numbers` are the positions
    to draw.

    Raises:
        ValueError: there is nothing to draw.
    """
    shown = np.asarray(numbers, dtype=np.int64)
    if not len(shown):
        raise ValueError("There is no mistake to draw.")
    answers, truth = np.asarray(predictions), np.asarray(labels)
    width, height = SIDE * _SCALE + _MARGIN, SIDE * _SCALE + _TEXT_HEIGHT + _MARGIN
    rows = -(-len(shown) // _COLUMNS)
    sheet = Image.new("L", (_COLUMNS * width + _MARGIN, rows * height + _MARGIN), _PAPER)
    draw = ImageDraw.Draw(sheet)
    for position, number in enumerate(shown.tolist()):
        row, column = divmod(position, _COLUMNS)
        left, top = _MARGIN + column * width, _MARGIN + row * height
        pixels = _PAPER - images[number].repeat(_SCALE, axis=0).repeat(_SCALE, axis=1)
        sheet.paste(Image.fromarray(pixels), (left, top))
        draw.text(
            (left + SIDE * _SCALE // 2, top + SIDE * _SCALE + _TEXT_HEIGHT // 2),
            f"{truth[number]} > {answers[number]}",
            fill=_INK,
            anchor="mm",
        )
    file = BytesIO()
    sheet.save(file, "PNG")
    return file.getvalue()
