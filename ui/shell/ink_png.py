"""Digits as PNGs of ink: a mask that the browser fills with the theme's text colour."""

from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mnist_core.data.dataset import SIDE


def sprite(images: NDArray[np.uint8], columns: int) -> bytes:
    """All images as one mask.

    Args:
        images: uint8 of shape `(n, 28, 28)`, at least one.
        columns: how many to a row.

    Returns:
        A PNG, see `png`.
    """
    rows = -(-len(images) // columns)
    sheet = np.zeros((rows * columns, SIDE, SIDE), np.uint8)
    sheet[: len(images)] = images
    tiled = sheet.reshape(rows, columns, SIDE, SIDE).swapaxes(1, 2)
    return png(tiled.reshape(rows * SIDE, columns * SIDE))


def png(mask: NDArray[np.uint8]) -> bytes:
    """A PNG of black ink, as opaque at each pixel as the mask (uint8, two axes) is large there."""
    picture = Image.fromarray(mask)
    # A palette of 256 blacks that differ in how much shows through: one byte a pixel.
    picture.putpalette(bytes(3 * 256))
    file = BytesIO()
    picture.save(file, "PNG", transparency=bytes(range(256)), compress_level=4)
    return file.getvalue()
