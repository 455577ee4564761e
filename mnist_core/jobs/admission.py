"""What has to be done before a training stands in line: checks, room on the disk, its directory."""

import secrets
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from filelock import FileLock

from mnist_core.hands import fine_tuning_set
from mnist_core.hands.score import Handwriting
from mnist_core.jobs import queue
from mnist_core.jobs.directory import JobDirectory, Spec, in_order
from mnist_core.jobs.queue import Start
from mnist_core.models import disk_quota, notes, staging, store
from mnist_core.models.card import ModelCard
from mnist_core.networks import limits
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import Settings

_KEPT_JOBS = 200
# On disk: in `model.keras`, in `model.tflite`.
_BYTES_A_PARAMETER = 8


def submit(
    recipe: Recipe,
    settings: Settings,
    *,
    visitor: str | None = None,
    started_from: str | None = None,
    root: Path | None = None,
    start: Start | None = None,
) -> str:
    """Put a training in line and return its id.

    Args:
        recipe: which network.
        settings: how to train it.
        visitor: a random text that stands for who asks, so that everybody gets a turn; see `line`.
        started_from: the name of a model of the same network to go on from, now or before
            somebody renamed it; fresh if None.
        root: the directory of models it will be kept in; the store's local one by default.
        start: starts the worker's process for a job directory.

    Raises:
        jobs.QueueFull: `MNIST_QUEUE_LIMIT` (30) jobs are unfinished already.
        OSError: the disk is as good as full, or cannot be written; or QuotaExceeded.
        ValueError: the network is impossible or too large here, or there is no such model.
    """
    spec = Spec(recipe, settings, time.time(), started_from, visitor=visitor)
    return _submit([spec], None, root, start)[0]


def submit_series(
    recipe: Recipe,
    series: Sequence[Settings],
    *,
    visitor: str | None = None,
    started_from: str | None = None,
    root: Path | None = None,
    start: Start | None = None,
) -> list[str]:
    """Put several trainings of one network in line, all or none, and return their ids.

    Args:
        recipe: which network.
        series: how to train it, such as with three learning rates or five seeds.
        visitor: see `submit`.
        started_from: see `submit`.
        root: see `submit`.
        start: see `submit`.

    Raises:
        jobs.QueueFull, OSError, ValueError: see `submit`.
    """
    name, now = secrets.token_hex(8), time.time()
    specs = [
        Spec(recipe, settings, now, started_from, visitor=visitor, series=name)
        for settings in series
    ]
    return _submit(specs, None, root, start)


def submit_fine_tuning(
    model: ModelCard,
    drawn: Handwriting,
    *,
    visitor: str | None = None,
    root: Path | None = None,
    start: Start | None = None,
) -> str:
    """Put in line that a model learns from somebody's digits, and return the job's id.

    Args:
        model: what it starts from, as the store lists it.
        drawn: the hand; its first round is learned from, its second is judged.
        visitor: see `submit`.
        root: see `submit`.
        start: see `submit`.

    Raises:
        jobs.QueueFull, OSError: see `submit`.
        ValueError: there is nothing to learn from, or the network is too large.
    """
    learned = len(drawn.of_round(1))
    if not learned:
        raise ValueError("There is no drawing of the first round to learn from.")
    settings = fine_tuning_set.settings(learned)
    spec = Spec(model.recipe, settings, time.time(), model.name, learns_drawings=True)
    return _submit([replace(spec, visitor=visitor)], drawn, root, start)[0]


def _submit(
    specs: Sequence[Spec], drawn: Handwriting | None, root: Path | None, start: Start | None
) -> list[str]:
    specs = [_with_present_name(spec) for spec in specs]
    for spec in specs:
        _refuse_impossible(spec)
    root = (root or store.local_directory()).resolve()
    staging.check_can_save(root)
    home = queue.jobs_directory(root)
    home.mkdir(exist_ok=True)
    # One at a time: the line's order and length must be the same for everybody.
    with FileLock(home / ".lock"):
        queue.refuse_when_full(home, len(specs))
        # In this order: what is forgotten may be all the room it takes.
        _forget_old(home)
        needed = sum(_BYTES_A_PARAMETER * spec.recipe.parameters for spec in specs)
        wanted = [spec.started_from for spec in specs if spec.started_from is not None]
        disk_quota.make_room(root, needed, keep=wanted)
        created, begun = list[JobDirectory](), list[JobDirectory]()
        try:
            # All of them first: what has no process yet is taken back without a trace.
            for spec in specs:
                job = JobDirectory(home / _new_id())
                job.create(spec, drawn)
                created.append(job)
            for job in created:
                queue.begin(job, start)
                begun.append(job)
        except OSError:
            _take_back(created, begun)
            raise
    return [job.id for job in created]


def _take_back(created: list[JobDirectory], begun: list[JobDirectory]) -> None:
    """Have none of these in line: those with a process are asked to stop, the others go."""
    for job in created[len(begun) :]:
        # First: on a full disk this may be the room that the others need.
        with suppress(OSError):
            job.remove()
    for job in begun:
        with suppress(OSError):
            job.request_stop()


def _new_id() -> str:
    """Ids sort in the order of submission; the random end keeps strangers from guessing them."""
    now = time.time_ns()
    second = time.strftime("%Y%m%d-%H%M%S", time.gmtime(now // 1_000_000_000))
    return f"{second}-{now // 1000 % 1_000_000:06d}-{secrets.token_hex(4)}"


def _with_present_name(spec: Spec) -> Spec:
    if spec.started_from is None:
        return spec
    return replace(spec, started_from=notes.current_name(spec.started_from))


def _refuse_impossible(spec: Spec) -> None:
    """Before the line, not after the training."""
    if not store.is_name(f"{spec.recipe.name}-run-1000000"):
        raise ValueError("A recipe's name may have small letters, digits and hyphens.")
    limits.check(spec.recipe, spec.settings)
    if spec.started_from is None:
        return
    card = next((card for card in store.list_models() if card.name == spec.started_from), None)
    if card is None:
        raise ValueError("The network to start from is not here any more.")
    own, its = spec.recipe, card.recipe
    if (own.layers, own.members) != (its.layers, its.members):
        raise ValueError(f"{card.name} is another network; only its own kind can start from it.")


def _forget_old(home: Path) -> None:
    over = [job for job in in_order(home) if not job.is_unfinished]
    for place, job in enumerate(reversed(over)):
        # One that is damaged, or that somebody else removes, keeps nobody from training.
        with suppress(OSError, ValueError):
            if place >= _KEPT_JOBS:
                job.remove()
            else:
                _tidy(job)


def _tidy(job: JobDirectory) -> None:
    # Of those that were killed, too: then it can be seen that their checkpoints may go.
    if (result := job.result()) is not None:
        job.note_result(result)
    job.forget_drawings()
