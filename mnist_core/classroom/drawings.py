"""A drawing as it is sent to a class: what the network gets, and what people see."""

import zlib
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from mnist_core.data.dataset import CLASSES, SIDE

SHOWN_SIDE = 84
"""Pixels of a drawing as others see it, in each direction."""


@dataclass(frozen=True, eq=False)
class ClassDrawing:
    """A digit that somebody drew.

    Attributes:
        label: the digit it is meant to be, 0 to 9.
        image: what networks get, uint8 `(28, 28)`.
        canvas: the ink as it was drawn, uint8 `(84, 84)`; None where the image is all there is.
    """

    label: int
    image: NDArray[np.uint8]
    canvas: NDArray[np.uint8] | None = None


class _Written(msgspec.Struct):
    """A drawing as it is written; pixels row by row, compressed by zlib."""

    label: int
    image: bytes
    canvas: bytes = b""


_DECODER = msgspec.msgpack.Decoder(_Written)


def write_drawing(drawing: ClassDrawing) -> bytes:
    """A drawing as bytes, for `store.ClassStore.contribute`.

    Raises:
        ValueError: an array has another shape or dtype, or the label is no digit.
    """
    if not 0 <= drawing.label < CLASSES:
        raise ValueError(f"A label is a digit from 0 to 9, not {drawing.label}.")
    canvas = b"" if drawing.canvas is None else _pack(drawing.canvas, SHOWN_SIDE)
    return msgspec.msgpack.encode(_Written(drawing.label, _pack(drawing.image, SIDE), canvas))


def read_drawing(payload: bytes) -> ClassDrawing | None:
    """The drawing that `write_drawing` wrote; None for any other bytes."""
    try:
        written = _DECODER.decode(payload)
        if not 0 <= written.label < CLASSES:
            return None
        canvas = _unpack(written.canvas, SHOWN_SIDE) if written.canvas else None
        return ClassDrawing(written.label, _unpack(written.image, SIDE), canvas)
    except (msgspec.DecodeError, zlib.error, ValueError):
        return None


def _pack(pixels: NDArray[np.uint8], side: int) -> bytes:
    if pixels.shape != (side, side) or pixels.dtype != np.uint8:
        raise ValueError(f"A drawing must be {side} × {side} whole numbers from 0 to 255.")
    return zlib.compress(pixels.tobytes())


def _unpack(packed: bytes, side: int) -> NDArray[np.uint8]:
    # However much it claims to hold, no more than this is made of it.
    pixels = zlib.decompressobj().decompress(packed, side * side)
    return np.frombuffer(pixels, np.uint8).reshape(side, side)
