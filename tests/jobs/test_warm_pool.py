"""The warm worker: handed a job, missing, frozen, killed, left alone."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from random import Random

import psutil
import pytest
from filelock import FileLock

from mnist_core.jobs import admission, launch, queue
from mnist_core.jobs.warm_pool import WarmPool
from mnist_core.models import store
from tests.jobs.idle_worker import idle_worker
from tests.jobs.test_worker import (
    LONG,
    ROOT,
    process_of,
    timeless,
    wait_for_end,
    wait_until,
    wait_until_forgotten,
)
from tests.samples import QUICK, SMALL, TINY


@pytest.fixture
def pool(monkeypatch):
    """A pool whose process ends with the test; memory does not matter."""
    monkeypatch.setenv("MNIST_SPARE_MINUTES", "10")
    # On a busy machine it may take long; whoever waits for another worker does so on purpose.
    monkeypatch.setattr("mnist_core.jobs.warm_pool._HANDOVER_SECONDS", 60.0)
    made = WarmPool(free_mb=lambda: 100_000)
    yield made
    made.shut_down()


def ready(pool):
    pool.prepare()
    return psutil.Process(pool.process.pid)


def is_over(process):
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        # It ended between the two questions.
        return True


def has_warmed_up(process):
    """It has used a second of a processor, and none any more."""
    before = process.cpu_times().user
    time.sleep(0.5)
    return 1 < process.cpu_times().user < before + 0.1


def test_a_warm_worker_and_one_killed_again_and_again_come_to_the_same_history(
    models_directory, pool
):
    settings = replace(QUICK, epochs=5, training_images=1000, augmentation="bent")
    process = ready(pool)
    pool.prepare()
    assert pool.process.pid == process.pid, "one is enough"
    wait_until(lambda: has_warmed_up(process))
    warm = admission.submit(SMALL, settings, start=pool.start)
    assert process_of(models_directory, warm) == process
    assert pool.process is None
    undisturbed = wait_for_end(warm)
    assert undisturbed.state == "done", undisturbed.message
    wait_until(lambda: is_over(process))
    log = (models_directory / ".jobs" / warm / "worker.log").read_text()
    assert "Traceback" not in log

    # At once: it takes the job while it is importing TensorFlow.
    ready(pool)
    killed = admission.submit(SMALL, settings, start=pool.start)
    # It cannot come to its end before it is killed: for that it would need the lock.
    with FileLock(models_directory / ".lock"):
        for epochs, number in ((1, signal.SIGKILL), (3, signal.SIGTERM)):
            wait_until(lambda epochs=epochs: len(queue.read(killed).history) >= epochs)
            time.sleep(Random(number).uniform(0, 0.3))
            process_of(models_directory, killed).send_signal(number)
            state = wait_for_end(killed)
            assert (state.state, state.can_resume) == ("interrupted", True)
            assert len(state.reports) > 1
            queue.resume(killed, start=pool.start)
    state = wait_for_end(killed)
    assert state.state == "done", state.message
    assert timeless(state.history) == timeless(undisturbed.history)
    cards = {card.name: card for card in store.list_models()}
    one, other = cards[undisturbed.model], cards[state.model]
    assert (one.test_accuracy, one.test_loss) == (other.test_accuracy, other.test_loss)
    assert one.steps == other.steps
    wait_until_forgotten(models_directory / ".jobs" / killed / "checkpoint")


ODD = {"killed": signal.SIGKILL, "ended by the system": signal.SIGTERM, "frozen": signal.SIGSTOP}


@pytest.mark.parametrize("fault", ODD)
def test_an_ordinary_worker_starts_if_the_warm_one_is_dead_or_frozen(
    models_directory, pool, monkeypatch, fault
):
    monkeypatch.setattr("mnist_core.jobs.warm_pool._HANDOVER_SECONDS", 0.5)
    started = []

    def start_worker(path):
        started.append(path.name)
        return subprocess.Popen([sys.executable, "-c", ""])

    monkeypatch.setattr(launch, "start_worker", start_worker)
    process = ready(pool)
    process.send_signal(ODD[fault])
    if fault != "frozen":
        wait_until(lambda: is_over(process))
    job_id = admission.submit(SMALL, QUICK, start=pool.start)
    assert started == [job_id]
    wait_until(lambda: is_over(process))
    assert not list((models_directory / ".jobs").glob(".spare*"))


def test_a_queued_job_waits_without_the_warm_worker(models_directory, pool):
    first = admission.submit(TINY, LONG, start=idle_worker)
    pool.prepare()
    assert pool.process is None, "it would wait while somebody trains"
    queue.stop(first)
    wait_for_end(first)
    process = ready(pool)
    first, second = (
        admission.submit(TINY, LONG, start=start) for start in (idle_worker, pool.start)
    )
    assert process_of(models_directory, second) != process
    assert pool.process.pid == process.pid
    for job_id in (second, first):
        queue.stop(job_id)
        wait_for_end(job_id)


def test_a_warm_worker_ends_when_nobody_looks_any_more_or_memory_runs_short(
    monkeypatch, models_directory
):
    monkeypatch.setenv("MNIST_SPARE_MINUTES", "10")
    monkeypatch.setattr("mnist_core.jobs.warm_pool._CHECK_SECONDS", 0.05)
    now, free = 0.0, 2_000
    pool = WarmPool(clock=lambda: now, free_mb=lambda: free)
    process = ready(pool)
    now = 599.0
    pool.prepare()
    now = 1198.0
    time.sleep(0.2)
    assert not is_over(process)
    now = 1200.0
    wait_until(lambda: is_over(process))

    process = ready(pool)
    free = 999
    wait_until(lambda: is_over(process))
    pool.prepare()
    # For a moment it counts as alive: while somebody else asks after it, Python does not say.
    wait_until(lambda: pool.process is None)
    free = 2_000
    monkeypatch.setenv("MNIST_SPARE_MINUTES", "0")
    pool.prepare()
    assert pool.process is None


SERVER = """
import time
from mnist_core.jobs.warm_pool import WarmPool
pool = WarmPool(free_mb=lambda: 100_000)
pool.prepare()
print(pool.process.pid, flush=True)
time.sleep(600)
"""


def test_where_nobody_may_train_none_stands_ready(models_directory, pool, monkeypatch):
    monkeypatch.setenv("MNIST_READ_ONLY", "on")
    pool.prepare()
    assert pool.process is None


def test_a_warm_worker_dies_with_its_server(models_directory):
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER],
        cwd=ROOT,
        env={**os.environ, "MNIST_SPARE_MINUTES": "10"},
        stdout=subprocess.PIPE,
        text=True,
    )
    process = psutil.Process(int(server.stdout.readline()))
    server.kill()
    server.wait()
    wait_until(lambda: is_over(process))


def test_a_page_does_not_care_if_no_warm_worker_can_be_started(models_directory, pool, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr("mnist_core.system.processes.start", refuse)
    pool.prepare()
    assert pool.process is None
