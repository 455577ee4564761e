"""How far the network is that learns from the class's digits."""

from functools import partial

import streamlit as st

from mnist_core.jobs.queue import JobState
from mnist_core.language.translation import _, n_
from mnist_core.system.text_format import duration
from ui.classroom.training import class_job
from ui.shell import address


def follow(job: JobState, seconds: float) -> None:
    """Say how far a lesson is, until it is over."""
    if not job.is_over:
        st.fragment(partial(_progress, job.id), run_every=seconds)()
    elif job.model is None:
        st.warning(job.message or _("The lesson came to no end. It can be taught once more."))


def _progress(job_id: str) -> None:
    job = class_job.state_of(job_id)
    if job is None or job.is_over:
        address.rerun()
    if job.jobs_ahead:
        words = n_(
            "{n} training before this lesson", "{n} trainings before this lesson", job.jobs_ahead
        )
    elif job.progress is None:
        words = _("The lesson begins: this takes a few seconds.")
    else:
        left = job.progress.seconds_left
        words = _(
            "It learns: round {epoch} of {epochs}",
            epoch=job.progress.epoch,
            epochs=job.progress.epochs,
        ) + ("" if left is None else " · " + _("{time} left", time=duration(left)))
    st.markdown(f"### {words}")
