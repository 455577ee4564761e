"""Starting a person's training, and the right of a class to train."""

import zlib
from contextlib import suppress

from mnist_core.classroom.training_round import Entry, settings_within, write_entry
from mnist_core.jobs import admission, queue
from mnist_core.language.translation import _
from mnist_core.networks.recipes import Recipe
from ui.classroom import lesson
from ui.classroom.class_page import ClassPage, say
from ui.classroom.training.class_trainings import NAME, SLOT, entry_of, runner_of, runners
from ui.shell import cached
from ui.visitors import client, permission


def why_not(page: ClassPage) -> str | None:
    """Why nobody of this class can train now, as a sentence; None if they can."""
    return permission.why_not_in_class(page.code, page.room.state.training_word)


def let_class_train(page: ClassPage) -> bool:
    """Let the class train where its teacher has typed the server's word; whether he still has to.

    To be called on the teacher's pages.
    """
    if permission.needs_word():
        return True
    proof = permission.word_for_class(page.code)
    if proof and proof != page.room.state.training_word:
        lesson.set_state(page, training_word=proof)
    return False


def train(page: ClassPage, kind: str, recipe: Recipe) -> None:
    """Queue a training for this person, unless one of theirs is under way; a callback.

    Each person is a visitor of their own in the queue, whatever browser they use.
    """
    person, seconds = page.person, page.room.state.seconds
    assert person is not None
    if refusal := why_not(page):
        say(refusal)
        return
    before, entry = runner_of(page), entry_of(page)
    if before is not None and before.status in ("waiting", "running"):
        say(_("Your training is under way already."))
        return
    counted = before if before is None or before.accuracy is not None else before.counts
    seed = zlib.crc32(f"{page.code} {person.id} {entry.job if entry else ''}".encode()) >> 1
    try:
        job = admission.submit(
            recipe,
            settings_within(recipe, seconds, seed=seed),
            visitor=f"class {page.code} {person.id}",
            guest=client.guest(),
            most_seconds=seconds,
            start=cached.warm_pool().start,
        )
    except (queue.QueueFull, OSError, ValueError) as problem:
        say(str(problem))
        return
    sent = write_entry(Entry(job, kind, counted.job if counted else ""))
    if not page.send(NAME, {SLOT: sent}):
        # Nobody would ever see it.
        queue.stop(job)


def stop(page: ClassPage) -> None:
    """End this person's training; what it has learned counts. A callback."""
    if (entry := entry_of(page)) is not None:
        _stop(entry.job)


def stop_all(page: ClassPage) -> None:
    """End what still trains in this class, and for it: nobody would see what comes of it."""
    for one in runners(page):
        if one.status in ("waiting", "running"):
            _stop(one.job)
    for job in page.room.state.jobs:
        _stop(job)


def _stop(job: str) -> None:
    # It may be gone, or paused and the queue full.
    with suppress(ValueError, OSError, queue.QueueFull):
        queue.stop(job)
