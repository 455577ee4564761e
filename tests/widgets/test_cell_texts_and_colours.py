"""The confusion matrix in words and figures."""

import numpy as np
import pytest

from ui.widgets.confusion_matrix.cell_texts_and_colours import (
    finding,
    sentence,
    strengths,
    texts,
)


@pytest.fixture
def confusion():
    counts = np.diag(np.full(10, 90))
    counts[4, 9] = 11
    counts[7, 2] = 1
    return counts


@pytest.mark.parametrize(
    ("label", "prediction", "words"),
    [
        (4, 9, "11 images labelled 4 read as 9"),
        (7, 2, "1 image labelled 7 read as 2"),
        (4, 7, "No 4 is read as 7"),
        (4, 4, "90 of 101 images labelled 4 are read correctly"),
    ],
)
def test_every_number_is_a_sentence(confusion, label, prediction, words):
    assert sentence(confusion, label, prediction) == words


def test_the_finding_is_the_most_frequent_mistake(confusion):
    assert finding(confusion).endswith("Most frequent: 11 images labelled 4 read as 9.")
    assert finding(np.diag(np.full(10, 90))) == "Confusion matrix: no mistakes."


def test_the_numbers_are_images_or_per_cent_of_the_row_or_of_the_column(confusion):
    assert texts(confusion, "counts")[49] == "11"
    assert texts(confusion, "row")[49] == "10.9"  # of 101 labelled 4
    assert texts(confusion, "column")[49] == "10.9"  # of 101 read as 9
    assert texts(confusion, "column")[72] == "1.1"
    assert texts(confusion, "row")[0] == "100.0"
    assert {texts(confusion, shown)[1] for shown in ("counts", "row", "column")} == {"·"}


def test_the_largest_mistake_has_the_strongest_colour_and_what_is_right_has_none(confusion):
    colours = strengths(confusion, "counts")
    assert colours[49] == 1.0
    assert 0.2 < colours[72] < 0.4  # one beside eleven
    assert {colours[11 * digit] for digit in range(10)} == {0.0}
    assert set(strengths(np.zeros((10, 10), np.int64), "counts")) == {0.0}
