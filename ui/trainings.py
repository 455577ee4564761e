"""Which training this visitor watches, and which others there are."""

import streamlit as st

from mnist_core import jobs

_NAME = "job"
_MOST_OTHERS = 5


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
