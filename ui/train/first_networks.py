"""The three networks that are offered first: one press trains one."""

import streamlit as st

from mnist_core.networks import recipes
from mnist_core.system.text_format import about, percent
from mnist_core.training.expectation import expect
from ui.shell import cached
from ui.training_run.watched_training import submit
from ui.widgets.network_cards.network_cards import Card, network_cards

FIRST = {
    "quick": "Learns in big steps: the fastest way to good reading.",
    "mlp-784": "The plainest network there is: one neuron for each pixel.",
    "cnn-32-32": "The most arithmetic of all tutorials: worth the wait?",
}
"""Recipes in the order of what they promise for one's time, with a sentence on each."""

KEY = "first-networks"
_PICKED = "first-networks/picked"


def first_networks() -> None:
    """Show them, and train the one that is picked."""
    is_warm = cached.warm_pool().process is not None
    network_cards([_card(name, is_warm) for name in FIRST], key=KEY, on_pick=_remember)
    picked = st.session_state.pop(_PICKED, None)
    if picked is None:
        return
    recipe = recipes.get(list(FIRST)[picked])
    if submit(recipe, recipe.settings):
        # From the top: the training takes the place of the cards.
        st.rerun()


def _remember(position: int) -> None:
    st.session_state[_PICKED] = position


def _card(name: str, is_warm: bool) -> Card:
    recipe = recipes.get(name)
    expected = expect(recipe, cached.cards(), is_warm=is_warm)
    accuracy, seconds = percent(expected.accuracy, 1), about(expected.seconds)
    return Card(recipe.title, FIRST[name], recipe.layers, accuracy, seconds, "Train it")
