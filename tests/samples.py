"""Small things to train and test with."""

import shutil
from dataclasses import replace
from pathlib import Path

from mnist_core.data import dataset
from mnist_core.data.dataset import Digits
from mnist_core.models import store
from mnist_core.models.card import ModelCard
from mnist_core.networks import recipes
from mnist_core.networks.layers import Conv, Dense, Dropout, Flatten, MaxPool
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import Settings

QUICK = Settings(
    epochs=1, batch_size=50, optimizer="adam", learning_rate=0.003, training_images=300
)

# Trains in a second and holds every kind of layer.
SMALL = Recipe(
    name="small",
    title="A small network",
    summary="For tests.",
    layers=(Conv(4, 5, "relu"), MaxPool(2), Dropout(0.1), Flatten(), Dense(16, "tanh")),
    settings=QUICK,
)

# Trains in less, for those who ask only that something is trained.
TINY = replace(SMALL, name="tiny", title="A tiny network", layers=(Dense(16, "relu"),))


def first(name: str, count: int) -> Digits:
    """The first images of a set."""
    digits = dataset.load(name)
    return Digits(name, digits.images[:count], digits.labels[:count])


def quick(recipe_name: str) -> tuple[Recipe, Settings]:
    """A shipped recipe with settings that train it for a moment."""
    recipe = recipes.get(recipe_name)
    return recipe, replace(recipe.settings, epochs=1, training_images=300)


def own_models() -> list[str]:
    """The models that did not come with the app, by name."""
    return [card.name for card in store.list_models() if not card.shipped]


def staged(folder: Path, name: str) -> ModelCard:
    """Put a shipped model's files into a staging directory; the card to commit them with."""
    for file in (store.KERAS, store.LITERT, store.PROBABILITIES):
        shutil.copy(store.SHIPPED / "cnn-larger" / file, folder)
    return replace(store.read_card(store.SHIPPED / "cnn-larger"), name=name, shipped=False)
