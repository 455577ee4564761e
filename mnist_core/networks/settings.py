"""How a network is trained, and the figures of an epoch: plain, checked values."""

import math
from dataclasses import dataclass
from typing import Literal, get_args

from mnist_core.data.dataset import CLASSES, TRAINING_COUNTS, TRAINING_IMAGES

OptimizerName = Literal["adadelta", "adam", "adamw", "rmsprop", "sgd"]
OPTIMIZER_TITLES: dict[str, str] = {
    "adadelta": "Adadelta",
    "adam": "Adam",
    "adamw": "AdamW",
    "rmsprop": "RMSprop",
    "sgd": "SGD",
}
"""What optimizers are called, in Keras too."""

LossName = Literal["cross-entropy", "squared-error"]
Schedule = Literal["constant", "cosine", "steps", "one-cycle"]
Augmentation = Literal["none", "bent", "hands"]
Precision = Literal["float32", "bfloat16"]
PixelRange = Literal["0-1", "0-255"]
CHOICES: dict[str, tuple[str, ...]] = {
    "optimizer": get_args(OptimizerName),
    "loss": get_args(LossName),
    "schedule": get_args(Schedule),
    "augmentation": get_args(Augmentation),
    "precision": get_args(Precision),
    "pixel_range": get_args(PixelRange),
}
"""The values that each of these settings may have."""

LIMITS: dict[str, tuple[int, int]] = {
    "epochs": (1, 100),
    # With more, the slower networks would take more than a second a step: too long to be stopped.
    "batch_size": (1, 1024),
    "seed": (0, 2**31 - 1),
    "training_images": (1, TRAINING_IMAGES),
}
"""The smallest and largest value of each whole number, both included."""
LARGEST_LEARNING_RATE = 10.0
LARGEST_MOMENTUM = 0.99
ALL_DIGITS = tuple(range(CLASSES))


@dataclass(frozen=True)
class Settings:
    """Everything about a training but the network itself.

    Attributes:
        epochs: how often every training image is shown.
        batch_size: images shown between two updates of the weights.
        optimizer: the rule that updates the weights.
        learning_rate: how large the updates are; above 0, at most 10.
        seed: where the random numbers start; the same seed gives the same training.
        training_images: how many images to learn from, the first ones in file order.
        digits: which digits to learn, ascending; images of others are left out.
        label_noise: the share of these images that get a wrong label on purpose, 0..1.
        loss: what the updates minimise. Reports give the cross-entropy either way.
        momentum: how much of the last update the next one keeps, 0..0.99; for `sgd` only.
        schedule: the learning rate stays the same ("constant"), falls to 0 along a cosine, falls to
            a tenth after half of the training and to a hundredth after three quarters ("steps"), or
            rises for the first fifth and then falls to 0 ("one-cycle").
        augmentation: every epoch shows the images as they are ("none"), slightly distorted at
            random ("bent"), or most distorted and a quarter redrawn in other pen styles ("hands").
        precision: of the arithmetic while training; the finished network's is float32 either way.
        pixel_range: what the pixels are while training: divided by 255 ("0-1"), or as they are in
            the file ("0-255"), to see what that does. The finished network takes 0..1 either way.

    Raises:
        ValueError: a value that cannot be trained with; the message is a sentence for the visitor.
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
    pixel_range: PixelRange = "0-1"

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
        for name, choices in CHOICES.items():
            if getattr(self, name) not in choices:
                words = name.replace("_", " ")
                raise ValueError(
                    f"There is no {words} {getattr(self, name)!r}; choose {', '.join(choices)}."
                )
        check_learning_rate(self.learning_rate)
        _check_share("momentum", self.momentum, LARGEST_MOMENTUM)
        _check_share("label noise", self.label_noise, 1.0)
        _check_digits(self.digits)
        for name in ("learning_rate", "momentum", "label_noise"):
            # NumPy's floats are floats, but cannot be written as JSON.
            object.__setattr__(self, name, float(getattr(self, name)))

    @property
    def images_per_epoch(self) -> int:
        """How many of MNIST's training images an epoch shows: those of the chosen digits."""
        return min(self.training_images, sum(TRAINING_COUNTS[digit] for digit in self.digits))

    @property
    def steps_per_epoch(self) -> int:
        """Updates of the weights in one epoch; the last batch may be smaller."""
        return math.ceil(self.images_per_epoch / self.batch_size)


def check_learning_rate(rate: object) -> None:
    """Refuse a learning rate that is not a number above 0 and up to `LARGEST_LEARNING_RATE`.

    Raises:
        ValueError: it is not; the message is a sentence for the visitor.
    """
    rate = _checked_number("learning rate", rate)
    if not 0 < rate <= LARGEST_LEARNING_RATE:
        raise ValueError(
            f"The learning rate must be above 0 and at most {LARGEST_LEARNING_RATE:g}, "
            f"not {rate:g}."
        )


def _check_share(words: str, value: object, largest: float) -> None:
    value = _checked_number(words, value)
    if not 0 <= value <= largest:
        raise ValueError(f"The {words} must be from 0 to {largest:g}, not {value:g}.")


def _checked_number(words: str, value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise ValueError(f"The {words} must be a number, not {value!r}.")
    return value


def _check_digits(digits: object) -> None:
    if not isinstance(digits, tuple) or not all(type(digit) is int for digit in digits):
        raise ValueError("The digits to learn must be whole numbers from 0 to 9.")
    if not digits or not set(digits) <= set(ALL_DIGITS):
        raise ValueError("The digits to learn must be at least one of 0 to 9.")
    if list(digits) != sorted(set(digits)):
        raise ValueError("The digits to learn must be in ascending order, each of them once.")


@dataclass(frozen=True)
class EpochFigures:
    """The figures of one epoch, in the training's own precision. Losses in nats, accuracies 0..1.

    Attributes:
        epoch: 1 for the first.
        training_loss: the mean over the epoch, in which the network keeps changing, with dropout
            on: as Keras reports it.
        training_accuracy: likewise.
        test_loss: on the 10,000 test images, after the epoch.
        test_accuracy: likewise.
        settled_loss: on training images, after the epoch and with dropout off, so that it can be
            compared with the test loss; None if it was not measured.
        settled_accuracy: likewise.
        seconds: how long the epoch took; None if it was not measured.
    """

    epoch: int
    training_loss: float
    training_accuracy: float
    test_loss: float
    test_accuracy: float
    settled_loss: float | None = None
    settled_accuracy: float | None = None
    seconds: float | None = None


@dataclass(frozen=True)
class RunControl:
    """What a training is asked to do from now on.

    Attributes:
        stop: end, and keep what was learned.
        paused: wait, with everything as it is.
        leave: while paused, the process may end; the training resumes from its checkpoint later.
        learning_rate: train at this rate; None for the settings' own. A schedule keeps its shape,
            with this as its largest rate.
    """

    stop: bool = False
    paused: bool = False
    leave: bool = False
    learning_rate: float | None = None


@dataclass(frozen=True)
class RateChange:
    """The learning rate was changed by hand after this step of this epoch."""

    epoch: int
    step: int
    learning_rate: float
