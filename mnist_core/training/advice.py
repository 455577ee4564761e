"""What to try next after a training, judged by its figures."""

from math import log

from mnist_core.data.dataset import CLASSES, TRAINING_COUNTS, TRAINING_IMAGES
from mnist_core.networks.layers import Conv
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import (
    ALL_DIGITS,
    LARGEST_LEARNING_RATE,
    LIMITS,
    EpochFigures,
    OptimizerName,
    Settings,
)
from mnist_core.system import server_settings
from mnist_core.system.text_format import percent, whole
from mnist_core.training import trend

SUSPICIOUS_GAP = 0.02
"""From 2 points on, a gap suggests overfitting, says tutorial T2."""
ABOVE_CHANCE = 1.5
"""A network that is correct less than this many times as often as guessing has learned nothing."""

# A loss that fell by less than a thousandth did not fall.
_LOSS_FELL = 0.999
# At a rate this small no training diverges: if it learns nothing, its steps are too small.
_SMALL_RATE = 1e-4
_FEW_IMAGES = 20_000
# A network underfits if it reads fewer of its training images than this, and makes less than this
# many times as many mistakes on new ones.
_UNDERFITTING_ACCURACY = 0.9
_MUCH_WORSE = 1.5
# Keras's defaults. Ten times as large, they may make a training diverge.
_USUAL_RATES: dict[OptimizerName, float] = {
    "adadelta": 1.0,
    "adam": 0.001,
    "adamw": 0.001,
    "rmsprop": 0.001,
    "sgd": 0.01,
}
_DIVIDE = (
    "the same with its pixels divided by 255: from 0 to 255, they make the first sums too large"
)
# A loss this many times that of guessing says that the training diverges.
_DIVERGING = 1.1


def advice(
    recipe: Recipe,
    settings: Settings,
    history: tuple[EpochFigures, ...],
    plateau: int | None,
    gap: float | None,
) -> str:
    """What to try next: a sentence or two.

    Args:
        recipe: the network.
        settings: how it was trained.
        history: the figures of every finished epoch, at least one.
        plateau: the epoch after which it began, see `trend.plateau`.
        gap: training accuracy minus test accuracy after the last epoch; None if unknown.
    """
    if _learned_nothing(settings, history):
        accuracy = percent(history[-1].training_accuracy)
        return (
            f"It learned next to nothing: {accuracy} is hardly better than guessing. "
            f"Next, try {_against_standstill(settings, history)}."
        )
    if underfits(settings, history[-1]):
        what = _against_underfitting(settings, history, plateau)
    elif gap is not None and gap >= SUSPICIOUS_GAP:
        what = _against_overfitting(settings)
    elif settings.label_noise:
        what = "the same without wrong labels, to see what they cost"
    else:
        what = _more_epochs(settings, history) or _something_new(recipe, settings, plateau)
    return f"Next, try {what}."


def underfits(settings: Settings, last: EpochFigures) -> bool:
    """Whether it misreads even many training images, and new ones about as often."""
    if settings.label_noise:
        return False
    own = last.training_accuracy if last.settled_accuracy is None else last.settled_accuracy
    if settings.digits != ALL_DIGITS:
        # Nobody expects it to read digits that it never saw.
        return own < _UNDERFITTING_ACCURACY
    return own < _UNDERFITTING_ACCURACY and 1 - last.test_accuracy < _MUCH_WORSE * (1 - own)


def _learned_nothing(settings: Settings, history: tuple[EpochFigures, ...]) -> bool:
    guessing = 1 / len(settings.digits)
    # A network that got worse again had learned something.
    best = max(figures.training_accuracy for figures in history)
    learned = best > min(ABOVE_CHANCE * guessing, (1 + guessing) / 2)
    # A single digit is always guessed, and wrong labels can only be memorised.
    return not (learned or guessing == 1 or settings.label_noise)


def _against_standstill(settings: Settings, history: tuple[EpochFigures, ...]) -> str:
    if settings.pixel_range == "0-255":
        return _DIVIDE
    last, rate = history[-1], settings.learning_rate
    # A single epoch is compared with guessing: nobody knows the loss before it.
    first = history[0].training_loss if len(history) > 1 else _guessing_loss(settings)
    falls = last.training_loss < first * _LOSS_FELL
    too_high = _sign_of_divergence(settings, last)
    if not falls:
        too_high = too_high or "the loss does not even fall"
    if rate > _SMALL_RATE and too_high:
        return _rate(rate / 10, settings, too_high)
    why = "the loss falls, but slowly" if falls else "steps of this size hardly change anything"
    if rate >= LARGEST_LEARNING_RATE:
        return f"another optimizer: {why}, and there is no higher learning rate"
    return _rate(min(10 * rate, LARGEST_LEARNING_RATE), settings, why)


def _against_underfitting(
    settings: Settings, history: tuple[EpochFigures, ...], plateau: int | None
) -> str:
    if settings.pixel_range == "0-255":
        return _DIVIDE
    rate, usual = settings.learning_rate, _USUAL_RATES[settings.optimizer]
    done = len(history)
    why = _sign_of_divergence(settings, history[-1])
    if why is None and done > 1 and trend.has_dropped(history):
        why = "it was better before"
    if why is None and rate >= 10 * usual:
        why = "steps this large easily overshoot"
    if why is not None:
        return _rate(usual if rate > usual else rate / 10, settings, why)
    more = _longer(settings, 2 * done)
    if plateau is None and more > done:
        return f"{more} epochs instead of {done}: it misreads even many training images so far"
    no_help = "" if plateau is None else ", and more epochs hardly helped"
    return f"a larger network: this one misreads even many training images{no_help}"


def _against_overfitting(settings: Settings) -> str:
    if settings.training_images < TRAINING_IMAGES:
        return (
            f"more training images: it saw {whole(settings.training_images)} of "
            f"{whole(TRAINING_IMAGES)} and has begun to memorise them"
        )
    if settings.augmentation == "none":
        return (
            "augmentation (images distorted anew in each epoch) or more dropout, so that there is "
            "less to memorise"
        )
    return "more dropout or a smaller network, so that it can memorise less"


def _more_epochs(settings: Settings, history: tuple[EpochFigures, ...]) -> str | None:
    """Advice to train for longer; None if nothing suggests it, or it is not allowed."""
    done = len(history)
    if done == 1:
        wanted, why = trend.PLATEAU_EPOCHS + 1, "one alone cannot show whether more would help"
    # At the end of a falling learning rate the accuracy rises however long a training was.
    elif settings.schedule == "constant" and trend.still_improving(history):
        wanted, why = 2 * done, "it was still improving"
    else:
        return None
    epochs = _longer(settings, wanted)
    return f"{epochs} epochs instead of {done}: {why}" if epochs > done else None


def _something_new(recipe: Recipe, settings: Settings, plateau: int | None) -> str:
    seen = settings.images_per_epoch
    available = sum(TRAINING_COUNTS[digit] for digit in settings.digits)
    if seen < min(_FEW_IMAGES, available):
        return f"more training images: it saw {whole(seen)} of {whole(available)}"
    if not any(isinstance(layer, Conv) for layer in recipe.layers):
        # Only a plateau tells whether more epochs would help as well.
        more = "" if plateau is None else f", and after epoch {plateau} more epochs hardly helped"
        return f"a network with convolutions: this one has none{more}"
    if settings.augmentation == "none":
        images = "images" if seen < available else f"{whole(available)} images"
        return (
            "augmentation (images distorted anew in each epoch): it has convolutions, but it "
            f"always sees the same {images}"
        )
    return (
        "two or three other seeds: differences as small as those that are left come from chance "
        "as easily as from a setting"
    )


def _rate(rate: float, settings: Settings, why: str) -> str:
    return f"a learning rate of {rate:g} instead of {settings.learning_rate:g}: {why}"


def _sign_of_divergence(settings: Settings, last: EpochFigures) -> str | None:
    if last.training_loss > _DIVERGING * _guessing_loss(settings):
        return f"its loss of {last.training_loss:.2f} is larger than that of guessing"
    return None


def _guessing_loss(settings: Settings) -> float:
    """The loss when every known digit gets the same probability."""
    count = len(settings.digits)
    if settings.loss == "cross-entropy":
        return log(count)
    return ((1 - 1 / count) ** 2 + (count - 1) / count**2) / CLASSES


def _longer(settings: Settings, wanted: int) -> int:
    """The wanted number, at least what the settings asked for, as far as the limits allow."""
    return min(max(wanted, settings.epochs), server_settings.max_epochs(), LIMITS["epochs"][1])
