"""What a training is, its figures, and what it waits for."""

import streamlit as st

from mnist_core.handwriting import fine_tuning_set
from mnist_core.jobs import launch
from mnist_core.jobs.queue import JobState
from mnist_core.networks.settings import Settings
from mnist_core.system.text_format import counted, duration, percent, rate_words
from mnist_core.training.progress import images_per_second
from ui.shell import cached
from ui.shell.glossary import explain
from ui.widgets.metric_row.metric_row import Metric, metric_row


def training_title(state: JobState) -> str:
    """What is trained, and what it starts from."""
    if state.started_from is None:
        return state.recipe.title
    before = cached.title_of(state.started_from)
    if state.learns_drawings:
        return f"“{before}” learns from somebody's drawings"
    # A model that came with the app has its recipe's title.
    how = "trained further" if before == state.recipe.title else f"continues from “{before}”"
    return f"{state.recipe.title}, {how}"


def heading(state: JobState) -> None:
    """Show in a line what is trained, and how."""
    settings = state.settings
    epochs = counted(settings.epochs, "epoch")
    if state.learns_drawings:
        count = fine_tuning_set.drawing_count(settings)
        drawings, copies = counted(count, "drawing"), fine_tuning_set.copies(count)
        st.markdown(
            f"**{training_title(state)}** · {drawings}, each shown "
            f"{copies} times with small changes, mixed with "
            f"{fine_tuning_set.mnist_digits(settings):,} MNIST digits · {epochs}"
        )
        return
    st.markdown(
        f"**{training_title(state)}** · {settings.images_per_epoch:,} images · {epochs} · "
        f"learning rate {rate_words(settings.learning_rate, 3)} · seed {settings.seed}"
    )


def precision_note(settings: Settings) -> None:
    """Tell where bfloat16 is asked for and the processor here cannot do it."""
    if launch.falls_back_to_float32(settings):
        st.caption(
            "It asks for reduced precision (bfloat16), which this computer's processor does not "
            "support. Full precision (float32) is used instead: the result is as good, it only "
            "takes longer."
        )


def figures(state: JobState) -> None:
    """Show the figures of a training that nobody needs to follow it."""
    progress = state.progress
    if progress is None:
        return
    pace = images_per_second(state.reports, state.settings.batch_size)
    tested = percent(state.history[-1].test_accuracy) if state.history else "…"
    training, test = explain("accuracy", "training set"), explain("accuracy", "test set")
    metrics = [
        Metric("Training accuracy", percent(progress.accuracy, 1), training, 150),
        Metric("Loss", f"{progress.loss:.3f}", explain("loss"), 105),
        Metric(f"Test accuracy, epoch {len(state.history)}", tested, test, 190),
        Metric("Images per second", "…" if pace is None else f"{pace:,.0f}", None, 150),
    ]
    # Where it is constant, it stands below, where it can be changed.
    if state.settings.schedule != "constant":
        now = "…" if progress.learning_rate is None else rate_words(progress.learning_rate)
        words = explain("learning rate", "schedule")
        metrics.append(Metric("Learning rate now", now, words, 160))
    metric_row(*metrics)


def notice(state: JobState) -> None:
    """Tell what a training that does not go on waits for."""
    if state.jobs_ahead:
        wait = state.wait_seconds
        when = "" if wait is None else f" in about {duration(wait)}"
        st.info(
            f"Position {state.jobs_ahead + 1} in the queue. It starts by itself{when}, even if you "
            "close this page.",
            icon=":material/hourglass_top:",
        )
    elif state.state == "pausing":
        st.info("Pausing as soon as possible.", icon=":material/pause:")
    elif state.state == "paused":
        # There is something to resume only where its process has ended.
        words = (
            "Paused, and out of the way so that others can train. Press **Resume**, and it joins "
            "the queue to continue exactly where it stopped."
            if state.can_resume
            else "Paused. It will continue exactly where it stopped."
        )
        st.info(words, icon=":material/pause:")
