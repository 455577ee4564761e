"""What a training is, its figures, and what it waits for."""

import streamlit as st

from mnist_core.handwriting import fine_tuning_set
from mnist_core.jobs import launch
from mnist_core.jobs.queue import JobState
from mnist_core.language.translation import _, n_, p_
from mnist_core.networks.settings import Settings
from mnist_core.system.text_format import decimal, duration, localised, percent, rate_words, whole
from mnist_core.training.progress import images_per_second
from ui.glossary.glossary import explain
from ui.shell.network_words import title_of
from ui.widgets.metric_row.metric_row import Metric, metric_row


def training_title(state: JobState) -> str:
    """What is trained, and what it starts from."""
    title = p_("network", state.recipe.title)
    if state.started_from is None:
        return title
    before = title_of(state.started_from)
    if state.learns_drawings:
        return _("“{network}” learns from somebody's drawings", network=before)
    # A model that came with the app has its recipe's title.
    if before == title:
        return _("{network}, trained further", network=title)
    return _("{network}, continues from “{before}”", network=title, before=before)


def heading(state: JobState) -> None:
    """Show in a line what is trained, and how."""
    settings = state.settings
    epochs = n_("{n} epoch", "{n} epochs", settings.epochs)
    if state.learns_drawings:
        count = fine_tuning_set.drawing_count(settings)
        how = n_(
            "{n} drawing, shown {times} times with small changes, mixed with {digits} MNIST digits",
            "{n} drawings, each shown {times} times with small changes, mixed with {digits} MNIST "
            "digits",
            count,
            times=fine_tuning_set.copies(count),
            digits=whole(fine_tuning_set.mnist_digits(settings)),
        )
        st.markdown(f"**{training_title(state)}** · {how} · {epochs}")
        return
    how = _(
        "{images} images · {epochs} · learning rate {rate} · seed {seed}",
        images=whole(settings.images_per_epoch),
        epochs=epochs,
        rate=localised(rate_words(settings.learning_rate, 3)),
        seed=settings.seed,
    )
    st.markdown(f"**{training_title(state)}** · {how}")


def precision_note(settings: Settings) -> None:
    """Tell where bfloat16 is asked for and the processor here cannot do it."""
    if launch.falls_back_to_float32(settings):
        st.caption(
            _(
                "It asks for reduced precision (bfloat16), which this computer's processor does "
                "not support. Full precision (float32) is used instead: the result is as good, "
                "it only takes longer."
            )
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
        Metric(_("Training accuracy"), percent(progress.accuracy, 1), training, 150),
        Metric(_("Loss"), decimal(progress.loss, 3), explain("loss"), 105),
        Metric(_("Test accuracy, epoch {number}", number=len(state.history)), tested, test, 190),
        Metric(_("Images per second"), "…" if pace is None else decimal(pace, 0), None, 150),
    ]
    # Where it is constant, it stands below, where it can be changed.
    if state.settings.schedule != "constant":
        now = (
            "…" if progress.learning_rate is None else localised(rate_words(progress.learning_rate))
        )
        words = explain("learning rate", "schedule")
        metrics.append(Metric(_("Learning rate now"), now, words, 160))
    metric_row(*metrics)


def notice(state: JobState) -> None:
    """Tell what a training that does not go on waits for."""
    if state.jobs_ahead:
        wait = state.wait_seconds
        words = _(
            "Position {number} in the queue. It starts by itself, even if you close this page."
        )
        if wait is not None:
            words = _(
                "Position {number} in the queue. It starts by itself in about {time}, even if you "
                "close this page."
            )
        st.info(
            words.format(number=state.jobs_ahead + 1, time=duration(wait or 0)),
            icon=":material/hourglass_top:",
        )
    elif state.state == "pausing":
        st.info(_("Pausing as soon as possible."), icon=":material/pause:")
    elif state.state == "paused":
        # There is something to resume only where its process has ended.
        words = (
            _(
                "Paused, and out of the way so that others can train. Press **Resume**, and it "
                "joins the queue to continue exactly where it stopped."
            )
            if state.can_resume
            else _("Paused. It will continue exactly where it stopped.")
        )
        st.info(words, icon=":material/pause:")
