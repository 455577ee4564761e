"""A training as it happens: figures, curves, how to steer it; and how it ended. Redraws itself."""

import itertools
import time
from collections.abc import Iterator, Sequence

import streamlit as st

from mnist_core.charts.learning_curves import Quantity, learning_curve
from mnist_core.jobs import queue
from mnist_core.jobs.queue import JobState
from mnist_core.models.card import ModelCard
from mnist_core.networks.settings import ALL_DIGITS, EpochFigures
from ui.shell import address, cached
from ui.training_run.curves import curve_charts
from ui.training_run.look_inside import inside_view
from ui.training_run.pause_stop_buttons import steering_buttons
from ui.training_run.precision_note import precision_note
from ui.training_run.result import training_end
from ui.training_run.status import figures_so_far, heading

_REFRESH_SECONDS = 0.5
# Whoever has just pressed Train waits for the first sign of life.
_FIRST_REFRESH_SECONDS = 0.15
# The server looks for it oftener than the browser can ask; so long, clicks are not heard.
_FIRST_LOOK_SECONDS = 0.03
_FIRST_WAIT_SECONDS = 0.5
# The browser asks while it is waiting, and has the next look at once: so long it is left to draw.
_FIRST_ALONE_SECONDS = 0.3
_FIRST_SIGN = "training-and-when-it-gave-its-first-sign"

_WHY_TWO = (
    "Why two curves for the training images? *While learning* is measured while the network "
    "still changes, and with dropout on: it cannot be compared with the test images. *After "
    "the epoch* can: training images again, but with the finished network."
)
_BY_HEART = (
    " If it leaves the test curve behind by more than 2 to 4 points, the network learns by heart."
)
# With wrong labels, or digits it never saw, the two are different tasks.
_OTHER_TASK = (
    " Here they are not asked the same: the test images have all digits, labelled rightly."
)
_WHAT_TO_WATCH = (
    "What to watch? The training images are the drawings and old digits of MNIST, mixed: they tell "
    "how well it learns. The *test images* are other people's digits: where their curve falls"
)
_BELOW_BEFORE = " below the dotted line, it forgets what it knew before."
_BELOW_ITSELF = ", it forgets what it knew before."


def training_view(job_id: str) -> JobState:
    """Show a training, and go on showing it until it is over.

    Returns:
        The training as it was when the page ran.

    Raises:
        ValueError: there is no such training.
    """
    state = queue.read(job_id)
    awaited = state.progress is None and not state.jobs_ahead and not state.is_over
    refresh = None if state.is_over else _FIRST_REFRESH_SECONDS if awaited else _REFRESH_SECONDS
    st.fragment(_show, run_every=refresh)(
        job_id, itertools.count(), is_watched=refresh is not None, is_awaited=awaited
    )
    return state


def _show(job_id: str, looks: Iterator[int], *, is_watched: bool, is_awaited: bool) -> None:
    # The first look belongs to the page, which does not wait.
    is_alone = next(looks) > 0
    try:
        state = _first_sign(job_id) if is_awaited and is_alone else queue.read(job_id)
    except ValueError as error:
        # It was there when the page was made, and has been removed since.
        st.info(str(error))
        return
    if state.is_over and is_watched:
        # The page once more as a whole: nothing moves any more, and there is a new model.
        address.rerun()
    heading(state)
    if state.is_over:
        training_end(state)
    else:
        precision_note(state.settings)
        figures_so_far(state)
        steering_buttons(state)
    if is_awaited:
        # The first sign of life goes alone: the browser takes long to draw its first curves, and
        # they have a single point yet. All the rest comes a little later, and from then on a look
        # now and then is enough.
        if state.reports and _is_on_the_screen(job_id):
            address.rerun()
        return
    if state.reports:
        _curves(state)
    _inside(state)


def _first_sign(job_id: str) -> JobState:
    """How the training stands as soon as it has begun to learn, or after a moment."""
    until = time.monotonic() + _FIRST_WAIT_SECONDS
    while True:
        state = queue.read(job_id)
        if state.progress is not None or state.is_over or time.monotonic() >= until:
            return state
        time.sleep(_FIRST_LOOK_SECONDS)


def _is_on_the_screen(job_id: str) -> bool:
    """Whether the first sign of this training was sent long enough ago; asked whenever it is."""
    now = time.monotonic()
    sign: tuple[str, float] | None = st.session_state.get(_FIRST_SIGN)
    if sign is None or sign[0] != job_id:
        sign = st.session_state[_FIRST_SIGN] = job_id, now
    return now - sign[1] >= _FIRST_ALONE_SECONDS


def _inside(state: JobState) -> None:
    try:
        snapshot = queue.snapshot(state.id)
    except ValueError:
        # Removed this very moment; the next look at it says so.
        return
    if snapshot is not None:
        inside_view(state.id, snapshot)


def _curves(state: JobState) -> None:
    # A fresh training can be compared with other fresh ones; what goes on, with how it began.
    under = None if state.started_from else _chosen_below(state)
    before = _before(state)
    curve_charts(
        lambda quantity: learning_curve(
            quantity,
            epochs=state.settings.epochs,
            reports=state.reports,
            history=state.history,
            published=() if state.started_from else state.recipe.published_curve,
            earlier=under,
            before=(before.name, _reached(before, quantity)) if before else None,
        ),
        key=state.id,
    )
    if state.learns_drawings:
        st.caption(_WHAT_TO_WATCH + (_BELOW_BEFORE if before else _BELOW_ITSELF))
    else:
        settings = state.settings
        same = settings.digits == ALL_DIGITS and not settings.label_noise
        st.caption(_WHY_TWO + (_BY_HEART if same else _OTHER_TASK))


def _chosen_below(state: JobState) -> tuple[str, Sequence[EpochFigures]] | None:
    earlier = {card.name: card.history for card in cached.cards() if card.history}
    name = st.selectbox(
        "Lay under it",
        tuple(earlier),
        index=None,
        placeholder="An earlier training, to compare",
        key=f"under-{state.id}",
    )
    return (name, earlier[name]) if name in earlier else None


def _before(state: JobState) -> ModelCard | None:
    """The model that a training goes on from; None where it is fresh, or that model gone.

    Nor where nobody knows what it reads at one look, as the epochs are judged.
    """
    if state.started_from is None:
        return None
    card = cached.card_of(state.started_from)
    return None if card and card.recipe.looks > 1 and not card.history else card


def _reached(card: ModelCard, quantity: Quantity) -> float:
    """On the test images, at one look."""
    if card.recipe.looks > 1:
        last = card.history[-1]
        return last.test_accuracy if quantity == "accuracy" else last.test_loss
    return card.test_accuracy if quantity == "accuracy" else card.test_loss
