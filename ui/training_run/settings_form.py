"""The form for a training's settings. It shows settings that are kept elsewhere, and edits them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import (
    ALL_DIGITS,
    LARGEST_LEARNING_RATE,
    LARGEST_MOMENTUM,
    LIMITS,
    OPTIMIZER_TITLES,
    Settings,
)
from mnist_core.system import server_settings
from ui.glossary.glossary import explain
from ui.shell.lost_session import Remembered

_SCHEDULES = {
    "constant": "Constant",
    "cosine": "Falls smoothly to zero",
    "steps": "Drops to a tenth, twice",
    "one-cycle": "Rises, then falls to zero",
}
_AUGMENTATIONS = {
    "none": "As they are",
    "bent": "Each bent a little",
    "hands": "Bent, and a quarter redrawn in other handwriting",
}
_LOSSES = {"cross-entropy": "Cross-entropy", "squared-error": "Squared error"}
_PRECISIONS = {
    "float32": "Full precision (float32)",
    "bfloat16": "Reduced and faster (bfloat16, if the processor can)",
}
_PIXEL_RANGES = {"0-1": "Divided by 255: 0 to 1", "0-255": "As in the file: 0 to 255"}
_SMALLEST_LEARNING_RATE = 1e-5
# A learning rate closer to the smallest than this share of itself counts as the smallest.
_TOLERANCE = 1e-3


@dataclass(frozen=True)
class StoredSettings:
    """Where the settings that a form edits are kept.

    Attributes:
        key: tells this form's widgets from others.
        read: the settings as they are now.
        write: called with other settings, before the page runs again.
    """

    key: str
    read: Callable[[], Settings]
    write: Callable[[Settings], None]


def recipe_settings(recipe: Recipe) -> StoredSettings:
    """Settings that start as the recipe has them; the visit remembers them for each recipe."""
    kept: Remembered[Settings] = Remembered(f"settings/{recipe.name}", Settings, recipe.settings)
    return StoredSettings(recipe.name, kept.get, kept.set)


def settings_form(stored: StoredSettings) -> Settings:
    """Show the form, and return the settings as they are."""
    epochs, images = st.columns(2)
    with epochs:
        _whole(stored, "epochs", "Epochs", "epoch")
    with images:
        _whole(stored, "training_images", "Images to learn from", "training set", step=1000)
    with st.expander("Every setting", key=f"{stored.key}-more"):
        explained = ("optimizer", *OPTIMIZER_TITLES.values())
        _choice(stored, "optimizer", "Optimizer", OPTIMIZER_TITLES, *explained)
        rate = stored.read().learning_rate
        smallest = min(rate, _SMALLEST_LEARNING_RATE)
        rates, step = (smallest, LARGEST_LEARNING_RATE), learning_rate_step(rate, smallest)
        _number(stored, "learning_rate", "Learning rate", rates, step)
        if stored.read().optimizer == "sgd":
            _number(stored, "momentum", "Momentum", (0.0, LARGEST_MOMENTUM), 0.1)
        _choice(stored, "schedule", "Learning rate over time (schedule)", _SCHEDULES, "schedule")
        _whole(stored, "batch_size", "Batch size", "batch size")
        label = "Images in each epoch (augmentation)"
        _choice(stored, "augmentation", label, _AUGMENTATIONS, "augmentation")
        _choice(stored, "pixel_range", "Pixels while learning", _PIXEL_RANGES, "dividing by 255")
        _digits(stored)
        label = "Deliberately wrong labels, %"
        _number(stored, "label_noise", label, (0.0, 100.0), 5.0, scale=100)
        explained = ("loss", *map(str.lower, _LOSSES.values()))
        _choice(stored, "loss", "What to minimise (loss)", _LOSSES, *explained)
        label = "Precision of the arithmetic"
        _choice(stored, "precision", label, _PRECISIONS, "numeric precision")
        _whole(stored, "seed", "Seed", "seed")
    return stored.read()


def bind(key: str, value: Any, write: Callable[[Any], object]) -> dict[str, Any]:
    """Arguments that make a widget show this value, and pass on what a visitor changes it to."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    return {"key": key, "on_change": lambda: write(st.session_state[key])}


def learning_rate_step(rate: float, smallest: float) -> float:
    """How far a click on − or + moves a learning rate: a tenth to a quarter of it.

    The steps below and above a round number are much the same, so that − undoes +, and never so
    long that − would lead below the smallest: Streamlit allows no click then.

    Args:
        rate: where it is.
        smallest: as far down as it may go.

    Example:
        `learning_rate_step(0.001, 1e-5)` is 0.0002: up to 0.0012, or down to 0.0008.
    """
    # By its digits: next to a power of ten, a float's logarithm may be rounded the other way.
    digits, power = f"{rate:.6e}".split("e")
    leading = float(digits)
    step = float(f"{0.2 if leading < 2 else 0.5 if leading < 5 else 1}e{power}")
    if rate > smallest * (1 + _TOLERANCE):
        while rate - step < smallest:
            step /= 2
    return step


def _bind(
    stored: StoredSettings, field: str, shown: Any, parse: Callable[[Any], Any] = lambda new: new
) -> dict[str, Any]:
    """Arguments that make a widget show a setting and change it.

    `parse` turns what the widget shows into what `Settings` takes.
    """

    def write(value: Any) -> None:
        # What is impossible is refused; the widget then shows the old value again.
        try:
            changed = replace(stored.read(), **{field: parse(value)})
        except ValueError as error:
            st.session_state[f"{stored.key}-refused"] = str(error)
        else:
            stored.write(changed)

    return bind(f"{stored.key}-{field}", shown, write)


def _whole(stored: StoredSettings, field: str, label: str, word: str, *, step: int = 1) -> None:
    smallest, largest = LIMITS[field]
    if field == "epochs":
        # A link may ask for more than is allowed here: shown, explained, and refused later.
        largest = max(stored.read().epochs, min(largest, server_settings.max_epochs()))
    bound = _bind(stored, field, getattr(stored.read(), field))
    st.number_input(label, smallest, largest, step=step, help=explain(word), **bound)


def _number(
    stored: StoredSettings,
    field: str,
    label: str,
    bounds: tuple[float, float],
    step: float,
    *,
    scale: int = 1,
) -> None:
    value = getattr(stored.read(), field)
    shown = value if scale == 1 else round(value * scale, 6)
    words = explain(field.replace("_", " "))
    bound = _bind(stored, field, shown, lambda shown: shown / scale)
    st.number_input(label, *bounds, step=step, format="%g", help=words, **bound)


def _choice(
    stored: StoredSettings, field: str, label: str, options: Mapping[str, str], *words: str
) -> None:
    st.selectbox(
        label,
        tuple(options),
        format_func=options.__getitem__,
        help=explain(*words),
        **_bind(stored, field, getattr(stored.read(), field)),
    )


def _digits(stored: StoredSettings) -> None:
    chosen = list(stored.read().digits)
    st.pills(
        "Digits to learn",
        ALL_DIGITS,
        selection_mode="multi",
        help="The others are left out of training; the test images still show all ten.",
        **_bind(stored, "digits", chosen, lambda digits: tuple(sorted(digits))),
    )
    if refusal := st.session_state.pop(f"{stored.key}-refused", None):
        st.warning(refusal)
