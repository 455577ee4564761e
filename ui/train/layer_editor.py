"""Working on the layers of a network of one's own: add, move, remove, and the knobs of each."""

from typing import Any

import msgspec
import streamlit as st

from mnist_core.networks import limits
from mnist_core.networks.layers import Layer
from ui.shell.address import Address
from ui.shell.glossary import explain
from ui.shell.layer_words import layer_words
from ui.train import my_network_state
from ui.training_run.settings_form import controlled
from ui.widgets.architecture.architecture import architecture

_ACTIVATIONS = ("relu", "tanh", "sigmoid", "gelu", "linear")
_EXPLAINED = {
    "Dense": ("dense", "neuron"),
    "Conv": ("convolution",),
    "MaxPool": ("pooling",),
    "AveragePool": ("average pooling",),
    "Dropout": ("dropout",),
    "BatchNorm": ("batch normalisation",),
    "Flatten": ("flatten",),
}
_LABELS = {
    "units": ("Neurons", 4096, "neuron"),
    "filters": ("Patterns (filters)", 256, "convolution"),
    "size": ("Side, in pixels", 28, "pixel"),
}


def layer_editor(here: Address) -> None:
    """Show the network as blocks to choose from, and what can be done with the chosen one."""
    stack, place = my_network_state.current().layers, my_network_state.chosen()
    architecture(
        stack,
        key="own-architecture",
        chosen=place,
        on_choose=my_network_state.choose,
    )
    if place >= 0:
        with st.container(border=True):
            _work_on(here, place, stack[place], last=len(stack) - 1)
    _additions(here, stack)


def _work_on(here: Address, place: int, layer: Layer, last: int) -> None:
    st.markdown(f"Layer {place + 1}: **{layer_words(layer)}**")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _knobs(here, place, layer)
        st.button(
            "Earlier",
            key="own-earlier",
            icon=":material/arrow_back:",
            disabled=place == 0,
            on_click=my_network_state.move,
            args=(here, -1),
        )
        st.button(
            "Later",
            key="own-later",
            icon=":material/arrow_forward:",
            disabled=place == last,
            on_click=my_network_state.move,
            args=(here, 1),
        )
        st.button(
            "Remove",
            key="own-remove",
            icon=":material/delete:",
            on_click=my_network_state.remove,
            args=(here,),
        )


def _additions(here: Address, stack: tuple[Layer, ...]) -> None:
    st.caption("Add behind it:" if stack else "Add a layer:")
    with st.container(horizontal=True, gap="small"):
        for name, layer in my_network_state.NEW.items():
            st.button(
                name,
                key=f"own-add-{name}",
                icon=":material/add:",
                help=explain(*_EXPLAINED[name]),
                disabled=not limits.may_add_layer(stack),
                on_click=my_network_state.add,
                args=(here, layer),
            )
    if not limits.may_add_layer(stack):
        st.caption(f"A network may have {limits.max_layers()} layers here.")


def _knobs(here: Address, place: int, layer: Layer) -> None:
    for field in layer.__struct_fields__:
        value = getattr(layer, field)
        key = f"own-layer-{place}-{type(layer).__name__}-{field}"
        if field == "activation":
            _activation(here, place, layer, key, value)
        elif field == "rate":
            st.number_input(
                "Silenced, %",
                0.0,
                99.0,
                step=5.0,
                format="%g",
                width=150,
                help=explain("dropout"),
                **_steers(here, place, layer, field, key, round(value * 100, 6), 100),
            )
        else:
            label, largest, word = _LABELS[field]
            st.number_input(
                label,
                1,
                max(largest, value),
                width=170,
                help=explain(word),
                **_steers(here, place, layer, field, key, value),
            )


def _activation(here: Address, place: int, layer: Layer, key: str, value: str) -> None:
    options = _ACTIVATIONS if value in _ACTIVATIONS else (*_ACTIVATIONS, value)
    st.selectbox(
        "Activation",
        options,
        width=170,
        help=explain(*_ACTIVATIONS),
        **_steers(here, place, layer, "activation", key, value),
    )


def _steers(
    here: Address, place: int, layer: Layer, field: str, key: str, shown: Any, scale: int = 1
) -> dict[str, Any]:
    """What to give a widget so that it shows a layer's value and changes it."""

    def follow() -> None:
        value = st.session_state[key]
        changed = {field: value / scale if scale != 1 else value}
        # Two knobs may change between two runs: each goes into what is there by then.
        now = my_network_state.current().layers
        if place < len(now) and type(now[place]) is type(layer):
            my_network_state.put(here, place, msgspec.structs.replace(now[place], **changed))

    return {"key": controlled(key, shown), "on_change": follow}
