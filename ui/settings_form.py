"""The knobs of a training: the recipe's own settings, ready to be changed."""

from dataclasses import replace
from math import floor, log10

import streamlit as st

from mnist_core.recipes import Recipe
from mnist_core.settings import (
    AUGMENTATIONS,
    LARGEST_LEARNING_RATE,
    LIMITS,
    OPTIMIZERS,
    SCHEDULES,
    Settings,
)
from ui.words import explain

_NAMES = {"adadelta": "Adadelta", "adam": "Adam", "rmsprop": "RMSprop", "sgd": "SGD"}
_SCHEDULES = {"constant": "The same all the time", "one-cycle": "Grows, then falls to nothing"}
_AUGMENTATIONS = {
    "none": "As they are",
    "bent": "Each bent a little",
    "hands": "Bent, and a third drawn again as other hands would",
}
_SMALLEST_LEARNING_RATE = 1e-5


def settings_form(recipe: Recipe) -> Settings:
    """Show the knobs; each recipe remembers its own positions."""
    own = recipe.settings
    epochs, images = st.columns(2)
    with epochs:
        chosen_epochs = _whole("Epochs", "epoch", "epochs", recipe)
    with images:
        chosen_images = _whole(
            "Images to learn from", "training set", "training_images", recipe, step=1000
        )
    with st.expander("More"):
        optimizer = st.selectbox(
            "Optimizer",
            OPTIMIZERS,
            OPTIMIZERS.index(own.optimizer),
            format_func=_NAMES.__getitem__,
            key=f"{recipe.name}-optimizer",
            persist_state="session",
            help=explain("optimizer"),
        )
        learning_rate = st.number_input(
            "Learning rate",
            _SMALLEST_LEARNING_RATE,
            LARGEST_LEARNING_RATE,
            own.learning_rate,
            step=10.0 ** floor(log10(own.learning_rate)),
            format="%g",
            key=f"{recipe.name}-learning-rate",
            persist_state="session",
            help=explain("learning rate"),
        )
        schedule = st.selectbox(
            "Learning rate over time",
            SCHEDULES,
            SCHEDULES.index(own.schedule),
            format_func=_SCHEDULES.__getitem__,
            key=f"{recipe.name}-schedule",
            persist_state="session",
            help=explain("schedule"),
        )
        augmentation = st.selectbox(
            "Images in each epoch",
            AUGMENTATIONS,
            AUGMENTATIONS.index(own.augmentation),
            format_func=_AUGMENTATIONS.__getitem__,
            key=f"{recipe.name}-augmentation",
            persist_state="session",
            help=explain("augmentation"),
        )
        batch_size = _whole("Batch size", "batch size", "batch_size", recipe)
        seed = _whole("Seed", "seed", "seed", recipe)
    return replace(
        own,
        epochs=chosen_epochs,
        batch_size=batch_size,
        optimizer=optimizer,
        learning_rate=learning_rate,
        seed=seed,
        training_images=chosen_images,
        schedule=schedule,
        augmentation=augmentation,
    )


def _whole(label: str, word: str, field: str, recipe: Recipe, step: int = 1) -> int:
    smallest, largest = LIMITS[field]
    default: int = getattr(recipe.settings, field)
    return st.number_input(
        label,
        smallest,
        largest,
        default,
        step=step,
        key=f"{recipe.name}-{field}",
        persist_state="session",
        help=explain(word),
    )
