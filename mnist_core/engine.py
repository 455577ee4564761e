"""The compiled inner loop: many training steps in one call. Imports TensorFlow.

`keras.Model.fit` feeds NumPy arrays through an input pipeline that sits idle at times, and comes
back only batch by batch. Here the images lie in memory as one tensor and a compiled function runs
many steps; how many is chosen so that control comes back about `CHUNK_SECONDS` later, to report
and to be stopped.
"""

from collections.abc import Callable, Iterator

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from mnist_core import networks
from mnist_core.dataset import Digits
from mnist_core.layers import Shape
from mnist_core.recipes import Recipe
from mnist_core.settings import Settings

CHUNK_SECONDS = 0.4
_JUDGED_AT_ONCE = 1_000
# Chunks grow at most this much at a time: the first is slow because it builds the graph.
_GROWTH = 4

Chunk = tuple[int, int, float, float]
"""Of the epoch so far: steps, images seen, their summed loss, how many were read rightly."""


class Engine:
    """A network, its optimizer and the images it learns from.

    Args:
        recipe: which network.
        settings: how to train it; the global seed is set from it.
        training: the training set.
        clock: seconds, monotonic.
    """

    def __init__(
        self, recipe: Recipe, settings: Settings, training: Digits, clock: Callable[[], float]
    ) -> None:
        keras.utils.set_random_seed(settings.seed)
        self.model = networks.build(recipe)
        self._optimizer = networks.optimizer(settings)
        self._optimizer.build(self.model.trainable_variables)
        self._settings = settings
        self._clock = clock
        self._images = as_input(training.images[: settings.training_images], recipe.input_shape)
        self._labels = tf.constant(training.labels[: settings.training_images], tf.int32)
        self._steps_at_once = 1
        self._run = tf.function(
            self._train_on,
            input_signature=[
                tf.TensorSpec([None, None], tf.int32),
                tf.TensorSpec([], tf.float32),
                tf.TensorSpec([], tf.float32),
            ],
        )
        self._predict = tf.function(
            lambda images: self.model(_scaled(images), training=False),
            input_signature=[tf.TensorSpec([None, *recipe.input_shape], tf.uint8)],
        )

    def epoch(self, number: int) -> Iterator[Chunk]:
        """Go once through all images in an order that depends on the seed and the epoch alone."""
        size = self._settings.batch_size
        order = np.random.default_rng((self._settings.seed, number)).permutation(len(self._labels))
        steps = images = 0
        # The sums run on from chunk to chunk: rounded alike however the epoch is cut up.
        sums = tf.constant(0.0), tf.constant(0.0)
        while images < len(order):
            batches = self._next_batches(order[images:], size)
            began = self._clock()
            sums = self._run(tf.constant(batches, tf.int32), *sums)
            steps, images = steps + len(batches), images + batches.size
            chunk = steps, images, float(sums[0]), float(sums[1])
            pace = max(self._clock() - began, 1e-6) / len(batches)
            wanted = max(1, round(CHUNK_SECONDS / pace))
            self._steps_at_once = min(wanted, self._steps_at_once * _GROWTH)
            yield chunk

    def probabilities(self, images: tf.Tensor) -> Iterator[NDArray[np.float32]]:
        """What the network says of the images, dropout off, a thousand images at a time."""
        for start in range(0, len(images), _JUDGED_AT_ONCE):
            yield self._predict(images[start : start + _JUDGED_AT_ONCE]).numpy()

    def _next_batches(self, order: NDArray[np.int64], size: int) -> NDArray[np.int64]:
        """As many whole batches as one chunk takes, shape `(steps, size)`; or the odd last one."""
        steps = min(self._steps_at_once, len(order) // size)
        return order[: steps * size].reshape(steps, size) if steps else order[np.newaxis]

    def _train_on(
        self, batches: tf.Tensor, loss_sum: tf.Tensor, right: tf.Tensor
    ) -> tuple[tf.Tensor, tf.Tensor]:
        for batch in batches:
            images = _scaled(tf.gather(self._images, batch))
            labels = tf.gather(self._labels, batch)
            with tf.GradientTape() as tape:
                answers = self.model(images, training=True)
                losses = keras.losses.sparse_categorical_crossentropy(labels, answers)
                loss = tf.reduce_mean(losses)
            variables = self.model.trainable_variables
            self._optimizer.apply(tape.gradient(loss, variables), variables)
            loss_sum += tf.reduce_sum(losses)
            hits = tf.equal(tf.argmax(answers, axis=1, output_type=tf.int32), labels)
            right += tf.reduce_sum(tf.cast(hits, tf.float32))
        return loss_sum, right


def as_input(images: NDArray[np.uint8], shape: Shape) -> tf.Tensor:
    """Images `(n, 28, 28)` as a uint8 tensor of the shape a network takes, not yet scaled."""
    return tf.constant(images.reshape(-1, *shape))


def _scaled(images: tf.Tensor) -> tf.Tensor:
    return tf.cast(images, tf.float32) / 255.0
