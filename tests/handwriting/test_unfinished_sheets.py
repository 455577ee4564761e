from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_core.handwriting import score, unfinished_sheets
from mnist_core.handwriting.score import SHEET_SIZE, Sheet

CODE = "0123456789abcdef" * 2


def half_done() -> Sheet:
    sheet = score.new_sheet(3)
    for number in range(5):
        sheet = sheet.with_drawing(np.full((28, 28), number, np.uint8))
    return sheet.skipped()


def same(one: Sheet | None, other: Sheet) -> bool:
    if one is None or (one.prompts, one.position) != (other.prompts, other.position):
        return False
    pairs = zip(one.drawings, other.drawings, strict=True)
    return all(
        a is b is None or (a and b and a.label == b.label and np.array_equal(a.image, b.image))
        for a, b in pairs
    )


def test_a_half_done_sheet_is_found_again(tmp_path: Path) -> None:
    sheet = half_done()
    assert unfinished_sheets.save(sheet, tmp_path, CODE)
    found = unfinished_sheets.load(tmp_path, CODE)
    assert same(found, sheet)
    assert found is not None
    assert found.with_drawing(np.zeros((28, 28), np.uint8)).position == 7
    assert unfinished_sheets.load(tmp_path, CODE[::-1]) is None
    assert unfinished_sheets.load(tmp_path, CODE, "class") is None
    unfinished_sheets.delete(tmp_path, CODE)
    assert unfinished_sheets.load(tmp_path, CODE) is None


def test_a_full_sheet_fits(tmp_path: Path) -> None:
    sheet = score.new_sheet(1)
    noise = np.random.default_rng(0).integers(0, 256, (SHEET_SIZE, 28, 28)).astype(np.uint8)
    for image in noise:
        sheet = sheet.with_drawing(image)
    assert unfinished_sheets.save(sheet, tmp_path, CODE)
    assert same(unfinished_sheets.load(tmp_path, CODE), sheet)


def test_a_disk_that_takes_nothing_disturbs_nobody(tmp_path: Path) -> None:
    (tmp_path / ".sheets").write_text("")
    assert not unfinished_sheets.save(half_done(), tmp_path, CODE)
    assert unfinished_sheets.load(tmp_path, CODE) is None


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, bytes]:
    models = tmp_path_factory.mktemp("models")
    unfinished_sheets.save(half_done(), models, CODE)
    (file,) = (models / ".sheets").glob("*/sheet")
    return models, file, file.read_bytes()


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_torn_and_changed_files_are_a_sheet_or_nothing(written: tuple, data: st.DataObject) -> None:
    models, file, whole = written
    start = data.draw(st.integers(0, len(whole)))
    junk = data.draw(st.binary(max_size=20) | st.sampled_from([b"9", b"-1", b"null", b"[" * 3000]))
    file.write_bytes(whole[:start] + junk + whole[start + data.draw(st.integers(0, 40)) :])
    found = unfinished_sheets.load(models, CODE)
    assert found is None or (
        len(found.drawings) == SHEET_SIZE and 0 <= found.position <= SHEET_SIZE
    )


@pytest.mark.parametrize(
    "wrong", [{"position": 21}, {"position": -1}, {"prompts": (1,) * 19}, {"prompts": (10,) * 20}]
)
def test_what_is_no_sheet_is_not_read(tmp_path: Path, wrong: dict) -> None:
    unfinished_sheets.save(replace(half_done(), **wrong), tmp_path, CODE)
    assert unfinished_sheets.load(tmp_path, CODE) is None
