"""What the figures of a training say, in words: each sentence is there because of the figures."""

from dataclasses import dataclass
from typing import Literal

from mnist_core.analysis.evaluation import wilson_interval
from mnist_core.data.dataset import TEST_COUNTS, TEST_IMAGES
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import ALL_DIGITS, EpochFigures, Settings
from mnist_core.system.wording import percent
from mnist_core.training import trend
from mnist_core.training.advice import SUSPICIOUS_GAP, advice, underfits

Topic = Literal["accuracy", "unknown digits", "plateau", "overfitting", "loss", "next"]

CERTAIN_GAP = 0.04
"""Beyond 4 points a gap is plainly overfitting, says tutorial T2."""

# A test loss that grew by less may have done so by chance.
_LOSS_GREW = 1.1


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
    flat, gap = trend.plateau(history), _gap(settings, history[-1])
    remarks = [
        _accuracy(reached),
        *_unknown_digits(settings, reached),
        *_plateau(history, flat),
        *_overfitting(settings, gap, history[-1]),
        *_loss(history),
        Remark("next", advice(recipe, settings, history, flat, gap)),
    ]
    return Verdict(flat, gap, tuple(remarks))


def _gap(settings: Settings, last: EpochFigures) -> float | None:
    # With wrong labels, or digits it never saw, the two accuracies are of different tasks.
    if last.settled_accuracy is None or settings.label_noise or settings.digits != ALL_DIGITS:
        return None
    # As it is told: 97% less 93% is 4 points, and not a little less.
    return round(last.settled_accuracy - last.test_accuracy, 6)


def _accuracy(reached: float) -> Remark:
    low, high = wilson_interval(round(reached * TEST_IMAGES), TEST_IMAGES)
    return Remark(
        "accuracy",
        f"It reads {percent(reached)} of the test images rightly. On many more digits "
        f"of this kind it would be somewhere from {percent(low)} to {percent(high)} (95% sure).",
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
            f"{percent(known / TEST_IMAGES)} of the test images at best. Of the digits it knows "
            f"it reads {percent(reached * TEST_IMAGES / known)}.",
        )
    ]


def _plateau(history: tuple[EpochFigures, ...], flat: int | None) -> list[Remark]:
    accuracies = {figures.epoch: figures.test_accuracy for figures in history}
    if len(history) > 1 and trend.has_dropped(history):
        best = max(accuracies, key=accuracies.__getitem__)
        return [
            Remark(
                "plateau",
                f"It was best after epoch {best}, at {percent(accuracies[best])}. Since then it "
                f"has fallen to {percent(history[-1].test_accuracy)}.",
            )
        ]
    if flat is not None:
        later = len(history) - flat
        return [
            Remark(
                "plateau",
                f"The plateau began after epoch {flat}, at {percent(accuracies[flat])}: "
                f"{later} epochs later it is at {percent(history[-1].test_accuracy)}.",
            )
        ]
    if len(history) < trend.PLATEAU_EPOCHS + 1 or not trend.still_improving(history):
        return []
    risen = history[-1].test_accuracy - trend.best_before(history)
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
                f"{100 * settings.label_noise:g}% of its labels were wrong on purpose. It "
                f"agrees with {percent(last.settled_accuracy or last.training_accuracy)} of what "
                "it was told: the more of the wrong labels it knows, the more it learned by heart.",
            )
        ]
    if gap is None or last.settled_accuracy is None:
        return []
    if underfits(settings, last):
        return [
            Remark(
                "overfitting",
                f"After epoch {last.epoch} it read {percent(last.settled_accuracy)} of images it "
                f"learned from and {percent(last.test_accuracy)} of new ones: it has learned too "
                "little yet to have learned by heart.",
            )
        ]
    if gap <= 0:
        return [
            Remark(
                "overfitting",
                f"After epoch {last.epoch} it read images it learned from "
                f"({percent(last.settled_accuracy)}) no better than new ones "
                f"({percent(last.test_accuracy)}): it learned nothing by heart.",
            )
        ]
    # The epoch is named: the model that was kept may read a little better.
    figures = (
        f"After epoch {last.epoch} it read {percent(last.settled_accuracy)} of images it learned "
        f"from, {percent(last.test_accuracy)} of new ones: {_points(gap)}"
    )
    if gap >= CERTAIN_GAP:
        what = "4 points or more, so it learned much by heart. That is overfitting."
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


def _points(gap: float) -> str:
    return f"{100 * gap:.2f} points"
