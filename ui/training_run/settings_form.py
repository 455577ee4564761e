"""The knobs of a training. They show settings that are kept elsewhere, and change them there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from mnist_core.networks import limits
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import (
    ALL_DIGITS,
    AUGMENTATIONS,
    LARGEST_LEARNING_RATE,
    LARGEST_MOMENTUM,
    LIMITS,
    LOSSES,
    OPTIMIZERS,
    PRECISIONS,
    SCHEDULES,
    Settings,
)
from ui.shell.glossary import explain

_OPTIMIZERS = {
    "adadelta": "Adadelta",
    "adam": "Adam",
    "adamw": "AdamW",
    "rmsprop": "RMSprop",
    "sgd": "SGD",
}
_SCHEDULES = {
    "constant": "The same all the time",
    "cosine": "Falls to nothing, gently",
    "steps": "Falls to a tenth, twice",
    "one-cycle": "Grows, then falls to nothing",
}
_AUGMENTATIONS = {
    "none": "As they are",
    "bent": "Each bent a little",
    "hands": "Bent, and a quarter drawn again as other hands would",
}
_LOSSES = {"cross-entropy": "Cross-entropy", "squared-error": "Squared error"}
_PRECISIONS = {
    "float32": "Exact (float32)",
    "bfloat16": "Rough and fast (bfloat16, where the processor can)",
}
_EXPLAINED = {
    "optimizer": ("optimizer", *_OPTIMIZERS.values()),
    "loss": ("loss", "cross-entropy", "squared error"),
    "precision": ("exactness",),
}
_SMALLEST_LEARNING_RATE = 1e-5
# Nearer to the smallest than this share of itself, a learning rate is as good as there.
_AS_GOOD_AS = 1e-3


@dataclass(frozen=True)
class Knobs:
    """Where the knobs take the settings from, and where they put them.

    Attributes:
        key: tells these knobs from others.
        read: the settings as they are now.
        write: called with other settings, before the page runs again.
    """

    key: str
    read: Callable[[], Settings]
    write: Callable[[Settings], None]


def recipe_knobs(recipe: Recipe) -> Knobs:
    """Knobs that start as the recipe has them; each recipe remembers its own positions."""
    slot = f"settings/{recipe.name}"

    def read() -> Settings:
        settings: Settings = st.session_state.get(slot, recipe.settings)
        return settings

    def write(settings: Settings) -> None:
        st.session_state[slot] = settings

    return Knobs(recipe.name, read, write)


def settings_form(knobs: Knobs) -> Settings:
    """Show the knobs, and return the settings as they are."""
    epochs, images = st.columns(2)
    with epochs:
        _whole(knobs, "epochs", "Epochs", "epoch", largest=limits.max_epochs())
    with images:
        _whole(knobs, "training_images", "Images to learn from", "training set", step=1000)
    with st.expander("More", key=f"{knobs.key}-more"):
        _choice(knobs, "optimizer", "Optimizer", OPTIMIZERS, _OPTIMIZERS)
        _learning_rate(knobs)
        if knobs.read().optimizer == "sgd":
            _share(knobs, "momentum", "Momentum", LARGEST_MOMENTUM, "momentum")
        _choice(knobs, "schedule", "Learning rate over time (schedule)", SCHEDULES, _SCHEDULES)
        _whole(knobs, "batch_size", "Batch size", "batch size")
        _choice(
            knobs,
            "augmentation",
            "Images in each epoch (augmentation)",
            AUGMENTATIONS,
            _AUGMENTATIONS,
        )
        _digits(knobs)
        _share(knobs, "label_noise", "Wrong labels on purpose, %", 100.0, "label noise", scale=100)
        _choice(knobs, "loss", "What to make small (loss)", LOSSES, _LOSSES)
        _choice(knobs, "precision", "How to calculate", PRECISIONS, _PRECISIONS)
        _whole(knobs, "seed", "Seed", "seed")
    return knobs.read()


def controlled(key: str, value: Any) -> str:
    """The key of a widget that is to show this value, whatever it showed before."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    return key


def learning_rate_step(rate: float, smallest: float) -> float:
    """How far a click on − or + moves a learning rate: a tenth to a quarter of it.

    The step before and behind a round number is much the same, so that − takes back what + did,
    and it is never so long that − would lead below the smallest: Streamlit allows no click then.

    Args:
        rate: where it is.
        smallest: as far down as it may go.

    Example:
        `learning_rate_step(0.001, 1e-5)` is 0.0002: on to 0.0012, or back to 0.0008.
    """
    # By way of its digits: what a float is next to a power of ten, its logarithm tells wrongly.
    digits, power = f"{rate:.6e}".split("e")
    leading = float(digits)
    step = float(f"{0.2 if leading < 2 else 0.5 if leading < 5 else 1}e{power}")
    if rate > smallest * (1 + _AS_GOOD_AS):
        while rate - step < smallest:
            step /= 2
    return step


def _steers(
    knobs: Knobs, field: str, shown: Any, kept: Callable[[Any], Any] | None = None
) -> dict[str, Any]:
    """What to give a widget so that it shows a setting and changes it.

    Args:
        knobs: where the setting is kept.
        field: its name in `Settings`.
        shown: its value as the widget has it.
        kept: from what the widget has to what `Settings` takes; the same if None.
    """
    key = controlled(f"{knobs.key}-{field}", shown)

    def follow() -> None:
        value = st.session_state[key]
        # What nobody can train with is not taken; the widget then shows the old value again.
        try:
            changed = replace(knobs.read(), **{field: value if kept is None else kept(value)})
        except ValueError as error:
            st.session_state[f"{knobs.key}-refused"] = str(error)
        else:
            knobs.write(changed)

    return {"key": key, "on_change": follow}


def _whole(
    knobs: Knobs, field: str, label: str, word: str, step: int = 1, largest: int | None = None
) -> None:
    smallest, possible = LIMITS[field]
    value: int = getattr(knobs.read(), field)
    st.number_input(
        label,
        smallest,
        # A link may ask for more than is allowed here: shown, explained, and refused later.
        max(value, min(possible, largest or possible)),
        step=step,
        help=explain(word),
        **_steers(knobs, field, value),
    )


def _choice(
    knobs: Knobs, field: str, label: str, options: tuple[str, ...], names: Mapping[str, str]
) -> None:
    st.selectbox(
        label,
        options,
        format_func=lambda name: names.get(name, name),
        help=explain(*_EXPLAINED.get(field, (field,))),
        **_steers(knobs, field, getattr(knobs.read(), field)),
    )


def _learning_rate(knobs: Knobs) -> None:
    rate = knobs.read().learning_rate
    smallest = min(rate, _SMALLEST_LEARNING_RATE)
    st.number_input(
        "Learning rate",
        smallest,
        LARGEST_LEARNING_RATE,
        step=learning_rate_step(rate, smallest),
        format="%g",
        help=explain("learning rate"),
        **_steers(knobs, "learning_rate", rate),
    )


def _share(
    knobs: Knobs, field: str, label: str, largest: float, word: str, *, scale: int = 1
) -> None:
    shown = round(getattr(knobs.read(), field) * scale, 6)
    st.number_input(
        label,
        0.0,
        largest,
        step=5.0 if scale == 100 else 0.1,
        format="%g",
        help=explain(word),
        **_steers(knobs, field, shown, lambda value: value / scale),
    )


def _digits(knobs: Knobs) -> None:
    st.pills(
        "Digits to learn",
        ALL_DIGITS,
        selection_mode="multi",
        help="The others are left out of the training; the examination still asks for all ten.",
        **_steers(
            knobs,
            "digits",
            list(knobs.read().digits),
            lambda chosen: tuple(sorted(chosen)),
        ),
    )
    if said := st.session_state.pop(f"{knobs.key}-refused", None):
        st.warning(said)
