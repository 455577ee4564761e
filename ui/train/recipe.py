"""Training a ready-made network: choose one, change its settings, train it, watch."""

import streamlit as st

from mnist_core.networks import recipes
from ui.glossary.glossary import explain
from ui.shell.address import Address
from ui.train.active_trainings import other_trainings, show_watched_training
from ui.train.experiment import experiment
from ui.train.first_networks import first_networks
from ui.train.may_train import may_train
from ui.train.my_network import change_layers_button
from ui.train.network_table import network_table, published_words
from ui.train.train_button import train_button
from ui.training_run.settings_form import recipe_settings, settings_form
from ui.training_run.watched_training import watched_training

_PARAMETER = "recipe"


def show(here: Address) -> None:
    """Show the view; `recipe`, `settings` and `job` in the address choose what it shows."""
    # Filled last: the buttons below may start the training that is shown here.
    training = st.container()
    is_watching = watched_training() is not None
    if not may_train():
        with training:
            show_watched_training()
        return
    is_experiment = not is_watching and experiment(here)
    if not is_watching and not is_experiment:
        first_networks()
    # A link to a network is a wish to see it. Another element while one watches a training.
    more = st.expander(
        "More networks, every setting",
        expanded=_PARAMETER in st.query_params and not is_watching and not is_experiment,
        key=f"more-networks-{is_watching}",
        icon=":material/tune:",
        on_change="rerun" if is_watching else "ignore",
    )
    names = tuple(recipe.name for recipe in recipes.RECIPES)
    name = here.one_of(
        _PARAMETER,
        names,
        refusal="There is no recipe of that name",
        instead=f"the first one, {names[0]}",
    )
    # A browser goes through all that is on the page each time a training redraws itself.
    if more.open or not is_watching:
        with more:
            _every_network(here, names, name)
    other_trainings()
    with training:
        show_watched_training()


def _every_network(here: Address, names: tuple[str, ...], name: str) -> None:
    """All networks, the one of this name chosen, and every setting."""
    choice, network = st.columns([2, 3], gap="large")
    with choice:
        st.selectbox(
            "Network",
            format_func=lambda name: f"{recipes.get(name).title} · {name}",
            help=explain("network", "recipe"),
            **here.widgets.bind(_PARAMETER, name, options=names),
        )
        recipe = recipes.get(name)
        st.markdown(f"{recipe.summary} {published_words(recipe)}", help=explain("tutorial"))
        settings = settings_form(recipe_settings(recipe))
        train_button(recipe, settings, key="recipe")
    with network:
        network_table(recipe)
        change_layers_button(here, recipe, settings, key="recipe-change-layers")
