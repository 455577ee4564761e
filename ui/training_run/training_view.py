"""A training as it happens: a show, its controls, and its result. Redraws itself."""

import itertools
import time
from collections.abc import Iterator, Sequence

import streamlit as st

from mnist_core.charts.learning_curves import Quantity, learning_curve
from mnist_core.jobs import queue
from mnist_core.jobs.queue import JobState
from mnist_core.models.card import ModelCard
from mnist_core.networks.settings import ALL_DIGITS, EpochFigures
from mnist_core.system.text_format import percent
from ui.shell import address, cached
from ui.training_run.curves import curve_charts
from ui.training_run.look_inside import look_inside
from ui.training_run.pause_stop_buttons import control_buttons
from ui.training_run.result import training_result
from ui.training_run.show import show
from ui.training_run.status import figures, heading, notice, precision_note
from ui.widgets.tell_when_done.tell_when_done import tell_when_done

_REFRESH_SECONDS = 0.25
# Whoever has just pressed Train waits for the first report.
_FIRST_REFRESH_SECONDS = 0.15
# The server polls for it, as the browser cannot ask as often; no clicks are heard meanwhile.
_POLL_SECONDS = 0.03
_LONGEST_POLL_SECONDS = 0.5
_FIRST_ALONE_SECONDS = 0.3
_FIRST_REPORT = "training/first-report"
_MORE = "training/more"

_WHY_TWO_CURVES = (
    "Why two curves for the training images? *While learning* is measured while the network is "
    "still changing, and with dropout on, so it cannot be compared with the test images. *After "
    "the epoch* can: training images again, but with the finished network."
)
_OVERFITTING = (
    " If it rises more than 2 to 4 points above the test curve, the network is memorising the "
    "training images (overfitting)."
)
# With wrong labels, or digits it never saw, the two are different tasks.
_DIFFERENT_TASKS = (
    " Here even these differ from the test images, which show all ten digits, correctly labelled."
)
_FORGETTING = (
    "What to watch? The training images are the drawings mixed with MNIST digits: they show how "
    "well it learns. The *test images* are other people's digits: if their curve falls{}, it is "
    "forgetting what it knew before."
)


def training_view(job_id: str) -> JobState:
    """Show a training, and redraw it until it is over.

    Returns:
        The training as it was when the page ran.

    Raises:
        ValueError: there is no such training.
    """
    state = queue.read(job_id)
    awaited = state.progress is None and not state.jobs_ahead and not state.is_over
    refresh = None if state.is_over else _FIRST_REFRESH_SECONDS if awaited else _REFRESH_SECONDS
    st.fragment(_show, run_every=refresh)(
        job_id, itertools.count(), is_live=refresh is not None, is_awaited=awaited
    )
    return state


def _show(job_id: str, redraws: Iterator[int], *, is_live: bool, is_awaited: bool) -> None:
    # The first time is part of the page's run, which must not wait.
    is_redraw = next(redraws) > 0
    try:
        state = _first_report(job_id) if is_awaited and is_redraw else queue.read(job_id)
    except ValueError as error:
        # It was there when the page was made, and has been removed since.
        st.info(str(error))
        return
    if state.is_over and is_live:
        # The whole page once more: the redrawing ends, and there is a new model.
        address.rerun()
    card = cached.card_of(state.model) if state.is_over and state.model else None
    if not state.is_over or state.reports:
        try:
            show(state, card)
        except ValueError:
            # Removed this very moment; the next redraw tells.
            return
    if state.is_over:
        training_result(state)
    else:
        notice(state)
    # Always there: who asked to be told is told by the same element.
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if not state.is_over:
            control_buttons(state)
        _tell(state, card)
    if is_awaited and state.reports and _is_drawn(job_id):
        # From now on it is looked at less often.
        address.rerun()
    _more(state)


def _tell(state: JobState, card: ModelCard | None) -> None:
    """Tell somebody who looks at something else how far it is: in the tab's name, on request."""
    done, words = "Training is over", "Come back and see."
    if card is not None:
        done = percent(card.test_accuracy, 1)
        words = f"{card.name} has learned to read."
    if state.is_over:
        st.set_page_config(page_title=f"{done} · Digit Lab")
    elif state.state == "running":
        st.set_page_config(page_title="Training … · Digit Lab")
    tell_when_done(
        state.id,
        is_over=state.is_over,
        title=f"{done} · Digit Lab",
        words=words,
        key=f"tell-{state.id}",
    )


def _more(state: JobState) -> None:
    """The figures and pictures for people who went looking; they cost nothing while closed."""
    if not state.reports:
        return
    more = st.expander(
        "More", expanded=st.session_state.get(_MORE, False), key="training-more", on_change="rerun"
    )
    # Remembered when another page was open in between.
    st.session_state[_MORE] = bool(more.open)
    if not more.open:
        return
    with more:
        heading(state)
        precision_note(state.settings)
        figures(state)
        _curves(state)
        _inside(state)


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


def _inside(state: JobState) -> None:
    try:
        snapshot = queue.snapshot(state.id)
    except ValueError:
        # Removed this very moment; the next redraw tells.
        return
    if snapshot is not None:
        look_inside(state.id, snapshot)


def _curves(state: JobState) -> None:
    # A fresh training is compared with other fresh ones; another with the model it started from.
    earlier = None if state.started_from else _earlier_run(state)
    before = _model_before(state)
    curve_charts(
        lambda quantity: learning_curve(
            quantity,
            epochs=state.settings.epochs,
            reports=state.reports,
            history=state.history,
            published=() if state.started_from else state.recipe.published_curve,
            earlier=earlier,
            started_from=(before.name, _reached(before, quantity)) if before else None,
        ),
        key=state.id,
    )
    if state.learns_drawings:
        st.caption(_FORGETTING.format(" below the dotted line" if before else ""))
    elif state.settings.digits == ALL_DIGITS and not state.settings.label_noise:
        st.caption(_WHY_TWO_CURVES + _OVERFITTING)
    else:
        st.caption(_WHY_TWO_CURVES + _DIFFERENT_TASKS)


def _earlier_run(state: JobState) -> tuple[str, Sequence[EpochFigures]] | None:
    earlier = {card.name: card.history for card in cached.cards() if card.history}
    name = st.selectbox(
        "Compare with an earlier run",
        tuple(earlier),
        index=None,
        placeholder="Choose a run",
        key=f"compare-{state.id}",
    )
    return (name, earlier[name]) if name in earlier else None


def _model_before(state: JobState) -> ModelCard | None:
    """The model a training continues from; None where it is fresh, or that model is gone.

    Also None where its accuracy at one look, as epochs are measured, is not known.
    """
    if state.started_from is None:
        return None
    card = cached.card_of(state.started_from)
    return None if card and card.recipe.looks > 1 and not card.history else card


def _reached(card: ModelCard, quantity: Quantity) -> float:
    """On the test images, at one look."""
    figures: EpochFigures | ModelCard = card.history[-1] if card.recipe.looks > 1 else card
    return figures.test_accuracy if quantity == "accuracy" else figures.test_loss
