"""Real workers, really killed. The one module here that waits for TensorFlow again and again."""

import errno
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest
from filelock import FileLock

from mnist_core.handwriting.score import Handwriting
from mnist_core.jobs import admission, launch, queue, queue_position, worker, worker_callbacks
from mnist_core.jobs import state as job_state
from mnist_core.jobs.directory import JobDirectory
from mnist_core.jobs.reports import Event, Reports
from mnist_core.jobs.spec import Spec
from mnist_core.models import disk_quota, store
from mnist_core.networks.settings import RunControl
from mnist_core.training import checkpoint
from mnist_core.training.checkpoint import Checkpoint
from tests.jobs.idle_worker import idle_worker
from tests.jobs.test_queue import FIGURES, POSITION, report
from tests.samples import QUICK, SMALL, TINY

ROOT = Path(__file__).parents[2]
LONG = replace(QUICK, epochs=100, batch_size=10, training_images=20_000)


def wait_until(condition, seconds=200):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def wait_for_end(job_id):
    wait_until(lambda: queue.read(job_id).is_over)
    return queue.read(job_id)


def wait_until_forgotten(checkpoint):
    """A checkpoint goes as soon as the result is noted: not before, so a moment after the end."""
    wait_until(lambda: not checkpoint.exists())


def process_of(models, job_id):
    notes = json.loads((models / ".jobs" / job_id / "process.json").read_text())
    return psutil.Process(notes["pid"])


SERVER = """
from dataclasses import replace
from mnist_core import jobs
from tests.samples import QUICK, SMALL
print(jobs.submit(SMALL, replace(QUICK, epochs=2)))
"""


def test_a_training_outlives_its_server_and_another_starts_from_its_model(models_directory):
    server = subprocess.run(
        [sys.executable, "-c", SERVER], cwd=ROOT, check=True, capture_output=True, text=True
    )
    first = wait_for_end(server.stdout.strip())
    assert first.state == "done", first.message
    assert [figures.epoch for figures in first.history] == [1, 2]
    card = next(card for card in store.list_models() if card.name == first.model)
    assert card.name == "small-run-1"
    assert card.history == first.history
    assert not card.shipped
    assert store.open_model(card.name).predict([[[0.0] * 28] * 28]).shape == (1, 10)
    assert [path.name for path in models_directory.iterdir()].count("small-run-1") == 1

    second = wait_for_end(admission.submit(SMALL, QUICK, started_from=first.model))
    assert second.state == "done", second.message
    assert second.started_from == first.model
    assert second.history[0].training_loss < first.history[0].training_loss
    card = next(card for card in store.list_models() if card.name == second.model)
    assert card.started_from == first.model


def test_stop_keeps_what_was_learned_and_lets_the_next_one_start(models_directory):
    first = admission.submit(TINY, LONG)
    second = admission.submit(TINY, LONG, start=idle_worker)
    wait_until(lambda: len(queue.read(first).reports) > 2)
    assert queue.read(second).jobs_ahead == 1
    queue.stop(first)
    assert queue.read(first).state == "stopping"
    state = wait_for_end(first)
    assert state.state == "stopped"
    card = next(card for card in store.list_models() if card.name == state.model)
    assert card.stopped_early
    assert card.steps > 0
    wait_until(lambda: queue.read(second).phase == "loading")
    queue.stop(second)
    wait_for_end(second)


def test_stopped_while_tensorflow_is_imported_it_has_learned_nothing(tmp_path, here):
    job = a_job(tmp_path)
    phases = []

    def stop():
        phases.append(job_state.of(job).phase)
        job.control.request_stop()

    worker.main(job.path, stop)
    state = job_state.of(job)
    assert phases == ["loading"]
    assert (state.state, state.model, state.reports) == ("stopped", None, ())


def test_a_job_stopped_in_the_queue_never_starts(models_directory):
    first = admission.submit(TINY, LONG, start=idle_worker)
    second = admission.submit(TINY, LONG)
    wait_until(lambda: queue.read(first).phase == "loading")
    queue.stop(second)
    state = wait_for_end(second)
    assert (state.state, state.model, state.reports) == ("stopped", None, ())
    queue.stop(first)
    wait_for_end(first)


def test_a_worker_killed_at_any_moment_disturbs_nobody(models_directory):
    training, queued, loading = (admission.submit(TINY, LONG) for _ in range(3))
    saving, following = (admission.submit(TINY, QUICK) for _ in range(2))
    moments = {
        queued: lambda state: state.state == "queued",
        training: lambda state: len(state.reports) > 1,
        loading: lambda state: state.phase == "loading",
        saving: lambda state: state.phase == "saving",
    }
    # Saving is quick; who has to wait for the lock is still at it when the kill comes.
    with FileLock(models_directory / ".lock"):
        for killed, has_come in moments.items():
            wait_until(lambda has_come=has_come, killed=killed: has_come(queue.read(killed)))
            process_of(models_directory, killed).send_signal(signal.SIGKILL)
            state = wait_for_end(killed)
            assert (state.state, state.model, state.can_resume) == ("interrupted", None, True)
            assert state.message.endswith(".")
    assert wait_for_end(following).state == "done"
    assert store.scan()[1] == {}
    made = [card.name for card in store.list_models() if not card.shipped]
    assert made == [queue.read(following).model]


KILLED_SERVER = """
import os, signal
from mnist_core import jobs
from mnist_core.jobs import launch
from tests.samples import QUICK, TINY
def start(path):
    print(path.name, launch.start_worker(path).pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
jobs.submit(TINY, QUICK, start=start)
"""


def test_a_server_that_is_killed_while_it_starts_a_worker_has_it_done_once(models_directory):
    ahead = admission.submit(TINY, LONG, start=idle_worker)
    server = subprocess.run(
        [sys.executable, "-c", KILLED_SERVER], cwd=ROOT, check=False, capture_output=True, text=True
    )
    job_id, pid = server.stdout.split()
    job = models_directory / ".jobs" / job_id
    wait_until((job / "process.json").exists)
    # It was started long ago, as far as anybody else can see.
    os.utime(job, (1, 1))
    assert queue.requeue_after_restart() == []
    # Nor does one that was started all the same do anything.
    assert launch.start_worker(job).wait(120) == 0
    assert process_of(models_directory, job_id).pid == int(pid)
    queue.stop(ahead)
    state = wait_for_end(job_id)
    assert (state.state, [figures.epoch for figures in state.history]) == ("done", [1])


@contextmanager
def files_up_to(size):
    """Nobody can write a file beyond this size, as on a disk that fills up."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


FULL_WHILE_REPORTING = """
import json, resource, signal, sys
from pathlib import Path
from mnist_core.jobs.reports import Reports
from tests.jobs.test_worker import at_end
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
reports = Reports(Path(sys.argv[1]))
reports.add(at_end(1))
size = reports.lines.stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 50, resource.RLIM_INFINITY))
try:
    reports.add(at_end(2))
except OSError:
    assert reports.lines.stat().st_size == size
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    reports.add(at_end(3))
    print("told")
"""


def at_end(epoch):
    figures = replace(FIGURES, epoch=epoch)
    return Event(
        "training", replace(report(6, figures), epoch=epoch, epochs=4, seconds=1.0 * epoch)
    )


def epochs_in(reports):
    return [event.progress.figures.epoch for event in reports.all() if event.progress.figures]


def test_a_disk_that_is_full_for_a_while_loses_only_the_reports_of_that_time(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", FULL_WHILE_REPORTING, str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout == "told\n"
    assert epochs_in(Reports(tmp_path)) == [1, 3]


def test_half_a_line_of_a_killed_worker_does_not_spoil_the_next(tmp_path):
    reports = Reports(tmp_path)
    reports.lines.write_bytes(b'{"phase":"trai')
    reports.add(at_end(1))
    assert epochs_in(reports) == [1]


@pytest.mark.parametrize("left", [(), (1,), (3,), (1, 3), (2, 1), (3, 2, 1)])
def test_all_epochs_of_the_checkpoint_are_reported_in_order(tmp_path, left):
    history = tuple(replace(FIGURES, epoch=epoch, seconds=1.0) for epoch in (1, 2, 3))
    position = replace(POSITION, epoch=4, step=2, history=history, seconds=3.5, total_steps=20)
    reports = Reports(tmp_path)
    for epoch in left:
        reports.add(at_end(epoch))
    reports.add(Event("training", replace(report(1), epoch=4, epochs=4)))
    reports.add(Event("training", replace(report(3), epoch=4, epochs=4)))
    reports.rewind(position)
    found = [event.progress for event in reports.all()]
    assert [(each.epoch, each.step) for each in found] == [(1, 6), (2, 6), (3, 6), (4, 1)]
    assert tuple(each.figures for each in found if each.figures) == history
    assert [each.seconds for each in found[:3]] == [1.0, 2.0, 3.0]

    reports.lines.unlink()
    reports.rewind(position)
    assert epochs_in(reports) == [1, 2, 3]
    assert [event.progress.step for event in reports.all()] == [6, 6, 6]


def test_a_model_that_does_not_fit_is_a_sentence(models_directory, start_here):
    start = start_here()

    def start_on_a_small_disk(path):
        with files_up_to(30_000):
            return start(path)

    state = wait_for_end(admission.submit(TINY, QUICK, start=start_on_a_small_disk))
    assert (state.state, state.model) == ("failed", None)
    assert "could not be saved" in state.message
    assert not list(models_directory.glob(".staging-*"))
    assert all(card.shipped for card in store.list_models())


FILLING = """
import json, sys, time
from dataclasses import replace
from pathlib import Path
from filelock import FileLock
from mnist_core import jobs
from mnist_core.jobs import queue
from tests.samples import QUICK, TINY
root = Path(sys.argv[1])
def is_over():
    return jobs.read(job_id, root=root).is_over
job_id = jobs.submit(TINY, replace(QUICK, epochs=2), root=root)
# However quick it is, it has not saved its model before the disk is full.
with FileLock(root / ".lock"):
    while not jobs.read(job_id, root=root).history:
        time.sleep(0.02)
    try:
        with (root / "filling").open("wb", buffering=0) as filling:
            while filling.write(bytes(4096)):
                pass
    except OSError as full:
        assert full.errno == 28, full
while not is_over():
    time.sleep(0.1)
full = jobs.read(job_id, root=root)
left = [path.name for path in root.iterdir() if path.name not in (".jobs", ".lock", "filling")]
(root / "filling").unlink()
queue.resume(job_id, root=root)
while not is_over():
    time.sleep(0.1)
after = jobs.read(job_id, root=root)
epochs = [figures.epoch for figures in after.history]
print(json.dumps({
    "full": [full.state, full.message, full.can_resume], "left": left,
    "after": [after.state, after.model, epochs], "made": (root / after.model).is_dir(),
}))
"""

HAS_NAMESPACES = (
    shutil.which("unshare") is not None
    and subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "true"], check=False
    ).returncode
    == 0
)


@pytest.mark.skipif(not HAS_NAMESPACES, reason="this system lets nobody mount a small disk")
def test_a_model_that_a_full_disk_had_no_room_for_is_kept_when_there_is_room(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    inside = f'mount -t tmpfs -o size=60m none "{disk}" && exec "{sys.executable}" - "{disk}"'
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", inside],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input=FILLING,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    outcome = json.loads(done.stdout)
    state, message, can_resume = outcome["full"]
    assert (state, can_resume) == ("interrupted", True)
    assert "disk is full" in message
    assert outcome["left"] == []
    assert outcome["after"] == ["done", "tiny-run-1", [1, 2]]
    assert outcome["made"]


def a_job(tmp_path, **spec):
    """A job whose worker has not started yet."""
    job = JobDirectory(tmp_path / "models" / ".jobs" / "20260101-000000-000000-00000000")
    job.path.parent.mkdir(parents=True)
    job.create(Spec(TINY, QUICK, time.time(), **spec), ONE_DIGIT if spec else None)
    return job


@pytest.fixture
def at_the_end(tmp_path, here, monkeypatch):
    """A job whose training is over and kept; call it for how it ends if saving does this."""

    def end(save, *, kept=True, **spec):
        job = a_job(tmp_path, **spec)
        if kept:
            checkpoint.write(job.checkpoint, Checkpoint(POSITION, []))
        for maker in ("export.make_model", "fine_tuning.fine_tune"):
            monkeypatch.setattr(f"mnist_core.training.{maker}", save)
        worker.main(job.path)
        return job

    return end


FULL = (OSError(errno.ENOSPC, "No space left on device"), "The disk is full")
NO_ROOM = (disk_quota.QuotaExceeded("All models have a star."), "have a star")
ONE_DIGIT = Handwriting(np.zeros((1, 28, 28), np.uint8), np.array([3]), np.array([1]))
DRAWINGS = {"started_from": "cnn-larger", "learns_drawings": True}


@pytest.mark.parametrize(("error", "sentence"), [FULL, NO_ROOM])
@pytest.mark.parametrize(
    ("how", "state", "can_resume"),
    [
        ({}, "interrupted", True),
        ({"kept": False}, "failed", False),
        (DRAWINGS, "failed", False),
    ],
    ids=["kept", "not kept", "drawings"],
)
def test_what_cannot_be_saved_now_can_be_later(at_the_end, error, sentence, how, state, can_resume):
    def save(*_what, **_how):
        raise error

    job = at_the_end(save, **how)
    found = job_state.of(job)
    assert (found.state, found.can_resume) == (state, can_resume)
    assert sentence in found.message
    assert job.checkpoint.exists() == how.get("kept", True)


def test_the_checkpoint_goes_only_when_it_is_noted_that_the_model_is_there(at_the_end, monkeypatch):
    card = replace(store.read_card(store.SHIPPED / "cnn-larger"), name="mine")
    note, there = JobDirectory.save_result, []

    def look_and_note(job, result):
        there.append((result.model, job.checkpoint.exists()))
        note(job, result)

    monkeypatch.setattr(JobDirectory, "save_result", look_and_note)
    job = at_the_end(lambda *_what, **_how: card)
    assert there == [("mine", True)]
    assert not job.checkpoint.exists()


def test_a_training_on_drawings_keeps_its_process_during_a_pause(tmp_path, monkeypatch):
    monkeypatch.setattr(queue_position, "others_wait", lambda job: True)
    job = JobDirectory(tmp_path)
    job.control.write(RunControl(paused=True, leave=True))
    assert worker_callbacks.ControlReader(job).read().leave
    assert worker_callbacks.ControlReader(job, may_leave=False).read() == RunControl(paused=True)


def test_a_training_ends_after_the_seconds_it_was_given(tmp_path):
    control = worker_callbacks.ControlReader(JobDirectory(tmp_path), most_seconds=10)
    # Four seconds for the graph, which a busy machine takes long to build.
    for seconds in (0.0, 4.0, 13.9):
        control.seconds = seconds
        assert not control.read().stop
    control.seconds = 14.0
    assert control.read().stop
    assert control.message is None


def timeless(history):
    return [replace(epoch, seconds=None) for epoch in history]


def test_a_paused_training_makes_room_for_one_that_takes_too_long_and_comes_back(
    models_directory, monkeypatch
):
    first = admission.submit(TINY, LONG)
    wait_until(lambda: len(queue.read(first).reports) > 2)
    queue.pause(first)
    wait_until(lambda: queue.read(first).state == "paused")
    assert process_of(models_directory, first).is_running()
    with monkeypatch.context() as limit:
        limit.setenv("MNIST_MAX_MINUTES", "0")
        second = admission.submit(TINY, LONG)
    # It takes too long: it is stopped, and kept.
    state = wait_for_end(second)
    assert state.state == "stopped"
    assert "the longest a training may take" in state.message
    assert state.model == "tiny-run-1"
    assert queue.read(first).state == "paused"
    # To be kept, the first comes back from its checkpoint.
    queue.change_learning_rate(first, 0.0001)
    queue.stop(first)
    state = wait_for_end(first)
    assert state.state == "stopped", state.message
    card = next(card for card in store.list_models() if card.name == state.model)
    assert [change.learning_rate for change in card.rate_changes] == [0.0001]


def steps_in(job):
    return [event.progress.step for event in job.reports.all()]


def test_several_reports_a_second_and_every_epoch(tmp_path):
    job = JobDirectory(tmp_path)
    now = iter([0.0, 0.1, 0.2, 0.3, 0.35])
    write = worker_callbacks.reporter(job, clock=lambda: next(now))
    for step in (1, 2, 3, 4):
        write(report(step))
    write(report(6, FIGURES))
    assert steps_in(job) == [1, 4, 6]


def test_a_report_with_a_sampled_accuracy_is_always_kept(tmp_path):
    job = JobDirectory(tmp_path)
    write = worker_callbacks.reporter(job, clock=lambda: 0.0)
    for step in (1, 2, 3):
        write(replace(report(step), sampled_accuracy=0.5))
    assert steps_in(job) == [1, 2, 3]


@pytest.mark.parametrize(("data", "count"), [(None, 10), (bytes(784), 11), (bytes(783), 10)])
def test_a_worker_watches_the_visitors_digit_if_there_is_one(tmp_path, data, count):
    job = JobDirectory(tmp_path / "20260101-000000-000000-00000000")
    own = None if data is None else np.frombuffer(data, np.uint8)
    job.create(Spec(SMALL, QUICK, time.time()), own_digit=own)
    assert worker_callbacks.watched_images(job).shape == (count, 28, 28)
    job.delete_own_digit()
    assert len(worker_callbacks.watched_images(job)) == 10


def test_lines_grow_further_apart_and_the_latest_report_is_always_there(tmp_path):
    job = JobDirectory(tmp_path)
    # An hour; four reports a second while so many are kept.
    ticks = [tick / 4 for tick in range(4 * 300)] + [float(tick) for tick in range(300, 3600)]
    clock = iter(ticks)
    write = worker_callbacks.reporter(job, clock=lambda: next(clock))
    for step, seconds in enumerate(ticks):
        write(replace(report(step), seconds=seconds))
    lines = (tmp_path / "progress.jsonl").read_bytes().count(b"\n")
    assert 1000 < lines < 3000
    assert steps_in(job)[-1] == len(ticks) - 1
    assert len(steps_in(job)) <= lines + 1
