"""The network a visitor designs: kept in the session, and in the address to share it."""

import streamlit as st
from msgspec.structs import replace

from mnist_core.networks import design, layers, size_limits
from mnist_core.networks.design import BrokenDesign, Design
from mnist_core.networks.layers import Layer
from mnist_core.networks.recipes import Initializer
from mnist_core.networks.settings import Settings
from ui.shell.address import Address
from ui.shell.lost_session import Remembered
from ui.training_run.settings_form import StoredSettings

PARAMETER = "design"
"""Its name in the address."""

_TEXT = "my-network/text"
_SELECTED: Remembered[int] = Remembered("my-network/selected", int, 0)

# Small enough to watch it train, good enough to be proud of.
_FIRST = Design(
    (layers.Conv(8, 5, "relu"), layers.MaxPool(2), layers.Flatten(), layers.Dense(64, "relu")),
    Settings(epochs=3, batch_size=128, optimizer="adam", learning_rate=0.002),
)
_DESIGN: Remembered[Design] = Remembered("my-network/design", Design, _FIRST)


def load_from_address(here: Address) -> None:
    """Take over the design in the address, if it is another one than the session's."""
    text = here.text(PARAMETER)
    if text is not None and text != st.session_state.get(_TEXT):
        try:
            _keep(design.from_text(text), text)
        except BrokenDesign as error:
            here.problems.append(f"{error} Showing the network you had before.")
            st.session_state[_TEXT] = text


def current() -> Design:
    """The design as it is now."""
    return _DESIGN.get()


def selected() -> int:
    """The position of the selected layer; -1 if there are no layers."""
    return min(_SELECTED.get(), len(current().layers) - 1)


def select(position: int) -> None:
    """Select the layer at this position."""
    _SELECTED.set(position)


def open_design(here: Address, start: Design) -> None:
    """Open this design to work on it; a callback."""
    select(0)
    _change(here, start)
    here.choose(view="own")


def add(here: Address, layer: Layer) -> None:
    """Add a layer after the selected one, and select it; a callback."""
    stack = current().layers
    if size_limits.may_add_layer(stack):
        position = selected() + 1
        select(position)
        _change_layers(here, (*stack[:position], layer, *stack[position:]))


def remove(here: Address) -> None:
    """Remove the selected layer; a callback."""
    stack, position = current().layers, selected()
    if position >= 0:
        select(max(position - 1, 0))
        _change_layers(here, (*stack[:position], *stack[position + 1 :]))


def move(here: Address, by: int) -> None:
    """Move the selected layer so many positions, and keep it selected; a callback."""
    stack, position = list(current().layers), selected()
    if 0 <= position + by < len(stack) and position >= 0:
        stack.insert(position + by, stack.pop(position))
        select(position + by)
        _change_layers(here, tuple(stack))


def replace_layer(here: Address, position: int, layer: Layer) -> None:
    """Put this layer in place of the one at a position."""
    stack = current().layers
    _change_layers(here, (*stack[:position], layer, *stack[position + 1 :]))


def stored_settings(here: Address) -> StoredSettings:
    """The settings the design is trained with, for the form that edits them."""
    return StoredSettings(
        "own",
        lambda: current().settings,
        lambda settings: _change(here, replace(current(), settings=settings)),
    )


def set_initial_weights(here: Address, initializer: Initializer) -> None:
    """Start the design's training from other weights."""
    _change(here, replace(current(), initializer=initializer))


def _change_layers(here: Address, changed: tuple[Layer, ...]) -> None:
    _change(here, replace(current(), layers=changed))


def _change(here: Address, changed: Design) -> None:
    try:
        text = design.to_text(changed)
    except ValueError:
        # Too large for a link; it can still be worked on and trained.
        text = None
    _keep(changed, text)
    here.choose(**{PARAMETER: text})


def _keep(kept: Design, text: str | None) -> None:
    _DESIGN.set(kept)
    st.session_state[_TEXT] = text
