"""What the figures of a training say, in words; each sentence follows from a figure."""

from typing import Literal

from mnist_core.analysis.evaluation import wilson_interval
from mnist_core.data.dataset import TEST_COUNTS, TEST_IMAGES
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import ALL_DIGITS, EpochFigures, Settings
from mnist_core.system.text_format import percent, whole, with_article
from mnist_core.training import trend
from mnist_core.training.advice import SUSPICIOUS_GAP, advice, underfits

Topic = Literal["accuracy", "unknown digits", "plateau", "overfitting", "loss", "next"]

CERTAIN_GAP = 0.04
"""From 4 points on, a gap is plainly overfitting, says tutorial T2."""

# A test loss that grew by less may have done so by chance.
_LOSS_GREW = 1.1


def verdict(
    recipe: Recipe,
    settings: Settings,
    history: tuple[EpochFigures, ...],
    *,
    accuracy: float | None = None,
) -> dict[Topic, str]:
    """What the figures of a training say: a sentence or two a topic, in reading order.

    Args:
        recipe: the network.
        settings: how it was trained.
        history: the figures of every finished epoch; without any, there is nothing to say.
        accuracy: the kept model's accuracy on the test images, 0..1; the last epoch's if None. It
            is never compared with an epoch's: the model may look at an image several times, or
            have learned for another part of an epoch.
    """
    if not history:
        return {}
    reached = history[-1].test_accuracy if accuracy is None else accuracy
    plateau, gap = trend.plateau(history), _gap(settings, history[-1])
    texts: dict[Topic, str | None] = {
        "accuracy": _accuracy(reached),
        "unknown digits": _unknown_digits(settings, reached),
        "plateau": _course(history, plateau),
        "overfitting": _overfitting(settings, gap, history[-1]),
        "loss": _loss(history),
        "next": advice(recipe, settings, history, plateau, gap),
    }
    return {topic: text for topic, text in texts.items() if text}


def _gap(settings: Settings, last: EpochFigures) -> float | None:
    """Training accuracy (dropout off) minus test accuracy; None if unknown or meaningless."""
    # With wrong labels or unknown digits, the two accuracies measure different tasks.
    if last.settled_accuracy is None or settings.label_noise or settings.digits != ALL_DIGITS:
        return None
    # 97% minus 93% is 4 points, and not a little less.
    return round(last.settled_accuracy - last.test_accuracy, 6)


def _accuracy(reached: float) -> str:
    low, high = wilson_interval(round(reached * TEST_IMAGES), TEST_IMAGES)
    return (
        f"It reads {percent(reached)} of the test images correctly. On other digits of this "
        f"kind, expect an accuracy from {percent(low)} to {percent(high)} (95% confidence)."
    )


def _unknown_digits(settings: Settings, reached: float) -> str | None:
    if settings.digits == ALL_DIGITS:
        return None
    known = sum(TEST_COUNTS[digit] for digit in settings.digits)
    missing = [with_article(digit) for digit in ALL_DIGITS if digit not in settings.digits]
    return (
        f"It never saw {' or '.join(missing)}, so it can read {percent(known / TEST_IMAGES)} of "
        f"the test images at best. Of the digits it knows, it reads "
        f"{percent(reached * TEST_IMAGES / known)}."
    )


def _course(history: tuple[EpochFigures, ...], plateau: int | None) -> str | None:
    """Whether the test accuracy has dropped, reached a plateau, or was still growing."""
    accuracies = {figures.epoch: figures.test_accuracy for figures in history}
    last = percent(history[-1].test_accuracy)
    if len(history) > 1 and trend.has_dropped(history):
        best = max(accuracies, key=accuracies.__getitem__)
        return (
            f"Its best epoch was epoch {best}, at {percent(accuracies[best])}. Since then it has "
            f"dropped to {last}."
        )
    if plateau is not None:
        return (
            f"It reached a plateau after epoch {plateau}, at {percent(accuracies[plateau])}: "
            f"{len(history) - plateau} epochs later it is at {last}."
        )
    if len(history) <= trend.PLATEAU_EPOCHS or not trend.still_improving(history):
        return None
    gain = history[-1].test_accuracy - trend.best_before(history)
    return (
        "It was still improving when the training ended: the last epoch was "
        f"{_points(gain)} better than its best epoch so far."
    )


def _overfitting(settings: Settings, gap: float | None, last: EpochFigures) -> str | None:
    if settings.label_noise:
        return (
            f"{100 * settings.label_noise:g}% of its labels were wrong on purpose. It agrees with "
            f"{percent(last.settled_accuracy or last.training_accuracy)} of the labels it was "
            "given: the more of the wrong ones it repeats, the more it has memorised."
        )
    if gap is None or last.settled_accuracy is None:
        return None
    own, new = percent(last.settled_accuracy), percent(last.test_accuracy)
    # The epoch is named because the kept model may read a little better.
    figures = f"After epoch {last.epoch} it read {own} of training images and {new} of new ones"
    if underfits(settings, last):
        return f"{figures}: it has learned too little to have memorised anything (underfitting)."
    if gap <= 0:
        return f"{figures}, which is no worse: it has memorised nothing."
    if gap >= CERTAIN_GAP:
        what = "4 points or more: it has memorised many training images (overfitting)."
    elif gap >= SUSPICIOUS_GAP:
        what = "between 2 and 4 points, a sign that it has begun to memorise (overfitting)."
    else:
        what = "less than 2 points, no sign of overfitting."
    return f"{figures}: {_points(gap)} apart. This is {what}"


def _loss(history: tuple[EpochFigures, ...]) -> str | None:
    lowest, last = min(history, key=lambda figures: figures.test_loss), history[-1]
    if last.test_loss <= _LOSS_GREW * lowest.test_loss:
        return None
    more = round(TEST_IMAGES * (lowest.test_accuracy - last.test_accuracy))
    if more <= 0:
        why = "It makes no more mistakes than then, but is more confident in them."
    else:
        why = f"It makes {whole(more)} more {'mistake' if more == 1 else 'mistakes'} than then."
    return (
        f"The test loss was lowest after epoch {lowest.epoch}, at {lowest.test_loss:.3f}, and has "
        f"grown to {last.test_loss:.3f}. {why}"
    )


def _points(share: float) -> str:
    return f"{100 * share:.2f} points"
