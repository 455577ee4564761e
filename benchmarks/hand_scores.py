"""How well networks read digits of real hands: any `.keras` or `.tflite` file, or ours.

What a network is asked and what counts are the rules in docs/real_hands.md.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mnist_core.analysis.calibration import reliability, with_temperature
from mnist_core.data.dataset import CLASSES

if TYPE_CHECKING:
    from mnist_core.models.inference import Predictor

SURE = 0.95
"""Misread and surer than this is worse than misread."""

Images = NDArray[np.float32]
Answers = Callable[[Images], NDArray[np.float64]]
"""Images `(n, 28, 28)` in 0..1, light ink on dark, to probabilities `(n, 10)`."""


@dataclass(frozen=True)
class Score:
    """How well a network read some digits.

    Attributes:
        correct: of all, in percent.
        by_digit: the same of each digit.
        sure_and_wrong: how many were misread with a probability over `SURE`.
        calibration_error: the expected calibration error, in points.
    """

    correct: float
    by_digit: dict[str, float]
    sure_and_wrong: int
    calibration_error: float

    @property
    def weakest(self) -> str:
        """The digit read worst, and how well."""
        digit = min(self.by_digit, key=lambda name: self.by_digit[name])
        return f"{digit}: {self.by_digit[digit]:.2f}%"


def score(answers: NDArray[np.float64], labels: NDArray[np.int64]) -> Score:
    """Compare probabilities `(n, 10)` with labels `(n,)`."""
    right = answers.argmax(axis=1) == labels
    sure = answers.max(axis=1) > SURE
    return Score(
        percent(right),
        {str(digit): percent(right[labels == digit]) for digit in np.unique(labels)},
        int((sure & ~right).sum()),
        round(100 * reliability(answers, labels).error, 2),
    )


def percent(right: NDArray[np.bool_]) -> float:
    """How much of it is true, rounded to hundredths of a percent."""
    return round(100 * float(right.mean()), 2)


def ours(network: "Predictor", temperature: float | None) -> Answers:
    """A network of ours as pages ask it, no surer than it is right."""
    return lambda images: with_temperature(network.predict(images), temperature or 1.0)


def from_file(path: Path) -> Answers:
    """A network in a file, whoever trained it.

    It takes 28 x 28 pixels in 0..1 in any of the usual shapes: `(n, 28, 28, 1)`, `(n, 28, 28)`,
    `(n, 1, 28, 28)` or `(n, 784)`, and gives ten probabilities or logits.

    Raises:
        ValueError: it is no `.keras` or `.tflite` file, or takes or gives something else.
    """
    kinds = {".keras": _keras, ".tflite": _litert}
    if path.suffix not in kinds:
        raise ValueError(f"A network is a .keras or a .tflite file, not {path.name}.")
    run, shape = kinds[path.suffix](path)
    extents = tuple(int(side) for side in shape[1:])
    if sorted(extents) not in ([28, 28], [1, 28, 28], [784]):
        raise ValueError(f"This network takes an input of {extents}, not 28 × 28 pixels.")

    def answers(images: Images) -> NDArray[np.float64]:
        found = np.asarray(run(images.reshape(-1, *extents)), np.float64)
        if found.shape != (len(images), CLASSES):
            raise ValueError(f"This network gives {found.shape[1:]} numbers, not ten.")
        return as_probabilities(found)

    return answers


def as_probabilities(outputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ten outputs of each image as probabilities: logits go through softmax."""
    if (outputs >= 0).all() and np.allclose(outputs.sum(axis=1), 1, atol=1e-3):
        return outputs
    powers = np.exp(outputs - outputs.max(axis=1, keepdims=True))
    shares: NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
    return shares


def _keras(path: Path) -> tuple[Callable[[Images], Any], Sequence[Any]]:
    """TensorFlow and Keras are needed for this only. Keras runs no code from the file."""
    import keras

    model = keras.saving.load_model(path, compile=False, safe_mode=True)
    return lambda images: model.predict(images, batch_size=256, verbose=0), model.input_shape


def _litert(path: Path) -> tuple[Callable[[Images], Any], Sequence[Any]]:
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(model_content=path.read_bytes(), num_threads=1)
    (given,), (taken,) = interpreter.get_input_details(), interpreter.get_output_details()
    if given["dtype"] != np.float32:
        raise ValueError(f"This network takes {np.dtype(given['dtype'])}, not float32 in 0..1.")

    def run(images: Images) -> NDArray[np.float32]:
        found = []
        interpreter.resize_tensor_input(given["index"], (1, *images.shape[1:]))
        interpreter.allocate_tensors()
        for image in images:
            interpreter.set_tensor(given["index"], image[np.newaxis])
            interpreter.invoke()
            found.append(interpreter.get_tensor(taken["index"])[0].copy())
        return np.stack(found)

    return run, given["shape"]
