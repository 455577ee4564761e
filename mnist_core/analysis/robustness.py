"""How much does it stand? Accuracy on test images that were turned, shifted, blurred, and so on.

What was measured is kept in a small file for each network and kind of change, level by level, so
that nobody measures it twice. A file that cannot be read is as good as none; one that cannot be
written costs time and nothing else.
"""

import json
import os
import re
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mnist_core.analysis.transforms import affine, blurred, noisy, thicker
from mnist_core.data.dataset import Digits

Images = NDArray[np.uint8]
Predict = Callable[[Images], NDArray[np.float32]]

EVERY = 5
"""Every fifth test image is used: 2,000 of them. The file's first half is easier than the rest."""

# Another visitor's drawing may come in between two of these.
_AT_ONCE = 200
# Raised when the same level would give another figure than before.
_VERSION = 1
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Perturbation:
    """A kind of change.

    Attributes:
        title: what is done, for people.
        unit: what the levels are counted in.
        neutral: the level that changes nothing.
        levels: what is measured, ascending.
        apply: changes images `(n, 28, 28)` by a level.
    """

    title: str
    unit: str
    neutral: float
    levels: tuple[float, ...]
    apply: Callable[[Images, float], Images]


PERTURBATIONS: dict[str, Perturbation] = {
    "turn": Perturbation(
        "Rotation",
        "degrees, clockwise",
        0,
        (-45, -35, -25, -15, -7.5, 0, 7.5, 15, 25, 35, 45),
        lambda images, level: affine(images, turn=level),
    ),
    "shift": Perturbation(
        "Shift sideways",
        "pixels to the right",
        0,
        tuple(range(-6, 7)),
        lambda images, level: affine(images, right=level),
    ),
    "down": Perturbation(
        "Shift up or down",
        "pixels downwards",
        0,
        tuple(range(-6, 7)),
        lambda images, level: affine(images, down=level),
    ),
    "size": Perturbation(
        "Size",
        "times as large",
        1,
        (0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4),
        lambda images, level: affine(images, size=level),
    ),
    "noise": Perturbation(
        "Noise",
        "per cent of the range of a pixel",
        0,
        (0, 10, 20, 30, 40, 50, 60, 80),
        lambda images, level: noisy(images, level / 100),
    ),
    "blur": Perturbation("Blur", "pixels", 0, (0, 0.5, 1, 1.5, 2, 2.5, 3), blurred),
    "thickness": Perturbation(
        "Thickness",
        "pixels added to a stroke",
        0,
        tuple(range(-2, 7)),
        lambda images, level: thicker(images, int(level)),
    ),
}


class Measurements:
    """The accuracies of one network under one kind of change, as far as they are known.

    Args:
        change: its name in `PERTURBATIONS`.
        model: SHA-256 of the network's file, in hexadecimal digits.
        folder: where to keep them; it need not be there yet.
    """

    def __init__(self, change: str, model: str, folder: Path) -> None:
        self.change = PERTURBATIONS[change]
        self._path = folder / f"{change}-{model}.json" if _SHA256.fullmatch(model) else None
        self.accuracies: dict[float, float] = self._read()

    @property
    def missing(self) -> list[float]:
        """The levels not measured yet, the mildest first."""
        levels = [level for level in self.change.levels if level not in self.accuracies]
        return sorted(levels, key=lambda level: abs(level - self.change.neutral))

    def measure(self, level: float, digits: Digits, predict: Predict) -> None:
        """Find the accuracy at a level and keep it.

        Args:
            level: one of the change's.
            digits: the images before the change; see `evaluation_subset`.
            predict: the network.
        """
        right = 0
        for start in range(0, len(digits), _AT_ONCE):
            images = self.change.apply(digits.images[start : start + _AT_ONCE], level)
            answers = predict(images).argmax(axis=1)
            right += int((answers == digits.labels[start : start + _AT_ONCE]).sum())
        self.accuracies[level] = right / len(digits)
        with suppress(OSError):
            self._write()

    def _read(self) -> dict[float, float]:
        if self._path is None:
            return {}
        try:
            kept = json.loads(self._path.read_bytes())
            pairs = {level: float(value) for level, value in kept["accuracies"]}
            if kept["version"] != _VERSION or not set(pairs) <= set(self.change.levels):
                return {}
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return {}
        return pairs if all(0 <= value <= 1 for value in pairs.values()) else {}

    def _write(self) -> None:
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        # Two visitors may measure the same: each writes a file of its own and then swaps it in.
        handle, name = tempfile.mkstemp(prefix=".", dir=self._path.parent)
        try:
            with os.fdopen(handle, "w") as file:
                json.dump(
                    {"version": _VERSION, "accuracies": sorted(self.accuracies.items())}, file
                )
            Path(name).replace(self._path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise


def evaluation_subset(test: Digits) -> Digits:
    """The fixed part of the test set that is measured on: every fifth image."""
    return Digits(test.name, test.images[::EVERY], test.labels[::EVERY])


def examples(change: Perturbation, image: Images) -> Images:
    """One image, shape `(28, 28)`, at every level of a change: shape `(levels, 28, 28)`."""
    return np.concatenate([change.apply(image[np.newaxis], level) for level in change.levels])
