import shutil
from dataclasses import replace

import msgspec
import numpy as np
import pytest

from mnist_core.cluster import directory_sync
from mnist_core.cluster.protocol import MODEL_FILES, StatusReport
from mnist_core.jobs.directory import JobDirectory
from mnist_core.jobs.reports import Event
from mnist_core.jobs.spec import Spec
from mnist_core.models import card as cards
from mnist_core.models import disk_quota, notes, store
from mnist_core.training import checkpoint, live_snapshots, snapshots
from mnist_core.training.checkpoint import BrokenCheckpoint, Checkpoint, Position
from mnist_core.training.live_snapshots import LiveSnapshot
from mnist_core.training.snapshots import Snapshot
from tests.jobs.test_queue import FIGURES, report
from tests.samples import QUICK, SMALL

KEPT = Checkpoint(Position(2, 0, 0, 0.0, 0.0, (FIGURES,), 1.0, 0.0, 6), [np.arange(3.0)])


@pytest.fixture
def there(tmp_path):
    return made(tmp_path / "there")


@pytest.fixture
def here(tmp_path):
    return made(tmp_path / "here")


def made(root, **spec):
    job = JobDirectory(root / ".jobs" / "job")
    job.path.parent.mkdir(parents=True)
    job.create(Spec(SMALL, QUICK, 0.0, **spec))
    return job


def test_what_changed_there_changes_here(there, here):
    changes = directory_sync.ChangeCollector(there, "one")
    assert changes.collect() is None
    there.reports.add(Event("loading"))
    there.reports.add(Event("training", report(1)))
    there.reports.set_latest(Event("training", replace(report(2), seconds=9.0)))
    checkpoint.write(there.checkpoint, KEPT)
    snapshots.write(there.snapshot, Snapshot(1, np.zeros((4, 10), np.float32), None))
    live = LiveSnapshot(1, 0.5, 0.9, np.zeros((11, 10), np.float32), None)
    live_snapshots.write(there.live_snapshot, live)
    status = changes.collect()
    assert (status.attempt, status.number) == ("one", 1)
    directory_sync.write_changes(here, status)
    assert here.reports.all() == there.reports.all()
    assert len(here.reports.all()) == 3
    assert checkpoint.read(here.checkpoint).position == KEPT.position
    assert snapshots.read(here.snapshot).epoch == 1
    assert live_snapshots.read(here.live_snapshot).epochs == 0.5
    assert changes.collect() is None

    there.reports.add(Event("training", report(6, FIGURES)))
    directory_sync.write_changes(here, changes.collect())
    assert here.reports.lines.read_bytes() == there.reports.lines.read_bytes()
    assert changes.collect_rest() == StatusReport("one", 3)


def test_epochs_in_the_servers_checkpoint_are_not_reported_again(there):
    there.reports.rewind(KEPT.position)
    changes = directory_sync.ChangeCollector(there, "one")
    assert changes.collect() is None
    # The worker does the same once more before it begins.
    there.reports.rewind(KEPT.position)
    there.reports.add(Event("loading"))
    assert changes.collect().lines == msgspec.json.encode(Event("loading")) + b"\n"


def test_half_a_line_waits_for_its_other_half(there):
    changes = directory_sync.ChangeCollector(there, "one")
    line = msgspec.json.encode(Event("loading")) + b"\n"
    there.reports.lines.write_bytes(line + line[:5])
    assert changes.collect().lines == line
    there.reports.lines.write_bytes(line + line)
    assert changes.collect().lines == line


def test_checkpoints_take_a_tenth_of_the_time_unless_expedited(there):
    now = 0.0
    changes = directory_sync.ChangeCollector(there, "one", clock=lambda: now)

    def sent(seconds):
        nonlocal now
        now = seconds
        there.checkpoint.write_bytes(str(seconds).encode())
        status = changes.collect()
        return status is not None and status.checkpoint is not None

    assert sent(0.0)
    # Asked again after two seconds: so long it was on the way.
    assert [sent(seconds) for seconds in (2.0, 21.0, 22.0)] == [False, False, True]
    assert not sent(23.0)
    changes.expedite_checkpoint()
    assert sent(24.0)
    assert not sent(25.0)
    assert changes.collect_rest().checkpoint == b"25.0"


def test_packing_a_job_takes_it_back_to_its_checkpoint(here, monkeypatch):
    monkeypatch.setenv("MNIST_MAX_MINUTES", "7")
    for step in (1, 2):
        here.reports.add(Event("training", report(step)))
    job_files = directory_sync.pack_job(here, None, 30)
    assert (job_files.timeout_seconds, job_files.max_minutes, job_files.checkpoint) == (30, 7, None)
    assert (job_files.drawings, job_files.model, here.reports.all()) == (None, None, [])

    checkpoint.write(here.checkpoint, KEPT)
    job_files = directory_sync.pack_job(here, None, 30)
    assert checkpoint.decode(job_files.checkpoint).position == KEPT.position
    here.checkpoint.write_bytes(b"damaged")
    assert directory_sync.pack_job(here, None, 30).checkpoint is None


def test_a_model_to_start_from_is_sent_unless_it_came_with_the_app(models_directory, tmp_path):
    shutil.copytree(store.SHIPPED / "mlp-784", models_directory / "mine")
    shipped = made(tmp_path / "one", started_from="mlp-784")
    assert directory_sync.pack_job(shipped, None, 30).model is None
    own = directory_sync.pack_job(made(tmp_path / "two", started_from="mine"), None, 30).model
    assert own == directory_sync.read_model(models_directory / "mine")
    assert sorted(own) == sorted(MODEL_FILES)
    notes.rename("mine", "ours")
    job_files = directory_sync.pack_job(JobDirectory(tmp_path / "two" / ".jobs" / "job"), None, 30)
    # There it is found under the name that the notes on the job have.
    assert (job_files.spec.started_from, job_files.model) == ("ours", own)


def arrived(name):
    return directory_sync.read_model(store.SHIPPED / name)


def test_a_model_is_kept_under_a_name_that_is_free_here(models_directory):
    shutil.copytree(store.SHIPPED / "mlp-784", models_directory / "mlp-784-run-1")
    assert directory_sync.save_model(arrived("mlp-784"), models_directory) == "mlp-784-run-2"
    assert store.scan()[1] == {}
    assert store.test_probabilities("mlp-784-run-2").shape == (10_000, 10)


def test_a_model_that_fits_costs_no_other(models_directory, monkeypatch):
    directory_sync.save_model(arrived("mlp-784"), models_directory)
    # Beside the first, a model and a half: room for one more, counted once.
    size = disk_quota.disk_use(models_directory)
    monkeypatch.setenv("MNIST_DISK_MB", "40")
    (models_directory / "other").write_bytes(bytes(40_000_000 - size - size * 3 // 2))
    directory_sync.save_model(arrived("mlp-784"), models_directory)
    kept = [card.name for card in store.list_models() if not card.shipped]
    assert kept == ["mlp-784-run-1", "mlp-784-run-2"]


def test_no_model_gets_the_name_that_another_had(models_directory):
    shutil.copytree(store.SHIPPED / "mlp-784", models_directory / "mlp-784-run-1")
    notes.rename("mlp-784-run-1", "mine")
    # Else what went on from that one would seem to have gone on from this.
    assert directory_sync.save_model(arrived("mlp-784"), models_directory) == "mlp-784-run-2"
    assert notes.current_name("mlp-784-run-1") == "mine"


def test_the_card_has_the_current_name_of_a_renamed_model(models_directory):
    shutil.copytree(store.SHIPPED / "mlp-784", models_directory / "mine")
    model = arrived("mlp-784")
    card = replace(cards.decode(model[store.CARD]), started_from="mine")
    model[store.CARD] = cards.encode(card)
    notes.rename("mine", "ours")
    name = directory_sync.save_model(model, models_directory)
    assert store.read_card(store.folder_of(name)).started_from == "ours"


@pytest.mark.parametrize("file", sorted(set(MODEL_FILES) - {store.CARD}))
def test_a_model_that_arrived_damaged_is_not_saved(models_directory, file):
    model = arrived("mlp-784")
    model[file] = model[file][:-1] + b"?"
    with pytest.raises(store.BrokenModel, match="as it was sent"):
        directory_sync.save_model(model, models_directory)
    assert not models_directory.exists()


def test_a_damaged_checkpoint_does_not_replace_a_whole_one(here):
    checkpoint.write(here.checkpoint, KEPT)
    with pytest.raises(BrokenCheckpoint):
        directory_sync.write_changes(here, StatusReport("one", 1, checkpoint=b"damaged"))
    assert checkpoint.read(here.checkpoint).position == KEPT.position
