import numpy as np
import pytest

from mnist_core import snapshots
from mnist_core.snapshots import Snapshot


@pytest.mark.parametrize("weights", [None, np.linspace(-1, 1, 784 * 3).reshape(784, 3)])
def test_what_is_written_is_what_is_read_to_three_digits(tmp_path, weights):
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


@pytest.mark.parametrize("data", [b"", b"PK", b"\x93NUMPY", bytes(100)])
def test_a_damaged_one_is_none(tmp_path, data):
    path = tmp_path / "snapshot.npz"
    path.write_bytes(data)
    assert snapshots.read(path) is None
