"""About this network: how well it reads test images and drawings, and how sure it is."""

from contextlib import suppress

import streamlit as st

from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.models.card import ModelCard
from mnist_core.models.handwriting_accuracy import DIGITS, PEOPLE
from mnist_core.models.store import BrokenModel
from mnist_core.system.text_format import counted, mistakes_in, percent
from ui.shell import cached
from ui.shell.glossary import explain


def about_network(card: ModelCard) -> None:
    """Show a button that opens the facts about a network."""
    with st.popover("About this network", icon=":material/info:", width="content"):
        about = [f"**{card.recipe.title}**. {card.recipe.summary}"]
        st.markdown("\n\n".join(about + [f"- {fact}" for fact in facts(card)]))
        st.caption(explain("parameters", "test set", "temperature"))


def seen(card: ModelCard) -> str:
    """What a network has learned from, as the end of a sentence about it."""
    learned = card.also_learned or "has only ever seen MNIST"
    if card.fine_tuned:
        learned += f", and then {counted(card.fine_tuned.learned, 'digit')} of one person"
    return learned


def facts(card: ModelCard) -> list[str]:
    """What is known of a network, in sentences."""
    found = [
        f"It reads **{percent(card.test_accuracy)}** of MNIST's test images correctly: "
        f"{mistakes_in(card.mistakes, TEST_IMAGES)}."
    ]
    if hands := cached.real_hands().get(card.name if card.shipped else ""):
        found.append(
            f"Of {DIGITS:,} digits drawn on a screen by {PEOPLE} people whom it has never met, it "
            f"reads **{percent(hands.prepared)}** correctly. If drawings were only shrunk to "
            f"28 × 28 pixels, it would be {percent(hands.shrunk)}."
        )
    # Files may be damaged.
    with suppress(ValueError, BrokenModel):
        if card.temperature is not None:
            found.append(
                "How sure it says it is and how often it is right differ by "
                f"{percent(cached.calibration_error(card.name))} on average, at a temperature of "
                f"{card.temperature:g}."
            )
    found.append(
        f"It learned {card.parameters:,} numbers from {card.settings.training_images:,} images, "
        f"each seen {counted(card.settings.epochs, 'time')}."
    )
    found.append(f"It {seen(card)}.")
    if card.taught_by:
        found.append(
            f"It learned from more than labels: for every image, `{card.taught_by}` told it how "
            "sure it was of each digit."
        )
    if card.recipe.looks > 1:
        found.append(
            f"It looks at an image {card.recipe.looks} times, some of them shifted by a pixel, and "
            "averages."
        )
    if card.shipped:
        found.append(f"In addresses, in files and on the command line it is called `{card.name}`.")
    return found
