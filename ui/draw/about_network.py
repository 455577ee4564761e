"""About this network: how well it reads test images and drawings, and how sure it is."""

from contextlib import suppress

import streamlit as st

from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.language.translation import _, n_, to_translate
from mnist_core.models.card import ModelCard
from mnist_core.models.handwriting_accuracy import DIGITS, PEOPLE
from mnist_core.models.store import BrokenModel
from mnist_core.system.text_format import localised, mistakes_in, percent, whole
from ui.glossary.glossary import explain
from ui.shell import cached
from ui.shell.network_words import recipe_summary, recipe_title

_ONLY_MNIST = to_translate("has only ever seen MNIST")


def about_network(card: ModelCard) -> None:
    """Show a button that opens the facts about a network."""
    with st.popover(_("About this network"), icon=":material/info:", width="content"):
        about = [f"**{recipe_title(card)}**. {recipe_summary(card)}"]
        st.markdown("\n\n".join(about + [f"- {fact}" for fact in facts(card)]))
        st.caption(explain("parameters", "test set", "temperature"))


def seen(card: ModelCard) -> str:
    """What a network has learned from, as the end of a sentence about it."""
    learned = _(card.also_learned or _ONLY_MNIST)
    if card.fine_tuned:
        count = card.fine_tuned.learned
        then = n_("and then {n} digit of one person", "and then {n} digits of one person", count)
        return f"{learned}, {then}"
    return learned


def facts(card: ModelCard) -> list[str]:
    """What is known of a network, in sentences."""
    found = [
        _(
            "It reads **{percent}** of MNIST's test images correctly: {mistakes}.",
            percent=percent(card.test_accuracy),
            mistakes=mistakes_in(card.mistakes, TEST_IMAGES),
        )
    ]
    if hands := cached.real_hands().get(card.name if card.shipped else ""):
        found.append(_of_drawings(hands.prepared, hands.shrunk))
    # Files may be damaged.
    with suppress(ValueError, BrokenModel):
        if card.temperature is not None:
            found.append(
                _(
                    "How sure it says it is and how often it is right differ by {percent} on "
                    "average, at a temperature of {temperature}.",
                    percent=percent(cached.calibration_error(card.name)),
                    temperature=localised(f"{card.temperature:g}"),
                )
            )
    return found + _of_training(card)


def _of_drawings(prepared: float, shrunk: float) -> str:
    return _(
        "Of {digits} digits drawn on a screen by {people} people whom it has never met, it reads "
        "**{percent}** correctly. If drawings were only shrunk to 28 × 28 pixels, it would be "
        "{shrunk}.",
        digits=whole(DIGITS),
        people=PEOPLE,
        percent=percent(prepared),
        shrunk=percent(shrunk),
    )


def _of_training(card: ModelCard) -> list[str]:
    epochs = n_("each seen {n} time", "each seen {n} times", card.settings.epochs)
    found = [
        _(
            "It learned {numbers} numbers from {images} images, {times}.",
            numbers=whole(card.parameters),
            images=whole(card.settings.training_images),
            times=epochs,
        ),
        _("It {has_learned}.", has_learned=seen(card)),
    ]
    if card.taught_by:
        found.append(
            _(
                "It learned from more than labels: for every image, `{network}` told it how sure "
                "it was of each digit.",
                network=card.taught_by,
            )
        )
    if card.recipe.looks > 1:
        found.append(
            _(
                "It looks at an image {count} times, some of them shifted by a pixel, and "
                "averages.",
                count=card.recipe.looks,
            )
        )
    if card.shipped:
        found.append(
            _(
                "In addresses, in files and on the command line it is called `{name}`.",
                name=card.name,
            )
        )
    return found
