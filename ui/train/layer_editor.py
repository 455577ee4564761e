"""The editor of My network's layers: add, move, remove, and the settings of each."""

from functools import partial
from typing import Any

import msgspec
import streamlit as st

from mnist_core.networks import layers, size_limits
from mnist_core.networks.layers import Layer
from mnist_core.system import server_settings
from ui.glossary.glossary import explain
from ui.shell.address import Address
from ui.shell.layer_words import layer_words
from ui.train import my_network_state
from ui.training_run.settings_form import bind
from ui.widgets.architecture.architecture import architecture

NEW_LAYERS: dict[str, Layer] = {
    "Dense": layers.Dense(128, "relu"),
    "Conv": layers.Conv(16, 3, "relu"),
    "MaxPool": layers.MaxPool(2),
    "AveragePool": layers.AveragePool(2),
    "Dropout": layers.Dropout(0.25),
    "BatchNorm": layers.BatchNorm("linear"),
    "Flatten": layers.Flatten(),
}
"""Every kind of layer, as it is when it is added."""
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
    "size": ("Size, in pixels", 28, "pixel"),
}


def layer_editor(here: Address) -> None:
    """Show the network as blocks to select, and what can be done with the selected one."""
    stack, position = my_network_state.current().layers, my_network_state.selected()
    architecture(stack, key="own-architecture", chosen=position, on_choose=my_network_state.select)
    if position >= 0:
        with st.container(border=True):
            st.markdown(f"Layer {position + 1}: **{layer_words(stack[position])}**")
            with st.container(horizontal=True, vertical_alignment="bottom"):
                _layer_settings(here, position, stack[position])
                _move_buttons(here, position, last=len(stack) - 1)
    _add_buttons(here, stack)


def _move_buttons(here: Address, position: int, last: int) -> None:
    for label, icon, by, end in (
        ("Earlier", "arrow_back", -1, 0),
        ("Later", "arrow_forward", 1, last),
    ):
        st.button(
            label,
            key=f"own-{label.lower()}",
            icon=f":material/{icon}:",
            disabled=position == end,
            on_click=my_network_state.move,
            args=(here, by),
        )
    remove = partial(my_network_state.remove, here)
    st.button("Remove", key="own-remove", icon=":material/delete:", on_click=remove)


def _add_buttons(here: Address, stack: tuple[Layer, ...]) -> None:
    st.caption("Add after it:" if stack else "Add a layer:")
    may_add = size_limits.may_add_layer(stack)
    with st.container(horizontal=True, gap="small"):
        for name, layer in NEW_LAYERS.items():
            st.button(
                name,
                key=f"own-add-{name}",
                icon=":material/add:",
                help=explain(*_EXPLAINED[name]),
                disabled=not may_add,
                on_click=my_network_state.add,
                args=(here, layer),
            )
    if not may_add:
        st.caption(f"A network may have {server_settings.max_layers()} layers here.")


def _layer_settings(here: Address, position: int, layer: Layer) -> None:
    for field in layer.__struct_fields__:
        value = getattr(layer, field)
        if field == "activation":
            st.selectbox(
                "Activation",
                _ACTIVATIONS if value in _ACTIVATIONS else (*_ACTIVATIONS, value),
                width=170,
                help=explain(*_ACTIVATIONS),
                **_bind(here, position, layer, field, value),
            )
        elif field == "rate":
            bound = _bind(here, position, layer, field, round(value * 100, 6), 100)
            how: Any = {"step": 5.0, "format": "%g", "width": 150, "help": explain("dropout")}
            st.number_input("Switched off, %", 0.0, 99.0, **how, **bound)
        else:
            label, largest, word = _LABELS[field]
            bound = _bind(here, position, layer, field, value)
            st.number_input(label, 1, max(largest, value), width=170, help=explain(word), **bound)


def _bind(
    here: Address, position: int, layer: Layer, field: str, shown: Any, scale: int = 1
) -> dict[str, Any]:
    """Arguments that make a widget show a layer's value and change it."""

    def write(value: Any) -> None:
        changed = {field: value / scale if scale != 1 else value}
        # Two widgets may change between two runs: each changes the layer that is there by then.
        now = my_network_state.current().layers
        if position < len(now) and type(now[position]) is type(layer):
            altered = msgspec.structs.replace(now[position], **changed)
            my_network_state.replace_layer(here, position, altered)

    return bind(f"own-layer-{position}-{type(layer).__name__}-{field}", shown, write)
