"""Gathers what a class found, from what it sent in each step: for the sheet, and as a table."""

from collections.abc import Iterator
from datetime import date
from functools import partial

import numpy as np
from numpy.typing import NDArray

from mnist_core.classroom.ambiguous_digits import ELEMENTS
from mnist_core.classroom.class_lesson import Change
from mnist_core.classroom.findings import Count, Findings, Guessed, Hit, Taught
from mnist_core.classroom.networks_to_choose import TITLES as TITLES_OF_NETWORKS
from mnist_core.classroom.training_round import ranking
from mnist_core.data.dataset import CLASSES, TEST_IMAGES
from mnist_core.language import translation
from mnist_core.language.translation import _
from mnist_core.models import store
from mnist_core.system.csv_file import csv_file
from ui.classroom import class_results, class_round, pictures
from ui.classroom.class_page import ClassPage, as_it_is
from ui.classroom.steps import guess
from ui.classroom.training import class_job
from ui.classroom.training.class_trainings import runners
from ui.shell import cached
from ui.shell.network_words import title_of

WRITE = "write"
TITLES = (
    "step", "person", "number", "label", "answer", "network", "test accuracy", "pixels",
)  # fmt: skip
Row = tuple[str, int, str | int, int | None, int | str | None, str | None, float | None, str | None]


def as_found(page: ClassPage) -> str:
    """Another text whenever there is something new in the room, or a training has come further."""
    job = class_job.job_of(page)
    trained = [(one.job, one.accuracy) for one in runners(page)]
    taught = None if job is None else (job.id, job.model)
    return repr((as_it_is(page), str(store.local_directory()), trained, taught))


def collect(page: ClassPage) -> Findings:
    """All that this class found, in nobody's name."""
    key = ("findings", as_found(page), translation.current())
    found: Findings = cached.shared(key, partial(_collected, page))
    return found


def _collected(page: ClassPage) -> Findings:
    written = pictures.of_step(page, WRITE)
    results = class_results.of(page, WRITE) if written else None
    hardest = results.difficulties[0] if results and results.predictions else None
    return Findings(
        date.fromtimestamp(page.room.created),
        len(page.people),
        guessed=[_guessed(page, part) for part in range(len(ELEMENTS))],
        labels=results.labels if results else np.zeros(0, np.int64),
        images=results.images if results else np.zeros((0, 28, 28), np.uint8),
        networks=_networks(results) if results else (),
        hardest=hardest.label if hardest is not None and hardest.wrong else None,
        is_hardest_by_luck=results is not None
        and any(one.is_close and one.answers for one in results.difficulties[1:]),
        hits=_hits(page),
        trainings=_trainings(page),
        taught=_taught(page),
    )


def _guessed(page: ClassPage, part: int) -> Guessed:
    element, votes = ELEMENTS[part], np.zeros(CLASSES, np.int64)
    for digit, count in guess.votes_on(page, part).items():
        votes[digit] = count
    return Guessed(guess.image_of(element), guess.label_of(element), votes)


def _networks(results: class_results.ClassResults) -> list[Count]:
    return [Count(title_of(one.name), one.correct, one.count) for one in results.scores]


def _hits(page: ClassPage) -> list[Hit]:
    found = []
    for entry in class_round.current(page).hits:
        drawing = entry.attempt.drawing
        image = drawing.image if drawing.canvas is None else drawing.canvas
        people = Count("", entry.as_meant, len(entry.readings))
        found.append(Hit(image, drawing.label, entry.attempt.said, people))
    return found


def _trainings(page: ClassPage) -> list[Count]:
    return [
        Count(
            _(TITLES_OF_NETWORKS.get(one.runner.kind, one.runner.kind)),
            round((one.runner.accuracy or 0.0) * TEST_IMAGES),
            TEST_IMAGES,
        )
        for one in ranking(runners(page))
    ]


def _taught(page: ClassPage) -> Taught | None:
    job = class_job.job_of(page)
    if job is None or job.model is None:
        return None
    examined = class_job.exam(page).examined
    before = class_job.network(page)
    ours = class_job.change(examined, before, job.model)
    mnist = class_job.test_change(before, job.model)
    if ours is None or mnist is None:
        return None
    title = title_of(before)
    return Taught(title, *_counts(ours), *_counts(mnist))


def _counts(change: Change) -> tuple[Count, Count]:
    before, after = change.correct
    return Count("", before, len(change.labels)), Count("", after, len(change.labels))


def table(page: ClassPage) -> bytes:
    """All that the class sent as CSV, a row each, for the lesson after; people are numbers.

    The columns are `TITLES`: "number" counts the digits of a person in a step, "label" is what was
    meant, "answer" what a person or a network said, and "pixels" are 784 numbers from 0 to 255.
    """
    return csv_file(TITLES, _rows(page))


def _rows(page: ClassPage) -> Iterator[Row]:
    numbers = {one.id: one.number + 1 for one in page.people}
    for one in page.sent(guess.NAME):
        digit = guess.guessed_digit(one.payload)
        if one.person in numbers and one.slot.isdigit() and digit is not None:
            label = guess.label_of(ELEMENTS[int(one.slot) % len(ELEMENTS)])
            yield guess.NAME, numbers[one.person], int(one.slot) + 1, label, digit, None, None, None
    yield from _written(page, numbers)
    yield from _fooled(page, numbers)
    for runner in runners(page):
        if runner.person in numbers:
            accuracy = runner.accuracy
            yield "train", numbers[runner.person], 1, None, None, runner.kind, accuracy, None


def _written(page: ClassPage, numbers: dict[int, int]) -> Iterator[Row]:
    shown = pictures.of_step(page, WRITE)
    predictions = class_results.of(page, WRITE).predictions if shown else {}
    for position, one in enumerate(shown):
        if one.person not in numbers:
            continue
        who, label, pixels = numbers[one.person], one.drawing.label, _pixels(one.drawing.image)
        yield WRITE, who, one.slot, label, None, None, None, pixels
        for name, said in predictions.items():
            yield WRITE, who, one.slot, label, int(said[position]), name, None, None


def _fooled(page: ClassPage, numbers: dict[int, int]) -> Iterator[Row]:
    name = class_round.NAME
    for entry in class_round.current(page).entries.values():
        if entry.person not in numbers:
            continue
        drawing, said = entry.attempt.drawing, entry.attempt.said
        who, network = numbers[entry.person], entry.attempt.network
        yield name, who, entry.id, drawing.label, said, network, None, _pixels(drawing.image)
        for reader, answer in entry.readings.items():
            if reader in numbers:
                yield name, numbers[reader], entry.id, drawing.label, answer, None, None, None


def _pixels(image: NDArray[np.uint8]) -> str:
    return " ".join(map(str, image.ravel().tolist()))
