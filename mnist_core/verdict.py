"""What the figures of a training say, in words: each sentence is there because of the figures."""

from dataclasses import dataclass
from math import log, sqrt
from typing import Literal

from mnist_core import limits
from mnist_core.dataset import TEST_COUNTS, TEST_IMAGES, TRAINING_IMAGES
from mnist_core.evaluation import interval
from mnist_core.layers import Conv
from mnist_core.recipes import Recipe
from mnist_core.settings import (
    ALL_DIGITS,
    LARGEST_LEARNING_RATE,
    LIMITS,
    EpochFigures,
    Settings,
)

Topic = Literal["accuracy", "unknown digits", "plateau", "overfitting", "loss", "next"]

SUSPICIOUS_GAP, CERTAIN_GAP = 0.02, 0.04
"""From 2 points on, a gap suggests overfitting, says tutorial T2; beyond 4 it is plain."""

# So many epochs without a gain make a plateau.
_FLAT_EPOCHS = 2
# A test loss that grew by less may have done so by chance.
_LOSS_GREW = 1.1
# A training loss that fell by less did not fall.
_LOSS_FELL = 0.999
# Better than guessing by so little, a network has learned nothing.
_BARELY = 1.5
# A rate as small as this throws no network off: what does not learn at it moves too little.
_SMALL_RATE = 1e-4
_FEW_IMAGES = 20_000


@dataclass(frozen=True)
class Remark:
    """A sentence or two, and what it is about."""

    topic: Topic
    text: str


@dataclass(frozen=True)
class Verdict:
    """What the figures of a training say.

    Attributes:
        plateau: the epoch after which the test accuracy grew no more; None where it still grew,
            or where there are too few epochs to tell.
        gap: accuracy on training images less that on test images after the last epoch, dropout
            off; None where that is not known or says nothing.
        remarks: the same and more in words, in the order they should be read.
    """

    plateau: int | None
    gap: float | None
    remarks: tuple[Remark, ...]


def verdict(
    recipe: Recipe,
    settings: Settings,
    history: tuple[EpochFigures, ...],
    *,
    accuracy: float | None = None,
) -> Verdict:
    """Read the figures of a training.

    Args:
        recipe: the network.
        settings: how it was trained.
        history: the figures of every finished epoch; with none there is nothing to say.
        accuracy: what the model that was kept reaches on the test images, 0..1. It may look
            several times, or have learned a part of an epoch more, so it is told and never
            compared with an epoch's. As after the last epoch, if not given.
    """
    if not history:
        return Verdict(None, None, ())
    reached = history[-1].test_accuracy if accuracy is None else accuracy
    flat, gap = plateau(history), _gap(settings, history[-1])
    remarks = [
        _accuracy(reached),
        *_unknown_digits(settings, reached),
        *_plateau(history, flat),
        *_overfitting(settings, gap, history[-1]),
        *_loss(history),
        Remark("next", _advice(recipe, settings, history, flat, gap)),
    ]
    return Verdict(flat, gap, tuple(remarks))


def plateau(history: tuple[EpochFigures, ...]) -> int | None:
    """The first epoch after which the test accuracy grew by no more than chance would do.

    Chance is the standard error of an accuracy on 10,000 images: 0.1 points near 99 %.

    Returns:
        Its number; None if fewer than two epochs follow it, so that nobody can tell.
    """
    accuracies = [figures.test_accuracy for figures in history]
    for place in range(len(history) - _FLAT_EPOCHS):
        best = max(accuracies[: place + 1])
        chance = sqrt(max(best * (1 - best), 1e-6) / TEST_IMAGES)
        if max(accuracies[place + 1 :]) <= best + chance:
            return history[place].epoch
    return None


def _gap(settings: Settings, last: EpochFigures) -> float | None:
    # With wrong labels, or digits it never saw, the two accuracies are of different tasks.
    if last.settled_accuracy is None or settings.label_noise or settings.digits != ALL_DIGITS:
        return None
    return last.settled_accuracy - last.test_accuracy


def _accuracy(reached: float) -> Remark:
    low, high = interval(round(reached * TEST_IMAGES), TEST_IMAGES)
    return Remark(
        "accuracy",
        f"It reads {_percent(reached)} of the test images rightly. On many more digits "
        f"of this kind it would be somewhere from {_percent(low)} to {_percent(high)} (95 % sure).",
    )


def _unknown_digits(settings: Settings, reached: float) -> list[Remark]:
    if settings.digits == ALL_DIGITS:
        return []
    known = sum(TEST_COUNTS[digit] for digit in settings.digits)
    missing = [str(digit) for digit in ALL_DIGITS if digit not in settings.digits]
    return [
        Remark(
            "unknown digits",
            f"It never saw a {' or a '.join(missing)}, so it can read "
            f"{_percent(known / TEST_IMAGES)} of the test images at best. Of the digits it knows "
            f"it reads {_percent(reached * TEST_IMAGES / known)}.",
        )
    ]


def _plateau(history: tuple[EpochFigures, ...], flat: int | None) -> list[Remark]:
    accuracies = {figures.epoch: figures.test_accuracy for figures in history}
    if flat is not None:
        rest = max(accuracy for epoch, accuracy in accuracies.items() if epoch > flat)
        gained = rest - max(accuracy for epoch, accuracy in accuracies.items() if epoch <= flat)
        more = f"{100 * gained:.2f} points more" if gained > 0 else "nothing more"
        return [
            Remark(
                "plateau",
                f"The plateau began after epoch {flat}, at {_percent(accuracies[flat])}. The "
                f"{len(history) - flat} epochs after that brought {more}.",
            )
        ]
    if len(history) < _FLAT_EPOCHS + 1 or not _still_rises(history):
        return []
    risen = history[-1].test_accuracy - _best_before(history)
    return [
        Remark(
            "plateau",
            f"It was still getting better when it ended: after the last epoch it is "
            f"{100 * risen:.2f} points better than ever before.",
        )
    ]


def _overfitting(settings: Settings, gap: float | None, last: EpochFigures) -> list[Remark]:
    if settings.label_noise:
        return [
            Remark(
                "overfitting",
                f"{_percent(settings.label_noise, 0)} of its labels were wrong on purpose. It "
                f"agrees with {_percent(last.settled_accuracy or last.training_accuracy)} of what "
                "it was told: the more of the wrong labels it knows, the more it learned by heart.",
            )
        ]
    if gap is None or last.settled_accuracy is None:
        return []
    if gap <= 0:
        return [
            Remark(
                "overfitting",
                f"After epoch {last.epoch} it read images it learned from "
                f"({_percent(last.settled_accuracy)}) no better than new ones "
                f"({_percent(last.test_accuracy)}): it learned nothing by heart.",
            )
        ]
    # The epoch is named: the model that was kept may read a little better.
    figures = (
        f"After epoch {last.epoch} it read {_percent(last.settled_accuracy)} of images it learned "
        f"from, {_percent(last.test_accuracy)} of new ones: {_points(gap)}"
    )
    if gap >= CERTAIN_GAP:
        what = "more than 4 points, so it learned much by heart. That is overfitting."
    elif gap >= SUSPICIOUS_GAP:
        what = "between 2 and 4 points, which suggests that it began to learn by heart."
    else:
        what = "less than 2 points, no sign that it learned by heart."
    return [Remark("overfitting", f"{figures} apart. This is {what}")]


def _loss(history: tuple[EpochFigures, ...]) -> list[Remark]:
    lowest, last = min(history, key=lambda figures: figures.test_loss), history[-1]
    if last.test_loss <= _LOSS_GREW * lowest.test_loss:
        return []
    more = round(TEST_IMAGES * (lowest.test_accuracy - last.test_accuracy))
    if more <= 0:
        why = "It makes no more mistakes than then, but is surer of those it makes."
    else:
        why = f"It makes {more:,} {'mistake' if more == 1 else 'mistakes'} more than then."
    return [
        Remark(
            "loss",
            f"The loss on the test images was lowest after epoch {lowest.epoch}, "
            f"{lowest.test_loss:.3f}, and has grown to {last.test_loss:.3f}. {why}",
        )
    ]


def _advice(
    recipe: Recipe,
    settings: Settings,
    history: tuple[EpochFigures, ...],
    flat: int | None,
    gap: float | None,
) -> str:
    """What to try next."""
    if (stuck := _stuck(settings, history)) is not None:
        return stuck
    if gap is not None and gap >= SUSPICIOUS_GAP:
        return _against_overfitting(settings)
    if settings.label_noise:
        return "To try next: the same without wrong labels, to see what they cost."
    if (more := _more_epochs(settings, history)) is not None:
        return more
    if settings.training_images < _FEW_IMAGES:
        return (
            f"To try next: more images to learn from. It saw {settings.training_images:,} of "
            f"{TRAINING_IMAGES:,}."
        )
    if not any(isinstance(layer, Conv) for layer in recipe.layers):
        # Whether more epochs would help as well, only a plateau tells.
        helped = "" if flat is None else f", and after epoch {flat} more epochs hardly helped"
        return f"To try next: a network with convolutions. This one has none{helped}."
    if settings.augmentation == "none":
        return (
            "To try next: images bent anew in each epoch. It has convolutions and all the images "
            "there are, but always the same ones."
        )
    return (
        "To try next: two or three other seeds. Differences as small as those that are left here "
        "come from chance as easily as from a setting."
    )


def _more_epochs(settings: Settings, history: tuple[EpochFigures, ...]) -> str | None:
    """That it should learn for longer; None if nothing says so, or it may not."""
    done = len(history)
    if done == 1:
        wanted, why = _FLAT_EPOCHS + 1, "after one alone nobody can tell whether more would help"
    # Where the learning rate falls in the end, it rises for that reason, however long it took.
    elif settings.schedule == "constant" and _still_rises(history):
        wanted, why = 2 * done, "it still rose"
    else:
        return None
    # One that was stopped should do at least all that it was asked for.
    epochs = min(max(wanted, settings.epochs), limits.most_epochs(), LIMITS["epochs"][1])
    if epochs <= done:
        return None
    return f"To try next: {epochs} epochs instead of {done}, for {why}."


def _stuck(settings: Settings, history: tuple[EpochFigures, ...]) -> str | None:
    """What to do about a network that learned nothing; None if it did."""
    last, rate = history[-1], settings.learning_rate
    guessing = 1 / len(settings.digits)
    learned = last.training_accuracy > min(_BARELY * guessing, (1 + guessing) / 2)
    # One digit alone is always guessed, and wrong labels cannot be learned but by heart.
    if learned or guessing == 1 or settings.label_noise:
        return None
    said = (
        f"It learned next to nothing: {_percent(last.training_accuracy)} is hardly more than "
        "guessing. To try next:"
    )
    # A single epoch is compared with guessing: nobody knows what the loss was before it.
    first = history[0].training_loss if len(history) > 1 else -log(guessing)
    falls = last.training_loss < first * _LOSS_FELL
    if not falls and rate > _SMALL_RATE:
        return (
            f"{said} a learning rate of {rate / 10:g} instead of {rate:g}; the loss does not even "
            "fall."
        )
    why = "the loss falls, only slowly" if falls else "steps of this size hardly move it"
    if rate >= LARGEST_LEARNING_RATE:
        return f"{said} another optimizer; {why}, and there is no higher learning rate."
    higher = min(10 * rate, LARGEST_LEARNING_RATE)
    return f"{said} a learning rate of {higher:g} instead of {rate:g}; {why}."


def _against_overfitting(settings: Settings) -> str:
    if settings.training_images < TRAINING_IMAGES:
        return (
            f"To try next: more images to learn from. It saw {settings.training_images:,} of "
            f"{TRAINING_IMAGES:,}, and knows them too well."
        )
    if settings.augmentation == "none":
        return (
            "To try next: images bent anew in each epoch, or more dropout, so that there is less "
            "to learn by heart."
        )
    return "To try next: more dropout or a smaller network, so that it can learn less by heart."


def _still_rises(history: tuple[EpochFigures, ...]) -> bool:
    """Whether the last epoch is better than all before it, and by more than chance would do.

    Chance is the standard error of the difference of two accuracies on 10,000 images. Of a single
    epoch nobody can tell.
    """
    if len(history) == 1:
        return False
    last, best = history[-1].test_accuracy, _best_before(history)
    return last - best > sqrt((last * (1 - last) + best * (1 - best)) / TEST_IMAGES)


def _best_before(history: tuple[EpochFigures, ...]) -> float:
    """The best accuracy before the last epoch; there are at least two."""
    return max(figures.test_accuracy for figures in history[:-1])


def _percent(share: float, digits: int = 2) -> str:
    return f"{100 * share:.{digits}f} %"


def _points(gap: float) -> str:
    return f"{100 * gap:.1f} points"
