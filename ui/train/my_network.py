"""My network: put layers together, see the result, train it, share it."""

from functools import partial

import streamlit as st

from mnist_core.networks import design, recipes
from mnist_core.networks.recipes import Initializer, Recipe
from mnist_core.networks.settings import Settings
from mnist_core.system import server_settings
from ui.glossary.glossary import explain
from ui.shell.address import Address
from ui.train import my_network_state
from ui.train.active_trainings import other_trainings, show_watched_training
from ui.train.layer_editor import layer_editor
from ui.train.train_button import train_button
from ui.training_run.settings_form import bind, settings_form
from ui.widgets.copy_link.copy_link import copy_link

_INITIAL_WEIGHTS: dict[Initializer, str] = {
    "default": "Glorot uniform (Keras's default)",
    "he": "He normal (made for relu)",
    "normal": "Small normal (spread 0.05)",
    "uniform": "Small uniform (-0.05 to 0.05)",
}


def show(here: Address) -> None:
    """Show the view; `design` and `job` in the address choose what it shows."""
    my_network_state.load_from_address(here)
    # Filled last: the buttons below may start the training that is shown here.
    training = st.container()
    layer_editor(here)
    _size_or_problem()
    form, start = st.columns([3, 2], gap="large")
    with form:
        settings = settings_form(my_network_state.stored_settings(here))
        st.selectbox(
            "Initial weights",
            tuple(_INITIAL_WEIGHTS),
            format_func=_INITIAL_WEIGHTS.__getitem__,
            help=explain("initial weights", *recipes.INITIALIZER_NAMES.values()),
            **bind(
                "own-initializer",
                my_network_state.current().initializer,
                partial(my_network_state.set_initial_weights, here),
            ),
        )
    with start:
        train_button(my_network_state.current().recipe, settings, key="own")
        other_trainings()
        _start_from(here)
        _share()
    with training:
        show_watched_training()


def change_layers_button(here: Address, recipe: Recipe, settings: Settings, *, key: str) -> None:
    """Offer a copy of a network to change, and tell what the copy lacks."""
    st.button(
        "Change its layers",
        key=key,
        icon=":material/build:",
        help="Opens a copy of this network, with these settings, under My network.",
        on_click=my_network_state.open_design,
        args=(here, design.from_recipe(recipe, settings)),
    )
    if missing := design.missing_from_copy(recipe):
        st.caption(missing)


def _size_or_problem() -> None:
    network = my_network_state.current()
    explained = network.explanation
    if explained.problem is None:
        st.markdown(
            f"**{explained.parameters:,} parameters** to learn; at most "
            f"{server_settings.max_parameters():,} are allowed here.",
            help=explain("parameters"),
        )
        return
    is_at_end = explained.broken in (None, len(network.layers))
    where = "at the end" if is_at_end else f"at layer {(explained.broken or 0) + 1}"
    st.warning(f"This network breaks {where}. {explained.problem}", icon=":material/construction:")


def _share() -> None:
    try:
        text = design.to_text(my_network_state.current())
    except ValueError as error:
        st.caption(str(error))
        return
    st.caption("Whoever opens this link sees this network, with these settings:")
    copy_link("Copy link", key="own-link", view="own", **{my_network_state.PARAMETER: text})


def _start_from(here: Address) -> None:
    with st.popover("Start from another network", icon=":material/content_copy:"):
        # A committee would become one of its members, which is in the list anyway.
        for recipe in (one for one in recipes.RECIPES if one.members == 1):
            st.button(
                recipe.title,
                key=f"own-from-{recipe.name}",
                help=f"{recipe.name}: {recipe.summary}",
                width="stretch",
                on_click=my_network_state.open_design,
                args=(here, design.from_recipe(recipe)),
            )
            if missing := design.missing_from_copy(recipe):
                st.caption(missing)
