"""The trainings of a class as they are now, read once a second for all pages of this process."""

from dataclasses import replace
from functools import partial

from mnist_core.analysis.evaluation import evaluate
from mnist_core.classroom.room import Contribution
from mnist_core.classroom.training_round import Entry, Runner, pack_correct, read_entry
from mnist_core.jobs import queue
from mnist_core.jobs.queue import JobState
from mnist_core.models import store
from mnist_core.models.store import BrokenModel
from mnist_core.training.progress import Progress
from ui.classroom.class_page import ClassPage
from ui.shell import cached

NAME, SLOT = "train", "job"
"""The step, and the slot of a person's training in it."""

_Known = tuple[int, str, str, str]
"""Person, kind, the job's id and that of the job before it."""


def runners(page: ClassPage) -> tuple[Runner, ...]:
    """Everybody's training, in the order in which they began."""
    directory, entries = str(store.local_directory()), _entries(page.sent(NAME))
    found: tuple[Runner, ...] = cached.for_a_second(
        ("runners", directory, entries), partial(_look, directory, entries)
    )
    return found


def runner_of(page: ClassPage) -> Runner | None:
    """This person's training, or None."""
    found = [one for one in runners(page) if page.person and one.person == page.person.id]
    return found[0] if found else None


def entry_of(page: ClassPage) -> Entry | None:
    """What this person has sent last."""
    return read_entry(page.mine(NAME).get(SLOT, b""))


def _entries(sent: list[Contribution]) -> tuple[_Known, ...]:
    found = [
        (one.person, entry.kind, entry.job, entry.before)
        for one in sent
        if one.slot == SLOT and (entry := read_entry(one.payload)) is not None
    ]
    return tuple(sorted(found, key=lambda known: known[2]))


def _look(directory: str, entries: tuple[_Known, ...]) -> tuple[Runner, ...]:
    by_job = {job: kind for _person, kind, now, before in entries for job in (now, before) if job}
    ended = queue.ended(by_job)
    states = queue.read_several([job for job in by_job if job not in ended]) if by_job else {}
    found = {
        # Of one that has ended nothing changes any more, unless it is resumed.
        job: cached.shared(("runner", directory, job, ended[job]), partial(_ended, kind, job))
        if job in ended
        else _runner(kind, job, states.get(job))
        for job, kind in by_job.items()
    }
    return tuple(
        replace(found[now], person=person, counts=_counts(found.get(before), person))
        for person, _kind, now, before in entries
    )


def _counts(before: Runner | None, person: int) -> Runner | None:
    return replace(before, person=person) if before and before.accuracy is not None else None


def _ended(kind: str, job: str) -> Runner:
    return _runner(kind, job, queue.read_several([job]).get(job))


def _runner(kind: str, job: str, state: JobState | None) -> Runner:
    if state is None:
        return Runner(0, kind, "failed", job)
    first = state.reports[0].seconds if state.reports else 0.0
    curve = tuple(
        (report.seconds - first, accuracy)
        for report in state.reports
        if (accuracy := _accuracy(report)) is not None
    )
    if state.state == "queued":
        return Runner(0, kind, "waiting", job, state.jobs_ahead, state.wait_seconds)
    if not state.is_over:
        return Runner(0, kind, "running", job, 0, _seconds_left(state), curve)
    if state.model is None:
        return Runner(0, kind, "failed", job, curve=curve, message=state.message)
    try:
        probabilities = store.test_probabilities(state.model)
    except (ValueError, BrokenModel):
        # Deleted meanwhile, or damaged.
        return Runner(0, kind, "failed", job, curve=curve, message=state.message)
    labels = cached.digits("test").labels
    accuracy = evaluate(probabilities, labels).accuracy
    last = state.reports[-1].seconds - first if state.reports else 0.0
    return Runner(
        0,
        kind,
        "done",
        job,
        curve=(*curve, (last, accuracy)),
        accuracy=accuracy,
        correct=pack_correct(probabilities.argmax(axis=1) == labels),
        ended=state.ended,
        model=state.model,
    )


def _accuracy(report: Progress) -> float | None:
    """On digits that it does not learn from: all test images after an epoch, some in between."""
    return report.figures.test_accuracy if report.figures else report.sampled_accuracy


def _seconds_left(state: JobState) -> float | None:
    progress = state.progress
    if progress is None or progress.seconds_left is None:
        return state.most_seconds
    most = state.most_seconds or progress.seconds + progress.seconds_left
    trained = progress.seconds - state.reports[0].seconds
    return max(0.0, min(progress.seconds_left, most - trained))
