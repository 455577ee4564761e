"""How large a photo may be, as a file and as a picture."""

from mnist_core.drawing.photo_files import UnreadablePhoto
from mnist_core.language.translation import _
from mnist_core.system.text_format import decimal

LARGEST_BYTES = 12_000_000
LARGEST_PIXELS = 50_000_000
SMALLEST_SIDE = 16
MILLIONS = LARGEST_PIXELS // 1_000_000


def check_bytes(count: int) -> None:
    """Refuse a file that is too large; the errors of `photo.read`."""
    if count > LARGEST_BYTES:
        raise UnreadablePhoto(
            _(
                "This file has {size} MB; the limit is {most} MB. Most phones can send a smaller "
                "copy of a photo.",
                size=decimal(count / 1e6, 1),
                most=LARGEST_BYTES // 1_000_000,
            )
        )


def check_size(width: int, height: int) -> None:
    """Refuse a picture with too many pixels, or too few; the errors of `photo.read`."""
    if width * height > LARGEST_PIXELS:
        raise UnreadablePhoto(
            _(
                "This picture has {millions} million pixels; the limit is {most} million.",
                millions=decimal(width * height / 1e6, 1),
                most=MILLIONS,
            )
        )
    if min(width, height) < SMALLEST_SIDE:
        raise UnreadablePhoto(
            _(
                "This picture has {width} × {height} pixels, which is too small to hold a digit.",
                width=width,
                height=height,
            )
        )
