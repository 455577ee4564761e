"""The files that people send: which kind each is, whatever it is called, and how it is opened."""

import struct
from io import BytesIO
from typing import Final

from PIL import Image, UnidentifiedImageError

from mnist_core.language.translation import _, to_translate
from mnist_core.system import pdf_picture
from mnist_core.system.pdf_picture import UnreadablePdf

READ: Final = to_translate("JPEG, PNG, WebP, AVIF, GIF, BMP, TIFF or PDF")
"""The kinds that are always read."""

PILLOW: Final = ("PNG", "JPEG", "WEBP", "AVIF", "GIF", "BMP", "TIFF")
"""The same, but PDF, as Pillow calls them."""

_HEIF = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
# The start of a file, where it stands, and what to call it in "This is …".
_OTHERS: Final = (
    (b"8BPS", 0, to_translate("a Photoshop document")),
    (b"\0\0\1\0", 0, to_translate("an icon")),
    (b"\xff\x0a", 0, to_translate("a JPEG XL picture")),
    (b"\0\0\0\x0cJXL ", 0, to_translate("a JPEG XL picture")),
    (b"\0\0\0\x0cjP", 0, to_translate("a JPEG 2000 picture")),
    (b"\xff\x4f\xff\x51", 0, to_translate("a JPEG 2000 picture")),
    (b"FUJIFILM", 0, to_translate("a raw picture of a camera")),
    (b"IIRO", 0, to_translate("a raw picture of a camera")),
    (b"ftypcrx", 4, to_translate("a raw picture of a camera")),
    (b"ftypqt", 4, to_translate("a video")),
    (b"ftyp", 4, to_translate("a video")),
    (b"\x1aE\xdf\xa3", 0, to_translate("a video")),
    (b"AVI ", 8, to_translate("a video")),
    (b"WAVE", 8, to_translate("a sound")),
    (b"ID3", 0, to_translate("a sound")),
    (b"PK\3\4", 0, to_translate("an archive or an office document")),
    (b"\xd0\xcf\x11\xe0", 0, to_translate("an office document")),
    (b"Rar!", 0, to_translate("an archive")),
    (b"7z\xbc\xaf", 0, to_translate("an archive")),
    (b"\x1f\x8b", 0, to_translate("an archive")),
    (b"%!PS", 0, to_translate("a PostScript document")),
    (b"{\\rtf", 0, to_translate("a text document")),
)


# All that Pillow was seen to raise over files damaged at random (tests/drawing/test_photo.py).
DAMAGE = (
    ValueError, OSError, SyntaxError, EOFError, LookupError, TypeError, struct.error, RuntimeError,
)  # fmt: skip


class UnreadablePhoto(ValueError):
    """The file is not a usable photo; the message is a sentence for the visitor."""


def open_picture(data: bytes, longest: int = 1000) -> Image.Image:
    """Open a picture whose pixels are decoded later; of a PDF, draw the first page this long.

    Raises:
        UnreadablePhoto: it is of another kind, or damaged from the start.
    """
    try:
        return Image.open(BytesIO(data), formats=PILLOW)
    except UnidentifiedImageError as error:
        if is_pdf(data):
            return _first_page(data, longest)
        if is_heif(data):
            return _heif(data)
        raise UnreadablePhoto(unreadable(data)) from error


def _heif(data: bytes) -> Image.Image:
    try:
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
        return Image.open(BytesIO(data), formats=("HEIF",))
    except (ImportError, *DAMAGE) as error:
        what = _("This is a HEIC picture, as newer phones keep them, which is damaged.")
        if isinstance(error, ImportError):
            what = _(
                "This is a HEIC picture, as newer phones keep them, which cannot be read here."
            )
        how = _(
            "Send it as a JPEG: on an iPhone, set Settings → Camera → Formats to Most Compatible "
            "and take it again, or send a screenshot of it."
        )
        raise UnreadablePhoto(f"{what} {how}") from error


def _first_page(data: bytes, longest: int) -> Image.Image:
    """The first page of a PDF, its longer side this long."""
    try:
        # A page may claim any size.
        return pdf_picture.first_page(data, lambda *size: longest / max(*size, 1.0))
    except ImportError as error:
        raise UnreadablePhoto(
            _(
                "This is a PDF, which cannot be read here. Send a picture of the page, such as a "
                "screenshot."
            )
        ) from error
    except UnreadablePdf as error:
        raise UnreadablePhoto(
            _("This PDF is damaged or locked: its first page cannot be read.")
        ) from error


def is_pdf(data: bytes) -> bool:
    """A PDF may have some bytes of something else before it."""
    return b"%PDF-" in data[:1024]


def is_heif(data: bytes) -> bool:
    """A picture as newer phones keep it: HEIC, or another kind of HEIF."""
    return data[4:8] == b"ftyp" and data[8:12] in _HEIF and b"avif" not in data[8:64]


def unreadable(data: bytes) -> str:
    """A sentence about a file that is none of the kinds that are read."""
    start = data[:1024].lstrip().lower()
    name = next((name for sign, at, name in _OTHERS if data[at:].startswith(sign)), "")
    if start.startswith(b"<svg") or (start.startswith(b"<?xml") and b"<svg" in start):
        name = to_translate("an SVG drawing")
    elif start.startswith((b"<!doctype html", b"<html")):
        name = to_translate("a web page")
    elif not name and _is_text(data[:1024]):
        name = to_translate("a text")
    if not name:
        return _(
            "This file is not a picture that can be read here. Send a photo as {kinds}.",
            kinds=_(READ),
        )
    return _(
        "This is {kind}, which cannot be read here. Send a photo as {kinds}.",
        kind=_(name),
        kinds=_(READ),
    )


def _is_text(start: bytes) -> bool:
    text = start.decode("utf-8", "ignore")
    # The last letter may be cut in two.
    is_whole = len(text.encode()) >= len(start) - 3
    return is_whole and all(sign.isprintable() or sign.isspace() for sign in text)


def webp_size(data: bytes) -> tuple[int, int] | None:
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
