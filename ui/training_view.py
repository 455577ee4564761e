"""A training as it happens: figures, curves, how to steer it; and how it ended. Redraws itself."""

import itertools
import time
from collections.abc import Iterator, Sequence

import streamlit as st

from mnist_core import jobs, lessons, model_notes
from mnist_core.card import ModelCard
from mnist_core.curves import Quantity, images_per_second, learning_curve
from mnist_core.jobs import JobState
from mnist_core.progress import Progress
from mnist_core.settings import EpochFigures
from ui import address, cached
from ui.curve_charts import curve_charts
from ui.inside_view import inside_view
from ui.metric_row import Metric, metric_row
from ui.numbers import duration, percent, rate_words
from ui.precision_note import precision_note
from ui.steering_buttons import steering_buttons
from ui.training_end import training_end
from ui.words import explain

_REFRESH_SECONDS = 0.5
# Whoever has just pressed Train waits for the first sign of life.
_FIRST_REFRESH_SECONDS = 0.15
# The server looks for it oftener than the browser can ask; so long, clicks are not heard.
_FIRST_LOOK_SECONDS = 0.03
_FIRST_WAIT_SECONDS = 0.5
# The browser asks while it is waiting, and has the next look at once: so long it is left to draw.
_FIRST_ALONE_SECONDS = 0.3
_FIRST_SIGN = "training-and-when-it-gave-its-first-sign"

_PHASES = {
    None: "Your training is about to start.",
    "loading": "Starting TensorFlow, the program that trains. That takes about 5 seconds.",
    "training": "Building the network.",
    "saving": "Training is over. Now it reads the 10,000 test images and is saved.",
}
_WHY_TWO = (
    "Why two curves for the training images? *While learning* is measured while the network "
    "still changes, and with dropout on: it cannot be compared with the test images. *After "
    "the epoch* can: training images again, but with the finished network. If it leaves the "
    "test curve behind by more than 2 to 4 points, the network learns by heart."
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
    state = jobs.read(job_id)
    awaited = state.progress is None and not state.ahead and not state.is_over
    refresh = None if state.is_over else _FIRST_REFRESH_SECONDS if awaited else _REFRESH_SECONDS
    st.fragment(_show, run_every=refresh)(
        job_id, itertools.count(), is_watched=refresh is not None, is_awaited=awaited
    )
    return state


def _show(job_id: str, looks: Iterator[int], *, is_watched: bool, is_awaited: bool) -> None:
    # The first look belongs to the page, which does not wait.
    is_alone = next(looks) > 0
    try:
        state = _first_sign(job_id) if is_awaited and is_alone else jobs.read(job_id)
    except ValueError as error:
        # It was there when the page was made, and has been removed since.
        st.info(str(error))
        return
    if state.is_over and is_watched:
        # The page once more as a whole: nothing moves any more, and there is a new model.
        address.rerun()
    _heading(state)
    if state.is_over:
        training_end(state)
    else:
        precision_note(state.settings)
        _figures_so_far(state)
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
        state = jobs.read(job_id)
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


def _heading(state: JobState) -> None:
    settings = state.settings
    epochs = f"{settings.epochs} {'epoch' if settings.epochs == 1 else 'epochs'}"
    if state.learns_drawings:
        count = lessons.drawings(settings)
        st.markdown(
            f"**{state.started_from} learns from somebody's drawings** · "
            f"{count} {'drawing' if count == 1 else 'drawings'}, each shown {lessons.COPIES} times "
            f"a little changed, among {lessons.OLD_DIGITS:,} digits of MNIST · {epochs}"
        )
        return
    st.markdown(
        f"**{state.recipe.title}** · {settings.images_per_epoch:,} images · {epochs} · "
        f"learning rate {rate_words(settings.learning_rate, 3)} · seed {settings.seed}"
        + (f" · goes on from {state.started_from}" if state.started_from else "")
    )


def _figures_so_far(state: JobState) -> None:
    progress = state.progress
    # Its place is kept when there is nothing to say: else all below would move, and for a moment
    # be there twice.
    with st.container():
        _notice(state)
    if progress is None:
        return
    share = (progress.epoch - 1 + progress.step / progress.steps) / progress.epochs
    left = progress.seconds_left
    st.progress(
        min(share, 1.0),
        f"Epoch {progress.epoch} of {progress.epochs} · step {progress.step:,} of "
        f"{progress.steps:,}" + ("" if left is None else f" · {duration(left)} left"),
    )
    _figures(state, progress)


def _figures(state: JobState, progress: Progress) -> None:
    pace = images_per_second(state.reports, state.settings.batch_size)
    tested = percent(state.history[-1].test_accuracy) if state.history else "…"
    examination = f"{explain('test set')}\n\nIt takes this examination at the end of each epoch."
    learning = percent(progress.accuracy, 1)
    metrics = [
        Metric("Accuracy while learning", learning, explain("accuracy", "training set"), 190),
        Metric("Loss", f"{progress.loss:.3f}", explain("loss"), 105),
        Metric("On test images", tested, examination, 150),
        Metric("Images a second", "…" if pace is None else f"{pace:,.0f}", None, 130),
    ]
    # What the learning rate is where nothing changes it stands below, where it can be changed.
    if state.settings.schedule != "constant":
        rate = progress.learning_rate
        now = "…" if rate is None else rate_words(rate)
        words = explain("learning rate", "schedule")
        metrics.append(Metric("Learning rate now", now, words, 160))
    metric_row(*metrics)


def _notice(state: JobState) -> None:
    if state.ahead:
        _place_in_line(state)
    elif state.state in ("pausing", "paused"):
        st.info(_pause_words(state), icon=":material/pause:")
    elif state.progress is None or state.phase == "saving":
        st.info(_PHASES[state.phase], icon=":material/hourglass_top:")


def _pause_words(state: JobState) -> str:
    if state.state == "pausing":
        return "It pauses as soon as it can."
    # There is something to resume only where its process has ended.
    if state.can_resume:
        return (
            "Paused, and put aside so that others can train. Press **Go on**, and it goes on from "
            "exactly there when its turn comes."
        )
    return "Paused: it waits exactly where it is."


def _place_in_line(state: JobState) -> None:
    others = "1 training is" if state.ahead == 1 else f"{state.ahead} trainings are"
    wait = state.wait_seconds
    when = "" if wait is None else f" That may take about {duration(wait)}."
    st.info(
        f"In line: {others} ahead of this one.{when} It starts by itself when its turn "
        "comes, even if you close this page.",
        icon=":material/hourglass_top:",
    )


def _inside(state: JobState) -> None:
    try:
        snapshot = jobs.snapshot(state.id)
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
        st.caption(_WHY_TWO)


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
    name = model_notes.present_name(state.started_from)
    card = next((card for card in cached.cards() if card.name == name), None)
    return None if card and card.recipe.looks > 1 and not card.history else card


def _reached(card: ModelCard, quantity: Quantity) -> float:
    """On the test images, at one look."""
    if card.recipe.looks > 1:
        last = card.history[-1]
        return last.test_accuracy if quantity == "accuracy" else last.test_loss
    return card.test_accuracy if quantity == "accuracy" else card.test_loss
