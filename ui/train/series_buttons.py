"""The buttons that train a series: several seeds, or several learning rates."""

from dataclasses import replace

import streamlit as st

from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import LARGEST_LEARNING_RATE, LIMITS, Settings
from ui.glossary.glossary import explain
from ui.training_run.watched_training import submit

_SEEDS = 5


def series_buttons(recipe: Recipe, settings: Settings, key: str) -> None:
    """Offer both."""
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
