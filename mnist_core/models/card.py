"""The card that lies beside a model: where it comes from and what it reaches."""

from dataclasses import dataclass, field
from typing import Annotated

import msgspec

from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.networks import layers
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.run_control import RateChange
from mnist_core.networks.settings import EpochFigures, Settings

# A year: beyond that nobody can say how long it was.
_LONGEST_SECONDS = 366 * 24 * 3600


@dataclass(frozen=True)
class FileFacts:
    """Size in bytes and SHA-256 (hexadecimal) of a file beside the card."""

    size: int
    sha256: str


@dataclass(frozen=True)
class FineTuned:
    """How a model came from another one by learning from somebody's own digits.

    Attributes:
        started_from: the name of the model it was before.
        test_accuracy_before: that model's, 0..1.
        learned: how many drawings it learned from.
        learned_right: how many of these were read rightly, before and after.
        held_out: how many other drawings of the same hand were kept back to judge by.
        held_out_right: how many of those were read rightly, before and after.
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
        settings: how this one was trained, which need not be the recipe's own way.
        created: when it was finished, UTC, ISO 8601.
        seconds: what training took, without importing and saving.
        steps: corrections of the weights made.
        stopped_early: it was stopped before its last epoch was over.
        history: the figures of every epoch that was finished.
        test_accuracy: share of the 10,000 test images read rightly, 0..1, by `model.tflite`.
        test_loss: mean cross-entropy there, in nats.
        mistakes: how many it reads wrongly.
        litert_difference: largest difference between a probability of `model.keras` and of
            `model.tflite` over the test images.
        versions: of Python and the packages that made it.
        machine: processor and number of cores that trained it.
        temperature: what its last sums are divided by so that it is as sure as it is right,
            fitted on images held out of a training like this one; None where nobody did.
        fine_tuned: the model it was before, and what somebody's own digits taught it; None for
            one that learned from MNIST alone.
        started_from: the model whose weights it started from; None where they were fresh, or
            somebody's own digits taught it.
        taught_by: the name of the model from whose answers it learned beside the labels, if any.
        rate_changes: when somebody changed its learning rate while it was trained.
        files: what lies beside the card.
        shipped: it came with the app. Known from its place, not written in the card.
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
    rate_changes: tuple[RateChange, ...] = ()
    files: dict[str, FileFacts] = field(default_factory=dict)
    shipped: bool = False

    @property
    def title(self) -> str:
        """The network's name for people."""
        return self.recipe.title

    @property
    def test_error(self) -> float:
        """Share of the test images read wrongly, 0..1."""
        return 1.0 - self.test_accuracy

    @property
    def parameters(self) -> int:
        """How many numbers the network learned."""
        return self.recipe.parameters


def encode(card: ModelCard) -> bytes:
    """The card as JSON, indented so that people and git can read it."""
    fields = msgspec.to_builtins(card)
    fields.pop("shipped", None)
    return msgspec.json.format(msgspec.json.encode(fields), indent=1) + b"\n"


def decode(data: bytes) -> ModelCard:
    """The card in this JSON.

    Raises:
        ValueError: it is not JSON, or not a card, or of a network that cannot be.
    """
    card = msgspec.json.decode(data, type=ModelCard)
    layers.summarize(card.recipe.layers)
    return card
