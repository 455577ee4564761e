"""The notes as a PDF to print: the same Markdown, on pages of A4 or Letter."""

import re
from typing import TYPE_CHECKING

from mnist_core.classroom.pdf_page import ACCENT, INK, LINE, PALE, latin
from mnist_core.language import translation
from mnist_core.language.translation import _
from mnist_core.teaching_material import notes
from mnist_core.teaching_material.sheet import PAPERS, WIDTH

if TYPE_CHECKING:
    from fpdf import FPDF

_SIZE, _HEIGHT = 10.4, 4.9  # points; mm a line
_TOP, _BOTTOM = 14.0, 15.0
_BULLET = 4.0
_FIRST_COLUMN, _WIDEST = 42.0, 28.0  # mm
_CODE = re.compile(r"`([^`]*)`")


def pdf(paper: str) -> bytes:
    """The notes in the current language.

    Args:
        paper: one of `sheet.PAPERS`.
    """
    found = notes.read(translation.current())
    document = _document(paper)
    document.set_title(found.title)
    document.add_page()
    _line(document, found.title, 20, 10, bold=True)
    _block(document, found.introduction)
    for chapter in found.chapters:
        _heading(document, chapter.title, 14.5, 8)
        for block in chapter.text.split("\n\n"):
            _block(document, block)
    return bytes(document.output())


def _document(paper: str) -> "FPDF":
    """An empty document whose pages have numbers."""
    # Not at the top: it takes a third of a second, and few pages need it.
    from fpdf import FPDF

    class Numbered(FPDF):
        def footer(self) -> None:
            self.set_y(-10)
            self.set_font("helvetica", "", 8)
            self.set_text_color(*PALE)
            words = _("Page {number} of {count}", number=self.page_no(), count="{nb}")
            self.cell(WIDTH, 4, latin(f"Digit Lab · {words}"), align="R")

    document = Numbered(format=PAPERS[paper])
    document.core_fonts_encoding = "windows-1252"
    document.set_margins((PAPERS[paper][0] - WIDTH) / 2, _TOP)
    document.c_margin = 0
    document.set_auto_page_break(True, _BOTTOM)
    return document


def _block(document: "FPDF", block: str) -> None:
    """A heading, a list, a table or a paragraph."""
    if block.startswith("### "):
        _heading(document, block.removeprefix("### "), 11.5, 6)
    elif block.startswith("|"):
        _table(document, block.splitlines())
    elif block.startswith("- "):
        for line in block.splitlines():
            document.set_x(document.l_margin)
            _words(document, "•")
            document.set_x(document.l_margin + _BULLET)
            _paragraph(document, line.removeprefix("- "), 0.4)
    else:
        _paragraph(document, block, 1.1)


def _heading(document: "FPDF", words: str, size: float, height: float) -> None:
    # Never alone at the foot of a page.
    if document.will_page_break(height + 3 * _HEIGHT):
        document.add_page()
    document.ln(1.4)
    _line(document, words, size, height, bold=True)


def _line(document: "FPDF", words: str, size: float, height: float, *, bold: bool) -> None:
    document.set_font("helvetica", "B" if bold else "", size)
    document.set_text_color(*(ACCENT if size > _SIZE else INK))
    document.cell(0, height, latin(words), new_x="LMARGIN", new_y="NEXT")


def _words(document: "FPDF", words: str) -> None:
    document.set_font("helvetica", "", _SIZE)
    document.set_text_color(*INK)
    document.cell(0, _HEIGHT, latin(words))


def _paragraph(document: "FPDF", words: str, after: float) -> None:
    document.set_font("helvetica", "", _SIZE)
    document.set_text_color(*INK)
    text = _CODE.sub(r"\1", latin(words.replace("\n", " ")))
    # Two underscores would be italics, as in no name of ours.
    document.multi_cell(0, _HEIGHT, text, align="L", markdown=True, new_x="LMARGIN", new_y="NEXT")
    document.ln(after)


def _table(document: "FPDF", lines: list[str]) -> None:
    """A table of Markdown: the first column is of words, the others are of numbers."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    heading, _rule, *body = rows
    if document.will_page_break((_HEIGHT + 0.3) * len(rows)):
        document.add_page()
    others = len(heading) - 1
    widths = [_FIRST_COLUMN, *[min(_WIDEST, (WIDTH - _FIRST_COLUMN) / others)] * others]
    for number, row in enumerate((heading, *body)):
        document.set_font("helvetica", "B" if number == 0 else "", _SIZE)
        document.set_text_color(*INK)
        document.set_draw_color(*LINE)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
            align = "R" if column else "L"
            document.cell(width, _HEIGHT + 0.3, latin(cell), align=align, border="B")
        document.ln(_HEIGHT + 0.3)
    document.ln(1.5)
