"""The sheet of a class and the card of a person: made of whatever there is, on one page."""

from contextlib import closing
from datetime import date

import numpy as np
import pypdfium2
import pytest

from mnist_core.classroom import findings_sheet, pdf_page, person_card
from mnist_core.classroom.ambiguous_digits import ELEMENTS
from mnist_core.classroom.findings import Count, Findings, Guessed, Hit, Taught
from mnist_core.data import dataset
from mnist_core.language import translation


def text_of(pdf: bytes) -> str:
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        assert len(document) == 1
        return document[0].get_textpage().get_text_bounded()


def findings() -> Findings:
    digits = dataset.load("test")
    votes = np.array([0, 0, 9, 21, 0, 0, 0, 0, 0, 0])
    return Findings(
        date(2026, 11, 30),
        30,
        [Guessed(digits.images[0], 3, votes) for _ in ELEMENTS],
        digits.labels[:600].astype(np.int64),
        digits.images[:600],
        [Count(f"Network {number}", 590 - number, 600) for number in range(10)],
        4,
        [Hit(digits.images[1], 2, 7, Count("", 3, 3))] * 9,
        [Count("A simple convolution", 9_790, 10_000)] * 30,
        Taught(
            "Its name",
            Count("", 80, 90),
            Count("", 86, 90),
            Count("", 9_901, 10_000),
            Count("", 9_880, 10_000),
        ),
    )


def test_the_sheet_of_a_whole_lesson_has_its_figures_on_one_page():
    found = text_of(findings_sheet.pdf(findings()))
    for words in ("30 people", "600 digits written", "70%", "98.3%, 590 of 600", "95.6%, 86 of 90"):
        assert words in found


def test_the_sheet_of_a_class_that_did_nothing_is_one_too():
    assert "1 person" in text_of(findings_sheet.pdf(Findings(date(2026, 1, 2), 1)))


def test_the_picture_is_the_sheet():
    assert findings_sheet.png(findings_sheet.pdf(findings())).startswith(b"\x89PNG")


def test_a_card_says_how_many_digits_were_read():
    digits = dataset.load("test")
    labels = digits.labels[:10].astype(np.int64)
    read = np.where(labels == 4, 9, labels)
    with translation.using("en"):
        card = person_card.pdf("Müller's Fox", digits.images[:10], labels, read, "Two layers")
    found = text_of(card)
    assert "8 of 10 digits read" in found
    assert "4, read as 9" in found
    assert "Müller's Fox" in found


@pytest.mark.parametrize(("name", "can"), [("Zoë?", True), ("Łukasz", False), ("Ada", True)])
def test_names_that_a_pdf_cannot_write_are_known(name, can):
    assert pdf_page.can_write(name) == can
