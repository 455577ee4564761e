"""One series, live and afterwards: curves in one chart, a table, what follows from it."""

from collections.abc import Mapping
from contextlib import suppress

import streamlit as st

from mnist_core.charts.learning_curves import comparison_curves
from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.jobs import queue, series
from mnist_core.jobs.queue import JobState
from mnist_core.jobs.series import Series
from mnist_core.networks.settings import Settings
from mnist_core.system.text_format import counted, duration, rate_words
from mnist_core.training.run_differences import unusual_settings
from ui.glossary.glossary import explain
from ui.shell import address, cached
from ui.train.runs_table import result_columns
from ui.train.series_summary import series_summary
from ui.training_run.curves import curve_charts
from ui.training_run.ownership import may_control
from ui.training_run.watched_training import job_link, last_submitted
from ui.widgets.scroll_into_view.scroll_into_view import scroll_into_view
from ui.widgets.sortable_table.sortable_table import Column, sortable_table

_REFRESH_SECONDS = 1.0


def series_view(shown: Series) -> None:
    """Show a series, and redraw it until all of it is over."""
    if (submitted := last_submitted()) in shown.members:
        scroll_into_view(f"series of {submitted}")
    is_live = any(not state.is_over for state in series.states(shown))
    refresh = _REFRESH_SECONDS if is_live else None
    st.fragment(_show, run_every=refresh)(shown, is_live=is_live)


def series_title(shown: Series) -> str:
    """What it is, in a few words, such as "5 seeds"."""
    field = shown.differing[0] if len(shown.differing) == 1 else ""
    noun = field.replace("_", " ") if field in ("seed", "learning_rate") else "training"
    return counted(len(shown.members), noun)


def _show(shown: Series, *, is_live: bool) -> None:
    states = series.states(shown)
    if is_live and all(state.is_over for state in states):
        # The whole page once more: the redrawing ends.
        address.rerun()
    named = _named(states)
    accuracies = {card.name: card.test_accuracy for card in cached.cards()}
    reached = {name: _accuracy(state, accuracies) for name, state in named.items()}
    _heading(shown, states)
    _progress(shown, named)
    st.caption(
        "Marks: the 10,000 test images, after each epoch. Thin lines: the training images, while "
        "it learns.",
        help=explain("epoch", "accuracy", "loss"),
    )
    curve_charts(
        lambda quantity: comparison_curves(
            quantity,
            {name: state.history for name, state in named.items()},
            epochs=max((state.settings.epochs for state in states), default=1),
            learning={name: state.reports for name, state in named.items()},
        ),
        key="series",
    )
    _table(shown, named, reached)
    _conclusions(named, reached)
    st.caption("Look at one of them:")
    with st.container(horizontal=True):
        for name, state in named.items():
            job_link(state.id, name)


def _named(states: list[JobState]) -> dict[str, JobState]:
    """Each training by what is different about it, such as "seed 3"."""
    differing = series.differing([state.settings for state in states])
    return {
        ", ".join(_setting_words(state.settings, one) for one in differing) or "training": state
        for state in states
    }


def _setting_words(settings: Settings, field: str) -> str:
    value = getattr(settings, field)
    written = rate_words(value, 3) if field == "learning_rate" else str(value)
    return f"{field.replace('_', ' ')} {written}"


def _accuracy(state: JobState, models: Mapping[str, float]) -> float | None:
    """On the test images, 0..1: the model's, or after the latest epoch; None before the first."""
    if state.model is not None and state.model in models:
        return models[state.model]
    return state.history[-1].test_accuracy if state.history else None


def _heading(shown: Series, states: list[JobState]) -> None:
    """Show in a line what is trained, and what all the trainings have in common."""
    settings = next(iter(shown.members.values()))
    common = {
        "training_images": f"{settings.images_per_epoch:,} images",
        "epochs": counted(settings.epochs, "epoch"),
    }
    for field in ("learning_rate", "optimizer", "batch_size", "seed"):
        common[field] = _setting_words(settings, field)
    words = [text for field, text in common.items() if field not in shown.differing]
    words += unusual_settings(settings)
    if states and states[0].started_from:
        words.append(f"continues from “{cached.title_of(states[0].started_from)}”")
    st.markdown(f"**{shown.recipe.title}**, {series_title(shown)} · {' · '.join(words)}")


def _progress(shown: Series, named: Mapping[str, JobState]) -> None:
    unfinished = [state.id for state in named.values() if not state.is_over]
    if not unfinished:
        return
    done = sum(state.state == "done" for state in named.values())
    words = [f"{done} of {len(named)} done"]
    for name, state in named.items():
        if not state.is_over and state.state != "queued":
            left = state.progress.seconds_left if state.progress else None
            more = "" if left is None else f", {duration(left)} left"
            words.append(f"{name}: {_state_words(state)}{more}")
    st.progress(done / len(named), " · ".join(words))
    if may_control(next(iter(named.values()))):
        st.button(
            "Stop all of them",
            key=f"series-stop-{shown.name}",
            icon=":material/stop_circle:",
            help="The running one is kept as it is; the queued ones do not start.",
            on_click=_stop,
            args=(unfinished,),
        )


def _stop(ids: list[str]) -> None:
    # The last first: otherwise the next one would start as soon as the running one has stopped.
    for job_id in reversed(ids):
        # Gone meanwhile, or no room to come back: it does not run, as was asked for.
        with suppress(queue.QueueFull, OSError, ValueError):
            queue.stop(job_id)


def _table(
    shown: Series, named: Mapping[str, JobState], reached: Mapping[str, float | None]
) -> None:
    states = named.values()
    accuracies = [reached[name] for name in named]
    sortable_table(
        [
            Column("training", list(named)),
            Column("state", [_state_words(one) for one in states]),
            *result_columns(
                [None if one is None else round(one * TEST_IMAGES) for one in accuracies],
                [one.progress.seconds if one.progress else None for one in states],
            ),
            Column("model", [one.model or "" for one in states]),
        ],
        key="series-table",
        label=f"The trainings of this series: {series_title(shown)}",
        file="series",
    )


def _state_words(state: JobState) -> str:
    if state.state != "running":
        return "did not finish" if state.state == "failed" else state.state
    progress = state.progress
    return f"epoch {progress.epoch} of {progress.epochs}" if progress else "starting"


def _conclusions(named: Mapping[str, JobState], reached: Mapping[str, float | None]) -> None:
    done = {
        name: (state.settings, accuracy)
        for name, state in named.items()
        if state.state == "done" and (accuracy := reached[name]) is not None
    }
    left = sum(not state.is_over for state in named.values())
    for sentence in series_summary(done, left=left):
        is_of_luck = "standard deviation" in sentence
        st.markdown(sentence, help=explain("standard deviation") if is_of_luck else None)
    for name, state in named.items():
        # A training that was cut short says nothing about its setting.
        if state.is_over and state.state != "done":
            why = f" {state.message}" if state.message else ""
            st.caption(f"{name} did not finish and is not counted.{why}")
