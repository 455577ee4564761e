"""What can be asked of a training while it runs: pause, go on, stop, learn at another rate."""

from collections.abc import Callable

import streamlit as st

from mnist_core.jobs import queue
from mnist_core.jobs.queue import JobState
from mnist_core.networks.settings import LARGEST_LEARNING_RATE
from ui.shell.glossary import explain
from ui.training_run.ownership import may_steer
from ui.training_run.settings_form import learning_rate_step

_SMALLEST_RATE = 1e-7
_SCHEDULE_GOES_ON = (
    "The schedule goes on; all of it is scaled so that its peak would be this, even when that is "
    "behind it. "
)


def steering_buttons(state: JobState) -> None:
    """Show them for a training that is not over; to who did not begin it when they ask for them."""
    if not may_steer(state):
        return
    stopping = state.state == "stopping"
    ending = stopping or state.phase == "saving"
    pausing = state.state in ("pausing", "paused")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        # One that learns drawings could not make room for others and come back: they are not kept.
        if pausing or not state.learns_drawings:
            st.button(
                "Go on" if pausing else "Pause",
                # Two buttons, not one that changes its meaning: where the page redraws itself in
                # the moment of a click, Streamlit reports that click twice.
                key=f"{'go-on' if pausing else 'pause'}-{state.id}",
                icon=":material/play_arrow:" if pausing else ":material/pause:",
                disabled=ending or state.state == "queued",
                on_click=_ask,
                args=(state.id, queue.unpause if pausing else queue.pause),
            )
        st.button(
            "Stopping …" if stopping else "Stop and keep what was learned",
            key=f"stop-{state.id}",
            icon=":material/stop_circle:",
            disabled=ending,
            on_click=_ask,
            args=(state.id, queue.stop),
        )
        if not state.learns_drawings:
            _learning_rate(state, disabled=ending)
    if said := st.session_state.pop(_problem(state.id), None):
        st.error(said)


def _learning_rate(state: JobState, *, disabled: bool) -> None:
    rate = state.learning_rate or state.settings.learning_rate
    smallest = min(rate, _SMALLEST_RATE)
    key = f"rate-{state.id}"
    is_scheduled = state.settings.schedule != "constant"
    st.number_input(
        "Learning rate at its peak" if is_scheduled else "Learning rate from now on",
        smallest,
        LARGEST_LEARNING_RATE,
        rate,
        step=learning_rate_step(rate, smallest),
        format="%g",
        key=key,
        width=260,
        disabled=disabled,
        help=f"{explain('learning rate')}\n\n{_SCHEDULE_GOES_ON if is_scheduled else ''}"
        "The card of the model will say when you changed it.",
        on_change=lambda: _ask(
            state.id, lambda job_id: queue.change_learning_rate(job_id, st.session_state[key])
        ),
    )


def _ask(job_id: str, what: Callable[[str], None]) -> None:
    # One that has been removed meanwhile needs no steering; the view says that it is gone.
    try:
        what(job_id)
    except (queue.QueueFull, OSError, ValueError) as error:
        st.session_state[_problem(job_id)] = str(error)


def _problem(job_id: str) -> str:
    return f"steering/{job_id}"
