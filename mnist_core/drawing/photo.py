"""A photo that a visitor uploads: checked before it is decoded, turned upright, scaled down.

Nothing of it is stored. The kind of file is recognised by its content. A large picture is decoded
small where its kind allows that, and otherwise reduced strip by strip, one picture at a time, so
that it costs little more memory than its pixels.
"""

import threading
import warnings
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from mnist_core.drawing import photo_files, photo_limits
from mnist_core.drawing.photo_files import DAMAGE
from mnist_core.drawing.photo_files import UnreadablePhoto as UnreadablePhoto
from mnist_core.language.translation import _

SIDE = 1000
"""The longer side of a photo once scaled down, unless another is asked for."""

# A smaller picture is enlarged: what follows measures in pixels.
_ENLARGED = 400
# Pixels that are converted at once.
_STRIP = 1_000_000
# Of what is transparent, ink lighter than this was meant for a dark page.
_LIGHT = 128
# Two large pictures at a time would cost twice the memory.
_DECODING = threading.Lock()
# More would keep a photo, and a thread, for longer than anybody waits.
_DECODING_OR_WAITING = threading.BoundedSemaphore(10)


def read(data: bytes, side: int = SIDE) -> NDArray[np.uint8]:
    """Open a photo.

    Args:
        data: the bytes of a JPEG, PNG, WebP, AVIF, GIF, BMP or TIFF file, the first page of a PDF,
            or HEIC where pillow-heif is installed; at most 12 MB and 50 megapixels.
        side: the longer side is scaled down to this many pixels, 400 or more.

    Returns:
        uint8 `(H, W, 3)`: the picture upright, its longer side 400 to `side` pixels; on white where
        it is transparent, or on black if its ink is light.

    Raises:
        UnreadablePhoto: too large, too small, damaged, or of another kind; or ten photos are being
            read already.
    """
    if not _DECODING_OR_WAITING.acquire(blocking=False):
        raise UnreadablePhoto(
            _(
                "Many people are having photos read at this moment. Please try again in a few "
                "seconds; yours is still here."
            )
        )
    try:
        return _read(data, side)
    finally:
        _DECODING_OR_WAITING.release()


def _read(data: bytes, side: int) -> NDArray[np.uint8]:
    if not data:
        raise UnreadablePhoto(_("This file is empty."))
    photo_limits.check_bytes(len(data))
    if (size := photo_files.webp_size(data)) is not None:
        # Pillow would allocate the whole picture before it tells the size.
        photo_limits.check_size(*size)
    try:
        # Pillow's own warning about the size comes later than ours, and says less.
        with (
            _DECODING,
            warnings.catch_warnings(action="ignore"),
            photo_files.open_picture(data, side) as picture,
        ):
            photo_limits.check_size(*picture.size)
            return _small(picture, side)
    except UnreadablePhoto:
        raise
    except Image.DecompressionBombError as error:
        raise UnreadablePhoto(
            _(
                "This picture has far too many pixels; the limit is {most} million.",
                most=photo_limits.MILLIONS,
            )
        ) from error
    except MemoryError as error:
        raise UnreadablePhoto(_("This picture needs more memory than there is here.")) from error
    except DAMAGE as error:
        raise UnreadablePhoto(
            _("This picture is damaged and cannot be read to its end.")
        ) from error


def _small(picture: Image.Image, side: int) -> NDArray[np.uint8]:
    """Decode a picture whose size has been checked."""
    # A JPEG can be decoded at half its size, a quarter or an eighth, which is much faster.
    picture.draft("RGB", (side, side))
    picture.load()
    small = _on_paper(_reduced(picture, side))
    small.thumbnail((side, side), Image.Resampling.BOX)
    if max(small.size) < _ENLARGED:
        scale = _ENLARGED / max(small.size)
        wanted = [max(1, round(one * scale)) for one in small.size]
        small = small.resize((wanted[0], wanted[1]), Image.Resampling.BICUBIC)
    small.info = picture.info
    # Where the camera's note on how it was held is damaged, the picture itself is not.
    with suppress(*DAMAGE):
        ImageOps.exif_transpose(small, in_place=True)
    return np.asarray(small)


def _reduced(picture: Image.Image, side: int) -> Image.Image:
    """The picture in RGB or RGBA, no side much longer than needed, converted strip by strip."""
    factor = max(1, max(picture.size) // side)
    width, height = picture.size
    rows = max(1, _STRIP // width // factor) * factor
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    whole = Image.new(mode, (-(-width // factor), -(-height // factor)))
    for top in range(0, height, rows):
        strip = picture.crop((0, top, width, min(top + rows, height)))
        strip.info = picture.info
        whole.paste(_eight_bits(strip).convert(mode).reduce(factor), (0, top // factor))
    return whole


def _eight_bits(strip: Image.Image) -> Image.Image:
    if strip.mode[0] not in "IF":
        return strip
    # 16 bits a pixel, which Pillow would clip instead of scaling.
    levels = np.nan_to_num(np.asarray(strip, dtype=np.float32)) / np.float32(65535)
    return Image.fromarray((levels.clip(0, 1) * 255).astype(np.uint8))


def _on_paper(picture: Image.Image) -> Image.Image:
    """What is transparent, laid on what lets the ink be seen: white, or black under light ink."""
    if picture.mode != "RGBA":
        return picture
    layer = np.asarray(picture, np.float32)
    alpha = layer[..., 3] / 255
    lightness = layer[..., :3] @ np.array([0.299, 0.587, 0.114], np.float32)
    light = float((lightness * alpha).sum() / max(float(alpha.sum()), 1e-6))
    # A picture with colours of its own, only cut out of its background, lies on white.
    flat = float((np.abs(lightness - light) * alpha).sum()) < 24 * float(alpha.sum())
    paper = Image.new("RGB", picture.size, "black" if flat and light > _LIGHT else "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper
