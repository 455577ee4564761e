"""What differs between runs, and what is unusual about one."""

from collections.abc import Callable, Sequence
from typing import Any

from mnist_core.models.card import ModelCard
from mnist_core.networks.layers import Layer
from mnist_core.networks.recipes import INITIALIZER_NAMES
from mnist_core.networks.settings import ALL_DIGITS, Settings
from mnist_core.system.text_format import rate_words, whole

SORTS: dict[str, Callable[[ModelCard], Any]] = {
    "accuracy": lambda card: (-card.test_accuracy, card.name),
    "newest": lambda card: tuple(-ord(letter) for letter in card.created),
    "quickest": lambda card: (card.seconds, card.name),
    "smallest": lambda card: (card.parameters, card.name),
    "name": lambda card: card.name,
}
"""The ways to sort runs, as keys for `sorted`."""

_AUGMENTATION_WORDS = {"none": "", "bent": "bent", "hands": "bent and redrawn"}
_SCHEDULE_WORDS = {
    "constant": "",
    "cosine": "rate falls (cosine)",
    "steps": "rate falls in steps",
    "one-cycle": "rate rises, then falls",
}

_FEATURES: dict[str, Callable[[ModelCard], object]] = {
    "network": lambda card: card.recipe.title,
    "networks in the committee": lambda card: card.recipe.members,
    "looks per image": lambda card: card.recipe.looks,
    "initial weights": lambda card: INITIALIZER_NAMES[card.recipe.initializer],
    "parameters": lambda card: f"{card.parameters:,}",
    "also learned from the answers of": lambda card: card.taught_by or "no network",
    "continued from": lambda card: _started_from(card) or "nothing",
    "drawings learned": lambda card: card.fine_tuned.learned if card.fine_tuned else "none",
    "epochs asked for": lambda card: card.settings.epochs,
    "epochs finished": lambda card: epochs_finished(card),
    "batch size": lambda card: whole(card.settings.batch_size),
    "optimizer": lambda card: card.settings.optimizer,
    "learning rate": lambda card: rate_words(card.settings.learning_rate, 3),
    "changes of the learning rate": lambda card: len(card.rate_changes),
    "momentum": lambda card: f"{card.settings.momentum:g}",
    "learning rate over time": lambda card: card.settings.schedule,
    "loss": lambda card: card.settings.loss,
    "training images": lambda card: f"{card.settings.images_per_epoch:,}",
    "digits": lambda card: _digits(card.settings.digits),
    "wrong labels": lambda card: f"{card.settings.label_noise * 100:g}%",
    "augmentation": lambda card: card.settings.augmentation,
    "precision": lambda card: card.settings.precision,
    "pixels while learning": lambda card: card.settings.pixel_range.replace("-", " to "),
    "seed": lambda card: card.settings.seed,
    "trained on": lambda card: card.machine,
}


def differences(
    cards: Sequence[ModelCard], describe: Callable[[Layer], str]
) -> dict[str, list[str]]:
    """Everything but the results in which these runs differ: by name, the value in each run.

    Args:
        cards: of the runs.
        describe: describes a layer in a few words.
    """
    features = _FEATURES | {
        "layers": lambda card: " → ".join(map(describe, card.recipe.layers)) or "none"
    }
    rows = {what: [str(feature(card)) for card in cards] for what, feature in features.items()}
    return {what: values for what, values in rows.items() if len(set(values)) > 1}


def unusual_settings(settings: Settings) -> list[str]:
    """What makes a training hard to compare with ordinary ones, in a word or two each.

    It leaves out the columns of every table of runs, and the precision, which changes next to
    nothing.
    """
    found = (
        f"{settings.label_noise * 100:g}% wrong labels" if settings.label_noise else "",
        _chosen_digits(settings.digits),
        _AUGMENTATION_WORDS[settings.augmentation],
        _SCHEDULE_WORDS[settings.schedule],
        "squared error" if settings.loss == "squared-error" else "",
        f"momentum {settings.momentum:g}" if settings.momentum else "",
        "pixels 0 to 255" if settings.pixel_range == "0-255" else "",
    )
    return [words for words in found if words]


def unusual_run(card: ModelCard) -> list[str]:
    """Likewise for a run, with all that happened to it besides its settings."""
    learned = card.fine_tuned.learned if card.fine_tuned else 0
    found = (
        f"after {before}" if (before := _started_from(card)) else "",
        f"learned {learned} {'drawing' if learned == 1 else 'drawings'}" if learned else "",
        f"taught by {card.taught_by}" if card.taught_by else "",
        "rate changed by hand" if card.rate_changes else "",
        "stopped early" if card.stopped_early else "",
    )
    return [*unusual_settings(card.settings), *(words for words in found if words)]


def epochs_finished(card: ModelCard) -> int:
    """The number of finished epochs."""
    # A committee that was put together from networks has no history of its own.
    return len(card.history) if card.history or card.stopped_early else card.settings.epochs


def _started_from(card: ModelCard) -> str | None:
    return card.fine_tuned.started_from if card.fine_tuned else card.started_from


def _chosen_digits(digits: tuple[int, ...]) -> str:
    if digits == ALL_DIGITS:
        return ""
    if len(digits) > len(ALL_DIGITS) // 2:
        return "without " + " ".join(str(digit) for digit in ALL_DIGITS if digit not in digits)
    return f"{'digit' if len(digits) == 1 else 'digits'} {_digits(digits)}"


def _digits(digits: tuple[int, ...]) -> str:
    return "all" if digits == ALL_DIGITS else " ".join(map(str, digits))
