"""A training that a link has set up: a network of the list, with a setting or two changed."""

import streamlit as st

from mnist_core.networks import recipes, settings_text
from ui.shell.address import Address
from ui.train.train_button import train_button


def experiment(here: Address) -> bool:
    """Show the training that `recipe` and `settings` in the address describe, ready to begin.

    Returns:
        Whether there is one.
    """
    name, changes = here.text("recipe"), here.text("settings")
    recipe = next((one for one in recipes.RECIPES if one.name == name), None)
    if recipe is None or changes is None:
        return False
    try:
        settings = settings_text.from_text(recipe.settings, changes)
    except ValueError as error:
        here.problems.append(f"{error} Showing its usual settings.")
        return False
    changed = settings_text.in_words(recipe.settings, settings) or ["nothing"]
    with st.container(border=True, width=560):
        different = ", ".join(f"**{one}**" for one in changed)
        st.markdown(f"### An experiment: {recipe.title.lower()}\n\nChanged: {different}.")
        train_button(recipe, settings, key="experiment")
    return True
