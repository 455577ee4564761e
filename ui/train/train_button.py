"""The training that a visitor watches, the button that starts one, and the others there are."""

from dataclasses import replace

import streamlit as st

from mnist_core.jobs import queue
from mnist_core.networks import cost, limits
from mnist_core.networks.layers import explain as explain_layers
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import LARGEST_LEARNING_RATE, LIMITS, Settings
from mnist_core.system.wording import duration
from ui.shell.glossary import explain
from ui.training_run.precision_note import precision_note
from ui.training_run.training_view import training_view
from ui.training_run.watched_training import (
    NAME,
    forget_training,
    series_address,
    start,
    started_training,
    watched_training,
)
from ui.widgets.scroll_into_view.scroll_into_view import scroll_into_view

_MOST_OTHERS = 5
_SEEDS = 5


def show_watched_training() -> None:
    """Show the training that this visitor watches, if any."""
    job_id = watched_training()
    if job_id is None:
        return
    if job_id == started_training():
        scroll_into_view(job_id)
    try:
        with st.container(border=True):
            # Filled last: only then is it known whether it is over.
            top = st.container(horizontal=True, horizontal_alignment="right")
            state = training_view(job_id)
            if state.is_over:
                _put_away(top)
            if state.series:
                _series_link(state.series, "It is one of a series: see them side by side")
    except ValueError as error:
        forget_training()
        st.info(f"{error} Start a new one below.")


def _put_away(place: st.delta_generator.DeltaGenerator) -> None:
    """Offer to make room: what is over would stand above the knobs for ever."""
    place.button(
        "Put this away",
        key="put-away",
        type="tertiary",
        icon=":material/close:",
        help="Shows the knobs at the top again. A network that was kept stays under Runs.",
        on_click=forget_training,
    )


def train_button(recipe: Recipe, settings: Settings, *, key: str) -> None:
    """What puts a training, or a series, in line; with the reason where that is impossible."""
    try:
        limits.check(recipe, settings)
        impossible = None
    except ValueError as error:
        impossible = str(error)
    pressed = st.button(
        "Train",
        key=f"{key}-train",
        type="primary",
        icon=":material/play_arrow:",
        width="stretch",
        disabled=impossible is not None,
    )
    if impossible is not None:
        # Where a network breaks is said beside its layers.
        breaks = explain_layers(recipe.layers).problem is not None
        st.caption("Mend the network first." if breaks else impossible)
    else:
        seconds = cost.expected_seconds(recipe, settings)
        st.caption(f"It will take about {duration(seconds)}, give or take a lot.")
    precision_note(settings)
    if pressed:
        start(recipe, settings)  # and the page goes on: it shows the training last of all
    with st.popover("Train a series", icon=":material/stacks:", disabled=impossible is not None):
        _series(recipe, settings, key)


def _series(recipe: Recipe, settings: Settings, key: str) -> None:
    st.markdown("One training after the other, shown side by side.", help=explain("seed"))
    seeds = st.button(f"{_SEEDS} seeds: how much is luck?", key=f"{key}-seeds", width="stretch")
    rates = st.button(
        "3 learning rates: a third, this, three times", key=f"{key}-rates", width="stretch"
    )
    series = five_seeds(settings) if seeds else three_rates(settings) if rates else None
    if series and start(recipe, *series):
        st.rerun()


def five_seeds(settings: Settings) -> list[Settings]:
    """The same training with this seed and the next ones."""
    largest = LIMITS["seed"][1]
    return [
        replace(settings, seed=(settings.seed + more) % (largest + 1)) for more in range(_SEEDS)
    ]


def three_rates(settings: Settings) -> list[Settings]:
    """The same training with a third of the learning rate, with it, and with three times as much.

    None is larger or smaller than anybody may train with; who begins there gets two trainings.
    """
    rates = (settings.learning_rate / 3, settings.learning_rate, settings.learning_rate * 3)
    # Each once: the same rate with the same seed would be the same training. A third of the
    # smallest number there is would be none at all.
    allowed = dict.fromkeys(min(rate, LARGEST_LEARNING_RATE) for rate in rates if rate > 0)
    return [replace(settings, learning_rate=rate) for rate in allowed]


def other_trainings() -> None:
    """Links to the trainings that run or wait here, but for the one that is watched."""
    watched = watched_training()
    others = [job_id for job_id in queue.unfinished() if job_id != watched]
    if not others:
        return
    st.caption(f"{len(others)} more on this computer, first in line first:")
    shown = set[str]()
    for job_id in others[:_MOST_OTHERS]:
        try:
            state = queue.read(job_id)
        except ValueError as error:
            st.caption(str(error))
            continue
        if state.series is None:
            how = "waiting" if state.state == "queued" else "running"
            st.page_link(
                "pages/train.py",
                label=f"{state.recipe.title}, {how}",
                icon=":material/visibility:",
                query_params={NAME: job_id},
            )
        elif state.series not in shown:
            shown.add(state.series)
            _series_link(state.series, f"{state.recipe.title}, a series")


def _series_link(name: str, label: str) -> None:
    st.page_link(
        "pages/train.py",
        label=label,
        icon=":material/stacks:",
        query_params=series_address(name),
    )
