"""The Train button."""

import streamlit as st

from mnist_core.networks import size_limits, training_time
from mnist_core.networks.layers import explain as explain_layers
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import Settings
from mnist_core.system.text_format import duration
from ui.train.series_buttons import series_buttons
from ui.training_run.status import precision_note
from ui.training_run.watched_training import submit
from ui.visitors import permission


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
        series_buttons(recipe, settings, key)
