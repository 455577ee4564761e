"""What the gate learns from: digits in many hands, and what is none."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mnist_core.data import centre_lines, dataset
from mnist_core.data.dataset import CLASSES, TRAINING_IMAGES, Digits
from mnist_core.training import augmentation, image_selection
from scripts import hand_images, make_non_digits, other_strokes, real_strokes, written_strokes
from scripts.real_strokes import HELD_OUT_WRITERS, LEARNED_WRITERS

LEARNED = TRAINING_IMAGES - 5_000
# Of each kind, other ones in every epoch.
MNIST, HANDS, MODELS = 32_000, 24_000, 5_600
MADE_UP, CHARACTERS, LATIN, LETTERS, TURNED = 9_600, 9_600, 4_800, 8_000, 8_000
IN_ALL = MNIST + HANDS + MODELS + MADE_UP + CHARACTERS + LATIN + LETTERS + TURNED

Images = NDArray[np.uint8]
Strokes = Sequence[NDArray[np.float64]]


class Examples:
    """Digits in several hands, and things that are none.

    Args:
        held_out: alphabets to leave out.
        choosing: leave out `HELD_OUT_WRITERS`, too.
        folder: with the strokes of `real_strokes`.
    """

    def __init__(
        self, held_out: Sequence[str], *, choosing: bool, folder: Path = real_strokes.FOLDER
    ) -> None:
        mnist, self._lines = dataset.load("train"), centre_lines.load()
        self._mnist = Digits("train", mnist.images[:LEARNED], mnist.labels[:LEARNED])
        writers = set(LEARNED_WRITERS) - set(HELD_OUT_WRITERS if choosing else ())
        self._hands = [hand for hand in real_strokes.digits(folder) if hand.writer in writers]
        characters = real_strokes.characters(folder)
        known = [one for one in characters if one.alphabet not in held_out]
        self._characters = [one.strokes for one in known]
        # What people draw instead of a digit is mostly one of these.
        self._latin = [one.strokes for one in known if one.alphabet == "Latin"]
        self._to_turn = [hand for hand in self._hands if other_strokes.may_turn(hand)]

    def epoch(self, random: np.random.Generator) -> tuple[Images, Images]:
        """Images `(n, 28, 28)` and labels 0 to 10, other ones each time."""
        real = random.choice(len(self._hands), HANDS)
        made = random.integers(0, CLASSES, MODELS).astype(np.uint8)
        drawn: list[Strokes] = [self._hands[k].strokes for k in real]
        drawn += [written_strokes.write(int(digit), random) for digit in made]
        others = self._others(random)
        some = np.sort(random.choice(LEARNED, MNIST, replace=False))
        mnist = Digits("train", self._mnist.images[some], self._mnist.labels[some])
        lines = image_selection.select_lines(self._lines, some)
        images = [
            augmentation.distort_or_redraw(mnist, lines, random),
            hand_images.draw_all(drawn, random),
            hand_images.draw_all(others, random),
        ]
        images += [
            make_non_digits.generate(1_000, self._lines, random) for _ in range(MADE_UP // 1_000)
        ]
        labels = [mnist.labels, [self._hands[k].label for k in real], made]
        none = np.full(len(others) + MADE_UP, CLASSES)
        return np.concatenate(images), np.concatenate([*labels, none]).astype(np.uint8)

    def _others(self, random: np.random.Generator) -> list[Strokes]:
        """Strokes that are no digit."""
        drawn = [self._characters[k] for k in random.choice(len(self._characters), CHARACTERS)]
        if self._latin:
            drawn += [self._latin[k] for k in random.choice(len(self._latin), LATIN)]
        turned = random.choice(len(self._to_turn), TURNED)
        drawn += [other_strokes.turn(self._to_turn[k], random) for k in turned]
        return drawn + [other_strokes.write(random) for _ in range(LETTERS)]
