"""Trainings of the last day that did not get to their end: no model tells of them."""

import time
from datetime import UTC, datetime

import streamlit as st

from mnist_core.jobs import queue
from mnist_core.jobs.directory import JobDirectory, list_jobs
from mnist_core.jobs.spec import Result, Spec
from mnist_core.models import store
from ui.training_run.watched_training import NAME

_LASTS_SECONDS = 24 * 3600.0
_MOST = 5
_ENDINGS = ("failed", "interrupted")


def broken_off() -> None:
    """Link to the latest of them; nothing where there is none."""
    found = _latest()
    if not found:
        return
    st.caption("Trainings of the last 24 hours that broke off:")
    with st.container(horizontal=True):
        for job, spec, result in found:
            when = datetime.fromtimestamp(spec.submitted, UTC)
            st.page_link(
                "pages/train.py",
                label=f"{spec.recipe.title} · {when:%H:%M} UTC · {result.state}",
                icon=":material/heart_broken:",
                help=result.message,
                query_params={NAME: job.id},
            )


def _latest() -> list[tuple[JobDirectory, Spec, Result]]:
    found = list[tuple[JobDirectory, Spec, Result]]()
    # Of each job only how it ended is read, not all that it reported.
    for job in reversed(list_jobs(queue.jobs_directory(store.local_directory()))):
        try:
            spec = job.spec()
            result = job.result()
        except (OSError, ValueError):
            continue
        if len(found) == _MOST or time.time() - spec.submitted > _LASTS_SECONDS:
            break
        if result is not None and result.state in _ENDINGS:
            found.append((job, spec, result))
    return found
