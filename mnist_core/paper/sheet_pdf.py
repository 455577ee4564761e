"""The sheet to print, as a PDF of lines and Helvetica: crisp at any size, and a few kilobytes."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mnist_core.handwriting.score import SHEET_SIZE
from mnist_core.language.translation import to_translate
from mnist_core.paper import corner_marks, layout

if TYPE_CHECKING:
    from fpdf import FPDF

MOST_SHEETS = 60
"""The most pages a PDF has; printers copy better than that."""

# Grey levels: a frame that a blurred photo still shows, a digit that is no ink.
_FRAME, _LABEL, _TEXT = 110, 150, 60
# Millimetres a point.
_POINT = 25.4 / 72
# Of Helvetica's digits, as a part of the type size.
_DIGIT_HEIGHT = 0.72
_SAME_DAY = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class SheetWords:
    """What is written on the sheet, in one language that Latin-1 can write.

    Attributes:
        title: the PDF's own, and the heading.
        instruction: one sentence.
    """

    title: str = to_translate("Twenty digits")
    instruction: str = to_translate(
        "Write each box's digit with a dark pen, as you always do, then photograph the whole "
        "sheet from above with its four corner marks."
    )


ENGLISH = SheetWords()


def sheet_pdf(paper: str = "A4", *, words: SheetWords = ENGLISH, sheets: int = 1) -> bytes:
    """Make the sheet to print.

    Args:
        paper: a name from `layout.PAPERS`.
        words: what is written on it; a character outside Latin-1 becomes a question mark.
        sheets: how many identical pages.

    Returns:
        The bytes of a PDF, the same for the same arguments.

    Raises:
        ValueError: another paper, or fewer than one or more than 60 sheets.
    """
    if paper not in layout.PAPERS:
        raise ValueError(f"A sheet is printed on {' or '.join(layout.PAPERS)}, not on {paper}.")
    if not 1 <= sheets <= MOST_SHEETS:
        raise ValueError(f"A PDF holds 1 to {MOST_SHEETS} sheets, not {sheets}.")
    # Costs 0.2 s, which is only spent by who wants a sheet.
    from fpdf import FPDF

    pdf = FPDF(unit="mm", format=layout.PAPERS[paper])
    pdf.set_creation_date(_SAME_DAY)
    pdf.set_title(words.title)
    pdf.set_margin(0)
    pdf.set_auto_page_break(False)
    for _ in range(sheets):
        pdf.add_page()
        _draw_page(pdf, words)
    return bytes(pdf.output())


def _draw_page(pdf: "FPDF", words: SheetWords) -> None:
    left, top = (pdf.w - layout.WIDTH) / 2, (pdf.h - layout.HEIGHT) / 2
    for corner in range(len(corner_marks.CORNERS)):
        _draw_mark(pdf, corner, left, top)
    for position in range(SHEET_SIZE):
        _draw_box(pdf, position, left, top)
    pdf.set_text_color(_TEXT)
    across = layout.WIDTH - 2 * corner_marks.SIDE - 12
    pdf.set_xy(left + corner_marks.SIDE + 6, top)
    pdf.set_font("Helvetica", "B", 14)
    pdf.cell(across, 7, _latin(words.title), align="C")
    pdf.set_xy(left + corner_marks.SIDE + 6, top + 8)
    pdf.set_font("Helvetica", "", 10)
    pdf.multi_cell(across, 4.6, _latin(words.instruction), align="C")


def _draw_mark(pdf: "FPDF", corner: int, left: float, top: float) -> None:
    """A black square, and on it the white modules, in runs, so that no hairline is between them."""
    x, y = layout.mark_corners(corner)[0] + (left, top)
    side = corner_marks.SIDE / corner_marks.MODULES
    is_white = corner_marks.modules(corner) == 0
    pdf.set_fill_color(0)
    pdf.rect(x, y, corner_marks.SIDE, corner_marks.SIDE, style="F")
    pdf.set_fill_color(255)
    for line in range(corner_marks.MODULES):
        for begin, end in _runs(is_white[line].tolist()):
            pdf.rect(x + begin * side, y + line * side, (end - begin) * side, side, style="F")
        for begin, end in _runs(is_white[:, line].tolist()):
            pdf.rect(x + line * side, y + begin * side, side, (end - begin) * side, style="F")


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Where runs of True begin and end."""
    edges = [i for i in range(len(row) + 1) if (i > 0 and row[i - 1]) != (i < len(row) and row[i])]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _draw_box(pdf: "FPDF", position: int, left: float, top: float) -> None:
    x, y = layout.box_corners(position)[0] + (left, top)
    pdf.set_draw_color(_FRAME)
    pdf.set_line_width(layout.LINE)
    pdf.rect(x, y, layout.BOX_WIDTH, layout.BOX_HEIGHT)
    size = layout.LABEL_HEIGHT / _DIGIT_HEIGHT
    pdf.set_font("Helvetica", "", size / _POINT)
    pdf.set_text_color(_LABEL)
    digit = str(layout.PROMPTS[position])
    across = x + (layout.BOX_WIDTH - pdf.get_string_width(digit)) / 2
    pdf.text(across, y - layout.LABEL_ABOVE, digit)


def _latin(text: str) -> str:
    return text.encode("latin-1", "replace").decode("latin-1")
