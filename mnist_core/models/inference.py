"""Prediction with a trained network, on LiteRT: images in, probabilities out."""

import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnist_core.data.dataset import CLASSES, SIDE

# Large enough to be fast, small enough for buffers of a few megabytes.
_BATCH_SIZE = 16


class Predictor:
    """A trained network, ready to read digits. Safe to share between threads.

    Args:
        model: the bytes of a `model.tflite` that this app wrote.
        answers: how many outputs it must have: ten for a reader of digits.
        threads: how many processors it uses; this does not change the answers. One is best when
            many visitors ask at once.

    Raises:
        ValueError: LiteRT cannot read the bytes, or they are not a reader of digits.
    """

    def __init__(self, model: bytes, *, answers: int = CLASSES, threads: int = 1) -> None:
        # LiteRT costs 0.3 s and 30 MB: not before the first model is opened.
        from ai_edge_litert.interpreter import Interpreter

        self._model = model
        self._interpreter = Interpreter(model_content=model, num_threads=threads)
        (self._input,) = self._interpreter.get_input_details()
        (self._output,) = self._interpreter.get_output_details()
        self._image_shape = tuple(int(extent) for extent in self._input["shape"][1:])
        outputs = int(self._output["shape"][-1])
        if int(np.prod(self._image_shape)) != SIDE * SIDE or outputs != answers:
            raise ValueError(
                f"This model does not turn a 28 × 28 image into {answers} probabilities."
            )
        self._answers = answers
        self._batch_size = 0
        # One interpreter holds one input and one output at a time.
        self._lock = threading.Lock()

    def predict(self, images: ArrayLike) -> NDArray[np.float32]:
        """The probability of each digit for each image.

        Args:
            images: uint8 of shape `(n, 28, 28)`, 0 to 255, or floats in 0..1; light ink on dark.

        Returns:
            float32 of shape `(n, answers)`; rows sum to 1.

        Raises:
            ValueError: another shape or type, NaN, or values outside the range.
        """
        scaled = scale_images(images).reshape(-1, *self._image_shape)
        answers = np.empty((len(scaled), self._answers), np.float32)
        for start in range(0, len(scaled), _BATCH_SIZE):
            batch = scaled[start : start + _BATCH_SIZE]
            # Resizing the input would cost more than a few blank images.
            if start and len(batch) < _BATCH_SIZE:
                blank = np.zeros((_BATCH_SIZE - len(batch), *self._image_shape), np.float32)
                batch = np.concatenate([batch, blank])
            # Released after each batch, so that one drawing need not wait for thousands of images.
            with self._lock:
                answers[start : start + _BATCH_SIZE] = self._run(batch)[: len(answers) - start]
        return answers

    def feature_maps(
        self, image: NDArray[np.uint8], shapes: Sequence[tuple[int, ...]]
    ) -> list[NDArray[np.float32]]:
        """The feature maps of convolutions and poolings for one image, first layer first.

        Args:
            image: uint8 of shape `(28, 28)`.
            shapes: `(height, width, filters)` of each of these layers' outputs.

        Returns:
            An array of each shape; fewer if the conversion merged layers.
        """
        from ai_edge_litert.interpreter import Interpreter, OpResolverType

        # An interpreter that keeps all intermediate results is slow, but it is for a single image.
        interpreter = Interpreter(
            model_content=self._model,
            num_threads=1,
            experimental_preserve_all_tensors=True,
            experimental_op_resolver_type=OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES,
        )
        interpreter.allocate_tensors()
        scaled = scale_images(image[np.newaxis]).reshape(-1, *self._image_shape)
        interpreter.set_tensor(self._input["index"], scaled)
        interpreter.invoke()
        found: list[NDArray[np.float32]] = []
        for details in interpreter.get_tensor_details():
            # Outputs come in the order of the layers, with weights in between.
            if len(found) < len(shapes) and tuple(details["shape"]) == (1, *shapes[len(found)]):
                found.append(interpreter.get_tensor(details["index"])[0])
        return found

    def _run(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        if len(batch) != self._batch_size:
            self._interpreter.resize_tensor_input(self._input["index"], batch.shape)
            self._interpreter.allocate_tensors()
            self._batch_size = len(batch)
        self._interpreter.set_tensor(self._input["index"], batch)
        self._interpreter.invoke()
        answers: NDArray[np.float32] = self._interpreter.get_tensor(self._output["index"])
        return answers


def scale_images(images: ArrayLike) -> NDArray[np.float32]:
    """Scale images as networks take them: float32 in 0..1, shape `(n, 28, 28)`.

    Raises:
        ValueError: see `Predictor.predict`.
    """
    array = np.asarray(images)
    if array.ndim != 3 or array.shape[1:] != (SIDE, SIDE):
        raise ValueError(f"Images need the shape (n, {SIDE}, {SIDE}), not {array.shape}.")
    if array.dtype == np.uint8:
        return array.astype(np.float32) / np.float32(255)
    if not np.issubdtype(array.dtype, np.floating):
        raise ValueError(f"Images must be uint8 or floats from 0 to 1, not {array.dtype}.")
    # Written so that NaN fails, too.
    if not ((array >= 0) & (array <= 1)).all():
        raise ValueError("Images of floats must lie between 0 and 1, without NaN.")
    return array.astype(np.float32)
