"""Digits as PNGs of ink: masks that the browser fills with the theme's text colour."""

from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image


def sprite(images: NDArray[np.uint8], columns: int) -> bytes:
    """All images as one mask.

    Args:
        images: uint8 of shape `(n, h, w)`, at least one.
        columns: how many to a row.

    Returns:
        A PNG, see `png`.
    """
    (count, height, width), rows = images.shape, -(-len(images) // columns)
    sheet = np.zeros((rows * columns, height, width), np.uint8)
    sheet[:count] = images
    tiled = sheet.reshape(rows, columns, height, width).swapaxes(1, 2)
    return png(tiled.reshape(rows * height, columns * width))


def png(mask: NDArray[np.uint8]) -> bytes:
    """A PNG of black ink that is as opaque at each pixel as the mask (uint8, two axes) is high."""
    picture = Image.fromarray(mask)
    # A palette of 256 blacks of different opacity: one byte a pixel.
    picture.putpalette(bytes(3 * 256))
    file = BytesIO()
    picture.save(file, "PNG", transparency=bytes(range(256)), compress_level=4)
    return file.getvalue()
