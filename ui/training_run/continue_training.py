"""Going on from a model that is kept, and doing its training again with other dice."""

from dataclasses import replace

import streamlit as st

from mnist_core.models import notes
from mnist_core.models.card import ModelCard
from mnist_core.networks import limits
from mnist_core.networks.settings import LIMITS, Settings
from ui.shell import cached
from ui.shell.glossary import explain
from ui.training_run.watched_training import start


def going_on(card: ModelCard, *, key: str) -> bool:
    """Offer to train a model on, and to repeat its training; what cannot be is said instead.

    Args:
        card: the model's.
        key: tells these buttons from others.

    Returns:
        Whether a training was put in line. It is watched then; the page has to run again.
    """
    settings = replace(card.settings, seed=(card.settings.seed + 1) % (LIMITS["seed"][1] + 1))
    began_with = None if card.started_from is None else notes.current_name(card.started_from)
    impossible = _why_not_on(card)
    why_not = impossible or _why_not_again(card, began_with)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        longer = None if impossible else _train_on(settings, key)
        again = why_not is None and _again(settings.seed, key)
    if said := " ".join(one for one in (why_not, *_differently(card)) if one):
        st.caption(said)
    if longer:
        return start(card.recipe, longer, started_from=card.name)
    return again and start(card.recipe, settings, started_from=began_with)


def _train_on(settings: Settings, key: str) -> Settings | None:
    """How to train on, once somebody presses for it."""
    smallest, possible = LIMITS["epochs"]
    most = min(possible, limits.max_epochs())
    epochs = st.number_input(
        "More epochs",
        smallest,
        most,
        min(settings.epochs, most),
        key=f"more-epochs-{key}",
        help=explain("epoch"),
        width=150,
    )
    pressed = st.button(
        "Train on",
        key=f"more-{key}",
        icon=":material/add:",
        help="A new model that starts from what this one has learned.",
    )
    return replace(settings, epochs=epochs) if pressed else None


def _again(seed: int, key: str) -> bool:
    return st.button(
        f"Again with seed {seed}",
        key=f"again-{key}",
        icon=":material/casino:",
        help="The same training with other dice: how much of the result is luck?",
    )


def _why_not_on(card: ModelCard) -> str | None:
    """Why it cannot be trained here at all, as a sentence."""
    try:
        # How many epochs it will be is chosen here, and never too many.
        limits.check(card.recipe, replace(card.settings, epochs=1))
    except ValueError as error:
        return f"It cannot be trained on here. {error}"
    return None


def _why_not_again(card: ModelCard, began_with: str | None) -> str | None:
    """Why nobody can repeat its training here, as a sentence."""
    if card.fine_tuned is not None:
        return "It learned from drawings that are not kept, so that cannot be repeated."
    if card.taught_by is not None:
        return (
            f"It learned from the answers of `{card.taught_by}`, too. Trainings here learn from "
            "labels alone, so it can be trained on, but not repeated."
        )
    if began_with is not None and all(one.name != began_with for one in cached.cards()):
        return "The network that it went on from is not here any more, so it cannot be repeated."
    if card.settings.epochs > limits.max_epochs():
        return f"It had more than the {limits.max_epochs()} epochs that a training may have here."
    return None


def _differently(card: ModelCard) -> list[str]:
    """How a new training of it differs from its own, in sentences."""
    said = []
    if card.fine_tuned is not None:
        said.append(f"Trained on, it sees {card.settings.images_per_epoch:,} images of MNIST.")
    if card.rate_changes:
        said.append(
            "Its learning rate was changed by hand on the way; a new training keeps the one that "
            "it began with."
        )
    return said
