"""The card in a model's directory: how it was trained and how good it is."""

from dataclasses import dataclass, field
from typing import Annotated

import msgspec

from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.networks import layers
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import EpochFigures, RateChange, Settings

# A year.
_LONGEST_SECONDS = 366 * 24 * 3600


@dataclass(frozen=True)
class FileFacts:
    """Size in bytes and SHA-256 (hexadecimal) of a file beside the card."""

    size: int
    sha256: str


@dataclass(frozen=True)
class FineTuned:
    """How a model was fine-tuned on somebody's own digits.

    Attributes:
        started_from: the name of the model it was before.
        test_accuracy_before: that model's, 0..1.
        learned: how many drawings it learned from.
        learned_right: how many of these were read correctly, before and after.
        held_out: how many other drawings of the same hand were held out to judge by.
        held_out_right: how many of those were read correctly, before and after.
    """

    started_from: str
    test_accuracy_before: float
    learned: int
    learned_right: tuple[int, int]
    held_out: int
    held_out_right: tuple[int, int]


@dataclass(frozen=True)
class ModelCard:
    """What is known of a trained model.

    Attributes:
        name: the model's directory, unique.
        recipe: the network.
        settings: how this one was trained; may differ from the recipe's own.
        created: when it was finished, UTC, ISO 8601.
        seconds: what training took, without importing and saving.
        steps: how many times the weights were updated.
        stopped_early: it was stopped before its last epoch was over.
        history: the figures of every finished epoch.
        test_accuracy: of `model.tflite` on the 10,000 test images, 0..1.
        test_loss: mean cross-entropy there, in nats.
        mistakes: how many test images it misreads.
        litert_difference: largest difference between a probability of `model.keras` and of
            `model.tflite` over the test images.
        versions: of Python and the packages that made it.
        machine: processor and number of cores that trained it.
        temperature: divides its logits, so that its confidence matches its accuracy; fitted on
            images held out of a training like this one. None if not fitted.
        fine_tuned: how it was fine-tuned on somebody's own digits; None if it was not.
        started_from: the model whose weights it started from; None if they were fresh, or if it
            was fine-tuned.
        taught_by: the model from whose answers it learned besides the labels, if any.
        also_learned: what it has seen besides MNIST, as the end of a sentence that begins with
            "a network that": "learned from MNIST and from ...". None if it has seen only MNIST, or
            what a visitor drew.
        rate_changes: when somebody changed its learning rate during the training.
        files: the other files in its directory.
        shipped: it came with the app. Known from its directory, not written in the card.
    """

    name: str
    recipe: Recipe
    settings: Settings
    created: str
    seconds: Annotated[float, msgspec.Meta(ge=0, le=_LONGEST_SECONDS)]
    steps: Annotated[int, msgspec.Meta(ge=0)]
    stopped_early: bool
    history: tuple[EpochFigures, ...]
    test_accuracy: Annotated[float, msgspec.Meta(ge=0, le=1)]
    test_loss: Annotated[float, msgspec.Meta(ge=0)]
    mistakes: Annotated[int, msgspec.Meta(ge=0, le=TEST_IMAGES)]
    litert_difference: float
    versions: dict[str, str]
    machine: str
    temperature: Annotated[float, msgspec.Meta(gt=0)] | None = None
    fine_tuned: FineTuned | None = None
    started_from: str | None = None
    taught_by: str | None = None
    also_learned: str | None = None
    rate_changes: tuple[RateChange, ...] = ()
    files: dict[str, FileFacts] = field(default_factory=dict)
    shipped: bool = False

    @property
    def title(self) -> str:
        """What pages call it: the recipe's title, or the name that a visitor may change on Runs.

        The name of a model that came with the app is for addresses, files and the command line.
        """
        return self.recipe.title if self.shipped else self.name

    @property
    def parameters(self) -> int:
        """How many parameters the network has."""
        return self.recipe.parameters


def encode(card: ModelCard) -> bytes:
    """The card as JSON, indented so that people and git can read it."""
    fields = msgspec.to_builtins(card)
    fields.pop("shipped", None)
    return msgspec.json.format(msgspec.json.encode(fields), indent=1) + b"\n"


def decode(data: bytes) -> ModelCard:
    """The card in a JSON text.

    Raises:
        ValueError: it is not a card, or of an impossible network.
    """
    card = msgspec.json.decode(data, type=ModelCard)
    layers.summarize(card.recipe.layers)
    return card
