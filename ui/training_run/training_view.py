"""A training as it happens: a show, its controls, and its result. Both parts redraw themselves."""

import itertools
import time
from collections.abc import Iterator

import streamlit as st

from mnist_core.jobs import queue
from mnist_core.jobs.queue import JobState
from mnist_core.language.translation import _
from mnist_core.models.card import ModelCard
from mnist_core.networks import training_time
from mnist_core.system.text_format import percent
from ui.shell import address, cached
from ui.training_run.live_figures import show_training
from ui.training_run.more_about_training import more_about_training
from ui.training_run.pause_stop_buttons import control_buttons
from ui.training_run.result import training_result
from ui.training_run.status import notice
from ui.widgets.tell_when_done.tell_when_done import tell_when_done

# A training of a minute changes four times as slowly as one of a quarter of it; each look costs the
# server time, for each who watches.
_REFRESH_SECONDS, _MOST_REFRESHES = (0.25, 1.0), 80
# Of what nobody watches: each of its elements costs the browser time.
_SLOW_REFRESH_SECONDS = 2.0
# Whoever has just pressed Train waits for the first report.
_FIRST_REFRESH_SECONDS = 0.15
# The server polls for it, as the browser cannot ask as often; no clicks are heard meanwhile.
_POLL_SECONDS = 0.03
_LONGEST_POLL_SECONDS = 0.5
_FIRST_ALONE_SECONDS = 0.3
_FIRST_REPORT = "training/first-report"


def training_view(job_id: str) -> JobState:
    """Show a training, and redraw it until it is over.

    Returns:
        The training as it was when the page ran.

    Raises:
        ValueError: there is no such training.
    """
    state = queue.read(job_id)
    awaited = state.progress is None and not state.jobs_ahead and not state.is_over
    is_live = not state.is_over
    refresh = _FIRST_REFRESH_SECONDS if awaited else _refresh_seconds(state)
    st.fragment(_show, run_every=refresh if is_live else None)(
        job_id, itertools.count(), is_live=is_live, is_awaited=awaited
    )
    st.fragment(_rest, run_every=_SLOW_REFRESH_SECONDS if is_live else None)(
        job_id, is_live=is_live
    )
    return state


def _show(job_id: str, redraws: Iterator[int], *, is_live: bool, is_awaited: bool) -> None:
    # The first time is part of the page's run, which must not wait.
    is_redraw = next(redraws) > 0
    try:
        state = _first_report(job_id) if is_awaited and is_redraw else queue.read(job_id)
        _end_redrawing(state, is_live=is_live)
        if not state.is_over or state.reports:
            show_training(state, _card(state))
    except ValueError as error:
        # It was there when the page was made, and has been removed since.
        st.info(str(error))
        return
    if is_awaited and state.reports and _is_drawn(job_id):
        # From now on it is looked at less often.
        address.rerun()


def _refresh_seconds(state: JobState) -> float:
    expected = training_time.expected_seconds(state.recipe, state.settings)
    shortest, longest = _REFRESH_SECONDS
    return min(max(shortest, expected / _MOST_REFRESHES), longest)


def _rest(job_id: str, *, is_live: bool) -> None:
    """Show the controls or the result, and what is under "More"."""
    try:
        state = queue.read(job_id)
    except ValueError:
        # Removed: the show says so.
        return
    _end_redrawing(state, is_live=is_live)
    if state.is_over:
        training_result(state)
    else:
        notice(state)
    # Always there: who asked to be told is told by the same element.
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if not state.is_over:
            control_buttons(state)
        _tell(state)
    more_about_training(state)


def _end_redrawing(state: JobState, *, is_live: bool) -> None:
    if state.is_over and is_live:
        # The whole page once more, with a new model.
        address.rerun()


def _card(state: JobState) -> ModelCard | None:
    """Its model's, once there is one."""
    return cached.card_of(state.model) if state.is_over and state.model else None


def _tell(state: JobState) -> None:
    """Tell somebody who looks at something else how far it is: in the tab's name, on request."""
    card = _card(state)
    done, words = _("Training is over"), _("Come back and see.")
    if card is not None:
        done = percent(card.test_accuracy, 1)
        words = _("{network} has learned to read.", network=card.name)
    if state.is_over:
        st.set_page_config(page_title=f"{done} · Digit Lab")
    elif state.state == "running":
        st.set_page_config(page_title=f"{_('Training …')} · Digit Lab")
    tell_when_done(
        state.id,
        is_over=state.is_over,
        title=f"{done} · Digit Lab",
        words=words,
        key=f"tell-{state.id}",
    )


def _first_report(job_id: str) -> JobState:
    """The training as soon as it has reported, or after a moment."""
    until = time.monotonic() + _LONGEST_POLL_SECONDS
    while True:
        state = queue.read(job_id)
        if state.progress is not None or state.is_over or time.monotonic() >= until:
            return state
        time.sleep(_POLL_SECONDS)


def _is_drawn(job_id: str) -> bool:
    """Whether the first report was sent long enough ago; the first call notes the time."""
    now = time.monotonic()
    sent: tuple[str, float] | None = st.session_state.get(_FIRST_REPORT)
    if sent is None or sent[0] != job_id:
        sent = st.session_state[_FIRST_REPORT] = job_id, now
    return now - sent[1] >= _FIRST_ALONE_SECONDS
