"""How a network is trained, and what an epoch of training gave: plain, checked values."""

import math
from dataclasses import dataclass
from typing import Literal, get_args

from mnist_core.data.dataset import CLASSES, TRAINING_COUNTS, TRAINING_IMAGES

OptimizerName = Literal["adadelta", "adam", "adamw", "rmsprop", "sgd"]
OPTIMIZERS: tuple[OptimizerName, ...] = get_args(OptimizerName)

LossName = Literal["cross-entropy", "squared-error"]
Schedule = Literal["constant", "cosine", "steps", "one-cycle"]
Augmentation = Literal["none", "bent", "hands"]
Precision = Literal["float32", "bfloat16"]
LOSSES: tuple[LossName, ...] = get_args(LossName)
SCHEDULES: tuple[Schedule, ...] = get_args(Schedule)
AUGMENTATIONS: tuple[Augmentation, ...] = get_args(Augmentation)
PRECISIONS: tuple[Precision, ...] = get_args(Precision)
_CHOICES: dict[str, tuple[str, ...]] = {
    "optimizer": OPTIMIZERS,
    "loss": LOSSES,
    "schedule": SCHEDULES,
    "augmentation": AUGMENTATIONS,
    "precision": PRECISIONS,
}

# Smallest and largest value a person may ask for.
LIMITS: dict[str, tuple[int, int]] = {
    "epochs": (1, 100),
    # More would take the slower networks longer than a second a step: too long to be stopped.
    "batch_size": (1, 1024),
    "seed": (0, 2**31 - 1),
    "training_images": (1, TRAINING_IMAGES),
}
LARGEST_LEARNING_RATE = 10.0
LARGEST_MOMENTUM = 0.99
LARGEST_LABEL_NOISE = 1.0
ALL_DIGITS = tuple(range(CLASSES))


@dataclass(frozen=True)
class Settings:
    """Everything about a training but the network itself.

    Attributes:
        epochs: how often every training image is looked at.
        batch_size: images looked at between two corrections of the weights.
        optimizer: the rule by which weights are corrected, one of `OPTIMIZERS`.
        learning_rate: how large the corrections are; above 0, at most 10.
        seed: where the random numbers start; the same seed gives the same training.
        training_images: how many images to learn from, the first ones in file order.
        digits: which digits to learn, ascending; images of others are left out.
        label_noise: the share of these images that get a wrong label on purpose, 0..1.
        loss: what the corrections make smaller: the cross-entropy, or the squared distance from
            the answer that would be right. Reports tell the cross-entropy either way.
        momentum: how much of the last correction the next one keeps, 0..0.99; of `sgd` alone.
        schedule: whether the learning rate stays as it is ("constant"), falls to nothing like a
            quarter of a wave ("cosine"), falls to a tenth after half of the training and to a
            hundredth after three quarters ("steps"), or grows for the first fifth and then falls
            to nothing ("one-cycle").
        augmentation: whether every epoch shows the images as they are, bent a little at random,
            or most of them bent and a quarter drawn again as other hands might ("hands").
        precision: what the sums of a training are worked out in; the finished network's are
            float32 either way.

    Raises:
        ValueError: a value that cannot be trained with, as a sentence.
    """

    epochs: int
    batch_size: int
    optimizer: OptimizerName
    learning_rate: float
    seed: int = 0
    training_images: int = TRAINING_IMAGES
    digits: tuple[int, ...] = ALL_DIGITS
    label_noise: float = 0.0
    loss: LossName = "cross-entropy"
    momentum: float = 0.0
    schedule: Schedule = "constant"
    augmentation: Augmentation = "none"
    precision: Precision = "float32"

    def __post_init__(self) -> None:
        for name, (smallest, largest) in LIMITS.items():
            value = getattr(self, name)
            words = name.replace("_", " ")
            if not isinstance(value, int) or isinstance(value, bool):
                raise ValueError(f"The {words} must be a whole number, not {value!r}.")
            if not smallest <= value <= largest:
                raise ValueError(
                    f"The {words} must be from {smallest:,} to {largest:,}, not {value:,}."
                )
        for name, choices in _CHOICES.items():
            if getattr(self, name) not in choices:
                raise ValueError(
                    f"There is no {name} {getattr(self, name)!r}; choose {', '.join(choices)}."
                )
        check_learning_rate(self.learning_rate)
        _check_share("momentum", self.momentum, LARGEST_MOMENTUM)
        _check_share("label_noise", self.label_noise, LARGEST_LABEL_NOISE)
        _check_digits(self.digits)
        for name in ("learning_rate", "momentum", "label_noise"):
            # NumPy's floats are floats, but no JSON.
            object.__setattr__(self, name, float(getattr(self, name)))

    @property
    def images_per_epoch(self) -> int:
        """How many of MNIST's training images an epoch shows: of the chosen digits alone."""
        return min(self.training_images, sum(TRAINING_COUNTS[digit] for digit in self.digits))

    @property
    def steps_per_epoch(self) -> int:
        """Corrections of the weights in one epoch; the last batch may be smaller."""
        return math.ceil(self.images_per_epoch / self.batch_size)


def check_learning_rate(rate: object) -> None:
    """Refuse what nobody can train with.

    Raises:
        ValueError: it is no number above 0 and up to `LARGEST_LEARNING_RATE`, as a sentence.
    """
    if not isinstance(rate, int | float) or isinstance(rate, bool) or not math.isfinite(rate):
        raise ValueError(f"The learning rate must be a number, not {rate!r}.")
    if not 0 < rate <= LARGEST_LEARNING_RATE:
        raise ValueError(
            f"The learning rate must be above 0 and at most {LARGEST_LEARNING_RATE:g}, "
            f"not {rate:g}."
        )


def _check_share(name: str, value: object, largest: float) -> None:
    words = name.replace("_", " ")
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise ValueError(f"The {words} must be a number, not {value!r}.")
    if not 0 <= value <= largest:
        raise ValueError(f"The {words} must be from 0 to {largest:g}, not {value:g}.")


def _check_digits(digits: object) -> None:
    if not isinstance(digits, tuple) or not digits:
        raise ValueError("The digits to learn must be at least one of 0 to 9.")
    if not all(type(digit) is int and digit in ALL_DIGITS for digit in digits):
        raise ValueError("The digits to learn must be at least one of 0 to 9.")
    if list(digits) != sorted(set(digits)):
        raise ValueError("The digits to learn must stand in order, each of them once.")


@dataclass(frozen=True)
class EpochFigures:
    """What one epoch gave, in the training's own precision. Losses in nats, accuracies 0..1.

    Attributes:
        epoch: 1 for the first.
        training_loss: Keras's own training figure: the mean over an epoch in which the network
            kept changing, with dropout on.
        training_accuracy: likewise.
        test_loss: on the 10,000 test images, after the epoch.
        test_accuracy: likewise.
        settled_loss: on training images, after the epoch and with dropout off, so that it can be
            compared with the test figure; None where nobody measured it.
        settled_accuracy: likewise.
        seconds: what the epoch took, None where nobody measured it.
    """

    epoch: int
    training_loss: float
    training_accuracy: float
    test_loss: float
    test_accuracy: float
    settled_loss: float | None = None
    settled_accuracy: float | None = None
    seconds: float | None = None
