"""What to try next after a training, from its figures."""

from math import log

from mnist_core.data.dataset import CLASSES, TRAINING_COUNTS, TRAINING_IMAGES
from mnist_core.networks import limits
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
from mnist_core.training import trend

SUSPICIOUS_GAP = 0.02
"""From 2 points on, a gap suggests overfitting, says tutorial T2."""

# A training loss that fell by less did not fall.
_LOSS_FELL = 0.999
ABOVE_CHANCE = 1.5
"""Right only so many times as often as who guesses, a network has learned nothing."""

# A rate as small as this throws no network off: what does not learn at it moves too little.
_SMALL_RATE = 1e-4
_FEW_IMAGES = 20_000
# Who reads fewer of the images it learned from, and is not much worse at new ones, has not learned
# them by heart: it has hardly learned them yet.
_POOR = 0.9
_MUCH_WORSE = 1.5
# Ten times as large, these may throw a network off. As Keras has them.
_USUAL_RATES: dict[OptimizerName, float] = {
    "adadelta": 1.0,
    "adam": 0.001,
    "adamw": 0.001,
    "rmsprop": 0.001,
    "sgd": 0.01,
}
# A loss so much above that of guessing says that the network is thrown off.
_THROWN_OFF = 1.1


def advice(
    recipe: Recipe,
    settings: Settings,
    history: tuple[EpochFigures, ...],
    flat: int | None,
    gap: float | None,
) -> str:
    """What to try next: a sentence or two.

    Args:
        recipe: the network.
        settings: how it was trained.
        history: the figures of every finished epoch, at least one.
        flat: where the plateau began, see `trend.plateau`.
        gap: accuracy on training images less that on test images after the last epoch; None where
            that is not known or says nothing.
    """
    if (stuck := _stuck(settings, history)) is not None:
        return stuck
    if underfits(settings, history[-1]):
        return _to_learn_more(settings, history, flat)
    if gap is not None and gap >= SUSPICIOUS_GAP:
        return _against_overfitting(settings)
    if settings.label_noise:
        return "To try next: the same without wrong labels, to see what they cost."
    if (more := _more_epochs(settings, history)) is not None:
        return more
    seen = settings.images_per_epoch
    there_are = sum(TRAINING_COUNTS[digit] for digit in settings.digits)
    if seen < min(_FEW_IMAGES, there_are):
        return f"To try next: more images to learn from. It saw {seen:,} of {there_are:,}."
    if not any(isinstance(layer, Conv) for layer in recipe.layers):
        # Whether more epochs would help as well, only a plateau tells.
        helped = "" if flat is None else f", and after epoch {flat} more epochs hardly helped"
        return f"To try next: a network with convolutions. This one has none{helped}."
    if settings.augmentation == "none":
        images = "images" if seen < there_are else f"{there_are:,} images"
        return (
            f"To try next: images bent anew in each epoch. It has convolutions, but it always sees "
            f"the same {images}."
        )
    return (
        "To try next: two or three other seeds. Differences as small as those that are left here "
        "come from chance as easily as from a setting."
    )


def underfits(settings: Settings, last: EpochFigures) -> bool:
    """Whether it reads even the images it learned from badly, and new ones about as badly."""
    if settings.label_noise:
        return False
    own = last.training_accuracy if last.settled_accuracy is None else last.settled_accuracy
    if settings.digits != ALL_DIGITS:
        # Of digits it never saw nobody expects anything.
        return own < _POOR
    return own < _POOR and 1 - last.test_accuracy < _MUCH_WORSE * (1 - own)


def _to_learn_more(settings: Settings, history: tuple[EpochFigures, ...], flat: int | None) -> str:
    rate, usual = settings.learning_rate, _USUAL_RATES[settings.optimizer]
    done, last = len(history), history[-1]
    more = _longer(settings, 2 * done)
    if thrown_off := _thrown_off(settings, last):
        why = thrown_off
    elif done > 1 and trend.has_dropped(history):
        why = "it was better before"
    elif rate >= 10 * usual:
        why = "steps as large as that easily lead astray"
    elif flat is None and more > done:
        return (
            f"To try next: {more} epochs instead of {done}. It reads even the images it learned "
            "from badly yet."
        )
    else:
        return (
            "To try next: a larger network. This one reads even the images it learned from badly"
            + (", and more epochs hardly helped." if flat is not None else ".")
        )
    lower = usual if rate > usual else rate / 10
    return f"To try next: a learning rate of {lower:g} instead of {rate:g}; {why}."


def _thrown_off(settings: Settings, last: EpochFigures) -> str | None:
    """Why its learning rate is too high, where the loss says so."""
    if last.training_loss > _THROWN_OFF * _guessing_loss(settings):
        return f"its loss of {last.training_loss:.2f} is larger than that of guessing"
    return None


def _guessing_loss(settings: Settings) -> float:
    """The loss of who gives every digit it knows the same probability."""
    count = len(settings.digits)
    if settings.loss == "cross-entropy":
        return log(count)
    return ((1 - 1 / count) ** 2 + (count - 1) / count**2) / CLASSES


def _more_epochs(settings: Settings, history: tuple[EpochFigures, ...]) -> str | None:
    """That it should learn for longer; None if nothing says so, or it may not."""
    done = len(history)
    if done == 1:
        wanted = trend.PLATEAU_EPOCHS + 1
        why = "after one alone nobody can tell whether more would help"
    # Where the learning rate falls in the end, it rises for that reason, however long it took.
    elif settings.schedule == "constant" and trend.still_improving(history):
        wanted, why = 2 * done, "it still rose"
    else:
        return None
    epochs = _longer(settings, wanted)
    if epochs <= done:
        return None
    return f"To try next: {epochs} epochs instead of {done}, for {why}."


def _longer(settings: Settings, wanted: int) -> int:
    """So many epochs, as far as there may be that many."""
    # One that was stopped should do at least all that it was asked for.
    return min(max(wanted, settings.epochs), limits.max_epochs(), LIMITS["epochs"][1])


def _stuck(settings: Settings, history: tuple[EpochFigures, ...]) -> str | None:
    """What to do about a network that learned nothing; None if it did."""
    last, rate = history[-1], settings.learning_rate
    guessing = 1 / len(settings.digits)
    # What it lost again, it had learned.
    best = max(figures.training_accuracy for figures in history)
    learned = best > min(ABOVE_CHANCE * guessing, (1 + guessing) / 2)
    # One digit alone is always guessed, and wrong labels cannot be learned but by heart.
    if learned or guessing == 1 or settings.label_noise:
        return None
    said = (
        f"It learned next to nothing: {100 * last.training_accuracy:.2f}% is hardly more than "
        "guessing. To try next:"
    )
    # A single epoch is compared with guessing: nobody knows what the loss was before it.
    first = history[0].training_loss if len(history) > 1 else _guessing_loss(settings)
    falls = last.training_loss < first * _LOSS_FELL
    if rate > _SMALL_RATE and (thrown_off := _thrown_off(settings, last)):
        return f"{said} a learning rate of {rate / 10:g} instead of {rate:g}; {thrown_off}."
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
