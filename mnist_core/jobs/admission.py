"""Admission to the queue: the checks, the room on the disk, and the job's directory."""

import secrets
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from mnist_core.handwriting import fine_tuning_set
from mnist_core.handwriting.score import Handwriting
from mnist_core.jobs import (
    clean_up,
    launch,
    queue,
    queue_position,
    training_rules,
    trainings_per_visitor,
)
from mnist_core.jobs.directory import JobDirectory, list_jobs
from mnist_core.jobs.launch import Start
from mnist_core.jobs.queue_order import QueueEntry
from mnist_core.jobs.spec import Spec
from mnist_core.models import disk_quota, notes, staging, store
from mnist_core.models.card import ModelCard
from mnist_core.networks import size_limits
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import Settings
from mnist_core.system import events
from mnist_core.system.guest import Guest

# On disk: in `model.keras` and in `model.tflite`.
_BYTES_A_PARAMETER = 8


def submit(
    recipe: Recipe,
    settings: Settings,
    *,
    visitor: str | None = None,
    guest: Guest | None = None,
    started_from: str | None = None,
    own_digit: NDArray[np.uint8] | None = None,
    most_seconds: float | None = None,
    root: Path | None = None,
    start: Start | None = None,
) -> str:
    """Put a training in the queue and return its id.

    Args:
        recipe: which network.
        settings: how to train it.
        visitor: a text that stands for who asks; see `queue_order`.
        guest: who asks, if it is a visitor of a hosted server; None for the computer's owner.
        started_from: the present or a former name of a model of the same network whose weights it
            starts from; None for fresh weights.
        own_digit: a digit of the visitor's to read while it trains, uint8 `(28, 28)`.
        most_seconds: see `Spec`.
        root: the directory of models it will be saved in; the store's local one by default.
        start: starts the worker's process for a job directory.

    Raises:
        QueueFull: `MNIST_QUEUE_LIMIT` (60) jobs are unfinished already.
        OSError: the disk is nearly full or cannot be written; `QuotaExceeded` is one of these.
        TrainingRefused: nobody may train here, or the guest has had enough for now.
        ValueError: the network is impossible or too large, or there is no such model.
    """
    now = time.time()
    spec = Spec(recipe, settings, now, started_from, visitor=visitor, most_seconds=most_seconds)
    return _submit([spec], None, guest, root, start, own_digit)[0]


def submit_series(
    recipe: Recipe,
    series: Sequence[Settings],
    *,
    visitor: str | None = None,
    guest: Guest | None = None,
    started_from: str | None = None,
    root: Path | None = None,
    start: Start | None = None,
) -> list[str]:
    """Put several trainings of one network in the queue, all or none, and return their ids.

    `series` has the settings of each, such as three learning rates or five seeds. The other
    parameters and the exceptions are those of `submit`.
    """
    name, now = secrets.token_hex(8), time.time()
    specs = [
        Spec(recipe, settings, now, started_from, visitor=visitor, series=name)
        for settings in series
    ]
    return _submit(specs, None, guest, root, start)


def submit_fine_tuning(
    model: ModelCard,
    drawn: Handwriting,
    *,
    visitor: str | None = None,
    guest: Guest | None = None,
    root: Path | None = None,
    start: Start | None = None,
) -> str:
    """Put the fine-tuning of a model on somebody's digits in the queue, and return the job's id.

    It learns from the first round of the digits and is judged on the second. The other parameters
    and the exceptions are those of `submit`; ValueError also if the first round is empty.
    """
    learned = len(drawn.of_round(1))
    if not learned:
        raise ValueError("There is no drawing of the first round to learn from.")
    settings = fine_tuning_set.settings(learned)
    spec = Spec(model.recipe, settings, time.time(), model.name, True, visitor)
    return _submit([spec], drawn, guest, root, start)[0]


def _submit(
    specs: Sequence[Spec],
    drawn: Handwriting | None,
    guest: Guest | None,
    root: Path | None,
    start: Start | None,
    own_digit: NDArray[np.uint8] | None = None,
) -> list[str]:
    training_rules.raise_if_no_training()
    specs = [
        replace(
            spec,
            started_from=spec.started_from and notes.current_name(spec.started_from),
            owner=guest.visitor if guest else None,
        )
        for spec in specs
    ]
    for spec in specs:
        _check(spec)
    root = (root or store.local_directory()).resolve()
    staging.check_can_save(root)
    home = queue.jobs_directory(root)
    home.mkdir(exist_ok=True)
    # One at a time: everybody must see the same order and length of the queue. Thirty who press
    # Train at once wait for each other, so a free lock is to be noticed soon.
    created, started = list[JobDirectory](), list[JobDirectory]()
    try:
        with FileLock(home / ".lock", poll_interval=0.01):
            entries = _make_room(specs, guest, home)
            # All of them first: what has no process yet can be removed without a trace.
            for spec in specs:
                job = JobDirectory(home / _new_id())
                job.create(spec, drawn, own_digit)
                created.append(job)
            for job in created:
                queue_position.join(job, entries)
                entries.append(queue_position.queue_entry(job))
        # Their places are taken, so nobody else has to wait for their processes.
        for job in created:
            launch.start_process(job, start)
            started.append(job)
    except OSError:
        _undo(created, started)
        raise
    return [job.id for job in created]


def _make_room(specs: Sequence[Spec], guest: Guest | None, home: Path) -> list[QueueEntry]:
    """Make room for these jobs, if they may join the queue; the entries that are there already."""
    jobs = list_jobs(home)
    # Each job is looked at once: of thirty, that takes a hundredth of a second and more.
    unfinished = {job.id for job in jobs if job.is_unfinished}
    queue.raise_if_full(len(unfinished), len(specs))
    entries = queue_position.entries(job for job in jobs if job.id in unfinished)
    if guest is not None:
        trainings_per_visitor.raise_if_queue_is_theirs(guest, len(specs), entries)
        trainings_per_visitor.raise_if_too_many(guest, len(specs), home)
    # First, as this may already free all the room it takes.
    clean_up.remove_ended(job for job in jobs if job.id not in unfinished)
    needed = sum(_BYTES_A_PARAMETER * spec.recipe.parameters for spec in specs)
    wanted = [spec.started_from for spec in specs if spec.started_from is not None]
    disk_quota.make_room(home.parent, needed, keep=wanted)
    return entries


def _undo(created: list[JobDirectory], started: list[JobDirectory]) -> None:
    """Ask the jobs that have a process to stop, and remove the others."""
    for job in created[len(started) :]:
        # First: on a full disk this may be the room that the others need.
        with suppress(OSError):
            job.remove()
    for job in started:
        with suppress(OSError):
            job.control.request_stop()


def _new_id() -> str:
    """An id that sorts in the order of submission; strangers cannot guess its random end."""
    now = time.time_ns()
    second = time.strftime("%Y%m%d-%H%M%S", time.gmtime(now // 1_000_000_000))
    return f"{second}-{now // 1000 % 1_000_000:06d}-{secrets.token_hex(16)}"


def _check(spec: Spec) -> None:
    """Refuse before the queue what could not be trained or saved after it."""
    if not store.is_name(f"{spec.recipe.name}-run-1000000"):
        raise ValueError("A recipe's name may have small letters, digits and hyphens.")
    try:
        size_limits.check(spec.recipe, spec.settings)
    except size_limits.LimitExceeded as problem:
        events.refused(problem.setting)
        raise
    if spec.started_from is None:
        return
    card = next((card for card in store.list_models() if card.name == spec.started_from), None)
    if card is None:
        raise ValueError("The network to start from is not here any more.")
    own, its = spec.recipe, card.recipe
    if (own.layers, own.members) != (its.layers, its.members):
        raise ValueError(f"{card.name} has different layers; this network cannot start from it.")
