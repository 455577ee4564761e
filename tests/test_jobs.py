"""The queue with stand-in workers: processes that do nothing, so that the line can be looked at.

What real workers do in it, and what happens when they are killed, is in test_worker.py.
"""

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import psutil
import pytest

from mnist_core import jobs
from mnist_core.job_directory import Event, JobDirectory, Result, Spec
from mnist_core.layers import Conv, Dense, Dropout, Flatten, MaxPool
from mnist_core.progress import Progress
from mnist_core.settings import EpochFigures
from tests.samples import QUICK, SMALL


@pytest.fixture
def submit(models_directory):
    """Submit a job whose worker sleeps, and give its directory; the workers end with the test."""
    processes = []

    def start(path):
        command = [sys.executable, "-c", "import time; time.sleep(600)", str(path)]
        processes.append(subprocess.Popen(command))
        return processes[-1]

    def submit_one():
        job_id = jobs.submit(SMALL, QUICK, start=start)
        return JobDirectory(models_directory / ".jobs" / job_id)

    submit_one.processes = processes
    yield submit_one
    for process in processes:
        process.kill()
        process.wait()


def report(step, figures=None):
    return Progress(
        1, 1, step, 6, loss=0.5, accuracy=0.9, seconds=1.0, seconds_left=2.0, figures=figures
    )


FIGURES = EpochFigures(1, 0.5, 0.9, 0.4, 0.95)


def test_a_job_from_the_line_to_its_end(submit):
    job = submit()
    assert (state := jobs.read(job.id)).state == "queued"
    assert (state.recipe, state.settings, state.ahead, state.is_over) == (SMALL, QUICK, 0, False)
    assert (state.progress, state.history) == (None, ())

    job.note_event(Event("loading"))
    assert (state := jobs.read(job.id)).state == "running"
    assert state.phase == "loading"
    job.note_event(Event("training", report(3)))
    job.note_event(Event("training", report(6, FIGURES)))
    state = jobs.read(job.id)
    assert (state.phase, state.progress.step, state.history) == ("training", 6, (FIGURES,))
    assert [each.step for each in state.reports] == [3, 6]

    jobs.stop(job.id)
    assert jobs.read(job.id).state == "stopping"
    job.note_result(Result("stopped", model="small-run-1"))
    state = jobs.read(job.id)
    assert (state.state, state.model, state.is_over) == ("stopped", "small-run-1", True)
    assert jobs.unfinished() == []


def test_the_line_is_first_come_first_served(submit):
    first, second, third = submit(), submit(), submit()
    assert jobs.unfinished() == [first.id, second.id, third.id]
    assert [jobs.read(job.id).ahead for job in (first, second, third)] == [0, 1, 2]
    assert [jobs.turns_to_wait(job) for job in (first, second, third)] == [0, 1, 2]
    first.note_result(Result("done", model="small-run-1"))
    assert [jobs.turns_to_wait(job) for job in (second, third)] == [0, 1]


def test_a_killed_process_holds_nobody_up_and_is_told(submit):
    first, second = submit(), submit()
    submit.processes[0].kill()
    submit.processes[0].wait()
    state = jobs.read(first.id)
    assert state.state == "failed"
    assert state.message.endswith(".")
    assert jobs.turns_to_wait(second) == 0


def test_as_many_at_once_as_the_operator_says(submit, monkeypatch):
    monkeypatch.setenv("MNIST_TRAININGS_AT_ONCE", "2")
    turns = [jobs.turns_to_wait(job) for job in [submit(), submit(), submit()]]
    assert turns == [0, 0, 1]


def test_a_full_queue_refuses_politely(submit, monkeypatch):
    monkeypatch.setenv("MNIST_QUEUE_LIMIT", "2")
    first = submit()
    submit()
    with pytest.raises(jobs.QueueFull, match="2 trainings are waiting already"):
        submit()
    first.note_result(Result("stopped"))
    submit()


def test_a_restarted_computer_is_told_from_a_crash(submit, monkeypatch):
    job = submit()
    submit.processes[0].kill()
    submit.processes[0].wait()
    monkeypatch.setattr("psutil.boot_time", lambda: time.time() + 1)
    assert jobs.read(job.id).state == "interrupted"


def test_another_process_with_the_same_number_is_not_taken_for_the_worker(submit):
    job = submit()
    noted = job.path / "process.json"
    process = json.loads(noted.read_text())
    noted.write_text(json.dumps(process | {"started": process["started"] - 60}))
    assert jobs.read(job.id).state == "failed"


def test_a_job_being_started_counts_as_waiting_for_a_moment_only(submit, monkeypatch):
    job = submit()
    (job.path / "process.json").unlink()
    assert jobs.read(job.id).state == "queued"
    later = time.time() + 11
    monkeypatch.setattr("time.time", lambda: later)
    assert jobs.read(job.id).state == "failed"


@pytest.mark.parametrize(
    "job_id",
    ["", "..", "../..", "x" * 1000, "20260101-000000-000000-00000000", "\0", ".lock", "<script>"],
)
def test_an_unknown_job_is_a_sentence(submit, job_id):
    submit()
    for act in (jobs.read, jobs.stop):
        with pytest.raises(ValueError, match="no such training"):
            act(job_id)


def test_damaged_notes_are_told(submit):
    job = submit()
    job.note_event(Event("training", report(3)))
    with (job.path / "progress.jsonl").open("ab") as progress:
        progress.write(b'{"phase":"tea"}\n\x00\xff\n{"phase":"training","progr')
    assert [each.step for each in jobs.read(job.id).reports] == [3]

    (job.path / "result.json").write_bytes(b"{")
    state = jobs.read(job.id)
    assert (state.state, state.is_over) == ("failed", True)
    assert "damaged" in state.message

    (job.path / "spec.json").write_bytes(b"")
    with pytest.raises(ValueError, match="damaged or gone"):
        jobs.read(job.id)


IMPOSSIBLE = [
    ({"layers": (Conv(1, 29),)}, "needs at least 29 pixels"),
    ({"layers": (Dense(0),)}, "impossible value"),
    ({"layers": (Dense(-5),)}, "impossible value"),
    ({"layers": (Dense("3"),)}, "impossible value"),  # type: ignore[arg-type]
    ({"layers": (Dense(3, "luck"),)}, "impossible value"),  # type: ignore[arg-type]
    ({"layers": (Conv(3, 0), Flatten())}, "impossible value"),
    ({"layers": (MaxPool(0), Flatten())}, "impossible value"),
    ({"layers": (Dropout(1.0), Flatten())}, "impossible value"),
    ({"layers": (Dense(10**9),)}, "is the limit"),
    ({"name": "My Network"}, "small letters"),
    ({"name": "../up"}, "small letters"),
]


@pytest.mark.parametrize(("change", "sentence"), IMPOSSIBLE)
def test_an_impossible_network_never_gets_into_the_line(models_directory, change, sentence):
    with pytest.raises(ValueError, match=sentence):
        jobs.submit(replace(SMALL, **change), QUICK)
    assert jobs.unfinished() == []


def test_a_worker_that_cannot_be_started_leaves_no_job_behind(models_directory):
    def start(path):
        raise OSError(12, "Cannot allocate memory")

    with pytest.raises(OSError, match="could not be started"):
        jobs.submit(SMALL, QUICK, start=start)
    assert jobs.unfinished() == []
    assert [path.name for path in (models_directory / ".jobs").iterdir()] == [".lock"]


def test_a_worker_that_dies_before_anybody_looks_holds_nobody_up(submit, models_directory):
    def start(path):
        process = subprocess.Popen([sys.executable, "-c", ""])
        process.wait()
        return process

    assert jobs.read(jobs.submit(SMALL, QUICK, start=start)).state == "failed"
    assert jobs.turns_to_wait(submit()) == 0


def test_a_clock_that_is_set_ends_no_training(submit, monkeypatch):
    job = submit()
    # Linux tells the start of the computer by the clock on the wall; psutil asks by both names.
    an_hour_later = psutil.boot_time() + 3600
    monkeypatch.setattr("psutil._psplatform.boot_time", lambda: an_hour_later)
    assert jobs.read(job.id).state == "queued"


def test_forgetting_jobs_while_others_look_disturbs_nobody(submit, monkeypatch):
    monkeypatch.setattr(jobs, "_KEPT_JOBS", 0)
    seen = []
    with ThreadPoolExecutor(1) as pool:
        looking = pool.submit(lambda: seen.extend(len(jobs.unfinished()) for _ in range(300)))
        for _ in range(10):
            submit().note_result(Result("stopped"))
        looking.result()
    assert len(seen) == 300
    assert max(seen) <= 1


def test_the_first_result_holds(submit):
    job = submit()
    job.note_result(Result("done", model="small-run-1"))
    job.note_result(Result("interrupted"))
    assert jobs.read(job.id).state == "done"


def test_a_directory_that_cannot_be_written_is_told_before_anything_starts(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match="cannot be written"):
        jobs.submit(SMALL, QUICK, root=tmp_path / "file" / "models")


def test_old_jobs_are_forgotten_and_unfinished_ones_never(submit, monkeypatch):
    monkeypatch.setattr(jobs, "_KEPT_JOBS", 1)
    running, *over = [submit() for _ in range(3)]
    for job in over:
        job.note_result(Result("stopped"))
    submit()
    left = {path.name for path in running.path.parent.iterdir() if path.is_dir()}
    assert running.id in left
    assert over[0].id not in left
    assert over[1].id in left


def test_ids_sort_by_time_and_do_not_repeat(submit):
    ids = [submit().id for _ in range(5)]
    assert ids == sorted(set(ids))


def test_what_is_written_is_what_is_read(submit):
    job = submit()
    spec = Spec(SMALL, QUICK, submitted=1.5)
    (job.path / "spec.json").unlink()
    job._write("spec.json", spec)
    assert job.spec() == spec
