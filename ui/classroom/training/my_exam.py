"""A person's own digits of the exam: what the network that learns reads in them."""

import numpy as np
import streamlit as st

from mnist_core.classroom.class_lesson import Change, is_examined
from mnist_core.classroom.drawings import read_drawing
from mnist_core.handwriting.score import Handwriting
from mnist_core.language.translation import _, n_
from ui.classroom.class_page import ClassPage
from ui.classroom.training import class_job
from ui.classroom.training.lesson_progress import follow
from ui.widgets.digit_tiles.digit_tiles import digit_grid

_PUPIL_SECONDS = 2.0


def my_exam(page: ClassPage) -> None:
    """Show what the network reads in this person's digits of the exam, before and after."""
    person = page.person
    assert person is not None
    found = [read_drawing(payload) for payload in page.mine("write").values()]
    mine = [
        one for one in found if one is not None and is_examined(page.code, person.number, one.label)
    ]
    job = class_job.job_of(page)
    if job is not None:
        follow(job, _PUPIL_SECONDS)
    if not mine:
        st.markdown(
            _("None of your digits is in the exam: you have not drawn enough in the step Write.")
        )
        return
    count = len(mine)
    st.markdown(
        n_(
            "**{n} of your digits is for the exam:** the network never learns from it.",
            "**{n} of your digits are for the exam:** the network never learns from them.",
            count,
        )
    )
    images = np.stack([one.image for one in mine])
    labels = np.array([one.label for one in mine], np.int64)
    drawn = Handwriting(images, labels, np.full(count, 2))
    after = job.model if job else None
    change = class_job.change(drawn, class_job.network(page), after)
    if change is None:
        return
    digit_grid(
        images,
        [_caption(change, place, is_taught=after is not None) for place in range(count)],
        key="class-my-exam",
        alternatives=[_("Your {digit}", digit=one.label) for one in mine],
        clickable=False,
        scale=3,
    )
    before, now = change.correct
    if after is None:
        st.markdown(_("It reads {correct} of them now.", correct=before))
        st.caption(_("As soon as your teacher starts the lesson, you see what it learned."))
    else:
        st.markdown(_("Before it read {before} of them, now {now}.", before=before, now=now))


def _caption(change: Change, place: int, *, is_taught: bool) -> str:
    before, after = int(change.before[place]), int(change.after[place])
    if not is_taught:
        return _("read: {digit}", digit=before)
    return f"{before} → {after}"
