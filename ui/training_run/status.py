"""How a training stands, in words and figures: what it is, how far, how good so far."""

import streamlit as st

from mnist_core.hands import fine_tuning_set
from mnist_core.jobs.queue import JobState
from mnist_core.system.wording import duration, percent, rate_words
from mnist_core.training.progress import Progress, images_per_second
from ui.shell.glossary import explain
from ui.widgets.metric_row.metric_row import Metric, metric_row

_PHASES = {
    None: "Your training is about to start.",
    "loading": "Starting TensorFlow, the program that trains. That takes about 5 seconds.",
    "training": "Building the network.",
    "saving": "Training is over. Now it reads the 10,000 test images and is saved.",
}


def heading(state: JobState) -> None:
    """Say in a line what is trained, and how."""
    settings = state.settings
    epochs = f"{settings.epochs} {'epoch' if settings.epochs == 1 else 'epochs'}"
    if state.learns_drawings:
        count = fine_tuning_set.drawing_count(settings)
        st.markdown(
            f"**{state.started_from} learns from somebody's drawings** · "
            f"{count} {'drawing' if count == 1 else 'drawings'}, each shown "
            f"{fine_tuning_set.COPIES} times a little changed, among "
            f"{fine_tuning_set.MNIST_DIGITS:,} digits of MNIST · {epochs}"
        )
        return
    st.markdown(
        f"**{state.recipe.title}** · {settings.images_per_epoch:,} images · {epochs} · "
        f"learning rate {rate_words(settings.learning_rate, 3)} · seed {settings.seed}"
        + (f" · goes on from {state.started_from}" if state.started_from else "")
    )


def figures_so_far(state: JobState) -> None:
    """Show how far it is and how good, or what it waits for."""
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
    if state.jobs_ahead:
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
    others = "1 training is" if state.jobs_ahead == 1 else f"{state.jobs_ahead} trainings are"
    wait = state.wait_seconds
    when = "" if wait is None else f" That may take about {duration(wait)}."
    st.info(
        f"In line: {others} ahead of this one.{when} It starts by itself when its turn "
        "comes, even if you close this page.",
        icon=":material/hourglass_top:",
    )
