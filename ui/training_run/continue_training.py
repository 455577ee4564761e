"""The buttons that train a saved model further (“Train it on”, “Keep training”) or once more."""

from dataclasses import replace

import streamlit as st

from mnist_core.language.translation import _
from mnist_core.models import notes
from mnist_core.models.card import ModelCard
from mnist_core.networks import size_limits
from mnist_core.networks.settings import LIMITS, Settings
from mnist_core.system import server_settings
from ui.glossary.glossary import explain
from ui.shell import cached
from ui.training_run.watched_training import submit
from ui.visitors import permission


def continue_training(card: ModelCard, *, key: str) -> bool:
    """Offer to train a model further and to repeat its training, or tell why that is impossible.

    Returns:
        Whether a training was queued. It is watched then; the page has to run again.
    """
    settings = replace(card.settings, seed=(card.settings.seed + 1) % (LIMITS["seed"][1] + 1))
    started_from = None if card.started_from is None else notes.current_name(card.started_from)
    impossible = permission.why_not()
    try:
        # The number of epochs is chosen here, and never too large.
        size_limits.check(card.recipe, replace(card.settings, epochs=1))
    except ValueError as error:
        impossible = f"It cannot be trained further here. {error}"
    problem = impossible or _why_not_repeatable(card, started_from)
    further, repeated = None, False
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if impossible is None:
            further = _keep_training(settings, key)
        if problem is None:
            repeated = st.button(
                f"Repeat with seed {settings.seed}",
                key=f"repeat-{key}",
                icon=":material/casino:",
                help="The same training with other random numbers: how much of the result is luck?",
            )
    if words := " ".join(one for one in (problem, *_differences(card)) if one):
        st.caption(words)
    if further:
        return submit(card.recipe, further, started_from=card.name)
    return repeated and submit(card.recipe, settings, started_from=started_from)


def train_on_button(card: ModelCard, *, key: str) -> Settings | None:
    """Offer another training as long as the model's own; its settings once somebody presses.

    There is no button where so long a training is not allowed.
    """
    settings = replace(card.settings, seed=(card.settings.seed + 1) % (LIMITS["seed"][1] + 1))
    most = min(LIMITS["epochs"][1], server_settings.max_epochs())
    settings = replace(settings, epochs=min(settings.epochs, most))
    try:
        size_limits.check(card.recipe, settings)
    except ValueError:
        return None
    pressed = st.button(
        _("Train it on"),
        key=f"train-on-{key}",
        icon=":material/add:",
        help=_("Another training of the same length, which starts from what it has learned."),
    )
    return settings if pressed else None


def _keep_training(settings: Settings, key: str) -> Settings | None:
    """The settings to train further with, once somebody presses the button."""
    smallest, possible = LIMITS["epochs"]
    most = min(possible, server_settings.max_epochs())
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
        "Keep training",
        key=f"keep-training-{key}",
        icon=":material/add:",
        help="Makes a new model that starts from what this one has learned.",
    )
    return replace(settings, epochs=epochs) if pressed else None


def _why_not_repeatable(card: ModelCard, started_from: str | None) -> str | None:
    """Why its training cannot be repeated here, as a sentence."""
    if card.fine_tuned is not None:
        return "It learned from drawings that are not kept, so its training cannot be repeated."
    if card.taught_by is not None:
        return (
            f"It also learned from the answers of “{cached.title_of(card.taught_by)}”. Trainings "
            "here learn from labels alone, so it can be trained further but not repeated."
        )
    if started_from is not None and all(one.name != started_from for one in cached.cards()):
        return "The network it continued from is no longer here, so it cannot be repeated."
    if card.settings.epochs > server_settings.max_epochs():
        return f"It had more than the {server_settings.max_epochs()} epochs that are allowed here."
    return None


def _differences(card: ModelCard) -> list[str]:
    """How a new training of it differs from its own, in sentences."""
    found = []
    if card.fine_tuned is not None:
        found.append(
            f"Trained further, it sees {card.settings.images_per_epoch:,} images of MNIST."
        )
    if card.rate_changes:
        found.append(
            "Its learning rate was changed by hand during training; a new training keeps the one "
            "it started with."
        )
    return found
