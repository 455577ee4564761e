"""The sheet to print."""

from itertools import combinations

import numpy as np
import pypdfium2
import pytest

from mnist_core.paper import layout
from mnist_core.paper.sheet_pdf import ENGLISH, SheetWords, sheet_pdf


@pytest.mark.parametrize("paper", layout.PAPERS)
def test_one_page_of_the_right_size_with_twenty_digits_and_one_sentence(paper: str) -> None:
    data = sheet_pdf(paper)
    assert len(data) < 10_000
    document = pypdfium2.PdfDocument(data)
    assert len(document) == 1
    width, height = layout.PAPERS[paper]
    assert document[0].get_size() == pytest.approx((width / 25.4 * 72, height / 25.4 * 72), abs=0.1)
    text = " ".join(document[0].get_textpage().get_text_range().split())
    assert ENGLISH.instruction in text
    assert sorted(
        text.replace(ENGLISH.instruction, "").replace(ENGLISH.title, "").split()
    ) == sorted(str(digit) for digit in layout.PROMPTS)


def test_several_sheets_are_alike_and_bytes_are_the_same() -> None:
    assert sheet_pdf("A4", sheets=3) == sheet_pdf("A4", sheets=3)
    document = pypdfium2.PdfDocument(sheet_pdf("A4", sheets=3))
    assert len(document) == 3
    pages = [np.asarray(page.render(scale=0.5).to_pil()) for page in document]
    assert all((page == pages[0]).all() for page in pages)


def test_another_language_and_what_latin_letters_cannot_write() -> None:
    words = SheetWords("Zwanzig Ziffern", "Schön schreiben, 数字!")
    text = pypdfium2.PdfDocument(sheet_pdf("A4", words=words))[0].get_textpage().get_text_range()
    assert "Schön schreiben, ??!" in text


@pytest.mark.parametrize(("paper", "count"), [("A5", 1), ("A4", 0), ("A4", 61)])
def test_what_cannot_be_printed_is_refused(paper: str, count: int) -> None:
    with pytest.raises(ValueError, match="sheet"):
        sheet_pdf(paper, sheets=count)


def test_nothing_on_the_sheet_overlaps() -> None:
    areas = [layout.mark_corners(corner) for corner in range(4)]
    areas += [layout.box_corners(position) for position in range(20)]
    for one, other in combinations(areas, 2):
        apart = np.maximum(one.min(axis=0) - other.max(axis=0), other.min(axis=0) - one.max(axis=0))
        assert apart.max() >= 5
