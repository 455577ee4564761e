"""Trainings on a cluster: a scheduler and workers of its own on this machine, really killed."""

import os
import shutil
import socket
import subprocess
import sys
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from mnist_core.cluster import directory_sync, protocol, proxy_worker
from mnist_core.cluster.protocol import FOLDER_PREFIX, Outcome, StatusReport
from mnist_core.handwriting import archive
from mnist_core.jobs import admission, queue, queue_position
from mnist_core.jobs.spec import Result
from mnist_core.models import disk_quota, store
from mnist_core.networks.settings import RunControl
from mnist_core.training import checkpoint
from tests.cluster.test_directory_sync import KEPT, made
from tests.jobs.test_worker import (
    LONG,
    process_of,
    timeless,
    wait_for_end,
    wait_until,
    wait_until_forgotten,
)
from tests.samples import QUICK, SMALL, TINY
from tests.training.test_fine_tuning import crooked_hand

ROOT = Path(__file__).parents[2]
CHILD = "mnist_core.cluster.child_process"


@contextmanager
def dask(*arguments, cwd=ROOT, **environment):
    """A process of a cluster."""
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments],
        cwd=cwd,
        env={**os.environ, "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False", **environment},
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def scheduler():
    """An empty cluster: its address and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    here = ["--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    with dask("scheduler", *here) as process:
        wait_until(lambda: process.poll() is not None or is_open(port))
        assert process.poll() is None
        yield f"tcp://127.0.0.1:{port}", process


def is_open(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def a_worker(address, scratch, **more):
    """A computer of the cluster: its own temporary files, no model, no disk shared with us."""
    scratch.mkdir(exist_ok=True)
    arguments = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]
    local = ["--local-directory", str(scratch / "dask")]
    nowhere = str(scratch / "models")
    return dask(
        "worker", address, *arguments, *local, TMPDIR=str(scratch), MNIST_MODELS=nowhere, **more
    )


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A scheduler and two workers; a test that kills one leaves the other."""
    with ExitStack() as stack:
        address, _ = stack.enter_context(scheduler())
        folders = [tmp_path_factory.mktemp(f"computer{number}") for number in (1, 2)]
        workers = [stack.enter_context(a_worker(address, folder)) for folder in folders]
        yield address, workers, folders


@pytest.fixture
def on_cluster(cluster, monkeypatch):
    """Trainings go to the cluster."""
    monkeypatch.setenv("MNIST_SCHEDULER", cluster[0])
    return cluster


def trainings_of(worker):
    """The processes that train for a dask worker."""
    found = []
    for child in psutil.Process(worker.pid).children():
        # It may end this very moment.
        with suppress(psutil.NoSuchProcess):
            found += [child] if CHILD in child.cmdline() else []
    return found


def left_in(folders):
    """What trainings have not tidied up on the computers of the cluster."""
    return [path for folder in folders for path in folder.glob(f"{FOLDER_PREFIX}*")]


def test_a_training_is_controlled_and_stopped_as_on_the_server(on_cluster, models_directory):
    _, _, folders = on_cluster
    job_id = admission.submit(TINY, LONG)
    wait_until(lambda: len(queue.read(job_id).reports) > 2)
    queue.pause(job_id)
    wait_until(lambda: queue.read(job_id).state == "paused")
    queue.change_learning_rate(job_id, 0.0001)
    queue.unpause(job_id)
    wait_until(lambda: queue.read(job_id).progress.learning_rate == 0.0001)
    wait_until(lambda: queue.snapshot(job_id))
    queue.stop(job_id)
    state = wait_for_end(job_id)
    assert (state.state, state.model) == ("stopped", "tiny-run-1"), state.message
    card = next(card for card in store.list_models() if card.name == state.model)
    assert [change.learning_rate for change in card.rate_changes] == [0.0001]
    assert card.stopped_early
    assert store.open_model(card.name).predict([[[0.0] * 28] * 28]).shape == (1, 10)
    wait_until_forgotten(models_directory / ".jobs" / job_id / "checkpoint")
    wait_until(lambda: not left_in(folders))
    assert not [folder for folder in folders if (folder / "models").exists()]


def test_a_killed_computer_is_replaced_and_the_history_is_the_same(
    on_cluster, models_directory, start_here
):
    _, workers, folders = on_cluster
    settings = replace(QUICK, epochs=10, training_images=600)
    there = admission.submit(SMALL, settings)
    checkpoint = models_directory / ".jobs" / there / "checkpoint"
    wait_until(lambda: checkpoint.exists() and queue.read(there).history)
    killed = next(worker for worker in workers if trainings_of(worker))
    orphan = trainings_of(killed)[0]
    killed.kill()
    killed.wait()
    state = wait_for_end(there)
    assert state.state == "done", state.message
    log = (models_directory / ".jobs" / there / "worker.log").read_text()
    assert log.count(" trains") == 2
    undisturbed = wait_for_end(admission.submit(SMALL, settings, start=start_here()))
    assert timeless(state.history) == timeless(undisturbed.history)
    cards = {card.name: card for card in store.list_models()}
    one, other = cards[undisturbed.model], cards[state.model]
    assert (one.test_accuracy, one.test_loss) == (other.test_accuracy, other.test_loss)
    # What the lost computer was at is gone with it.
    wait_until(lambda: not orphan.is_running())
    wait_until(lambda: not left_in(folders))


def test_a_server_that_loses_its_proxy_worker_leaves_nothing_running(
    on_cluster, models_directory, monkeypatch
):
    _, workers, folders = on_cluster
    monkeypatch.setenv("MNIST_CLUSTER_PATIENCE", "5")
    alive = [worker for worker in workers if worker.poll() is None]
    job_id = admission.submit(TINY, LONG)
    wait_until(lambda: any(trainings_of(worker) for worker in alive))
    process_of(models_directory, job_id).kill()
    state = wait_for_end(job_id)
    assert (state.state, state.can_resume) == ("interrupted", True)
    wait_until(lambda: not any(trainings_of(worker) for worker in alive))
    wait_until(lambda: not left_in(folders))


def test_without_its_scheduler_a_training_is_interrupted(tmp_path, monkeypatch):
    with ExitStack() as stack:
        address, process = stack.enter_context(scheduler())
        worker = stack.enter_context(a_worker(address, tmp_path / "computer"))
        monkeypatch.setenv("MNIST_SCHEDULER", address)
        job_id = admission.submit(TINY, LONG)
        wait_until(lambda: trainings_of(worker))
        child = trainings_of(worker)[0]
        process.kill()
        state = wait_for_end(job_id)
        assert (state.state, state.can_resume) == ("interrupted", True)
        assert "connection to the cluster was lost" in state.message
        wait_until(lambda: not child.is_running())


def test_a_cluster_without_computers_and_one_of_another_version(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "mnist_core", tmp_path / "other" / "mnist_core")
    with (tmp_path / "other" / "mnist_core" / "__init__.py").open("a") as file:
        file.write("# This is new.\n")
    with ExitStack() as stack:
        address, _ = stack.enter_context(scheduler())
        monkeypatch.setenv("MNIST_SCHEDULER", address)
        waiting = admission.submit(TINY, LONG)
        queue.stop(waiting)
        assert wait_for_end(waiting).state == "stopped"

        monkeypatch.setenv("MNIST_CLUSTER_PATIENCE", "2")
        job_id = admission.submit(TINY, LONG)
        state = wait_for_end(job_id)
        assert (state.state, state.can_resume) == ("interrupted", True)
        assert "no computer in the cluster" in state.message

        monkeypatch.delenv("MNIST_CLUSTER_PATIENCE")
        stack.enter_context(a_worker(address, tmp_path / "computer", cwd=tmp_path / "other"))
        queue.resume(job_id)
        state = wait_for_end(job_id)
        assert (state.state, state.can_resume) == ("interrupted", True)
        assert "another version" in state.message


@pytest.mark.parametrize(
    ("kept", "drawings", "state"),
    [(True, False, "interrupted"), (False, False, "failed"), (True, True, "failed")],
)
def test_a_model_that_has_no_room_here_can_be_had_later(
    tmp_path, monkeypatch, kept, drawings, state
):
    def no_room(*_what):
        raise disk_quota.QuotaExceeded("All models have a star.")

    monkeypatch.setattr(directory_sync, "save_model", no_room)
    job = made(tmp_path, learns_drawings=drawings)
    if kept:
        checkpoint.write(job.checkpoint, KEPT)
    outcome = Outcome(StatusReport("one", 1), Result("done", "there"), {store.CARD: b""})
    assert proxy_worker._saved(job, outcome) == Result(state, message="All models have a star.")
    assert job.checkpoint.exists() == kept


@pytest.mark.parametrize("drawings", [False, True])
def test_a_training_on_drawings_is_never_asked_to_leave_a_pause(tmp_path, monkeypatch, drawings):
    told = []

    class Queue:
        def __init__(self, name, client):
            pass

        def put(self, data):
            told.append(protocol.decode_commands(data).control)

    monkeypatch.setattr("distributed.Queue", Queue)
    monkeypatch.setattr(queue_position, "others_wait", lambda job: True)
    job = made(tmp_path, learns_drawings=drawings)
    if drawings:
        (job.path / "drawings.npz").write_bytes(archive.encode(crooked_hand()))
    job.control.write(RunControl(paused=True))
    run = proxy_worker._ClusterRun(job, None, 1)
    run._outgoing = Queue("down", None)
    run._send_commands()
    assert told == [RunControl(paused=True, leave=not drawings)]


def test_a_cluster_that_is_not_there_is_a_sentence(monkeypatch):
    monkeypatch.setenv("MNIST_CLUSTER_PATIENCE", "2")
    monkeypatch.setenv("MNIST_SCHEDULER", "tcp://127.0.0.1:9")
    state = wait_for_end(admission.submit(TINY, LONG))
    assert (state.state, state.can_resume) == ("interrupted", True)
    assert "cannot be reached" in state.message


def test_without_the_package_it_is_a_sentence_too(tmp_path, monkeypatch):
    (tmp_path / "distributed.py").write_text("raise ImportError")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("MNIST_SCHEDULER", "tcp://127.0.0.1:9")
    state = wait_for_end(admission.submit(TINY, LONG))
    assert (state.state, state.can_resume) == ("interrupted", True)
    assert "requirements-cluster.txt" in state.message
