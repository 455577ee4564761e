"""A network's answers to the 10,000 test images, as the views of the Mistakes page share them."""

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import streamlit as st
from numpy.typing import ArrayLike, NDArray

from mnist_core.analysis.evaluation import Report, most_confident_first
from mnist_core.data.dataset import TEST_IMAGES, Digits
from mnist_core.models.card import ModelCard
from mnist_core.models.inference import Predictor
from mnist_core.models.store import BrokenModel
from mnist_core.system.text_format import whole_percent
from ui.shell import cached
from ui.shell.address import Address
from ui.widgets.digit_tiles.digit_tiles import large_digit


@dataclass(frozen=True, eq=False)
class NetworkResults:
    """A network and its answers to the test set: probabilities of shape `(10000, 10)`."""

    card: ModelCard
    digits: Digits
    probabilities: NDArray[np.float32]
    report: Report

    @cached_property
    def predictions(self) -> NDArray[np.int64]:
        """The digit it read in each image: shape `(10000,)`."""
        return np.asarray(self.probabilities.argmax(axis=1))

    @cached_property
    def confidence(self) -> NDArray[np.float32]:
        """The probability of each prediction, 0..1: shape `(10000,)`."""
        return np.asarray(self.probabilities.max(axis=1))

    def surest_first(self, numbers: ArrayLike) -> NDArray[np.int64]:
        """Sort the numbers of test images by the network's confidence, highest first."""
        return most_confident_first(self.probabilities, numbers)

    def answer(self, number: int) -> tuple[int, float]:
        """The digit it read in a test image, and the probability of that, 0..1."""
        chances = self.probabilities[number]
        return int(chances.argmax()), float(chances.max())

    def caption(self, number: int) -> str:
        """The text below a test image: label, prediction, confidence."""
        answer, sure = self.answer(number)
        return f"{self.digits.labels[number]} → {answer}\n{whole_percent(sure)}"

    def describe(self, number: int) -> str:
        """A test image and how the network read it, in words."""
        answer, sure = self.answer(number)
        return (
            f"Test image {number}, labelled {self.digits.labels[number]}, "
            f"read as {answer}, {whole_percent(sure)} sure"
        )


def results_of(card: ModelCard) -> NetworkResults:
    """The results of a network.

    Raises:
        store.BrokenModel: its files are damaged.
        ValueError: it has been deleted.
    """
    return NetworkResults(card, cached.digits("test"), *cached.test_results(card.name))


def shipped_results() -> list[NetworkResults]:
    """The results of the networks that came with the app, the best first."""
    found = []
    for card in sorted(cached.cards(), key=lambda card: card.mistakes):
        # The page reports damage when that network is chosen.
        with suppress(BrokenModel, ValueError):
            if card.shipped:
                found.append(results_of(card))
    return found


def opened_image(here: Address, numbers: NDArray[np.int64], instead: str) -> int | None:
    """The test image given by `index` in the address, or else the first of `numbers`, if any."""
    refusal, last = "There is no test image {}", TEST_IMAGES - 1
    opened = here.whole_number("index", 0, last, default=None, refusal=refusal, instead=instead)
    return int(numbers[0]) if opened is None and len(numbers) else opened


def open_network(name: str) -> Predictor | None:
    """Open a network; None, with the reason on the page, if its files are damaged or deleted."""
    try:
        return cached.predictor(name)
    except (BrokenModel, ValueError) as error:
        st.error(f"{error} Choose another network.")
        return None


def large_test_image(digits: Digits, number: int) -> None:
    """Show one test image large."""
    alternative = f"Test image {number}, labelled {digits.labels[number]}"
    large_digit(digits.images[number], key="large", alternative=alternative, reveal=True)
