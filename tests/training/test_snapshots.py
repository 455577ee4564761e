import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.training import snapshots
from mnist_core.training.snapshots import Snapshot


@pytest.mark.parametrize("weights", [None, np.linspace(-1, 1, 784 * 3).reshape(784, 3)])
def test_a_snapshot_survives_a_round_trip_to_three_digits(tmp_path, weights):
    said = np.full((5, 10), 0.1, np.float32)
    path = tmp_path / "snapshot.npz"
    assert snapshots.read(path) is None
    snapshots.write(path, Snapshot(3, said, weights))
    read = snapshots.read(path)
    assert read.epoch == 3
    assert read.probabilities == pytest.approx(said, abs=1e-3)
    if weights is None:
        assert read.first_weights is None
    else:
        assert read.first_weights == pytest.approx(weights, abs=1e-3)
    assert [file.name for file in tmp_path.iterdir()] == ["snapshot.npz"]


# What a byte of the zip's directory says: locked with a password, packed in an unknown way.
@pytest.mark.parametrize(("place", "value"), [(8, 1), (10, 99), (10, 8), (10, 14)])
def test_one_with_a_damaged_directory_is_none(tmp_path, place, value):
    path = tmp_path / "snapshot.npz"
    snapshots.write(path, Snapshot(3, np.full((5, 10), 0.1, np.float32), None))
    data = bytearray(path.read_bytes())
    for entry in re.finditer(b"PK\x01\x02", bytes(data)):
        data[entry.start() + place] = value
    path.write_bytes(data)
    assert snapshots.read(path) is None


@pytest.mark.parametrize("data", [b"", b"PK", b"\x93NUMPY", bytes(100)])
def test_a_damaged_one_is_none(tmp_path, data):
    path = tmp_path / "snapshot.npz"
    path.write_bytes(data)
    assert snapshots.read(path) is None


@given(share=st.floats(0, 1, exclude_max=True), flipped=st.integers(1, 255))
def test_one_with_any_byte_changed_is_none(tmp_path_factory, share, flipped):
    path = tmp_path_factory.getbasetemp() / "flipped.npz"
    snapshots.write(path, Snapshot(3, np.full((5, 10), 0.1, np.float32), None))
    data = bytearray(path.read_bytes())
    data[int(share * len(data))] ^= flipped
    path.write_bytes(data)
    assert snapshots.read(path) is None
