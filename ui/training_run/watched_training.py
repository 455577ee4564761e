"""Which training this visitor watches; putting one in line for them."""

import secrets
import time
from dataclasses import dataclass
from typing import Any

import streamlit as st

from mnist_core.jobs import admission, queue
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import Settings
from ui.shell import cached

NAME = "job"
"""In the address."""

SERIES = "series"
"""Likewise; and the name of the view that shows one."""

_TWICE_SECONDS = 5.0

_Wish = tuple[Recipe, tuple[Settings, ...], str | None]
"""The network, how to train it once or several times, and the model to go on from."""


def visitor() -> str:
    """A random text that stands for this visitor's session, so that everybody gets a turn."""
    if "visitor" not in st.session_state:
        st.session_state["visitor"] = secrets.token_hex(16)
    token: str = st.session_state["visitor"]
    return token


@dataclass
class _Watched:
    """What the session keeps.

    Attributes:
        job: the training to show.
        is_new: chosen, and not yet in the address.
        started: the one that this visitor put in line last.
        wish: what they asked for then.
        wished: when, by `time.monotonic`.
    """

    job: str | None = None
    is_new: bool = False
    started: str | None = None
    wish: _Wish | None = None
    wished: float = 0.0

    def watch(self, job_id: str) -> None:
        self.job, self.is_new = job_id, True


def _memory() -> _Watched:
    found: _Watched = st.session_state.setdefault(NAME, _Watched())
    return found


def watched_training() -> str | None:
    """The training to show: the address's, or else the one this visitor chose last.

    The id comes from outside and may be anything; `jobs.read` refuses what is no training.
    """
    memory = _memory()
    job_id = memory.job if memory.is_new else st.query_params.get(NAME) or memory.job
    if job_id:
        choose_training(job_id)
    return job_id or None


def started_training() -> str | None:
    """The training, or the first of the series, that this visitor put in line last."""
    return _memory().started


def choose_training(job_id: str) -> None:
    """Watch this training from now on; the address then leads back to it from anywhere."""
    memory = _memory()
    memory.watch(job_id)
    st.query_params[NAME] = job_id
    memory.is_new = False


def forget_training() -> None:
    """Watch none."""
    memory = _memory()
    memory.job, memory.is_new = None, False
    st.query_params.pop(NAME, None)


def series_address(name: str) -> dict[str, str]:
    """What stands in the address that leads to a series."""
    return {"view": SERIES, SERIES: name}


def start(recipe: Recipe, *series: Settings, started_from: str | None = None) -> bool:
    """Put a training, or a series of them, in line, and watch it; or say why that cannot be.

    Who asks for the very same again at once has clicked twice, and gets the first to watch.

    Returns:
        Whether it could. The address then leads to it; of a series, to all of them side by side.
    """
    memory, wish = _memory(), (recipe, series, started_from)
    job_id = _asked_for_twice(memory, wish)
    if job_id is None:
        try:
            job_id = _submit(*wish)
        except (queue.QueueFull, OSError, ValueError) as error:
            st.error(str(error))
            return False
        # Before Streamlit is called again: a click that came meanwhile ends this run there.
        memory.started, memory.wish, memory.wished = job_id, wish, time.monotonic()
    memory.watch(job_id)
    choose_training(job_id)
    if len(series) > 1 and (name := queue.read(job_id).series):
        st.query_params.from_dict({**series_address(name), NAME: job_id})
    return True


def _asked_for_twice(memory: _Watched, wish: _Wish) -> str | None:
    """What was put in line for this very wish a moment ago and goes on; None where nothing was."""
    is_old = time.monotonic() - memory.wished > _TWICE_SECONDS
    if memory.started is None or memory.wish != wish or is_old:
        return None
    try:
        state = queue.read(memory.started)
    except ValueError:
        return None
    # Who has stopped it means another one.
    return None if state.is_over or state.state == "stopping" else memory.started


def _submit(recipe: Recipe, series: tuple[Settings, ...], started_from: str | None) -> str:
    """Put a training, or a series, in line, and return its id, or that of the first."""
    asked: Any = {
        "visitor": visitor(),
        "started_from": started_from,
        "start": cached.warm_pool().start,
    }
    if len(series) == 1:
        return admission.submit(recipe, *series, **asked)
    return admission.submit_series(recipe, series, **asked)[0]
