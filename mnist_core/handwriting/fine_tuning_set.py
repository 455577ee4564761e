"""The training set from which a network learns somebody's own digits.

Shown nothing but ten new digits, a network forgets the old ones within seconds. So each new one is
shown many times, slightly rotated and moved, among many more digits of MNIST. Of a whole class
there are hundreds: each is shown less often then, so that the training stays short.
"""

import numpy as np

from mnist_core.analysis.transforms import affine
from mnist_core.data.dataset import Digits
from mnist_core.handwriting.score import Handwriting
from mnist_core.networks.settings import Settings

MNIST_DIGITS = 3_000
"""How many digits of MNIST are shown beside one person's drawings."""
_COPIES = 60
_MOST_OF_ONE = 100
_CLASS_COPIES, _CLASS_IMAGES = 6_000, 12_000

_TURN, _SHIFT, _SIZE = 8.0, 1.2, 0.08


def copies(drawings: int) -> int:
    """How often each of so many drawings is shown in an epoch."""
    return _COPIES if drawings <= _MOST_OF_ONE else max(1, _CLASS_COPIES // drawings)


def mnist_digits(settings: Settings) -> int:
    """How many digits of MNIST are shown beside the drawings."""
    drawings = drawing_count(settings)
    return settings.training_images - copies(drawings) * drawings


def settings(drawings: int) -> Settings:
    """The training settings for this many drawings: of one person, or of a class.

    A third of Adam's usual rate and few epochs, because the network is to change only a little.
    Tried on rotated training digits (tests/training/test_fine_tuning.py), not searched for.
    """
    return Settings(
        epochs=3,
        batch_size=64,
        optimizer="adam",
        learning_rate=0.0003,
        training_images=_images(drawings),
    )


def drawing_count(settings: Settings) -> int:
    """The number of drawings for which `settings` made these settings."""
    if settings.training_images > _images(_MOST_OF_ONE):
        return settings.training_images - _CLASS_IMAGES
    return (settings.training_images - MNIST_DIGITS) // _COPIES


def _images(drawings: int) -> int:
    """How many images an epoch has; another number for each number of drawings."""
    if drawings <= _MOST_OF_ONE:
        return MNIST_DIGITS + _COPIES * drawings
    return _CLASS_IMAGES + drawings


def training_set(drawn: Handwriting, mnist: Digits, settings: Settings) -> Digits:
    """Mix slightly changed copies of each drawing with digits of MNIST, in random order.

    The seed of the settings decides the copies, the digits and the order. Without room for all
    copies in `settings.training_images` there are no digits of MNIST.
    """
    random = np.random.default_rng(settings.seed)
    shown = copies(len(drawn))
    changed = [
        affine(
            drawn.images,
            turn=random.uniform(-_TURN, _TURN),
            right=random.uniform(-_SHIFT, _SHIFT),
            down=random.uniform(-_SHIFT, _SHIFT),
            size=1 + random.uniform(-_SIZE, _SIZE),
        )
        for _ in range(shown - 1)
    ]
    count = max(settings.training_images - shown * len(drawn), 0)
    chosen = random.choice(len(mnist), count, replace=False)
    images = np.concatenate([drawn.images, *changed, mnist.images[chosen]])
    labels = np.concatenate([*[drawn.labels] * shown, mnist.labels[chosen]]).astype(np.uint8)
    order = random.permutation(len(labels))
    return Digits("own", images[order], labels[order])
