"""Teach: a network learns from the class's digits, and is examined on others of them."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.classroom.class_lesson import NETWORKS, Change
from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.handwriting.score import Handwriting
from mnist_core.language.translation import _, n_, to_translate
from mnist_core.system.text_format import percent, whole
from ui.classroom import lesson
from ui.classroom.class_page import ClassPage
from ui.classroom.lesson import Step
from ui.classroom.training import class_job, start
from ui.classroom.training.lesson_progress import follow
from ui.classroom.training.my_exam import my_exam
from ui.shell import cached
from ui.visitors import permission
from ui.widgets.before_after.before_after import Compared, before_after
from ui.widgets.choice.choice import choice
from ui.widgets.digit_tiles.digit_tiles import digit_grid

_LOOK_SECONDS = 1.0
# As many large ones as stand in a row of a projector.
_MOST_LEARNED, _MOST_FORGOTTEN, _MOST_MISREAD = 6, 4, 12
_SCALE = 3


def _screen(page: ClassPage) -> None:
    st.markdown(f"## {_('Can a network learn how we write?')}")
    if reason := start.why_not(page):
        st.info(reason)
    exam = class_job.exam(page)
    if not exam.is_enough:
        st.markdown(f"### {class_job.too_few()}")
        return
    name, job = class_job.network(page), class_job.job_of(page)
    st.markdown(
        n_(
            "“{network}” learns from **{learned}** of our digits. Its exam is **{n}** other.",
            "“{network}” learns from **{learned}** of our digits. Its exam is **{n}** others.",
            len(exam.examined),
            network=class_job.title_of(name),
            learned=whole(exam.learned),
        )
    )
    after = job.model if job else None
    ours = class_job.change(exam.examined, name, after)
    test = class_job.test_change(name, after)
    if ours is None or test is None:
        st.info(_("The network that learned is not here any more. It can be taught once more."))
        return
    _bars(ours, test, is_taught=after is not None)
    if job is not None:
        follow(job, _LOOK_SECONDS)
    if after is not None:
        _tiles(exam.examined, ours)
    elif job is None or job.is_over:
        _misread(exam.examined, ours)


def _bars(ours: Change, test: Change, *, is_taught: bool) -> None:
    before_after(
        [
            Compared(
                _("Our digits, which it never saw"),
                _of_ours(ours) if is_taught else "",
                len(ours.labels),
                ours.correct[0],
                ours.correct[1] if is_taught else None,
                (_of(ours.correct[0], len(ours.labels)), _of(ours.correct[1], len(ours.labels))),
            ),
            Compared(
                _("MNIST's test digits, by other people"),
                _of_test(test) if is_taught else "",
                TEST_IMAGES,
                test.correct[0],
                test.correct[1] if is_taught else None,
                (percent(test.correct[0] / TEST_IMAGES), percent(test.correct[1] / TEST_IMAGES)),
            ),
        ],
        key="class-before-after",
    )


def _of(correct: int, count: int) -> str:
    return _("{correct} of {count}", correct=whole(correct), count=whole(count))


def _of_ours(change: Change) -> str:
    """What the exam says of our digits."""
    before, after = change.correct
    if after == before:
        return _("No better and no worse at reading us.")
    if change.could_be_luck:
        return _("With so few digits this may be luck: more of them would tell.")
    if after > before:
        return _("Better at reading us, by more than luck.")
    return _("Worse at reading us, by more than luck.")


def _of_test(change: Change) -> str:
    """What the exam says of what it forgot."""
    lost, gained = len(change.lost), len(change.gained)
    return _(
        "It forgot {lost} of 10,000 digits and learned {gained} others.",
        lost=whole(lost),
        gained=whole(gained),
    )


def _misread(drawn: Handwriting, ours: Change) -> None:
    """Those of the exam that the network misreads before the lesson."""
    wrong = np.flatnonzero(ours.before != ours.labels)
    if not len(wrong):
        st.markdown(_("It reads all of them already: there is little for it to learn."))
        return
    st.markdown(_("**It misreads {number} of them now:**", number=len(wrong)))
    chosen = wrong[:_MOST_MISREAD]
    readings = [int(ours.before[one]) for one in chosen]
    digit_grid(
        drawn.images[chosen],
        [_("read: {digit}", digit=one) for one in readings],
        key="class-misread",
        alternatives=[_("read as {before}", before=one) for one in readings],
        clickable=False,
        scale=_SCALE,
    )


def _tiles(drawn: Handwriting, ours: Change) -> None:
    """Those of the exam that were misread before and are read now, and the other way round."""
    learned, forgotten = st.columns([3, 2], gap="large")
    with learned:
        st.markdown(
            n_(
                "**{n} was misread before and is read now**",
                "**{n} were misread before and are read now**",
                len(ours.gained),
            )
        )
        _gallery(drawn, ours, ours.gained[:_MOST_LEARNED], "class-learned")
    with forgotten:
        st.markdown(
            n_(
                "**{n} was read before and is misread now**",
                "**{n} were read before and are misread now**",
                len(ours.lost),
            )
        )
        _gallery(drawn, ours, ours.lost[:_MOST_FORGOTTEN], "class-forgotten")


def _gallery(drawn: Handwriting, change: Change, chosen: NDArray[np.int64], key: str) -> None:
    if not len(chosen):
        return
    pairs = [(int(change.before[one]), int(change.after[one])) for one in chosen]
    digit_grid(
        drawn.images[chosen],
        [f"{before} → {after}" for before, after in pairs],
        key=key,
        alternatives=[
            _("read as {before} before, as {after} now", before=before, after=after)
            for before, after in pairs
        ],
        clickable=False,
        scale=_SCALE,
    )


def _controls(page: ClassPage) -> None:
    if start.let_class_train(page):
        permission.ask_for_word()
    choice(
        _("Network"),
        {name: class_job.title_of(name) for name in NETWORKS},
        class_job.network(page),
        key="class-teach-network",
        on_choose=lambda name: lesson.set_state(page, chosen=NETWORKS.index(name)),
        list_width=210,
    )
    job = class_job.job_of(page)
    is_running = job is not None and not job.is_over
    st.button(
        _("It is learning") if is_running else _("Teach it our digits"),
        key="class-teach",
        icon=":material/school:",
        disabled=is_running or start.why_not(page) is not None,
        on_click=class_job.teach,
        args=(page,),
    )
    if job is None:
        cached.warm_pool().prepare()


STEP = Step(class_job.NAME, to_translate("Teach"), my_exam, _screen, _controls)
