"""New models in the store, and what can go wrong on their way there."""

import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from mnist_core.models import staging, store
from mnist_core.networks import recipes
from tests.samples import staged


def commit_one(root, name):
    with staging.directory(root) as folder:
        return staging.commit(folder, staged(folder, name)).name


def test_what_is_committed_is_listed_whole_and_what_is_not_leaves_nothing(models_directory):
    with staging.directory(models_directory) as folder:
        card = staging.commit(folder, staged(folder, "mine"))
    assert store.list_models()[-1] == card
    with staging.directory(models_directory) as folder:
        staged(folder, "other")
    assert [path.name for path in models_directory.iterdir() if path.is_dir()] == ["mine"]


def test_a_taken_name_is_refused_and_the_older_model_stays(models_directory):
    commit_one(models_directory, "mine")
    card_file = models_directory / "mine" / store.CARD
    before = card_file.read_bytes()
    with (
        staging.directory(models_directory) as folder,
        pytest.raises(FileExistsError, match="mine already"),
    ):
        staging.commit(folder, staged(folder, "mine"))
    assert card_file.read_bytes() == before


def test_a_name_that_could_be_a_path_is_never_committed(models_directory):
    with staging.directory(models_directory) as folder:
        for name in ("../mine", "a/b", "A", ".hidden", "a" * 65):
            card = staged(folder, name)
            with pytest.raises(ValueError, match="cannot be called"):
                staging.commit(folder, card)


def test_models_finished_at_the_same_moment_get_names_of_their_own(models_directory):
    with ThreadPoolExecutor(4) as pool:
        names = sorted(pool.map(lambda _: commit_one(models_directory, ""), range(6)))
    assert names == [f"cnn-larger-run-{number}" for number in range(1, 7)]
    assert {card.name for card in store.list_models() if not card.shipped} == set(names)


def test_what_a_killed_worker_left_is_swept_up_after_a_day(models_directory):
    old, new = (models_directory / f".staging-{name}" for name in ("old", "new"))
    for folder in (old, new):
        folder.mkdir(parents=True)
    two_days_ago = time.time() - 48 * 3600
    os.utime(old, (two_days_ago, two_days_ago))
    with staging.directory(models_directory):
        assert not old.exists()
        assert new.exists()
    assert len(store.list_models()) == len(recipes.SHIPPED)


def test_room_is_checked_before_a_training(models_directory, tmp_path, monkeypatch):
    staging.check_can_save(models_directory)
    with pytest.raises(ValueError, match="small letters"):
        staging.check_can_save(models_directory, "../up")
    with pytest.raises(ValueError, match="mlp-784 already"):
        staging.check_can_save(models_directory, "mlp-784")  # it would hide behind the shipped one
    (models_directory / "mine").mkdir()
    with pytest.raises(ValueError, match="mine already"):
        staging.check_can_save(models_directory, "mine")
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a directory")
    with pytest.raises(OSError, match="cannot be written"):
        staging.check_can_save(in_the_way / "models")
    nearly_full = type("Usage", (), {"free": 1_000_000})()
    monkeypatch.setattr(shutil, "disk_usage", lambda path: nearly_full)
    with pytest.raises(OSError, match="1 MB are left"):
        staging.check_can_save(models_directory)
