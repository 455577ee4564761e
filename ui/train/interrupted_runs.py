"""Trainings of the last day that failed or were interrupted, so that no model shows them."""

import time
from datetime import UTC, datetime

import streamlit as st

from mnist_core.jobs import queue
from mnist_core.jobs.directory import JobDirectory, list_jobs
from mnist_core.jobs.spec import Result, Spec
from mnist_core.models import store
from ui.shell import visitor
from ui.training_run.watched_training import job_link
from ui.visitors import client

_SHOWN_SECONDS = 24 * 3600.0
_MOST = 5


def interrupted_runs() -> None:
    """Link to the latest of them, if there are any."""
    found = list[tuple[JobDirectory, Spec, Result]]()
    # Only how each job ended is read, not all its reports.
    for job in reversed(list_jobs(queue.jobs_directory(store.local_directory()))):
        try:
            spec, result = job.spec(), job.result()
        except (OSError, ValueError):
            continue
        if len(found) == _MOST or time.time() - spec.submitted > _SHOWN_SECONDS:
            break
        is_shown = client.is_owner() or spec.owner == visitor.owner()
        if is_shown and result is not None and result.state in ("failed", "interrupted"):
            found.append((job, spec, result))
    if not found:
        return
    st.caption("Trainings of the last 24 hours that did not finish:")
    with st.container(horizontal=True):
        for job, spec, result in found:
            when = datetime.fromtimestamp(spec.submitted, UTC)
            label = f"{spec.recipe.title} · {when:%H:%M} UTC · {result.state}"
            job_link(job.id, label, "heart_broken", result.message)
