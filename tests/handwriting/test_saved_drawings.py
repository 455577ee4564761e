"""Drawings on disk: kept when wanted, found by their code alone, deleted, and damaged."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.handwriting import archive, saved_drawings
from mnist_core.handwriting.archive import BrokenDrawings, decode, encode
from mnist_core.handwriting.score import Handwriting


def handwriting(count=20):
    random = np.random.default_rng(0)
    return Handwriting(
        random.integers(0, 256, (count, 28, 28), np.uint8),
        random.integers(0, 10, count),
        np.repeat([1, 2], 10)[:count],
    )


def same(one, other):
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("images", "labels", "rounds")
    )


@pytest.mark.parametrize("count", [0, 1, 20])
def test_drawings_come_back_as_they_were(count):
    assert same(decode(encode(handwriting(count))), handwriting(count))
    assert len(encode(handwriting(count))) < archive.LARGEST_BYTES


def test_a_class_s_drawings_come_back_but_are_no_person_s():
    most = archive.MOST_OF_CLASS
    drawn = handwriting(most)
    drawn = Handwriting(drawn.images, drawn.labels, np.repeat([1, 2], most // 2))
    assert same(decode(encode(drawn), most), drawn)
    with pytest.raises(BrokenDrawings):
        decode(encode(drawn))


def npz(**arrays):
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


GOOD = {
    "images": np.zeros((2, 28, 28), np.uint8),
    "labels": np.zeros(2, np.uint8),
    "rounds": np.ones(2, np.uint8),
}
BAD = {
    "another shape": {"images": np.zeros((2, 28, 29), np.uint8)},
    "another type": {"images": np.zeros((2, 28, 28), np.float64)},
    "too few": {"images": np.zeros((1, 28, 28), np.uint8)},
    "no digit": {"labels": np.array([3, 10], np.uint8)},
    "no round": {"rounds": np.array([0, 1], np.uint8)},
    "a third round": {"rounds": np.array([1, 3], np.uint8)},
    "labels of labels": {"labels": np.zeros((2, 2), np.uint8)},
    "one number": {"labels": np.uint8(3)},
    "objects": {"labels": np.array([{}, {}], object)},
    "too many": {
        "images": np.zeros((21, 28, 28), np.uint8),
        "labels": np.zeros(21, np.uint8),
        "rounds": np.ones(21, np.uint8),
    },
}


@pytest.mark.parametrize("kind", BAD)
def test_anything_else_in_the_file_is_refused(kind):
    assert len(decode(npz(**GOOD))) == 2
    with pytest.raises(BrokenDrawings, match="damaged"):
        decode(npz(**{**GOOD, **BAD[kind]}))


@given(st.integers(0, 3000), st.binary(min_size=1, max_size=20))
def test_damage_anywhere_is_reported_or_leaves_drawings(place, noise):
    data = bytearray(encode(handwriting(3)))
    place %= len(data)
    data[place : place + len(noise)] = noise
    try:
        found = decode(bytes(data))
    except BrokenDrawings:
        return
    assert found.images.shape[1:] == (28, 28)


@given(st.binary(max_size=300))
def test_any_bytes_are_refused(noise):
    with pytest.raises(BrokenDrawings):
        decode(noise)
    with pytest.raises(BrokenDrawings, match="far too large"):
        decode(noise + bytes(archive.LARGEST_BYTES + 1))


def test_drawings_are_saved_loaded_replaced_and_deleted(tmp_path):
    code = saved_drawings.save(handwriting(), tmp_path)
    assert same(saved_drawings.load(code, tmp_path), handwriting())
    assert saved_drawings.save(handwriting(3), tmp_path, code) == code
    assert len(saved_drawings.load(code, tmp_path)) == 3
    other = saved_drawings.save(handwriting(), tmp_path)
    assert other != code
    saved_drawings.delete(code, tmp_path)
    saved_drawings.delete(code, tmp_path)
    with pytest.raises(ValueError, match="any more"):
        saved_drawings.load(code, tmp_path)
    assert len(saved_drawings.load(other, tmp_path)) == 20
    assert [path.name for path in (tmp_path / ".hands").iterdir()] == [f"{other}.npz"]


@pytest.mark.parametrize(
    "code", ["", "..", "../../etc/passwd", "\0", "a" * 31, "A" * 32, "g" * 32, "a" * 33, "a" * 9999]
)
def test_a_malformed_code_never_becomes_a_path(tmp_path, code):
    with pytest.raises(ValueError, match="No drawings are saved"):
        saved_drawings.load(code, tmp_path)
    for act in (
        saved_drawings.delete,
        lambda code, home: saved_drawings.save(handwriting(), home, code or "x"),
    ):
        with pytest.raises(ValueError, match="No drawings are saved"):
            act(code, tmp_path)
    assert list(tmp_path.rglob("*.npz")) == []


def test_damaged_drawings_are_reported_in_a_sentence(tmp_path):
    code = saved_drawings.save(handwriting(), tmp_path)
    file = tmp_path / ".hands" / f"{code}.npz"
    file.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(ValueError, match="damaged"):
        saved_drawings.load(code, tmp_path)


def test_a_folder_that_cannot_be_written_is_reported_in_a_sentence(tmp_path):
    (tmp_path / ".hands").write_text("in the way")
    with pytest.raises(saved_drawings.DrawingsNotSaved, match="could not be saved"):
        saved_drawings.save(handwriting(), tmp_path)


def test_beyond_the_limit_the_oldest_drawings_are_deleted(tmp_path, monkeypatch):
    import os

    monkeypatch.setattr(saved_drawings, "MAX_SAVED", 3)
    codes = []
    for age in range(5):
        codes.append(saved_drawings.save(handwriting(1), tmp_path))
        os.utime(tmp_path / ".hands" / f"{codes[-1]}.npz", (age, age))
    kept = {path.stem for path in (tmp_path / ".hands").iterdir()}
    assert len(kept) == 3
    assert codes[-1] in kept
    assert codes[0] not in kept
