import zipfile

import numpy as np
import pytest

from benchmarks.hand_drawings import read_unipen
from scripts import real_strokes

UNIPEN = """.INCLUDE dene.doc

.SEGMENT DIGIT 0 ? "8"
.COMMENT 8 12  224
.PEN_DOWN
 267  333
 267  300
.PEN_UP
.SEGMENT DIGIT 1 ? "4"
.COMMENT 4 3 17
.PEN_DOWN
 1  2
.PEN_UP
.DT 20
.PEN_DOWN
 5  6
 7  8
.PEN_UP
"""
FILE = "START\n10.5,-20,0\n11,-20.5,12\nBREAK\n30,-1,50\nBREAK\n"


def test_each_digit_has_its_writer(tmp_path):
    (tmp_path / real_strokes.DIGITS).write_text(UNIPEN)
    eight, four = real_strokes.digits(tmp_path)
    assert (eight.label, eight.writer) == (8, 12)
    assert (four.label, four.writer, len(four.strokes)) == (4, 3, 2)
    # y grows downwards.
    assert eight.strokes[0].tolist() == [[267, -333], [267, -300]]


def test_a_digit_without_a_writer_has_none():
    (hand,) = read_unipen('.SEGMENT DIGIT 0 ? "1"\n.PEN_DOWN\n 1 2\n.PEN_UP\n')
    assert hand.writer == 0


def test_what_is_no_digit_is_refused():
    with pytest.raises(ValueError, match="no digit"):
        list(read_unipen('.SEGMENT WORD 0 ? "one"\n.PEN_DOWN\n 1 2\n.PEN_UP\n'))


def test_who_is_held_out_was_not_to_be_reported():
    assert set(real_strokes.HELD_OUT_WRITERS) < set(real_strokes.LEARNED_WRITERS)


@pytest.fixture
def archive(tmp_path):
    with zipfile.ZipFile(tmp_path / real_strokes.CHARACTERS, "w") as made:
        for name in ("Latin/character01/0001_07", "Latin/character15/0015_02"):
            made.writestr(f"strokes/{name}.txt", FILE)
        made.writestr("__MACOSX/strokes/Latin/character01/._0001_07.txt", "nothing")
    return tmp_path


def test_characters_that_look_like_digits_are_left_out(archive):
    (only,) = real_strokes.characters(archive)
    assert (only.alphabet, only.number, only.person) == ("Latin", 1, 7)
    assert [stroke.tolist() for stroke in only.strokes] == [[[10.5, 20], [11, 20.5]], [[30, 1]]]
    both = list(real_strokes.characters(archive, lookalikes=True))
    assert [one.number for one in both] == [1, 15]
    assert all(np.isfinite(stroke).all() for one in both for stroke in one.strokes)
