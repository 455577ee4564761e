"""A tutorial's network: choose one, turn its knobs, train it, watch."""

import streamlit as st

from mnist_core.networks import design, recipes
from ui.shell.address import Address
from ui.shell.glossary import explain
from ui.train import my_network_state
from ui.train.network_table import network_table, published_words
from ui.train.train_button import other_trainings, show_watched_training, train_button
from ui.training_run.settings_form import recipe_knobs, settings_form


def show(here: Address) -> None:
    """Show the view; `recipe` and `job` in the address steer it."""
    names = tuple(recipe.name for recipe in recipes.RECIPES)
    name = here.one_of(
        "recipe",
        names,
        refusal="There is no recipe of that name",
        instead=f"the first one, {names[0]}",
    )
    # Filled last: what is pressed below may begin the training that is shown here.
    training = st.container()
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
        settings = settings_form(recipe_knobs(recipe))
        train_button(recipe, settings, key="recipe")
        other_trainings()
    with network:
        network_table(recipe)
        st.button(
            "Change its layers",
            icon=":material/build:",
            help="Opens a copy of this network, with these settings, to change as you like.",
            on_click=my_network_state.begin,
            args=(here, design.from_recipe(recipe, settings)),
        )
        if lacks := design.missing_from_copy(recipe):
            st.caption(lacks)
    with training:
        show_watched_training()
