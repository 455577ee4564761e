"""The training set from which a network learns somebody's own digits.

Shown nothing but ten new digits, a network forgets the old ones within seconds. So each new one is
shown many times, slightly rotated and moved, among many more digits of MNIST.
"""

import numpy as np

from mnist_core.analysis.transforms import affine
from mnist_core.data.dataset import Digits
from mnist_core.handwriting.score import Handwriting
from mnist_core.networks.settings import Settings

COPIES = 60
"""How often each drawing is shown in an epoch."""
MNIST_DIGITS = 3_000
"""How many digits of MNIST are shown beside them."""

_TURN, _SHIFT, _SIZE = 8.0, 1.2, 0.08


def settings(drawings: int) -> Settings:
    """The training settings for this many drawings.

    A third of Adam's usual rate and few epochs, because the network is to change only a little.
    Tried on rotated training digits (tests/training/test_fine_tuning.py), not searched for.
    """
    return Settings(
        epochs=3,
        batch_size=64,
        optimizer="adam",
        learning_rate=0.0003,
        training_images=MNIST_DIGITS + COPIES * drawings,
    )


def drawing_count(settings: Settings) -> int:
    """The number of drawings for which `settings` made these settings."""
    return (settings.training_images - MNIST_DIGITS) // COPIES


def training_set(drawn: Handwriting, mnist: Digits, settings: Settings) -> Digits:
    """Mix slightly changed copies of each drawing with digits of MNIST, in random order.

    The seed of the settings decides the copies, the digits and the order. Without room for all
    copies in `settings.training_images` there are no digits of MNIST.
    """
    random = np.random.default_rng(settings.seed)
    copies = [
        affine(
            drawn.images,
            turn=random.uniform(-_TURN, _TURN),
            right=random.uniform(-_SHIFT, _SHIFT),
            down=random.uniform(-_SHIFT, _SHIFT),
            size=1 + random.uniform(-_SIZE, _SIZE),
        )
        for _ in range(COPIES - 1)
    ]
    count = max(settings.training_images - COPIES * len(drawn), 0)
    chosen = random.choice(len(mnist), count, replace=False)
    images = np.concatenate([drawn.images, *copies, mnist.images[chosen]])
    labels = np.concatenate([*[drawn.labels] * COPIES, mnist.labels[chosen]]).astype(np.uint8)
    order = random.permutation(len(labels))
    return Digits("own", images[order], labels[order])
