"""The questions and answers, which are in `questions.toml`, and the links of the experiments."""

import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec

from mnist_core.networks import design, recipes, settings_text
from mnist_core.networks.layers import Layer
from mnist_core.networks.recipes import Recipe


@dataclass(frozen=True)
class Experiment:
    """Something to try that shows an answer.

    Attributes:
        label: what it is, for a link.
        page: where it is done.
        query: what the page's address has after the "?", for an experiment without a recipe.
        recipe: the name of the network to train; None if nothing is trained.
        settings: what is different from the recipe's settings.
        layers: the network's layers as data, if they are not the recipe's.
    """

    label: str
    page: str = "train"
    query: dict[str, str] = field(default_factory=dict)
    recipe: str | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    layers: list[dict[str, Any]] | None = None

    @property
    def trained(self) -> Recipe | None:
        """What is trained, with the settings of the experiment; None if nothing is."""
        if self.recipe is None:
            return None
        found = recipes.get(self.recipe)
        changed = replace(found, settings=replace(found.settings, **self.settings))
        if self.layers is not None:
            changed = replace(changed, layers=msgspec.convert(self.layers, tuple[Layer, ...]))
        return changed

    @property
    def address(self) -> dict[str, str]:
        """The address's part after the "?" that opens the page just so."""
        if self.recipe is None or (recipe := self.trained) is None:
            return self.query
        if self.settings and self.layers is None:
            changes = settings_text.to_text(recipes.get(self.recipe).settings, recipe.settings)
            return {"recipe": self.recipe, "settings": changes}
        # Where the layers are what it is about.
        return {"view": "own", "design": design.to_text(design.from_recipe(recipe))}


@dataclass(frozen=True)
class Question:
    """A question and its answer.

    Attributes:
        name: in the address.
        question: as people ask it.
        answer: in about four sentences.
        experiments: at least one that shows it.
        words: of the glossary, to explain.
        sources: where its figures come from: a file in benchmarks/results, or a network's card.
    """

    name: str
    question: str
    answer: str
    experiments: tuple[Experiment, ...]
    words: tuple[str, ...]
    sources: tuple[str, ...]


QUESTIONS = msgspec.convert(
    tomllib.loads(Path(__file__).with_name("questions.toml").read_text("utf-8"))["questions"],
    tuple[Question, ...],
)
"""In the order of the page."""
