"""The network that learns from a class: its training, and what it read before and after."""

from functools import partial

import msgspec
import numpy as np
from numpy.typing import NDArray

from mnist_core.classroom.class_lesson import NETWORKS, Change, Exam, divide
from mnist_core.classroom.networks_to_choose import TITLES
from mnist_core.classroom.room import State
from mnist_core.handwriting.score import Handwriting
from mnist_core.jobs import admission, queue
from mnist_core.jobs.queue import JobState
from mnist_core.language.translation import _
from mnist_core.models import store
from mnist_core.models.store import BrokenModel
from ui.classroom import pictures
from ui.classroom.class_page import ClassPage, classes, say
from ui.classroom.training import start
from ui.shell import cached
from ui.visitors import client

NAME = "teach"
_MOST_JOBS = 10


def network(page: ClassPage) -> str:
    """The name of the network that is taught: chosen by the teacher, else taught last."""
    state = page.room.state
    # In another step this is something else: whoever runs ahead is here before the class.
    if state.step == NAME and state.chosen is not None and 0 <= state.chosen < len(NETWORKS):
        return NETWORKS[state.chosen]
    last = state_of(state.jobs[-1]) if state.jobs else None
    name = last.started_from if last else None
    return name if name in NETWORKS else NETWORKS[0]


def title_of(name: str) -> str:
    """What people call it."""
    return _(TITLES[name])


def exam(page: ClassPage) -> Exam:
    """The class's digits, divided; worked out once for each change in the room."""
    found: Exam = cached.shared(
        ("exam", str(store.local_directory()), page.code, page.room.revision),
        partial(_divided, page),
    )
    return found


def _divided(page: ClassPage) -> Exam:
    numbers = {one.id: one.number for one in page.people}
    found = pictures.of_step(page, "write")
    return divide(
        page.code,
        [(one.person, numbers[one.person], one.drawing) for one in found if one.person in numbers],
    )


def job_of(page: ClassPage) -> JobState | None:
    """The latest training of the network that is chosen; None if it has not been taught."""
    for job in reversed(page.room.state.jobs):
        state = state_of(job)
        if state is not None and state.started_from == network(page):
            return state
    return None


def state_of(job: str) -> JobState | None:
    """A training as it was a second ago at most; None if it is gone."""
    found: JobState | None = cached.for_a_second(
        ("job", str(store.local_directory()), job), partial(_read, job)
    )
    return found


def _read(job: str) -> JobState | None:
    try:
        return queue.read(job)
    except ValueError:
        return None


def answers(name: str, images: NDArray[np.uint8]) -> NDArray[np.int64] | None:
    """What a network reads in images `(n, 28, 28)`: int64 `(n,)`; None if it cannot be opened."""
    if not len(images):
        return np.zeros(0, np.int64)
    try:
        found: NDArray[np.int64] = cached.probabilities(name, images).argmax(axis=1)
        return found
    except (ValueError, BrokenModel):
        return None


def change(drawn: Handwriting, before: str, after: str | None) -> Change | None:
    """What networks read in digits before and after; None if one of them is gone."""
    first = answers(before, drawn.images)
    then = first if after is None else answers(after, drawn.images)
    if first is None or then is None:
        return None
    return Change(drawn.labels, first, then)


def test_change(before: str, after: str | None) -> Change | None:
    """The same of MNIST's test images."""
    try:
        first = cached.test_probabilities(before).argmax(axis=1)
        then = first if after is None else cached.test_probabilities(after).argmax(axis=1)
    except (ValueError, BrokenModel):
        return None
    return Change(cached.digits("test").labels.astype(np.int64), first, then)


def teach(page: ClassPage) -> None:
    """Queue the lesson, for the whole class; a callback of the teacher's button."""
    divided, name = exam(page), network(page)
    if refusal := start.why_not(page):
        say(refusal)
        return
    card, seen = cached.card_of(name), page.room.state.jobs
    if not divided.is_enough or card is None:
        say(too_few())
        return
    try:
        job = admission.submit_fine_tuning(
            card,
            divided.drawn,
            visitor=f"class {page.code}",
            guest=client.guest(),
            start=cached.warm_pool().start,
        )
    except (queue.QueueFull, OSError, ValueError) as problem:
        say(str(problem))
        return

    def add(state: State) -> State:
        # Another device may have begun at the same moment.
        if state.jobs != seen:
            return state
        return msgspec.structs.replace(state, jobs=(*seen, job)[-_MOST_JOBS:])

    room = classes().steer(page.code, add)
    if room is None or job not in room.state.jobs:
        queue.stop(job)


def too_few() -> str:
    """Why there is nothing to teach."""
    return _(
        "It takes ten digits at least: seven to learn from and three for the exam. Write first."
    )
