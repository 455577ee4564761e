"""The notes for teachers say the same in every language, and what the app shows."""

import re
from itertools import pairwise

import pypdfium2
import pytest

from mnist_core.classroom import pdf_page
from mnist_core.classroom.room import STEPS
from mnist_core.language import catalogues, translation
from mnist_core.teaching_material import notes, notes_pdf
from scripts import teaching_figures, update_catalogue

_PLACEHOLDER = re.compile(r"\{\w+\}")
_MOST_PAGES = 4


def source(code: str) -> str:
    return (notes.FOLDER / f"{code}.md").read_text("utf-8")


def shape(text: str) -> list[str]:
    """What begins each line: the headings, list items, rows of tables and bold first words."""
    kinds = re.compile(r"^(#+ |- |\||\*\*|(?=.))", re.MULTILINE)
    return kinds.findall(text)


def test_every_language_of_the_app_has_notes():
    assert set(notes.codes()) == set(catalogues.codes())


@pytest.mark.parametrize("code", notes.codes()[1:])
def test_nothing_is_in_one_language_only(code):
    english, other = source("en"), source(code)
    assert shape(other) == shape(english)
    for one in (_PLACEHOLDER, notes.SHOWN):
        assert sorted(set(one.findall(other))) == sorted(set(one.findall(english)))


def test_what_the_app_shows_is_in_its_catalogue():
    # Another test holds it and the code together.
    catalogue = update_catalogue.read(catalogues.FOLDER / "de.po")
    known = {(message.context, message.id) for message in catalogue}
    shown = {(context or None, text) for context, text in notes.SHOWN.findall(source("en"))}
    assert shown <= known, shown - known


@pytest.mark.parametrize("code", notes.codes())
def test_the_plans_add_up_and_have_every_step(code):
    plan = notes.read(code).chapters[1].text
    heading, _rule, *rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in plan.splitlines()
        if line.startswith("|")
    ]
    assert len(rows) == len(STEPS)
    for column in (1, 2, 3):
        total = int(re.search(r"\d+", heading[column]).group())
        assert sum(int(row[column]) for row in rows if row[column] != "–") == total


@pytest.mark.parametrize("code", notes.codes())
def test_docs_have_the_same_text(code):
    written = teaching_figures.document(code).read_text("utf-8")
    assert written == notes.markdown(code), "run: python -m scripts.teaching_figures"
    assert "{" not in written
    assert "[[" not in written


def test_a_language_without_notes_reads_the_english_ones():
    assert notes.markdown("xx") == notes.markdown("en")


@pytest.mark.parametrize("code", notes.codes())
def test_four_pages_at_most_in_print(code):
    # The shorter paper.
    with translation.using(code):
        document = pypdfium2.PdfDocument(notes_pdf.pdf("Letter"))
    assert len(document) <= _MOST_PAGES
    texts = [page.get_textpage().get_text_bounded() for page in document]
    for chapter in notes.read(code).chapters:
        assert any(chapter.title in text for text in texts)
    for number, text in enumerate(texts, 1):
        assert f"{number}" in text.splitlines()[-1]
    assert not any("**" in text for text in texts)


@pytest.mark.parametrize("code", notes.codes())
def test_every_letter_can_be_printed(code):
    assert all(pdf_page.can_write(line) for line in notes.markdown(code).splitlines())


def test_headings_do_not_skip_a_level():
    for code in notes.codes():
        levels = [len(one) for one in re.findall(r"^(#+) ", source(code), re.MULTILINE)]
        assert all(after - before <= 1 for before, after in pairwise(levels))
