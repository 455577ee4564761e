"""The Train button, and the buttons that train a series."""

from dataclasses import replace

import streamlit as st

from mnist_core.networks import size_limits, training_time
from mnist_core.networks.layers import explain as explain_layers
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import LARGEST_LEARNING_RATE, LIMITS, Settings
from mnist_core.system.text_format import duration
from ui.glossary.glossary import explain
from ui.training_run.status import precision_note
from ui.training_run.watched_training import submit
from ui.visitors import permission

_SEEDS = 5


def train_button(recipe: Recipe, settings: Settings, *, key: str) -> None:
    """Offer to train a network, alone or in a series, or tell why that is impossible."""
    problem = permission.why_not()
    try:
        size_limits.check(recipe, settings)
    except ValueError as error:
        problem = str(error)
    pressed = st.button(
        "Train",
        key=f"{key}-train",
        type="primary",
        icon=":material/play_arrow:",
        width="stretch",
        disabled=problem is not None,
    )
    if problem is None:
        st.caption(
            f"About {duration(training_time.expected_seconds(recipe, settings))} on this computer."
        )
    elif explain_layers(recipe.layers).problem is not None:
        # What is wrong with the network is shown beside its layers.
        st.caption("Fix the network first.")
    else:
        st.caption(problem)
    precision_note(settings)
    if pressed and submit(recipe, settings):
        # From the top: the training takes the place of what was there to choose from.
        st.rerun()
    with st.popover("Train a series", icon=":material/stacks:", disabled=problem is not None):
        _series_buttons(recipe, settings, key)


def _series_buttons(recipe: Recipe, settings: Settings, key: str) -> None:
    st.markdown("One training after another, shown side by side.", help=explain("seed"))
    seeds = st.button(f"{_SEEDS} seeds: how much is luck?", key=f"{key}-seeds", width="stretch")
    rates = st.button(
        "3 learning rates: a third, this, three times", key=f"{key}-rates", width="stretch"
    )
    series = five_seeds(settings) if seeds else three_rates(settings) if rates else None
    if series and submit(recipe, *series):
        st.rerun()


def five_seeds(settings: Settings) -> list[Settings]:
    """The same training with this seed and the next four."""
    seeds = LIMITS["seed"][1] + 1
    return [replace(settings, seed=(settings.seed + more) % seeds) for more in range(_SEEDS)]


def three_rates(settings: Settings) -> list[Settings]:
    """The same training with a third of the learning rate, with it, and with three times as much.

    At the largest rate allowed there are two trainings.
    """
    rates = (settings.learning_rate / 3, settings.learning_rate, settings.learning_rate * 3)
    # Each once: the same rate with the same seed would be the same training. A third of the
    # smallest number there is would be none at all.
    allowed = dict.fromkeys(min(rate, LARGEST_LEARNING_RATE) for rate in rates if rate > 0)
    return [replace(settings, learning_rate=rate) for rate in allowed]
