"""What is known of a network, a tap away: how well it reads tests, hands, and how sure it is."""

import streamlit as st

from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.models.card import ModelCard
from mnist_core.models.real_hand_accuracy import DIGITS, PEOPLE
from mnist_core.models.store import BrokenModel
from mnist_core.system.wording import mistakes_in, percent
from ui.shell import cached
from ui.shell.glossary import explain


def about_network(card: ModelCard) -> None:
    """A button that opens the figures of a network."""
    with st.popover("About this network", icon=":material/info:", width="content"):
        st.markdown(f"**{card.recipe.title}**. {card.recipe.summary}")
        for sentence in facts(card):
            st.markdown(f"- {sentence}")
        st.caption(explain("parameters", "test set", "temperature"))


def facts(card: ModelCard) -> list[str]:
    """The figures, each in a sentence."""
    found = [
        f"It reads **{percent(card.test_accuracy)}** of MNIST's test images rightly: "
        f"{mistakes_in(card.mistakes, TEST_IMAGES)}.",
    ]
    if hands := cached.real_hands().get(card.name if card.shipped else ""):
        found.append(
            f"It reads **{percent(hands.prepared)}** of {DIGITS:,} digits rightly that "
            f"{PEOPLE} people drew on a screen. If a drawing were only shrunk to "
            f"28 × 28 pixels, it would be {percent(hands.shrunk)}."
        )
    if card.temperature is not None and (error := _calibration_error(card)) is not None:
        found.append(
            f"How sure it says it is and how often it is right differ by {percent(error)} on "
            f"average; for that its answers are divided by a temperature of {card.temperature:g}."
        )
    found.append(
        f"It learned {card.parameters:,} numbers from {card.settings.training_images:,} images, "
        f"each seen {card.settings.epochs} times."
    )
    if card.taught_by:
        found.append(
            f"It learned from more than labels: `{card.taught_by}` told it of every image how sure "
            "it was of each digit."
        )
    if card.recipe.looks > 1:
        found.append(
            f"It looks {card.recipe.looks} times at an image, also from a pixel aside, and says "
            "the mean."
        )
    return found


def _calibration_error(card: ModelCard) -> float | None:
    """The expected calibration error on the test images, 0..1; None where files are damaged."""
    try:
        return cached.calibration_error(card)
    except (ValueError, BrokenModel):
        return None
