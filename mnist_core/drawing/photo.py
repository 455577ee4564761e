"""A photo that a visitor uploads: checked before it is decoded, turned upright, scaled down.

Nothing of it is stored. Only three formats are decoded, recognised by their content.
"""

import struct
import warnings
from contextlib import suppress
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST_BYTES = 5_000_000
LARGEST_PIXELS = 20_000_000
SMALLEST_SIDE = 16
SIDE = 1000
"""The longer side of a photo once scaled down."""

_LIMIT = f"the limit is {LARGEST_PIXELS // 1_000_000} million"
_FORMATS = ("PNG", "JPEG", "WEBP")
# A smaller picture is enlarged: what follows measures in pixels.
_ENLARGED = 400
# All that Pillow was seen to raise over files damaged at random (tests/drawing/test_photo.py).
_DAMAGE = (ValueError, OSError, SyntaxError, EOFError, LookupError, TypeError, struct.error)


class UnreadablePhoto(ValueError):
    """The file is not a usable photo; the message is a sentence for the visitor."""


def read(data: bytes) -> NDArray[np.uint8]:
    """Open a photo.

    Args:
        data: the bytes of a PNG, JPEG or WebP file, at most 5 MB and 20 megapixels.

    Returns:
        uint8 `(H, W, 3)`: the picture upright, on white where it is transparent, its longer side
        400 to 1,000 pixels.

    Raises:
        UnreadablePhoto: too large, too small, damaged, or of another format.
    """
    if not data:
        raise UnreadablePhoto("This file is empty.")
    if len(data) > LARGEST_BYTES:
        raise UnreadablePhoto(
            f"This file has {len(data) / 1e6:.1f} MB; the limit is {LARGEST_BYTES // 1_000_000} "
            "MB. Most phones can send a smaller copy of a photo."
        )
    if (size := _webp_size(data)) is not None:
        # Pillow would allocate the whole picture before it tells the size.
        _refuse_size(*size)
    try:
        # Pillow's own warning about the size comes later than ours, and says less.
        with warnings.catch_warnings(action="ignore"), _open(data) as picture:
            _refuse_size(*picture.size)
            return _small(picture)
    except UnreadablePhoto:
        raise
    except Image.DecompressionBombError as error:
        raise UnreadablePhoto(f"This picture has far too many pixels; {_LIMIT}.") from error
    except _DAMAGE as error:
        raise UnreadablePhoto("This picture is damaged and cannot be read to its end.") from error


def _open(data: bytes) -> Image.Image:
    try:
        return Image.open(BytesIO(data), formats=_FORMATS)
    except UnidentifiedImageError as error:
        raise UnreadablePhoto(
            "This file is not a picture that can be read here. Send a photo as JPEG, PNG or WebP."
        ) from error


def _refuse_size(width: int, height: int) -> None:
    if width * height > LARGEST_PIXELS:
        raise UnreadablePhoto(
            f"This picture has {width * height / 1e6:.1f} million pixels; {_LIMIT}."
        )
    if min(width, height) < SMALLEST_SIDE:
        raise UnreadablePhoto(
            f"This picture has {width} × {height} pixels, which is too small to hold a digit."
        )


def _small(picture: Image.Image) -> NDArray[np.uint8]:
    """Decode a picture whose size has been checked."""
    # A JPEG can be decoded at half its size, a quarter or an eighth, which is much faster.
    picture.draft("RGB", (SIDE, SIDE))
    picture.load()
    small = _opaque(picture)
    small.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
    if max(small.size) < _ENLARGED:
        scale = _ENLARGED / max(small.size)
        wanted = [max(1, round(side * scale)) for side in small.size]
        small = small.resize((wanted[0], wanted[1]), Image.Resampling.BICUBIC)
    small.info = picture.info
    # Where the camera's note on how it was held is damaged, the picture itself is not.
    with suppress(*_DAMAGE):
        ImageOps.exif_transpose(small, in_place=True)
    return np.asarray(small)


def _opaque(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):
        # 16 bits a pixel, which Pillow would clip instead of scaling.
        levels = np.asarray(picture, dtype=np.float32) / np.float32(65535)
        return Image.fromarray((levels.clip(0, 1) * 255).astype(np.uint8)).convert("RGB")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    layer.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
    paper = Image.new("RGB", layer.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper


def _webp_size(data: bytes) -> tuple[int, int] | None:
    """Width and height from the header of a WebP file; None for any other."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or len(data) < 30:
        return None
    match data[12:16]:
        case b"VP8X":
            return _little(data[24:27]) + 1, _little(data[27:30]) + 1
        case b"VP8L":
            both = _little(data[21:25])
            return (both & 0x3FFF) + 1, (both >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            return _little(data[26:28]) & 0x3FFF, _little(data[28:30]) & 0x3FFF
    return None


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")
