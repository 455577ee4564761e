"""The three networks that are offered first: one press trains one."""

import streamlit as st

from mnist_core.system.text_format import about, percent
from mnist_core.training.first_choices import Choice, first_choices
from ui.shell import cached
from ui.training_run.watched_training import submit
from ui.widgets.network_cards.network_cards import Card, network_cards

KEY = "first-networks"
_PICKED = "first-networks/picked"


def first_networks() -> None:
    """Show them, and train the one that is picked."""
    is_warm = cached.warm_pool().process is not None
    choices = first_choices(cached.cards(), is_warm=is_warm)
    network_cards([_card(choice) for choice in choices], key=KEY, on_pick=_remember)
    picked = st.session_state.pop(_PICKED, None)
    if picked is None:
        return
    recipe = choices[picked].recipe
    if submit(recipe, recipe.settings):
        # From the top: the training takes the place of the cards.
        st.rerun()


def _remember(position: int) -> None:
    st.session_state[_PICKED] = position


def _card(choice: Choice) -> Card:
    return Card(
        choice.recipe.title,
        choice.words,
        choice.recipe.layers,
        percent(choice.accuracy, 1),
        about(choice.seconds),
        "Train it",
    )
