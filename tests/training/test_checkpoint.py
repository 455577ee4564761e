import os
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.networks.settings import EpochFigures, RateChange
from mnist_core.training import checkpoint
from mnist_core.training.checkpoint import BrokenCheckpoint, Checkpoint, Position

POSITION = Position(
    epoch=2,
    step=3,
    images=150,
    loss_sum=1.5,
    right=140.0,
    history=(EpochFigures(1, 0.5, 0.9, 0.4, 0.95),),
    seconds=2.5,
    epoch_seconds=0.5,
    total_steps=9,
    rate_changes=(RateChange(1, 4, 0.01),),
)
STATE = [np.arange(6, dtype=np.float32).reshape(2, 3), np.array([7, 1], np.uint32), np.array(5)]
KEPT = Checkpoint(POSITION, STATE)


def test_a_checkpoint_survives_a_round_trip(tmp_path):
    path = tmp_path / "checkpoint"
    assert checkpoint.read(path) is None
    checkpoint.write(path, KEPT)
    read = checkpoint.read(path)
    assert read.position == POSITION
    for one, other in zip(read.state, STATE, strict=True):
        assert one.dtype == other.dtype
        assert one.shape == other.shape
        assert (one == other).all()
    assert [file.name for file in tmp_path.iterdir()] == ["checkpoint"]


@given(st.data())
def test_any_damage_is_noticed(data):
    whole = checkpoint.encode(KEPT)
    place = data.draw(st.integers(0, len(whole) - 1))
    change = data.draw(st.integers(1, 255))
    damaged = bytearray(whole)
    damaged[place] ^= change
    for broken in (bytes(damaged), whole[:place]):
        with pytest.raises(BrokenCheckpoint):
            checkpoint.decode(broken)


def test_a_disk_that_fills_up_leaves_the_checkpoint_before(tmp_path, monkeypatch):
    path = tmp_path / "checkpoint"
    checkpoint.write(path, KEPT)

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        checkpoint.write(path, Checkpoint(replace(POSITION, epoch=3), STATE))
    assert checkpoint.read(path).position.epoch == 2
    assert [file.name for file in tmp_path.iterdir()] == ["checkpoint"]
