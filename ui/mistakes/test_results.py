"""A network's answers to the 10,000 test images, as the views of the Mistakes page share them."""

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mnist_core.analysis.evaluation import Report
from mnist_core.data.dataset import TEST_IMAGES, Digits
from mnist_core.models.card import ModelCard
from mnist_core.models.store import BrokenModel
from ui.shell import cached
from ui.shell.address import Address
from ui.widgets.close_up.close_up import confidence_in


@dataclass(frozen=True, eq=False)
class Examination:
    """What one network said.

    Attributes:
        card: the network.
        digits: the test set.
        probabilities: float32 of shape `(10000, 10)`.
        report: what is right and wrong in them.
    """

    card: ModelCard
    digits: Digits
    probabilities: NDArray[np.float32]
    report: Report

    @cached_property
    def predictions(self) -> NDArray[np.int64]:
        """The digit it read in each image."""
        digits: NDArray[np.int64] = self.probabilities.argmax(axis=1)
        return digits

    @cached_property
    def confidence(self) -> NDArray[np.float32]:
        """How sure it was of that, 0..1."""
        surest: NDArray[np.float32] = self.probabilities.max(axis=1)
        return surest

    def caption(self, number: int) -> str:
        """What stands below a test image: label, answer, how sure."""
        sure = confidence_in(self.confidence[number])
        return f"{self.digits.labels[number]} → {self.predictions[number]}\n{sure}"

    def describe(self, number: int) -> str:
        """A test image and what the network made of it, in words."""
        return (
            f"Test image {number}, labelled {self.digits.labels[number]}, "
            f"read as {self.predictions[number]}, {confidence_in(self.confidence[number])} sure"
        )


def opened_among(here: Address, numbers: NDArray[np.int64], instead: str) -> int | None:
    """The test image that `index` in the address asks for, or else the first of these.

    Args:
        here: the page's address.
        numbers: the images the view shows; may be none.
        instead: what is shown when the address asks for one that does not exist.
    """
    opened = here.whole_number(
        "index",
        0,
        TEST_IMAGES - 1,
        default=None,
        refusal="There is no test image {}",
        instead=instead,
    )
    if opened is None and len(numbers):
        return int(numbers[0])
    return opened


def examination(card: ModelCard) -> Examination:
    """The examination of this network.

    Raises:
        store.BrokenModel: its files are damaged.
        ValueError: it is not there any more.
    """
    return Examination(
        card,
        cached.digits("test"),
        cached.test_probabilities(card.name),
        cached.test_report(card.name),
    )


def shipped_examinations() -> list[Examination]:
    """The examinations of the networks that came with the app, the best first."""
    shipped = [card for card in cached.cards() if card.shipped]
    found = []
    for card in sorted(shipped, key=lambda card: card.mistakes):
        # The page says by itself what is damaged when that network is chosen.
        with suppress(BrokenModel, ValueError):
            found.append(examination(card))
    return found
