"""What a network is shown when it learns from somebody's own digits.

Shown nothing but ten new digits, a network forgets the old ones within seconds. So each of them is
shown many times, a little turned and moved every time, among many more digits of MNIST.
"""

import numpy as np

from mnist_core.analysis.transforms import affine
from mnist_core.data.dataset import Digits
from mnist_core.hands.score import Handwriting
from mnist_core.networks.settings import Settings

COPIES = 60
"""How often each of the hand's digits is shown in an epoch."""
MNIST_DIGITS = 3_000
"""How many of MNIST's are shown beside them."""

_TURN, _SHIFT, _SIZE = 8.0, 1.2, 0.08


def settings(learned: int) -> Settings:
    """How a network learns from so many drawings.

    A third of Adam's usual rate, and few epochs: the network is to move a little, not to start
    anew. Tried on turned digits of the training set
    (tests/training/test_fine_tuning.py), not searched for.
    """
    return Settings(
        epochs=3,
        batch_size=64,
        optimizer="adam",
        learning_rate=0.0003,
        training_images=MNIST_DIGITS + COPIES * learned,
    )


def drawing_count(settings: Settings) -> int:
    """How many drawings are learned from, with settings of `settings`' making."""
    return (settings.training_images - MNIST_DIGITS) // COPIES


def training_set(learn: Handwriting, old: Digits, settings: Settings) -> Digits:
    """What is learned from: each drawing many times, a little changed, among digits of MNIST.

    Args:
        learn: the drawings.
        old: the training set.
        settings: its seed decides which digits, and how the copies are changed; as many digits of
            MNIST are taken as are wanted beside the copies.
    """
    random = np.random.default_rng(settings.seed)
    changed = [
        affine(
            learn.images,
            turn=random.uniform(-_TURN, _TURN),
            right=random.uniform(-_SHIFT, _SHIFT),
            down=random.uniform(-_SHIFT, _SHIFT),
            size=1 + random.uniform(-_SIZE, _SIZE),
        )
        for _ in range(COPIES - 1)
    ]
    count = max(settings.training_images - COPIES * len(learn), 0)
    chosen = random.choice(len(old), count, replace=False)
    images = np.concatenate([learn.images, *changed, old.images[chosen]])
    labels = np.concatenate([*[learn.labels] * COPIES, old.labels[chosen]]).astype(np.uint8)
    # In no order: who stops early, or judges the first few, meets both kinds.
    order = random.permutation(len(labels))
    return Digits("own", images[order], labels[order])
