"""The network a visitor designs: in the session while they work on it, in the address to share."""

from dataclasses import replace

import streamlit as st

from mnist_core.networks import design, limits, recipes
from mnist_core.networks.design import BrokenDesign, Design
from mnist_core.networks.layers import (
    AveragePool,
    BatchNorm,
    Conv,
    Dense,
    Dropout,
    Flatten,
    Layer,
    MaxPool,
)
from mnist_core.networks.settings import Settings
from ui.shell.address import Address
from ui.training_run.settings_form import Knobs

NAME = "design"
"""In the address."""

NEW: dict[str, Layer] = {
    "Dense": Dense(128, "relu"),
    "Conv": Conv(16, 3, "relu"),
    "MaxPool": MaxPool(2),
    "AveragePool": AveragePool(2),
    "Dropout": Dropout(0.25),
    "BatchNorm": BatchNorm("linear"),
    "Flatten": Flatten(),
}
"""The layers there are, each as it is when it is new."""

_DESIGN, _CHOSEN, _TEXT = "own/design", "own/chosen", "own/text"

# Small enough to be trained while one looks on, good enough to be proud of.
_FIRST = Design(
    (Conv(8, 5, "relu"), MaxPool(2), Flatten(), Dense(64, "relu")),
    Settings(epochs=3, batch_size=128, optimizer="adam", learning_rate=0.002),
)


def take_over(here: Address) -> Design:
    """The design to show: the address's if it has another one, or else the session's."""
    text = here.text(NAME)
    if text is not None and text != st.session_state.get(_TEXT):
        try:
            _keep(design.from_text(text), text)
        except BrokenDesign as error:
            here.problems.append(f"{error} Showing the network you had before.")
            st.session_state[_TEXT] = text
    return current()


def current() -> Design:
    """The design as it is now."""
    found: Design = st.session_state.get(_DESIGN, _FIRST)
    return found


def chosen() -> int:
    """The place of the layer that is worked on, -1 where there is none."""
    place: int = st.session_state.get(_CHOSEN, 0)
    return min(place, len(current().layers) - 1)


def choose(place: int) -> None:
    """Work on the layer at this place."""
    st.session_state[_CHOSEN] = place


def begin(here: Address, start: Design) -> None:
    """Open this design to work on; for callbacks."""
    choose(0)
    _change(here, start)
    here.choose(view="own")


def begin_with_recipe(here: Address, name: str) -> None:
    """Open the network of a recipe to work on; for callbacks."""
    begin(here, design.from_recipe(recipes.get(name)))


def add(here: Address, layer: Layer) -> None:
    """Put a layer behind the chosen one, and choose it."""
    stack = current().layers
    if not limits.may_add_layer(stack):
        return
    place = chosen() + 1
    choose(place)
    _change_layers(here, (*stack[:place], layer, *stack[place:]))


def remove(here: Address) -> None:
    """Take the chosen layer out."""
    stack, place = current().layers, chosen()
    if place >= 0:
        choose(max(place - 1, 0))
        _change_layers(here, (*stack[:place], *stack[place + 1 :]))


def move(here: Address, by: int) -> None:
    """Move the chosen layer along, and keep it chosen."""
    stack, place = list(current().layers), chosen()
    if 0 <= place + by < len(stack) and place >= 0:
        stack.insert(place + by, stack.pop(place))
        choose(place + by)
        _change_layers(here, tuple(stack))


def put(here: Address, place: int, layer: Layer) -> None:
    """Have this layer at a place, instead of the one there."""
    stack = current().layers
    if place < len(stack):
        _change_layers(here, (*stack[:place], layer, *stack[place + 1 :]))


def knobs(here: Address) -> Knobs:
    """The knobs of the design's training."""
    return Knobs(
        "own",
        lambda: current().settings,
        lambda settings: _change(here, replace(current(), settings=settings)),
    )


def change_start_values(here: Address, key: str) -> None:
    """Take over the start values that a widget holds; for its callback."""
    _change(here, replace(current(), initializer=st.session_state[key]))


def _change_layers(here: Address, layers: tuple[Layer, ...]) -> None:
    _change(here, replace(current(), layers=layers))


def _change(here: Address, changed: Design) -> None:
    try:
        text = design.to_text(changed)
    except ValueError:
        # Too large for a link; it can still be worked on and trained.
        text = None
    _keep(changed, text)
    here.choose(**{NAME: text})


def _keep(kept: Design, text: str | None) -> None:
    st.session_state[_DESIGN] = kept
    st.session_state[_TEXT] = text
