"""Two web processes on one directory of models, one killed now and then: nothing is lost or torn.

`benchmarks.shared_directory` does the same for a minute, with hundreds killed.
"""

import pytest

from benchmarks import shared_directory


def test_what_two_processes_have_confirmed_is_there(tmp_path, monkeypatch):
    monkeypatch.setenv("MNIST_MODELS", str(tmp_path / "models"))
    found = shared_directory.trial(tmp_path, seconds=5, kills=4)
    assert found["problems"] == []
    assert {"guess", "submit", "drawings", "model"} <= set(found["confirmed"])


@pytest.mark.parametrize("lost", ["guess", "submit", "model"])
def test_what_is_lost_is_noticed(tmp_path, monkeypatch, lost):
    monkeypatch.setenv("MNIST_MODELS", str(tmp_path / "models"))
    (tmp_path / "models").mkdir()
    details = {"guess": [3, 7], "submit": ["20261129-120000-000000-aaaa"], "model": ["gone"]}
    assert shared_directory.check(tmp_path / "models", [[[lost, *details[lost]]]])
    assert not shared_directory.check(tmp_path / "models", [[]])
