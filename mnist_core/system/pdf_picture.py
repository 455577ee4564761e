"""The first page of a PDF as a picture."""

import threading
from collections.abc import Callable
from contextlib import closing

from PIL import Image

# PDFium keeps what it knows in one place: two threads at once in it crash the whole process.
_ONE_AT_A_TIME = threading.Lock()


class UnreadablePdf(ValueError):
    """It is damaged, locked, or has no page."""


def first_page(pdf: bytes, scale: Callable[[float, float], float]) -> Image.Image:
    """Draw the first page.

    Args:
        pdf: the file.
        scale: of the page's width and height in points (1/72 inch), pixels for each point.

    Returns:
        RGB, on white.

    Raises:
        ImportError: pypdfium2 is not installed.
        UnreadablePdf: it cannot be drawn.
    """
    # Not at the top: few need it, and it may be missing.
    import pypdfium2

    # All is closed before another thread may go on: left to Python, it would be closed at any time.
    with _ONE_AT_A_TIME:
        try:
            with (
                closing(pypdfium2.PdfDocument(pdf)) as document,
                closing(document[0]) as page,
                closing(page.render(scale=scale(*page.get_size()))) as bitmap,
            ):
                # A copy: the pixels of the other are the bitmap's own.
                picture: Image.Image = bitmap.to_pil().convert("RGB")
                return picture
        except (RuntimeError, ValueError, OSError, LookupError, TypeError) as error:
            raise UnreadablePdf(str(error)) from error
