"""Which training this visitor watches, which others there are, and starting one."""

import secrets

import streamlit as st

from mnist_core import jobs, limits
from mnist_core.recipes import Recipe
from mnist_core.settings import Settings
from ui.training_view import training_view

_NAME = "job"
_MOST_OTHERS = 5


def visitor() -> str:
    """A random text that stands for this visitor's session, so that everybody gets a turn."""
    if "visitor" not in st.session_state:
        st.session_state["visitor"] = secrets.token_hex(16)
    token: str = st.session_state["visitor"]
    return token


def show_watched_training() -> str | None:
    """Show the training that this visitor watches, if any, and return its id."""
    job_id = watched_training()
    if job_id is None:
        return None
    try:
        with st.container(border=True):
            training_view(job_id)
    except ValueError as error:
        forget_training()
        st.info(f"{error} Start a new one below.")
        return None
    return job_id


def watched_training() -> str | None:
    """The training to show: the address's, or else the one this visitor chose last.

    The id comes from outside and may be anything; `jobs.read` refuses what is no training.
    """
    job_id = st.query_params.get(_NAME) or st.session_state.get(_NAME)
    if job_id:
        choose_training(job_id)
    return job_id or None


def choose_training(job_id: str) -> None:
    """Watch this training from now on; the address then leads back to it from anywhere."""
    st.session_state[_NAME] = st.query_params[_NAME] = job_id


def forget_training() -> None:
    """Watch none."""
    st.session_state.pop(_NAME, None)
    st.query_params.pop(_NAME, None)


def train_button(recipe: Recipe, settings: Settings, *, key: str) -> None:
    """The button that puts a training in line; with the reason where it cannot be pressed."""
    try:
        limits.check(recipe, settings)
        impossible = None
    except ValueError as error:
        impossible = str(error)
    pressed = st.button(
        "Train",
        key=f"{key}-train",
        type="primary",
        icon=":material/play_arrow:",
        width="stretch",
        disabled=impossible is not None,
    )
    if impossible is not None:
        st.warning(f"This cannot be trained yet. {impossible}")
    if pressed:
        try:
            choose_training(jobs.submit(recipe, settings, visitor=visitor()))
        except (jobs.QueueFull, OSError, ValueError) as error:
            st.error(str(error))
        else:
            st.rerun()


def other_trainings(watched: str | None) -> None:
    """Links to the trainings that run or wait here, but for the one that is watched."""
    others = [job_id for job_id in jobs.unfinished() if job_id != watched]
    if not others:
        return
    st.caption(f"{len(others)} more on this computer, first in line first:")
    for job_id in others[:_MOST_OTHERS]:
        try:
            state = jobs.read(job_id)
        except ValueError as error:
            st.caption(str(error))
            continue
        st.page_link(
            "app_pages/train.py",
            label=f"{state.recipe.title}, {'waiting' if state.state == 'queued' else 'running'}",
            icon=":material/visibility:",
            query_params={_NAME: job_id},
        )
