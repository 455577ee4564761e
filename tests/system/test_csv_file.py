"""Tables as CSV: they come back as they were, and nothing in them is carried out."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as some

from mnist_core.system.csv_file import csv_file

CELLS = some.text(some.characters(exclude_characters="\0", exclude_categories=["Cs"]))


def read(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_numbers_stay_numbers_and_nothing_is_an_empty_cell():
    rows = [("mine", -0.5, None), ("a, “b”", 3, "★")]
    assert read(csv_file(["run", "rate", "note"], rows)) == [
        ["run", "rate", "note"],
        ["mine", "-0.5", ""],
        ["a, “b”", "3", "★"],
    ]


@given(some.lists(CELLS, min_size=1), some.sampled_from(["", "=", "+", "-", "@", "\t", "\r"]))
def test_no_text_is_taken_for_a_formula(texts, sign):
    written = [sign + text for text in texts]
    (found,) = read(csv_file(written, []))
    assert [one.removeprefix("'") for one in found] == [one.removeprefix("'") for one in written]
    assert not any(one.startswith(("=", "+", "-", "@", "\t", "\r")) for one in found)
