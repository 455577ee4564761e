"""The worksheets: one page each on either paper and in each language, and solutions that are so."""

import pypdfium2
import pytest

from mnist_core.data import dataset
from mnist_core.language import catalogues, translation
from mnist_core.teaching_material import figures, mistakes_sheet, pixels_sheet
from mnist_core.teaching_material.sheet import PAPERS, WIDTH
from mnist_core.teaching_material.worksheets import WORKSHEETS

_POINT = 25.4 / 72
_MARGIN = 6.0  # mm, which printers leave white


@pytest.fixture(scope="module")
def digits():
    return dataset.load("test")


def page_of(pdf: bytes):
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    return document[0]


def text_of(pdf: bytes) -> str:
    return page_of(pdf).get_textpage().get_text_bounded()


@pytest.mark.parametrize("code", catalogues.codes())
@pytest.mark.parametrize("sheet", WORKSHEETS, ids=lambda sheet: sheet.name)
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("is_solved", [False, True])
def test_everything_is_on_the_page(digits, sheet, code, paper, is_solved):
    with translation.using(code):
        page = page_of(sheet.pdf(digits, paper, is_solved))
    width, height = (side * _POINT for side in page.get_size())
    assert (width, height) == pytest.approx(PAPERS[paper], abs=0.1)
    boxes = [[side * _POINT for side in one.get_bounds()] for one in page.get_objects()]
    left, bottom, _right, _top = (min(sides) for sides in zip(*boxes, strict=True))
    _left, _bottom, right, top = (max(sides) for sides in zip(*boxes, strict=True))
    assert bottom > _MARGIN
    assert top < height - _MARGIN
    assert left >= (width - WIDTH) / 2 - 1
    assert right <= (width + WIDTH) / 2 + 1


@pytest.mark.parametrize(
    ("name", "solution"),
    [("pixels", "8 × 8 = 64"), ("mistakes", "15 ÷ 20 = 75%"), ("neuron", "401,920")],
)
def test_solutions_are_only_where_they_belong(digits, name, solution):
    (sheet,) = (one for one in WORKSHEETS if one.name == name)
    assert solution in text_of(sheet.pdf(digits, "A4", True))
    assert solution not in text_of(sheet.pdf(digits, "A4", False))


def test_the_digit_to_colour_is_the_one_that_the_solution_names(digits):
    assert digits.labels[pixels_sheet.ELEMENT] == 8
    table = pixels_sheet.numbers(digits.images[pixels_sheet.ELEMENT])
    assert table.shape == (14, 14)
    assert set(table.ravel().tolist()) == {0, 1, 2, 3}


def test_the_picture_is_a_7_that_a_foot_makes_a_2():
    points = pixels_sheet.points()
    assert points == {1: 4, 2: 12, 7: 14}
    changed = "".join(pixels_sheet.changed())
    before = "".join(pixels_sheet.PICTURE)
    # Squares were only added.
    assert all(now == "#" for now, then in zip(changed, before, strict=True) if then == "#")
    assert changed != before


def test_the_mistakes_are_counted_as_somebody_with_a_pencil_counts_them(digits):
    readings = list(figures.load().readings)
    assert len(readings) == 20
    assert mistakes_sheet.correct(readings) == 15
    answered = mistakes_sheet.sure(readings)
    assert (len(answered), mistakes_sheet.correct(answered)) == (11, 10)
    assert {one.label for one in readings} == set(mistakes_sheet.DIGITS)
    for one in readings:
        assert digits.labels[one.index] == one.label
