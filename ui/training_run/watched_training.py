"""Which training this visitor watches, and submitting one for them."""

import time
from typing import Any

import streamlit as st

from mnist_core.jobs import admission, queue
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import Settings
from ui.shell import cached
from ui.shell.lost_session import Remembered
from ui.training_run.ownership import visitor_id
from ui.training_run.visitor_digit import last_drawn
from ui.visitors import client, permission

JOB = "job"
SERIES = "series"
"""Names in the address; the second is also the name of the view that shows a series."""

_DOUBLE_CLICK_SECONDS = 5.0

_Request = tuple[Recipe, tuple[Settings, ...], str | None]
"""The network, its settings once or several times, and the model to start from."""

_WATCHED: Remembered[str | None] = Remembered("job/watched", str | None, None)
_NOT_IN_ADDRESS, _SUBMITTED = "job/not-in-address", "job/submitted"
"""In the session; the last holds an id, what was asked for, and when, by `time.monotonic`."""
_LAST_SUBMITTED: Remembered[str | None] = Remembered("job/last-submitted", str | None, None)


def watched_training() -> str | None:
    """The training to show: the one in the address, or else the one watched last.

    It is put into the address, so call this only where it is shown: elsewhere the browser's Back
    would lead to a page that goes forward again. The id comes from outside and may be anything;
    `queue.read` refuses what is no training.
    """
    if job_id := _watched():
        watch(job_id)
    return job_id


def is_watching() -> bool:
    """Whether there is a training to show, for views that show none."""
    return _watched() is not None


def _watched() -> str | None:
    job_id = _WATCHED.get()
    if not st.session_state.get(_NOT_IN_ADDRESS):
        job_id = st.query_params.get(JOB) or job_id
    return job_id or None


def last_submitted() -> str | None:
    """The training, or the first of the series, that this visitor submitted last."""
    return _LAST_SUBMITTED.get()


def watch(job_id: str) -> None:
    """Watch this training from now on, and put it into the address."""
    if job_id != _WATCHED.get():
        _WATCHED.write(job_id)
    st.session_state.update({_WATCHED.name: job_id, _NOT_IN_ADDRESS: True})
    st.query_params[JOB] = job_id
    st.session_state[_NOT_IN_ADDRESS] = False


def stop_watching() -> None:
    """Watch none."""
    st.session_state.update({_WATCHED.name: None, _NOT_IN_ADDRESS: False})
    _WATCHED.write(None)
    st.query_params.pop(JOB, None)


def job_link(job_id: str, label: str, icon: str = "visibility", help: str | None = None) -> None:
    """Link to a training."""
    st.page_link(
        "pages/train.py",
        label=label,
        icon=f":material/{icon}:",
        help=help,
        query_params={JOB: job_id},
    )


def series_link(name: str, label: str) -> None:
    """Link to a series."""
    st.page_link(
        "pages/train.py", label=label, icon=":material/stacks:", query_params=series_query(name)
    )


def series_query(name: str) -> dict[str, str]:
    """The address parameters that lead to a series."""
    return {"view": SERIES, SERIES: name}


def submit(recipe: Recipe, *series: Settings, started_from: str | None = None) -> bool:
    """Queue a training, or a series of them, and watch it; or show why that is impossible.

    The very same request again within a few seconds is a double click: it leads to the first one.

    Returns:
        Whether it is queued. The address then leads to it; for a series, to its comparison.
    """
    request = (recipe, series, started_from)
    job_id = _submitted_just_now(request)
    if job_id is None:
        if refusal := permission.why_not():
            st.error(refusal)
            return False
        how: Any = {
            "visitor": visitor_id(),
            "guest": client.guest(),
            "started_from": started_from,
            "start": cached.warm_pool().start,
        }
        try:
            if len(series) == 1:
                job_id = admission.submit(recipe, *series, own_digit=last_drawn(), **how)
            else:
                job_id = admission.submit_series(recipe, series, **how)[0]
        except (queue.QueueFull, OSError, ValueError) as error:
            st.error(str(error))
            return False
        # All kept at once: a click that came meanwhile ends this run at the next Streamlit call.
        kept = {_SUBMITTED: (job_id, request, time.monotonic()), _LAST_SUBMITTED.name: job_id}
        st.session_state.update(kept | {_WATCHED.name: job_id, _NOT_IN_ADDRESS: True})
        _WATCHED.write(job_id)
        _LAST_SUBMITTED.write(job_id)
    watch(job_id)
    if len(series) > 1 and (name := queue.read(job_id).series):
        st.query_params.from_dict({**series_query(name), JOB: job_id})
    return True


def _submitted_just_now(request: _Request) -> str | None:
    """The job of the same request a moment ago, if it still runs; otherwise None."""
    job_id, before, when = st.session_state.get(_SUBMITTED, ("", None, 0.0))
    if before != request or time.monotonic() - when > _DOUBLE_CLICK_SECONDS:
        return None
    try:
        state = queue.read(job_id)
    except ValueError:
        return None
    # Whoever has stopped it wants another one.
    return None if state.is_over or state.state == "stopping" else state.id
