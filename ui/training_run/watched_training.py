"""Which training this visitor watches, and submitting one for them."""

import time
from dataclasses import dataclass
from typing import Any

import streamlit as st

from mnist_core.jobs import admission, queue
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import Settings
from ui.shell import cached
from ui.training_run.ownership import visitor_id

JOB = "job"
SERIES = "series"
"""Names in the address; the second is also the name of the view that shows a series."""

_DOUBLE_CLICK_SECONDS = 5.0

_Request = tuple[Recipe, tuple[Settings, ...], str | None]
"""The network, its settings once or several times, and the model to start from."""


@dataclass
class _Session:
    """What the session keeps.

    Attributes:
        watched: id of the training to show.
        is_new: it is not in the address yet.
        submitted: id of the one that this visitor submitted last.
        request: what they asked for then.
        requested_at: when, by `time.monotonic`.
    """

    watched: str | None = None
    is_new: bool = False
    submitted: str | None = None
    request: _Request | None = None
    requested_at: float = 0.0


def _session() -> _Session:
    session: _Session = st.session_state.setdefault(JOB, _Session())
    return session


def watched_training() -> str | None:
    """The training to show: the one in the address, or else the one watched last.

    The id comes from outside and may be anything; `queue.read` refuses what is no training.
    """
    session = _session()
    job_id = session.watched if session.is_new else st.query_params.get(JOB) or session.watched
    if job_id:
        watch(job_id)
    return job_id or None


def last_submitted() -> str | None:
    """The training, or the first of the series, that this visitor submitted last."""
    return _session().submitted


def watch(job_id: str) -> None:
    """Watch this training from now on, and put it into the address."""
    session = _session()
    session.watched, session.is_new = job_id, True
    st.query_params[JOB] = job_id
    session.is_new = False


def stop_watching() -> None:
    """Watch none."""
    session = _session()
    session.watched, session.is_new = None, False
    st.query_params.pop(JOB, None)


def series_query(name: str) -> dict[str, str]:
    """The address parameters that lead to a series."""
    return {"view": SERIES, SERIES: name}


def submit(recipe: Recipe, *series: Settings, started_from: str | None = None) -> bool:
    """Queue a training, or a series of them, and watch it; or show why that is impossible.

    The very same request again within a few seconds is a double click: it leads to the first one.

    Returns:
        Whether it is queued. The address then leads to it; for a series, to its comparison.
    """
    session, request = _session(), (recipe, series, started_from)
    job_id = _submitted_just_now(session, request)
    if job_id is None:
        how: Any = {
            "visitor": visitor_id(),
            "started_from": started_from,
            "start": cached.warm_pool().start,
        }
        try:
            if len(series) == 1:
                job_id = admission.submit(recipe, *series, **how)
            else:
                job_id = admission.submit_series(recipe, series, **how)[0]
        except (queue.QueueFull, OSError, ValueError) as error:
            st.error(str(error))
            return False
        session.submitted, session.request, session.requested_at = job_id, request, time.monotonic()
    # Before Streamlit is called again: a click that came meanwhile ends this run there.
    session.watched, session.is_new = job_id, True
    watch(job_id)
    if len(series) > 1 and (name := queue.read(job_id).series):
        st.query_params.from_dict({**series_query(name), JOB: job_id})
    return True


def _submitted_just_now(session: _Session, request: _Request) -> str | None:
    """The job of the same request a moment ago, if it still runs; otherwise None."""
    is_old = time.monotonic() - session.requested_at > _DOUBLE_CLICK_SECONDS
    if session.submitted is None or session.request != request or is_old:
        return None
    try:
        state = queue.read(session.submitted)
    except ValueError:
        return None
    # Whoever has stopped it wants another one.
    return None if state.is_over or state.state == "stopping" else session.submitted
