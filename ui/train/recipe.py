"""Training a ready-made network: choose one, change its settings, train it, watch."""

import streamlit as st

from mnist_core.networks import recipes
from ui.shell.address import Address
from ui.shell.glossary import explain
from ui.train.active_trainings import other_trainings, show_watched_training
from ui.train.experiment import experiment
from ui.train.my_network import change_layers_button
from ui.train.network_table import network_table, published_words
from ui.train.train_button import train_button
from ui.training_run.settings_form import recipe_settings, settings_form
from ui.training_run.watched_training import watched_training


def show(here: Address) -> None:
    """Show the view; `recipe`, `settings` and `job` in the address choose what it shows."""
    names = tuple(recipe.name for recipe in recipes.RECIPES)
    name = here.one_of(
        "recipe",
        names,
        refusal="There is no recipe of that name",
        instead=f"the first one, {names[0]}",
    )
    # Filled last: the buttons below may start the training that is shown here.
    training = st.container()
    if watched_training() is None:
        experiment(here)
    choice, network = st.columns([2, 3], gap="large")
    with choice:
        st.selectbox(
            "Network",
            format_func=lambda name: f"{recipes.get(name).title} · {name}",
            help=explain("network", "recipe"),
            **here.widgets.bind("recipe", name, options=names),
        )
        recipe = recipes.get(name)
        st.markdown(f"{recipe.summary} {published_words(recipe)}", help=explain("tutorial"))
        settings = settings_form(recipe_settings(recipe))
        train_button(recipe, settings, key="recipe")
        other_trainings()
    with network:
        network_table(recipe)
        change_layers_button(here, recipe, settings, key="recipe-change-layers")
    with training:
        show_watched_training()
