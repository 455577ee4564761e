"""A series as it happens and after: curves over each other, a table, what it says."""

from collections.abc import Mapping

import streamlit as st

from mnist_core.analysis.evaluation import wilson_interval
from mnist_core.charts.learning_curves import comparison_curves
from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.jobs import queue, series
from mnist_core.jobs.queue import JobState
from mnist_core.jobs.series import Series
from mnist_core.networks.settings import Settings
from mnist_core.system.wording import duration, percent, rate_words
from mnist_core.training.run_differences import unusual_settings
from ui.shell import address, cached
from ui.shell.glossary import explain
from ui.train.runs_table import RESULT_COLUMNS
from ui.train.series_summary import series_words
from ui.training_run.curves import curve_charts
from ui.training_run.ownership import may_steer
from ui.training_run.watched_training import NAME, started_training
from ui.widgets.scroll_into_view.scroll_into_view import scroll_into_view

_REFRESH_SECONDS = 1.0
_STATES = {
    "queued": "waits",
    "pausing": "pauses",
    "stopping": "stops",
    "failed": "did not finish",
}


def series_view(shown: Series) -> None:
    """Show a series, and go on showing it until all of it is over."""
    if (started := started_training()) in shown.members:
        scroll_into_view(f"series of {started}")
    is_moving = any(not state.is_over for state in series.states(shown))
    refresh = _REFRESH_SECONDS if is_moving else None
    st.fragment(_show, run_every=refresh)(shown, is_watched=is_moving)


def series_title(shown: Series) -> str:
    """What it is, in two words or so: "5 seeds"."""
    count = len(shown.members)
    match shown.differing:
        case ("seed",):
            return f"{count} seeds"
        case ("learning_rate",):
            return f"{count} learning rates"
        case _:
            return f"{count} trainings"


def _show(shown: Series, *, is_watched: bool) -> None:
    states = series.states(shown)
    if is_watched and all(state.is_over for state in states):
        # The page once more as a whole: nothing moves any more.
        address.rerun()
    named = _named(states)
    accuracies = {card.name: card.test_accuracy for card in cached.cards()}
    reached = {name: _accuracy(state, accuracies) for name, state in named.items()}
    _heading(shown, states)
    _how_far(shown, named)
    st.caption(
        "Marks: the 10,000 test images, after each epoch. Thin lines: the training images, while "
        "it learns.",
        help=explain("epoch", "accuracy", "loss"),
    )
    _curves(named)
    _table(named, reached)
    done = {
        name: (state.settings, accuracy)
        for name, state in named.items()
        if state.state == "done" and (accuracy := reached[name]) is not None
    }
    for sentence in series_words(done, left=sum(not state.is_over for state in states)):
        is_of_luck = "standard deviation" in sentence
        st.markdown(sentence, help=explain("standard deviation") if is_of_luck else None)
    _not_counted(named)
    _each(named)


def _named(states: list[JobState]) -> dict[str, JobState]:
    """Each training by what is special about it, such as "seed 3"."""
    differing = series.differing([state.settings for state in states])
    return {
        ", ".join(_said(state.settings, one) for one in differing) or "training": state
        for state in states
    }


def _said(settings: Settings, field: str) -> str:
    value = getattr(settings, field)
    written = rate_words(value, 3) if field == "learning_rate" else str(value)
    return f"{field.replace('_', ' ')} {written}"


def _accuracy(state: JobState, models: Mapping[str, float]) -> float | None:
    """On the test images, 0..1: of the model, or after the latest epoch; None before there is.

    Args:
        state: the training.
        models: what each model that is here reaches.
    """
    if state.model is not None and state.model in models:
        return models[state.model]
    return state.history[-1].test_accuracy if state.history else None


def _heading(shown: Series, states: list[JobState]) -> None:
    """Say in a line what is trained, and how: what is alike in all of them."""
    settings = next(iter(shown.members.values()))
    epochs = f"{settings.epochs} {'epoch' if settings.epochs == 1 else 'epochs'}"
    alike = {
        "training_images": f"{settings.images_per_epoch:,} images",
        "epochs": epochs,
        "learning_rate": f"learning rate {rate_words(settings.learning_rate, 3)}",
        "optimizer": f"optimizer {settings.optimizer}",
        "batch_size": f"batch size {settings.batch_size}",
        "seed": f"seed {settings.seed}",
    }
    words = [said for field, said in alike.items() if field not in shown.differing]
    before = states[0].started_from if states else None
    words += [*unusual_settings(settings), *([f"goes on from {before}"] if before else [])]
    st.markdown(f"**{shown.recipe.title}**, {series_title(shown)} · {' · '.join(words)}")


def _how_far(shown: Series, named: Mapping[str, JobState]) -> None:
    done = sum(state.state == "done" for state in named.values())
    words = [f"{done} of {len(named)} done"]
    for name, state in named.items():
        if state.is_over or state.state == "queued":
            continue
        left = state.progress.seconds_left if state.progress else None
        words.append(f"{name}: {_at(state)}" + ("" if left is None else f", {duration(left)} left"))
    if all(state.is_over for state in named.values()):
        return
    st.progress(done / len(named), " · ".join(words))
    if not may_steer(next(iter(named.values()))):
        return
    st.button(
        "Stop all of them",
        key=f"series-stop-{shown.name}",
        icon=":material/stop_circle:",
        help="The one that runs is kept as it is; those that wait do not begin.",
        on_click=_stop,
        args=([state.id for state in named.values() if not state.is_over],),
    )


def _stop(ids: list[str]) -> None:
    # The last first: else the next one would begin as soon as the running one has stopped.
    for job_id in reversed(ids):
        try:
            queue.stop(job_id)
        except (queue.QueueFull, OSError, ValueError):
            # Gone meanwhile, or no room to come back: it does not run, which was asked for.
            continue


def _curves(named: Mapping[str, JobState]) -> None:
    curve_charts(
        lambda quantity: comparison_curves(
            quantity,
            {name: state.history for name, state in named.items()},
            epochs=max((state.settings.epochs for state in named.values()), default=1),
            learning={name: state.reports for name, state in named.items()},
        ),
        key="series",
    )


def _table(named: Mapping[str, JobState], reached: Mapping[str, float | None]) -> None:
    st.dataframe(
        [_row(name, state, reached[name]) for name, state in named.items()],
        hide_index=True,
        key="series-table",
        placeholder="",
        column_config=RESULT_COLUMNS,
    )


def _row(name: str, state: JobState, accuracy: float | None) -> dict[str, object]:
    low, high = (
        (None, None)
        if accuracy is None
        else wilson_interval(round(accuracy * TEST_IMAGES), TEST_IMAGES)
    )
    return {
        "training": name,
        "state": _at(state),
        "accuracy": None if accuracy is None else round(accuracy * 100, 2),
        "95%": "" if low is None or high is None else f"{percent(low)} to {percent(high)}",
        "mistakes": None if accuracy is None else round((1 - accuracy) * TEST_IMAGES),
        "time": round(state.progress.seconds) if state.progress else None,
        "model": state.model or "",
    }


def _at(state: JobState) -> str:
    if state.state != "running":
        return _STATES.get(state.state, state.state)
    progress = state.progress
    return f"epoch {progress.epoch} of {progress.epochs}" if progress else "begins"


def _not_counted(named: Mapping[str, JobState]) -> None:
    """What was stopped or broke off says nothing of its setting: it learned for less time."""
    for name, state in named.items():
        if state.is_over and state.state != "done":
            why = f" {state.message}" if state.message else ""
            st.caption(f"{name} did not finish and is not counted.{why}")


def _each(named: Mapping[str, JobState]) -> None:
    st.caption("Look at one of them:")
    with st.container(horizontal=True):
        for name, state in named.items():
            st.page_link(
                "pages/train.py",
                label=name,
                icon=":material/visibility:",
                query_params={NAME: state.id},
            )
