"""How robust is a network? Accuracy on test images that are rotated, shifted, blurred, and so on.

What was measured is kept in a small file for each network and perturbation, so that nobody measures
it twice. A damaged file is measured again; one that cannot be written costs only time.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from mnist_core.analysis.transforms import affine, blurred, noisy, thicker
from mnist_core.data.dataset import Digits
from mnist_core.system import atomic_file

Images = NDArray[np.uint8]
Predict = Callable[[Images], NDArray[np.float32]]

EVERY = 5
"""Every fifth test image is used: 2,000 of them. The file's first half is easier than the rest."""

# Small enough that another visitor's drawing is not kept waiting.
_BATCH = 200
# Raised when the same level would give another figure than before.
_VERSION = 1
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Perturbation:
    """A way to change images `(n, 28, 28)` by a level; `neutral` is the level that changes nothing.

    The levels that are measured ascend.
    """

    title: str
    unit: str
    neutral: float
    levels: tuple[float, ...]
    apply: Callable[[Images, float], Images]


_ANGLES = (-45, -35, -25, -15, -7.5, 0, 7.5, 15, 25, 35, 45)
_SHIFTS = tuple(range(-6, 7))
_SIZES = (0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4)
_NOISES = (0, 10, 20, 30, 40, 50, 60, 80)
_RADII = (0, 0.5, 1, 1.5, 2, 2.5, 3)
_WIDTHS = tuple(range(-2, 7))
PERTURBATIONS: dict[str, Perturbation] = {
    "turn": Perturbation(
        "Rotation", "degrees clockwise", 0, _ANGLES, lambda batch, x: affine(batch, turn=x)
    ),
    "shift": Perturbation(
        "Shift sideways", "pixels to the right", 0, _SHIFTS, lambda batch, x: affine(batch, right=x)
    ),
    "down": Perturbation(
        "Shift up or down", "pixels down", 0, _SHIFTS, lambda batch, x: affine(batch, down=x)
    ),
    "size": Perturbation(
        "Size", "times as large", 1, _SIZES, lambda batch, x: affine(batch, size=x)
    ),
    "noise": Perturbation(
        "Noise", "per cent of a pixel's range", 0, _NOISES, lambda batch, x: noisy(batch, x / 100)
    ),
    "blur": Perturbation("Blur", "pixels", 0, _RADII, blurred),
    "thickness": Perturbation(
        "Thickness", "pixels added to a stroke", 0, _WIDTHS, lambda batch, x: thicker(batch, int(x))
    ),
}


class _Kept(msgspec.Struct):
    """A file of measurements: pairs of a level and an accuracy."""

    version: int
    accuracies: list[tuple[float, float]]


class Measurements:
    """The accuracies of one network under one perturbation, as far as they have been measured.

    Args:
        name: of the perturbation, in `PERTURBATIONS`.
        model: SHA-256 of the network's file, in hexadecimal digits.
        folder: where to keep them; it is made when needed.
    """

    def __init__(self, name: str, model: str, folder: Path) -> None:
        self.perturbation = PERTURBATIONS[name]
        self._path = folder / f"{name}-{model}.json" if _SHA256.fullmatch(model) else None
        self.accuracies: dict[float, float] = self._read()

    @property
    def missing(self) -> list[float]:
        """The levels not measured yet, the mildest first."""
        levels = [level for level in self.perturbation.levels if level not in self.accuracies]
        return sorted(levels, key=lambda level: abs(level - self.perturbation.neutral))

    def measure(self, level: float, digits: Digits, predict: Predict) -> None:
        """Measure the accuracy at a level, given unchanged digits (`evaluation_subset`)."""
        correct = 0
        for start in range(0, len(digits), _BATCH):
            part = slice(start, start + _BATCH)
            answers = predict(self.perturbation.apply(digits.images[part], level))
            correct += int((answers.argmax(axis=1) == digits.labels[part]).sum())
        self.accuracies[level] = correct / len(digits)
        if self._path is not None:
            kept = _Kept(_VERSION, sorted(self.accuracies.items()))
            with suppress(OSError):
                self._path.parent.mkdir(parents=True, exist_ok=True)
                atomic_file.write(self._path, msgspec.json.encode(kept))

    def _read(self) -> dict[float, float]:
        try:
            kept = None if self._path is None else atomic_file.read(self._path, _Kept)
        except atomic_file.Damaged:
            return {}
        if kept is None or kept.version != _VERSION:
            return {}
        accuracies = dict(kept.accuracies)
        are_levels = accuracies.keys() <= set(self.perturbation.levels)
        are_shares = all(0 <= accuracy <= 1 for accuracy in accuracies.values())
        return accuracies if are_levels and are_shares else {}


def evaluation_subset(test: Digits) -> Digits:
    """Every fifth test image: the fixed part that is measured on."""
    return Digits(test.name, test.images[::EVERY], test.labels[::EVERY])


def examples(perturbation: Perturbation, image: Images) -> Images:
    """One image `(28, 28)` at every level: shape `(levels, 28, 28)`."""
    changed = [perturbation.apply(image[np.newaxis], level) for level in perturbation.levels]
    return np.concatenate(changed)
