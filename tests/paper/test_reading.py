"""Photos of filled sheets: read whole, or told what is wrong with them."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageOps

from mnist_core.handwriting.score import SHEET_SIZE
from mnist_core.paper import corner_marks, layout
from mnist_core.paper.problems import UnreadableSheet
from mnist_core.paper.reading import SheetReading, read_sheet
from mnist_core.paper.sheet_pdf import sheet_pdf
from tests.paper import sheets


def likeness(found: SheetReading, position: int, other: int) -> float:
    """How alike what was read in a box and what was written in another are, -1..1."""
    drawing = found.sheet.drawings[position]
    assert drawing is not None
    return float(np.corrcoef(drawing.image.ravel(), sheets.written(other).ravel())[0, 1])


def assert_right(found: SheetReading, empty: tuple[int, ...] = ()) -> None:
    assert found.sheet.is_finished
    assert found.sheet.filled == tuple(p for p in range(SHEET_SIZE) if p not in empty)
    for position in found.sheet.filled:
        drawing = found.sheet.drawings[position]
        assert drawing is not None
        assert drawing.label == layout.PROMPTS[position]
        alike = [likeness(found, position, other) for other in range(SHEET_SIZE)]
        assert int(np.argmax(alike)) == position
        assert alike[position] > 0.7


@pytest.mark.parametrize(
    ("paper", "turn", "lean"),
    [("A4", 3, 0.0), ("Letter", 187, 0.2), ("A4", 95, 0.15), ("Letter", -65, 0.3)],
)
def test_however_it_lies_every_box_keeps_its_digit(paper: str, turn: float, lean: float) -> None:
    page = sheets.filled(paper, empty=(6,))
    found = read_sheet(sheets.jpeg(sheets.photo(page, turn=turn, lean=lean)))
    assert_right(found, empty=(6,))


def test_seen_in_a_mirror_it_is_turned_back() -> None:
    assert_right(read_sheet(sheets.jpeg(ImageOps.mirror(sheets.photo(sheets.filled())))))


def test_ink_over_the_frame_stays_whole() -> None:
    # The digits' right edges lie about two millimetres beyond their frames.
    found = read_sheet(sheets.jpeg(sheets.photo(sheets.filled(right=8.0))))
    assert_right(found)


@pytest.mark.parametrize("missing", [0, 2])
def test_a_corner_that_is_not_to_be_seen_is_named(missing: int) -> None:
    page = sheets.filled()
    left, top = (layout.mark_corners(missing)[0] + sheets.corner("A4")) * sheets.SCALE
    ImageDraw.Draw(page).rectangle((left - 9, top - 9, left + 100, top + 100), fill=150)
    with pytest.raises(UnreadableSheet, match=corner_marks.CORNERS[missing]) as raised:
        read_sheet(sheets.jpeg(sheets.photo(page)))
    assert raised.value.kind == "missing_corners"
    assert raised.value.corners == (missing,)


def test_a_crease_over_a_mark_does_no_harm() -> None:
    page = sheets.filled()
    left, top = (layout.mark_corners(1)[0] + sheets.corner("A4")) * sheets.SCALE
    ImageDraw.Draw(page).line((left + 30, top - 40, left + 50, top + 140), fill=235, width=6)
    assert_right(read_sheet(sheets.jpeg(sheets.photo(page))))


def test_a_box_under_a_thumb_is_left_out_and_said() -> None:
    page = sheets.filled()
    middle = layout.box_corners(9).mean(axis=0) + sheets.corner("A4")
    x, y = middle * sheets.SCALE
    ImageDraw.Draw(page).ellipse((x, y - 70, x + 300, y + 70), fill=140)
    found = read_sheet(sheets.jpeg(sheets.photo(page)))
    assert_right(found, empty=(9,))
    (remark,) = found.remarks
    assert (remark.position, remark.doubt, remark.is_left_out) == (9, "covered", True)
    assert remark.sentence.startswith("The first 9: ")


def test_a_line_through_an_empty_box_is_no_one() -> None:
    page = sheets.filled(empty=(1,))
    x, y = (layout.box_corners(1)[0] + sheets.corner("A4")) * sheets.SCALE
    ImageDraw.Draw(page).line((x + 80, y - 200, x + 80, y + 500), fill=60, width=4)
    found = read_sheet(sheets.jpeg(sheets.photo(page)))
    assert found.sheet.drawings[1] is None
    assert (1, "crease") in {(one.position, one.doubt) for one in found.remarks}


def test_the_printed_sheet_itself_is_empty() -> None:
    with pytest.raises(UnreadableSheet) as raised:
        read_sheet(sheet_pdf("Letter"))
    assert raised.value.kind == "empty"


def two_sheets() -> Image.Image:
    both = Image.new("L", (1800, 1200), 120)
    both.paste(sheets.photo(sheets.filled()), (0, 0))
    both.paste(sheets.photo(sheets.filled(), turn=-5), (900, 0))
    return both


PROBLEMS = {
    "empty": lambda: sheets.photo(sheets.filled(empty=tuple(range(SHEET_SIZE)))),
    "two_sheets": two_sheets,
    "too_small": lambda: sheets.photo(sheets.filled(), fill=0.2, blur=0.3),
    "blurred": lambda: sheets.photo(sheets.filled(), blur=12),
    "no_sheet": lambda: Image.new("L", (900, 1200), 200),
}


@pytest.mark.parametrize("kind", PROBLEMS)
def test_what_is_wrong_is_said(kind: str) -> None:
    with pytest.raises(UnreadableSheet) as raised:
        read_sheet(sheets.jpeg(PROBLEMS[kind]()))
    assert raised.value.kind == kind
    assert str(raised.value).endswith(".")


@settings(max_examples=25, deadline=None)
@given(
    st.binary(max_size=300) | st.binary(max_size=300).map(lambda tail: b"\xff\xd8\xff\xe0" + tail)
)
def test_bytes_of_anything_get_a_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableSheet, match=r"\.$") as raised:
        read_sheet(data)
    assert raised.value.kind == "photo"


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_photo_of_anything_is_no_sheet(seed: int) -> None:
    random = np.random.default_rng(seed)
    coarse = random.integers(0, 256, (24, 18), np.uint8)
    picture = Image.fromarray(coarse).resize(
        (450, 600), Image.Resampling(int(random.integers(0, 4)))
    )
    with pytest.raises(UnreadableSheet, match=r"\.$"):
        read_sheet(sheets.jpeg(picture))


@settings(max_examples=3, deadline=None)
@given(st.data())
def test_a_damaged_photo_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(_photo())
    for place in data.draw(st.lists(st.integers(600, len(whole) - 1), min_size=1, max_size=6)):
        whole[place] = data.draw(st.integers(0, 255))
    with suppress(UnreadableSheet):
        assert read_sheet(bytes(whole)).sheet.is_finished


def _photo() -> bytes:
    return sheets.jpeg(sheets.photo(sheets.filled()))
