"""A page of a PDF: texts, pictures of digits, bars; in millimetres from the upper left corner."""

from io import BytesIO
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mnist_core.system.pdf_picture import first_page

Colour = tuple[int, int, int]
INK: Colour = (31, 29, 26)
PALE: Colour = (93, 88, 79)
ACCENT: Colour = (42, 79, 176)
LINE: Colour = (217, 212, 201)
_BAR: Colour = (189, 183, 169)
_BEFORE = {"left": 0.0, "centre": 0.5, "right": 1.0}
_DOTS_PER_INCH = 300
_MM_PER_INCH = 25.4
_POINTS_PER_INCH = 72
# Of the letters that every PDF reader has of its own.
_ENCODING = "windows-1252"
_POINT = _MM_PER_INCH / _POINTS_PER_INCH  # mm


class PdfPage:
    """One page.

    Args:
        width: of the page.
        height: of the page.
        title: of the document.
    """

    def __init__(self, width: float, height: float, title: str) -> None:
        # Not at the top: it takes a third of a second, and few pages need it.
        from fpdf import FPDF

        self._page = FPDF(format=(width, height))
        self._page.core_fonts_encoding = _ENCODING
        self._page.set_auto_page_break(False)
        self._page.set_margin(0)
        self._page.c_margin = 0
        self._page.add_page()
        self._page.set_title(latin(title))

    def write(
        self,
        words: str,
        left: float,
        baseline: float,
        *,
        size: float = 10,
        bold: bool = False,
        colour: Colour = INK,
        align: Literal["left", "right", "centre"] = "left",
        widest: float | None = None,
    ) -> None:
        """Write a line; `size` is in points, less where the line would be wider than `widest`."""
        text = latin(words)
        self._page.set_font("helvetica", "B" if bold else "", size)
        width = self._page.get_string_width(text)
        if widest is not None and width > widest:
            self._page.set_font_size(size * widest / width)
            width = widest
        self._page.set_text_color(*colour)
        self._page.text(left - width * _BEFORE[align], baseline, text)

    def paragraph(
        self,
        words: str,
        left: float,
        top: float,
        width: float,
        *,
        size: float = 10,
        bold: bool = False,
        colour: Colour = INK,
    ) -> float:
        """Write as many lines as it takes; returns where the next thing may begin."""
        self._page.set_font("helvetica", "B" if bold else "", size)
        self._page.set_text_color(*colour)
        self._page.set_xy(left, top)
        self._page.multi_cell(width, size * _POINT * 1.3, latin(words), align="L", padding=0)
        return float(self._page.get_y()) + size * _POINT * 0.5

    def width_of(self, words: str, size: float) -> float:
        """How wide a line is."""
        self._page.set_font("helvetica", "", size)
        return float(self._page.get_string_width(latin(words)))

    def picture(self, ink: NDArray[np.uint8], left: float, top: float, width: float) -> None:
        """Light ink on dark, uint8 `(h, w)`, as dark ink on paper; pixels stay square."""
        image = Image.fromarray(255 - ink)
        scale = max(1, round(width / _MM_PER_INCH * _DOTS_PER_INCH / image.width))
        size = image.width * scale, image.height * scale
        self._page.image(image.resize(size, Image.Resampling.NEAREST), left, top, width)

    def square(self, left: float, top: float, side: float, grey: int | None = None) -> None:
        """A framed square, filled with a grey of 0 to 255."""
        self._page.set_draw_color(*_BAR)
        self._page.set_fill_color(255 if grey is None else grey)
        self._page.rect(left, top, side, side, style="DF")

    def line(self, left: float, baseline: float, width: float) -> None:
        """A line to write on."""
        self._page.set_draw_color(*PALE)
        self._page.line(left, baseline, left + width, baseline)

    def bar(self, left: float, top: float, width: float, height: float) -> None:
        """A bar, however short it is to be seen."""
        self._page.set_fill_color(*_BAR)
        self._page.rect(left, top, max(0.4, width), height, style="F")

    def frame(self, left: float, top: float, width: float, height: float) -> None:
        """A thin frame."""
        self._page.set_draw_color(*LINE)
        self._page.rect(left, top, width, height)

    def pdf(self) -> bytes:
        """The document."""
        return bytes(self._page.output())


def png(pdf: bytes, dots_per_inch: int) -> bytes:
    """A picture of the first page of a PDF that was made here."""
    picture = first_page(pdf, lambda width, height: dots_per_inch / _POINTS_PER_INCH)
    file = BytesIO()
    picture.quantize(128).save(file, "PNG", dpi=(dots_per_inch, dots_per_inch), optimize=True)
    return file.getvalue()


def can_write(words: str) -> bool:
    """Whether all letters are among those that every PDF reader has of its own."""
    return "?" not in latin(words.replace("?", ""))


def latin(words: str) -> str:
    """The text in the letters that every PDF reader has of its own: western Europe's."""
    return words.replace("−", "–").encode(_ENCODING, "replace").decode(_ENCODING)
