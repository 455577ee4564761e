"""The training that a visitor watches, and links to the others that run or wait."""

import streamlit as st

from mnist_core.jobs import queue
from mnist_core.system.text_format import counted
from ui.shell import visitor
from ui.training_run.training_view import training_view
from ui.training_run.watched_training import (
    job_link,
    last_submitted,
    series_link,
    stop_watching,
    watched_training,
)
from ui.visitors import client
from ui.widgets.scroll_into_view.scroll_into_view import scroll_into_view

_MOST_LINKS = 5


def show_watched_training() -> None:
    """Show the training that this visitor watches, if any."""
    job_id = watched_training()
    if job_id is None:
        return
    if job_id == last_submitted():
        scroll_into_view(job_id)
    try:
        state = training_view(job_id)
        if state.series:
            series_link(state.series, "Part of a series: compare them side by side")
        if state.is_over:
            st.button(
                "Train another network",
                key="dismiss",
                icon=":material/refresh:",
                help="A network that was kept stays under Runs.",
                on_click=stop_watching,
            )
    except ValueError as error:
        stop_watching()
        st.info(f"{error} Start a new one below.")


def other_trainings() -> None:
    """Link to the trainings that run or wait here, except the one that is watched.

    Visitors find their own; of others they see that these exist.
    """
    watched = watched_training()
    others = [job_id for job_id in queue.unfinished() if job_id != watched]
    if not others:
        return
    words = f"{counted(len(others), 'other training')} on this computer"
    mine = others if client.is_owner() else [one for one in others if _is_own(one)]
    st.caption(f"{words}, in queue order:" if mine == others else f"{words}.")
    if mine and mine != others:
        st.caption("Yours:")
    shown = set[str]()
    for job_id in mine[:_MOST_LINKS]:
        try:
            state = queue.read(job_id)
        except ValueError as error:
            st.caption(str(error))
            continue
        if state.series is None:
            how = "queued" if state.state == "queued" else "running"
            job_link(job_id, f"{state.recipe.title}, {how}")
        elif state.series not in shown:
            shown.add(state.series)
            series_link(state.series, f"{state.recipe.title}, a series")


def _is_own(job_id: str) -> bool:
    try:
        return queue.spec(job_id).owner == visitor.owner()
    except ValueError:
        return False
