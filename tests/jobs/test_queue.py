"""The queue with stand-in workers: processes that do nothing, so that the queue stands still.

What real workers do in it, and what happens when they are killed, is in test_worker.py.
"""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace

import psutil
import pytest

from mnist_core.jobs import admission, clean_up, queue, queue_position
from mnist_core.jobs.control import Control
from mnist_core.jobs.directory import JobDirectory
from mnist_core.jobs.job_process import JobProcess
from mnist_core.jobs.reports import Event
from mnist_core.jobs.spec import Result, Spec
from mnist_core.models import notes, store
from mnist_core.networks import recipes
from mnist_core.networks.layers import Conv, Dense, Dropout, Flatten, MaxPool
from mnist_core.networks.settings import EpochFigures, RunControl
from mnist_core.system import processes
from mnist_core.training import checkpoint
from mnist_core.training.checkpoint import Checkpoint, Position
from mnist_core.training.progress import Progress
from tests.samples import QUICK, SMALL, own_models


@pytest.fixture
def submit(models_directory):
    """Submit a job whose worker sleeps, and give its directory; the workers end with the test."""
    processes = []

    def start(path):
        command = [sys.executable, "-c", "import time; time.sleep(600)", str(path)]
        processes.append(subprocess.Popen(command))
        return processes[-1]

    def submit_one(**details):
        job_id = admission.submit(SMALL, QUICK, start=start, **details)
        return JobDirectory(models_directory / ".jobs" / job_id)

    submit_one.start = start
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


def test_a_job_from_the_queue_to_its_end(submit):
    job = submit()
    assert (state := queue.read(job.id)).state == "queued"
    assert (state.recipe, state.settings, state.jobs_ahead, state.is_over) == (
        SMALL,
        QUICK,
        0,
        False,
    )
    assert (state.progress, state.history) == (None, ())

    assert queue_position.try_start(job) == 0
    job.reports.add(Event("loading"))
    assert (state := queue.read(job.id)).state == "running"
    assert state.phase == "loading"
    job.reports.add(Event("training", report(3)))
    job.reports.add(Event("training", report(6, FIGURES)))
    state = queue.read(job.id)
    assert (state.phase, state.progress.step, state.history) == ("training", 6, (FIGURES,))
    assert [each.step for each in state.reports] == [3, 6]

    queue.stop(job.id)
    assert queue.read(job.id).state == "stopping"
    job.save_result(Result("stopped", model="small-run-1"))
    state = queue.read(job.id)
    assert (state.state, state.model, state.is_over) == ("stopped", "small-run-1", True)
    assert queue.unfinished() == []


def test_the_queue_is_first_come_first_served(submit):
    first, second, third = submit(), submit(), submit()
    assert queue.unfinished() == [first.id, second.id, third.id]
    assert [queue.read(job.id).jobs_ahead for job in (first, second, third)] == [0, 1, 2]
    assert [queue_position.jobs_to_wait_for(job) for job in (first, second, third)] == [0, 1, 2]
    first.save_result(Result("done", model="small-run-1"))
    assert [queue_position.jobs_to_wait_for(job) for job in (second, third)] == [0, 1]


def test_a_killed_process_is_reported_and_holds_nobody_up(submit):
    first, second = submit(), submit()
    submit.processes[0].kill()
    submit.processes[0].wait()
    state = queue.read(first.id)
    assert (state.state, state.can_resume) == ("interrupted", True)
    assert state.message.endswith(".")
    assert queue_position.jobs_to_wait_for(second) == 0


def test_as_many_run_at_once_as_the_operator_allows(submit, monkeypatch):
    monkeypatch.setenv("MNIST_TRAININGS_AT_ONCE", "2")
    waits = [queue_position.jobs_to_wait_for(job) for job in [submit(), submit(), submit()]]
    assert waits == [0, 0, 1]


def test_a_full_queue_refuses_politely(submit, monkeypatch):
    monkeypatch.setenv("MNIST_QUEUE_LIMIT", "2")
    first = submit()
    submit()
    with pytest.raises(queue.QueueFull, match="2 trainings are waiting already"):
        submit()
    first.save_result(Result("stopped"))
    submit()


def test_a_restarted_computer_is_not_mistaken_for_a_crash(submit, monkeypatch):
    job = submit()
    submit.processes[0].kill()
    submit.processes[0].wait()
    monkeypatch.setattr("psutil.boot_time", lambda: time.time() + 1)
    assert queue.read(job.id).message == "The computer was restarted in the meantime."


def test_another_process_with_the_same_id_is_not_taken_for_the_worker(submit):
    job = submit()
    noted = job.path / "process.json"
    process = json.loads(noted.read_text())
    noted.write_text(json.dumps(process | {"started": process["started"] - 60}))
    assert queue.read(job.id).state == "interrupted"


def test_a_job_being_started_counts_as_waiting_for_a_moment_only(submit, monkeypatch):
    job = submit()
    (job.path / "process.json").unlink()
    assert queue.read(job.id).state == "queued"
    later = time.time() + 11
    monkeypatch.setattr("time.time", lambda: later)
    assert queue.read(job.id).state == "interrupted"


@pytest.mark.parametrize(
    "job_id",
    ["", "..", "../..", "x" * 1000, "20260101-000000-000000-00000000", "\0", ".lock", "<script>"],
)
def test_an_unknown_job_is_a_sentence(submit, job_id):
    submit()
    for act in (queue.read, queue.stop, queue.pause, queue.unpause, queue.resume):
        with pytest.raises(ValueError, match="no such training"):
            act(job_id)


def test_damaged_files_are_reported(submit):
    job = submit()
    job.reports.add(Event("training", report(3)))
    with (job.path / "progress.jsonl").open("ab") as progress:
        progress.write(b'{"phase":"tea"}\n\x00\xff\n{"phase":"training","progr')
    assert [each.step for each in queue.read(job.id).reports] == [3]

    (job.path / "result.json").write_bytes(b"{")
    state = queue.read(job.id)
    # As after a loss of power: it may have learned something.
    assert (state.state, state.is_over, state.can_resume) == ("interrupted", True, True)
    assert "damaged" in state.message

    (job.path / "spec.json").write_bytes(b"")
    with pytest.raises(ValueError, match="damaged or gone"):
        queue.read(job.id)


DEEP = b'{"x":' + b"[" * 100_000
ODD_NOTES = {
    "no such process": {"process.json": b'{"pid":-1,"started":1.0}'},
    "no such number": {"process.json": b'{"pid":99999999999999999999,"started":1.0}'},
    "nothing": {"process.json": b"", "spec.json": b""},
    "no text": {"process.json": b"\xff", "spec.json": b"\xff", "result.json": b"\xff"},
    "deep process": {"process.json": DEEP},
    "deep spec": {"spec.json": DEEP},
    "deep result": {"result.json": DEEP},
    "deep control": {"control.json": DEEP},
    "deep reports": {"progress.jsonl": DEEP + b"\n", "latest.json": DEEP},
    **{f"a directory {name}": {name: None} for name in ("process.json", "result.json", "reserve")},
    **{f"a directory as {name}": {name: None} for name in ("progress.jsonl", "drawings.npz")},
}


@pytest.mark.parametrize("what", ODD_NOTES)
def test_one_damaged_job_stops_nobody_from_training(submit, what):
    odd, good = submit(), submit()
    for name, data in ODD_NOTES[what].items():
        (odd.path / name).unlink(missing_ok=True)
        if data is None:
            (odd.path / name).mkdir()
        else:
            (odd.path / name).write_bytes(data)
    assert queue.read(good.id).state == "queued"
    with suppress(ValueError):
        queue.read(odd.id)
    assert good.id in queue.unfinished()
    assert good.id in dict(queue.specs())
    assert queue.requeue_after_restart(start=submit.start) in ([], [odd.id])
    assert submit().id in queue.unfinished()


def test_a_file_or_a_link_named_like_a_job_is_not_a_job(submit):
    good = submit()
    (good.path.parent / "20260101-000000-000000-aaaaaaaa").write_text("in the way")
    (good.path.parent / "20260101-000000-000000-bbbbbbbb").symlink_to(good.path)
    assert [*dict(queue.specs())] == queue.unfinished() == [good.id]
    assert len({good.id, submit().id} & {*queue.unfinished()}) == 2


def note(job, **changes):
    """Change fields of a job's spec on disk."""
    place = job.path / "spec.json"
    place.write_text(json.dumps(json.loads(place.read_bytes()) | changes))


def test_an_impossible_network_ahead_in_the_queue_breaks_no_page(submit):
    ahead, good = submit(), submit()
    recipe = json.loads((ahead.path / "spec.json").read_bytes())["recipe"]
    note(ahead, recipe=recipe | {"layers": [{"type": "Conv", "filters": 3, "size": 100}]})
    assert queue.read(good.id).jobs_ahead == 1
    assert queue.read(good.id).wait_seconds == 0


@pytest.mark.parametrize("when", [1e300, -1.0])
def test_a_date_that_no_calendar_has_is_damaged(submit, when):
    job = submit()
    note(job, submitted=when)
    assert queue.specs() == []
    with pytest.raises(ValueError, match="damaged or gone"):
        queue.read(job.id)


def test_a_job_that_is_removed_while_somebody_looks_is_a_sentence(submit, monkeypatch):
    job = submit()
    killed(submit)
    spec = job.spec()
    monkeypatch.setattr(JobDirectory, "spec", lambda self: spec)
    is_alive = JobProcess.is_alive.fget

    def remove_and_look(self):
        alive = is_alive(self)
        JobDirectory(self.job).remove()
        return alive

    monkeypatch.setattr(JobProcess, "is_alive", property(remove_and_look))
    with pytest.raises(ValueError, match="no such training"):
        queue.read(job.id)


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
def test_an_impossible_network_is_never_queued(models_directory, change, sentence):
    with pytest.raises(ValueError, match=sentence):
        admission.submit(replace(SMALL, **change), QUICK)
    assert queue.unfinished() == []


def test_a_worker_that_cannot_be_started_leaves_no_job_behind(models_directory):
    def start(path):
        raise OSError(12, "Cannot allocate memory")

    with pytest.raises(OSError, match="could not be started"):
        admission.submit(SMALL, QUICK, start=start)
    assert queue.unfinished() == []
    assert [path.name for path in (models_directory / ".jobs").iterdir()] == [".lock"]


def test_others_submit_while_a_process_starts(submit, models_directory):
    """Thirty at once would wait for each other's processes; the order is that of submission."""

    def start(path):
        inner.append(submit().id)
        return submit.start(path)

    inner = []
    outer = admission.submit(SMALL, QUICK, start=start)
    assert queue.unfinished() == [outer, *inner]


def test_nothing_is_taken_from_a_job_whose_process_is_slow_to_start(submit):
    def start(path):
        job = JobDirectory(path)
        (path / "drawings.npz").write_bytes(b"somebody's")
        os.utime(path, (time.time() - 60,) * 2)
        assert not job.is_unfinished
        submit()
        assert (path / "drawings.npz").exists()
        return submit.start(path)

    assert queue.read(admission.submit(SMALL, QUICK, start=start)).state == "queued"


def test_a_worker_that_dies_before_anybody_looks_holds_nobody_up(submit, models_directory):
    def start(path):
        process = subprocess.Popen([sys.executable, "-c", ""])
        process.wait()
        return process

    assert queue.read(admission.submit(SMALL, QUICK, start=start)).state == "interrupted"
    assert queue_position.jobs_to_wait_for(submit()) == 0


def test_a_clock_that_is_set_ends_no_training(submit, monkeypatch):
    job = submit()
    # Linux tells the start of the computer by the clock on the wall; psutil asks by both names.
    an_hour_later = psutil.boot_time() + 3600
    monkeypatch.setattr("psutil._psplatform.boot_time", lambda: an_hour_later)
    assert queue.read(job.id).state == "queued"


def test_removing_jobs_while_others_look_disturbs_nobody(submit, monkeypatch):
    monkeypatch.setattr(clean_up, "ENDED_JOBS_KEPT", 0)
    seen = []
    with ThreadPoolExecutor(1) as pool:
        looking = pool.submit(lambda: seen.extend(len(queue.unfinished()) for _ in range(300)))
        for _ in range(10):
            submit().save_result(Result("stopped"))
        looking.result()
    assert len(seen) == 300
    assert max(seen) <= 1


def test_the_first_result_holds(submit):
    job = submit()
    job.save_result(Result("done", model="small-run-1"))
    job.save_result(Result("interrupted"))
    assert queue.read(job.id).state == "done"


def test_a_directory_that_cannot_be_written_is_reported_before_anything_starts(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match="cannot be written"):
        admission.submit(SMALL, QUICK, root=tmp_path / "file" / "models")


def test_old_jobs_are_removed_and_unfinished_ones_never(submit, monkeypatch):
    monkeypatch.setattr(clean_up, "ENDED_JOBS_KEPT", 1)
    running, *over = [submit() for _ in range(3)]
    for job in over:
        job.save_result(Result("stopped"))
    submit()
    left = {path.name for path in running.path.parent.iterdir() if path.is_dir()}
    assert running.id in left
    assert over[0].id not in left
    assert over[1].id in left


def test_what_old_jobs_leave_free_costs_no_model(submit, models_directory, monkeypatch):
    shutil.copytree(store.SHIPPED / "mlp-784", models_directory / "mine")
    killed = submit()
    checkpoint.write(
        killed.checkpoint, Checkpoint(Position(1, 0, 0, 0.0, 0.0, (), 0.0, 0.0, 0), [])
    )
    with killed.checkpoint.open("ab") as file:
        file.truncate(50_000_000)
    submit.processes[0].kill()
    submit.processes[0].wait()
    monkeypatch.setenv("MNIST_DISK_MB", "40")
    submit()
    assert not killed.checkpoint.exists()
    assert (models_directory / "mine").exists()


def test_ids_sort_by_time_and_do_not_repeat(submit):
    ids = [submit().id for _ in range(5)]
    assert ids == sorted(set(ids))


def test_what_is_written_is_what_is_read(submit):
    job = submit()
    spec = Spec(SMALL, QUICK, submitted=1.5)
    (job.path / "spec.json").unlink()
    job._write("spec.json", spec)
    assert job.spec() == spec


def ended(submit, job, state="done"):
    """End a job as a worker does: the result, then the process."""
    job.save_result(Result(state))
    return job


def test_only_one_training_of_a_visitor_is_in_the_queue(submit):
    mine = [submit(visitor="me") for _ in range(3)]
    yours = submit(visitor="you")
    assert queue.unfinished() == [mine[0].id, yours.id, mine[1].id, mine[2].id]
    assert queue.read(yours.id).jobs_ahead == 1
    assert queue_position.try_start(mine[0]) == 0
    assert queue_position.try_start(mine[1]) == 2
    ended(submit, mine[0])
    # My second gets in line now, behind yours.
    assert queue_position.try_start(mine[1]) == 1
    assert queue_position.try_start(yours) == 0
    theirs = submit(visitor="they")
    assert queue.unfinished() == [yours.id, mine[1].id, theirs.id, mine[2].id]


def test_no_visitor_has_two_running_even_where_two_may_run(submit, monkeypatch):
    monkeypatch.setenv("MNIST_TRAININGS_AT_ONCE", "2")
    first, second = submit(visitor="me"), submit(visitor="me")
    assert queue_position.try_start(first) == 0
    assert queue_position.try_start(second) == 1
    ended(submit, first)
    assert queue_position.try_start(second) == 0


def test_the_wait_is_what_the_jobs_ahead_still_need(submit):
    first, second, third = submit(), submit(), submit()
    queue_position.try_start(first)
    first.reports.add(Event("training", replace(report(3), seconds_left=100.0)))
    assert queue.read(first.id).wait_seconds is None
    assert queue.read(second.id).wait_seconds == pytest.approx(100)
    assert 100 < queue.read(third.id).wait_seconds < 130


def test_the_wait_is_no_longer_than_the_jobs_ahead_may_take(submit):
    first, second, third = submit(most_seconds=5), submit(most_seconds=0.5), submit()
    queue_position.try_start(first)
    first.reports.add(Event("training", replace(report(3), seconds=2.0, seconds_left=100.0)))
    assert queue.read(second.id).wait_seconds == pytest.approx(3)
    assert queue.read(third.id).wait_seconds == pytest.approx(3 + 10, abs=0.6)


def test_several_jobs_read_at_once_are_as_each_read_alone(submit):
    jobs = [submit(visitor="me"), submit(visitor="you"), submit(visitor="me"), submit()]
    queue_position.try_start(jobs[0])
    ended(submit, jobs[3])
    ids = [job.id for job in jobs]
    assert queue.read_several([*ids, "none"]) == {each: queue.read(each) for each in ids}


def test_what_was_asked_for_before_there_was_a_limit_still_opens(submit):
    job = submit(most_seconds=5)
    file = job.path / "spec.json"
    assert job.spec().most_seconds == 5
    fields = json.loads(file.read_text())
    del fields["most_seconds"]
    file.write_text(json.dumps(fields))
    assert queue.read(job.id).most_seconds is None


def test_a_series_is_queued_whole_or_not_at_all(submit, monkeypatch):
    monkeypatch.setenv("MNIST_QUEUE_LIMIT", "4")
    seeds = [replace(QUICK, seed=seed) for seed in range(3)]
    ids = admission.submit_series(SMALL, seeds, visitor="me", start=submit.start)
    assert [queue.read(each).settings.seed for each in ids] == [0, 1, 2]
    (series,) = {queue.read(each).series for each in ids}
    specs = dict(queue.specs())
    assert list(specs) == ids[::-1]
    assert {(spec.series, spec.visitor) for spec in specs.values()} == {(series, "me")}
    with pytest.raises(queue.QueueFull):
        admission.submit_series(SMALL, seeds, start=submit.start)
    assert queue.unfinished() == ids


@pytest.mark.parametrize("visitor", [None, "me"])
@pytest.mark.parametrize("fails", [0, 2])
def test_a_series_that_does_not_fit_on_the_disk_leaves_nothing(
    submit, models_directory, monkeypatch, visitor, fails
):
    write, written = JobDirectory._write, []

    def fill_up(self, name, value, **how):
        if name == "spec.json":
            written.append(name)
            if len(written) > fails:
                raise OSError(28, "No space left on device")
        write(self, name, value, **how)

    monkeypatch.setattr(JobDirectory, "_write", fill_up)
    seeds = [replace(QUICK, seed=seed) for seed in range(4)]
    with pytest.raises(OSError, match="No space"):
        admission.submit_series(SMALL, seeds, visitor=visitor, start=submit.start)
    assert submit.processes == []
    assert [path.name for path in (models_directory / ".jobs").iterdir()] == [".lock"]


def test_a_series_whose_last_worker_cannot_be_started_is_taken_back(submit):
    def start(path):
        if len(submit.processes) == 2:
            raise OSError(12, "Cannot allocate memory")
        return submit.start(path)

    seeds = [replace(QUICK, seed=seed) for seed in range(4)]
    with pytest.raises(OSError, match="could not be started"):
        admission.submit_series(SMALL, seeds, start=start)
    assert [queue.read(each).state for each, _ in queue.specs()] == ["stopping", "stopping"]


def test_a_later_job_stays_behind_when_the_clock_is_set_back(submit, monkeypatch):
    first = submit(visitor="one")
    clock = time.time_ns
    monkeypatch.setattr("time.time_ns", lambda: clock() - 3600 * 10**9)
    second, third = submit(visitor="two"), submit(visitor="three")
    assert queue.unfinished() == [first.id, second.id, third.id]


def test_a_job_is_not_new_for_hours_when_the_clock_is_set_back(submit):
    job = submit()
    (job.path / "process.json").unlink()
    in_two_hours = time.time() + 7200
    os.utime(job.path, (in_two_hours, in_two_hours))
    assert queue.read(job.id).state == "interrupted"
    assert queue.unfinished() == []


def test_a_worker_saves_models_where_this_process_does(models_directory, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MNIST_MODELS", "models")
    asked = tmp_path / "asked.py"
    asked.write_text("from mnist_core import store\nprint(store.local_directory())\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with (tmp_path / "said").open("wb") as said:
        assert processes.start("asked", output=said).wait(120) == 0
    assert (tmp_path / "said").read_text().strip() == str(models_directory)


def test_only_the_same_network_can_start_from_a_model(submit):
    with pytest.raises(ValueError, match="different layers"):
        admission.submit(SMALL, QUICK, started_from="cnn-larger", start=submit.start)
    with pytest.raises(ValueError, match="not here any more"):
        admission.submit(SMALL, QUICK, started_from="../cnn-larger", start=submit.start)


def test_a_training_can_start_from_a_renamed_model(submit, models_directory):
    shutil.copytree(store.SHIPPED / "cnn-larger", models_directory / "mine")
    notes.rename("mine", "ours")
    recipe = recipes.get("cnn-larger")
    job = admission.submit(recipe, recipe.settings, started_from="mine", start=submit.start)
    assert queue.read(job).started_from == "ours"


def test_the_model_to_start_from_is_not_deleted_to_make_room(
    submit, models_directory, model, monkeypatch
):
    for name, age in (("mine", 60), ("other", 0)):
        model(name, age)
        with (models_directory / name / "more").open("wb") as file:
            file.truncate(5_000_000)
    monkeypatch.setenv("MNIST_DISK_MB", "10")
    recipe = recipes.get("cnn-larger")
    admission.submit(recipe, recipe.settings, started_from="mine", start=submit.start)
    assert own_models() == ["mine"]


POSITION = Position(2, 1, 50, 20.0, 45.0, (FIGURES,), 1.5, 0.2, 7)


def at_work(job):
    """Let a job have learned one epoch and a bit of the next."""
    queue_position.try_start(job)
    job.reports.add(Event("loading"))
    job.reports.add(Event("training", report(3)))
    job.reports.add(Event("training", report(6, FIGURES)))
    job.reports.add(Event("training", replace(report(1), epoch=2)))
    checkpoint.write(job.checkpoint, Checkpoint(POSITION, []))
    job.reports.add(Event("training", replace(report(4), epoch=2)))


def killed(submit):
    submit.processes[-1].kill()
    submit.processes[-1].wait()


def all_killed(submit):
    for process in submit.processes:
        process.kill()
        process.wait()


def test_an_interrupted_job_resumes_behind_those_that_have_started(submit):
    first = submit()
    at_work(first)
    killed(submit)
    second = submit()
    assert queue_position.try_start(second) == 0
    (first.path / "checkpoint.7-abcd.draft").write_bytes(b"half of")
    queue.resume(first.id, start=submit.start)
    assert not list(first.path.glob("*.draft"))
    state = queue.read(first.id)
    assert (state.state, state.jobs_ahead, state.can_resume) == ("queued", 1, False)
    assert state.history == (FIGURES,)
    with pytest.raises(ValueError, match="was not interrupted"):
        queue.resume(first.id, start=submit.start)
    ended(submit, second)
    assert queue_position.try_start(first) == 0


def test_reports_beyond_the_checkpoint_are_taken_back(submit):
    job = submit()
    at_work(job)
    job.reports.rewind(POSITION)
    assert [(each.epoch, each.step) for each in queue.read(job.id).reports] == [
        (1, 3),
        (1, 6),
        (2, 1),
    ]
    # Killed between keeping the checkpoint of an epoch's end and telling of it.
    second = EpochFigures(2, 0.4, 0.91, 0.3, 0.96)
    job.reports.rewind(replace(POSITION, epoch=3, step=0, images=0, history=(FIGURES, second)))
    assert queue.read(job.id).history == (FIGURES, second)
    job.reports.rewind(None)
    assert queue.read(job.id).reports == ()


def test_only_what_can_continue_is_resumed(submit):
    for state in ("done", "stopped", "failed"):
        job = ended(submit, submit(), state)
        with pytest.raises(ValueError, match="cannot continue"):
            queue.resume(job.id, start=submit.start)


def test_a_resumed_job_whose_worker_cannot_be_started_can_be_resumed_again(submit):
    job = submit()
    killed(submit)

    def start(path):
        raise OSError(12, "Cannot allocate memory")

    with pytest.raises(OSError, match="could not be started"):
        queue.resume(job.id, start=start)
    assert (queue.read(job.id).state, queue.read(job.id).can_resume) == ("interrupted", True)
    queue.resume(job.id, start=submit.start)
    assert queue.read(job.id).state == "queued"


def test_jobs_that_were_queued_when_the_computer_was_shut_down_are_queued_again(submit):
    working, *waiting = (submit(visitor=who) for who in ("a", "b", "c"))
    at_work(working)
    asked_to_stop = submit(visitor="d")
    queue.stop(asked_to_stop.id)
    all_killed(submit)
    # Whom the system asks to end before it does, writes that down.
    waiting[0].save_result(Result("interrupted", message="The computer ended this training."))
    assert {queue.read(job.id).state for job in (working, *waiting)} == {"interrupted"}

    begun = queue.requeue_after_restart(start=submit.start)
    assert begun == [job.id for job in waiting]
    assert queue.read(working.id).state == "interrupted"
    assert [queue.read(job.id).state for job in waiting] == ["queued", "queued"]
    assert [queue.read(job.id).jobs_ahead for job in waiting] == [0, 1]
    assert not queue.requeue_after_restart(start=submit.start)


def test_old_and_damaged_jobs_are_not_queued_again(submit, monkeypatch):
    submit()
    damaged = submit()
    all_killed(submit)
    (damaged.path / "spec.json").write_text("{")
    monkeypatch.setattr(queue, "_LONGEST_WAIT_SECONDS", 0.0)
    assert not queue.requeue_after_restart(start=submit.start)


def test_queued_jobs_stay_interrupted_if_no_process_can_be_started(submit):
    jobs_there = [submit(visitor=who) for who in "ab"]
    all_killed(submit)

    def start(path):
        raise OSError(12, "Cannot allocate memory")

    assert not queue.requeue_after_restart(start=start)
    assert all(queue.read(job.id).can_resume for job in jobs_there)


def test_pause_and_unpause(submit):
    job = submit()
    at_work(job)
    queue.pause(job.id)
    assert (queue.read(job.id).state, job.control.read().paused) == ("pausing", True)
    job.reports.add(Event("training", replace(report(4), epoch=2, paused=True)))
    assert (state := queue.read(job.id)).state == "paused"
    assert not state.is_over
    queue.unpause(job.id, start=submit.start)
    assert queue.read(job.id).state == "running"
    assert len(submit.processes) == 1

    queue.pause(job.id)
    job.save_result(Result("paused"))
    killed(submit)
    assert queue.unfinished() == []
    assert queue.read(job.id).state == "paused"
    queue.unpause(job.id, start=submit.start)
    assert queue.read(job.id).state == "queued"
    assert not job.control.read().paused


def test_a_paused_job_without_a_process_comes_back_to_be_stopped(submit):
    job = submit()
    at_work(job)
    queue.pause(job.id)
    job.save_result(Result("paused"))
    killed(submit)
    queue.stop(job.id, start=submit.start)
    assert queue.unfinished() == [job.id]
    assert queue.read(job.id).state == "stopping"
    assert job.control.read() == RunControl(stop=True)


def test_what_is_asked_of_a_job_is_what_its_worker_reads(submit):
    job = submit()
    assert job.control.read() == RunControl()
    queue.change_learning_rate(job.id, 0.5)
    queue.pause(job.id)
    queue.stop(job.id)
    assert job.control.read() == RunControl(stop=True, paused=True, learning_rate=0.5)
    assert queue.read(job.id).learning_rate == 0.5
    for rate in (0, -1, 11, float("nan")):
        with pytest.raises(ValueError, match="learning rate"):
            queue.change_learning_rate(job.id, rate)
    (job.path / "control.json").write_bytes(b"{")
    assert job.control.read() == RunControl(stop=True)


def test_two_pages_that_ask_for_different_things_both_get_them(submit, monkeypatch):
    job = submit()
    read, met = Control.read, threading.Barrier(2)

    def read_and_dawdle(self):
        found = read(self)
        # Were both let in at once, each would know nothing of what the other asks for.
        with suppress(threading.BrokenBarrierError):
            met.wait(0.3)
        return found

    monkeypatch.setattr(Control, "read", read_and_dawdle)
    with ThreadPoolExecutor(2) as pool:
        asked = [
            pool.submit(queue.pause, job.id),
            pool.submit(queue.change_learning_rate, job.id, 0.5),
        ]
    for each in asked:
        each.result()
    assert read(job.control) == RunControl(paused=True, learning_rate=0.5)


def test_a_job_is_done_by_one_process(submit):
    job = submit()
    mine, other = submit.processes[0], submit.start(job.path)
    # What both find is what the first that came noted.
    assert job.claim(mine.pid)
    assert not job.claim(other.pid)
    assert not JobDirectory(job.path).claim(os.getpid())
    assert json.loads((job.path / "process.json").read_bytes())["pid"] == mine.pid
    mine.kill()
    mine.wait()
    assert job.claim(other.pid)
    job.save_result(Result("interrupted"))
    assert not job.claim(os.getpid()), "what is over is nobody's"


def test_one_of_many_processes_at_once_does_the_job(submit):
    job = submit()
    (job.path / "process.json").unlink()
    others = [submit.start(job.path) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        may = [*pool.map(job.claim, [each.pid for each in others])]
    assert may.count(True) == 1
    noted = json.loads((job.path / "process.json").read_bytes())["pid"]
    assert noted == others[may.index(True)].pid


def test_a_job_whose_worker_claims_it_late_is_not_done_twice(submit, monkeypatch):
    """Its server was killed before it claimed the job for the worker it had started."""
    job = submit()
    (job.path / "process.json").unlink()
    os.utime(job.path, (1, 1))
    result = job.result()
    assert result.state == "interrupted"
    job.claim(submit.processes[0].pid)
    monkeypatch.setattr(JobDirectory, "result", lambda self: result)
    assert queue.requeue_after_restart(start=submit.start) == []
    with pytest.raises(ValueError, match="was not interrupted"):
        queue.resume(job.id, start=submit.start)
    assert len(submit.processes) == 1


def test_a_training_on_drawings_cannot_pause_or_resume(submit):
    job = submit()
    (job.path / "spec.json").unlink()
    job._write("spec.json", Spec(SMALL, QUICK, 1.5, "cnn-larger", learns_drawings=True))
    with pytest.raises(ValueError, match="cannot pause"):
        queue.pause(job.id)
    assert not job.control.read().paused
    killed(submit)
    assert (queue.read(job.id).state, queue.read(job.id).can_resume) == ("interrupted", False)


def test_a_killed_job_gets_a_result_so_that_its_checkpoint_may_go(submit):
    job = submit()
    at_work(job)
    killed(submit)
    assert not (job.path / "result.json").exists()
    submit()
    assert (job.path / "result.json").exists()
    assert queue.read(job.id).can_resume


def test_the_last_epoch_says_of_the_test_images_what_the_saved_model_says(submit):
    job = submit()
    second = replace(FIGURES, epoch=2)
    for figures in (FIGURES, second):
        job.reports.add(Event("training", replace(report(6, figures), epoch=figures.epoch)))
    job.save_result(Result("done", model="small-run-1", test_accuracy=0.9823))
    history = queue.read(job.id).history
    assert history == (FIGURES, replace(second, test_accuracy=0.9823))
