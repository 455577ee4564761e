"""The controls of a running training: Pause, Resume, Stop and keep, and its learning rate."""

from collections.abc import Callable

import streamlit as st

from mnist_core.jobs import queue
from mnist_core.jobs.queue import JobState
from mnist_core.language.translation import _, to_translate
from mnist_core.networks.settings import LARGEST_LEARNING_RATE
from ui.glossary.glossary import explain
from ui.training_run.ownership import may_control
from ui.training_run.settings_form import learning_rate_step

_SMALLEST_RATE = 1e-7
_PROBLEM = "control-problem/"
_SCHEDULE_CONTINUES = to_translate(
    "The schedule continues, scaled so that its peak would be this, even if the peak is over."
)


def control_buttons(state: JobState) -> None:
    """Show the controls of a training that is not over, to its owner or on request, in a row."""
    if not may_control(state):
        return
    stopping = state.state == "stopping"
    ending = stopping or state.phase == "saving"
    paused = state.state in ("pausing", "paused")
    # A training on drawings cannot make room for others and come back: they are not kept.
    if paused or not state.learns_drawings:
        st.button(
            _("Resume") if paused else _("Pause"),
            # Two buttons, not one that changes its meaning: where the page redraws itself in
            # the moment of a click, Streamlit reports that click twice.
            key=f"{'resume' if paused else 'pause'}-{state.id}",
            icon=":material/play_arrow:" if paused else ":material/pause:",
            disabled=ending or state.state == "queued",
            on_click=_request,
            args=(state.id, queue.unpause if paused else queue.pause),
        )
    st.button(
        _("Stopping …") if stopping else _("Stop and keep"),
        key=f"stop-{state.id}",
        icon=":material/stop_circle:",
        disabled=ending,
        help=_("Ends the training now and keeps the network with what it has learned."),
        on_click=_request,
        args=(state.id, queue.stop),
    )
    if not state.learns_drawings:
        _learning_rate(state, disabled=ending)
    if problem := st.session_state.pop(_PROBLEM + state.id, None):
        st.error(problem)


def _learning_rate(state: JobState, *, disabled: bool) -> None:
    rate = state.learning_rate or state.settings.learning_rate
    smallest = min(rate, _SMALLEST_RATE)
    key = f"rate-{state.id}"
    is_scheduled = state.settings.schedule != "constant"
    words = [_(_SCHEDULE_CONTINUES)] if is_scheduled else []
    words.append(_("The model's card will record the change."))
    st.number_input(
        _("Speed (peak learning rate)") if is_scheduled else _("Speed (learning rate)"),
        smallest,
        LARGEST_LEARNING_RATE,
        rate,
        step=learning_rate_step(rate, smallest),
        format="%g",
        key=key,
        width=230,
        disabled=disabled,
        help=f"{explain('learning rate')}\n\n{' '.join(words)}",
        on_change=lambda: _request(
            state.id, lambda job_id: queue.change_learning_rate(job_id, st.session_state[key])
        ),
    )


def _request(job_id: str, action: Callable[[str], None]) -> None:
    try:
        action(job_id)
    except (queue.QueueFull, OSError, ValueError) as error:
        st.session_state[_PROBLEM + job_id] = str(error)
