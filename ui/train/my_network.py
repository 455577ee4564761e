"""A network of one's own: put layers together, see what comes of them, train it, share it."""

import streamlit as st

from mnist_core.networks import design, limits, recipes
from mnist_core.networks.recipes import Initializer
from ui.shell.address import Address
from ui.shell.glossary import explain
from ui.train import my_network_state
from ui.train.layer_editor import layer_editor
from ui.train.train_button import other_trainings, show_watched_training, train_button
from ui.training_run.settings_form import controlled, settings_form
from ui.widgets.copy_link.copy_link import copy_link

_START_VALUES: dict[Initializer, str] = {
    "default": "Glorot uniform (Keras's usual)",
    "he": "He normal (made for relu)",
    "normal": "Small normal (spread 0.05)",
    "uniform": "Small uniform (-0.05 to 0.05)",
}


def show(here: Address) -> None:
    """Show the view; `design` and `job` in the address steer it."""
    my_network_state.take_over(here)
    # Filled last: what is pressed below may begin the training that is shown here.
    training = st.container()
    layer_editor(here)
    _what_comes_of_it()
    knobs, start = st.columns([3, 2], gap="large")
    with knobs:
        settings = settings_form(my_network_state.knobs(here))
        _start_values(here)
    with start:
        recipe = my_network_state.current().recipe
        train_button(recipe, settings, key="own")
        other_trainings()
        _start_from(here)
        _share()
    with training:
        show_watched_training()


def _what_comes_of_it() -> None:
    explained = my_network_state.current().explanation
    if explained.problem is None:
        st.markdown(
            f"**{explained.parameters:,} parameters** to learn; at most "
            f"{limits.max_parameters():,} are allowed here.",
            help=explain("parameters"),
        )
        return
    last = len(my_network_state.current().layers)
    broken = last if explained.broken is None else explained.broken
    where = "at the end" if broken == last else f"at layer {broken + 1}"
    st.warning(f"This network breaks {where}. {explained.problem}", icon=":material/construction:")


def _start_values(here: Address) -> None:
    key = controlled("own-initializer", my_network_state.current().initializer)
    st.selectbox(
        "Start values",
        tuple(_START_VALUES),
        format_func=_START_VALUES.__getitem__,
        help=explain("start values", *recipes.INITIALIZER_NAMES.values()),
        key=key,
        on_change=my_network_state.change_start_values,
        args=(here, key),
    )


def _share() -> None:
    try:
        text = design.to_text(my_network_state.current())
    except ValueError as error:
        st.caption(str(error))
        return
    st.caption("Whoever opens this link sees this network, with these settings:")
    copy_link("Copy link", key="own-link", view="own", **{my_network_state.NAME: text})


def _start_from(here: Address) -> None:
    with st.popover("Start from another network", icon=":material/content_copy:"):
        # A committee would be one of its own networks, which stands here anyway.
        for recipe in (one for one in recipes.RECIPES if one.members == 1):
            st.button(
                recipe.title,
                key=f"own-from-{recipe.name}",
                help=f"{recipe.name}: {recipe.summary}",
                width="stretch",
                on_click=my_network_state.begin_with_recipe,
                args=(here, recipe.name),
            )
            if lacks := design.missing_from_copy(recipe):
                st.caption(lacks)
