"""The compiled inner loop: many training steps in one call. Imports TensorFlow.

`keras.Model.fit` feeds NumPy arrays through an input pipeline that is idle at times, and returns
after every batch. Here the images are one tensor in memory and a compiled function runs as many
steps as fit into about `CHUNK_SECONDS`; between chunks a training reports and can be stopped.
"""

from collections.abc import Callable, Iterator, Sequence

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray
from tensorflow.types.experimental import PolymorphicFunction

from mnist_core.data.dataset import CLASSES, Digits
from mnist_core.data.preparation import BRIGHTEST
from mnist_core.networks import keras_model
from mnist_core.networks.layers import Shape
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import Settings
from mnist_core.training.epoch_images import EpochImages
from mnist_core.training.progress import EPOCH_START, EpochTotals

CHUNK_SECONDS = 0.2
TEST_BATCH = 1_000
# The first chunk is slow because it builds the graph: chunks grow at most by this factor.
_GROWTH = 4
# However quick the computer, a training can be watched.
_FEWEST_CHUNKS = 20


class Engine:
    """A network, its optimizer and the images it learns from.

    Args:
        recipe: which network.
        settings: how to train it; the global seed is set from it.
        training: the training set.
        clock: seconds, monotonic.

    Raises:
        ValueError: the network is impossible, or there is no image to learn from.
    """

    def __init__(
        self, recipe: Recipe, settings: Settings, training: Digits, clock: Callable[[], float]
    ) -> None:
        keras.utils.set_random_seed(settings.seed)
        self._recipe, self._settings, self._clock = recipe, settings, clock
        # What full ink is while training.
        self._brightest = float(BRIGHTEST) if settings.pixel_range == "0-255" else 1.0
        self._learner = keras_model.build(recipe, settings.precision, for_training=True)
        self._rate = keras_model.AdjustableRate(keras_model.schedule(settings))
        self._optimizer = keras_model.optimizer(settings, self._rate)
        self._optimizer.build(self._learner.trainable_variables)
        self._epoch_images = EpochImages(training, settings)
        # A variable, because augmentation shows other images in each epoch.
        self._images = tf.Variable(as_input(self._epoch_images.digits.images, recipe.input_shape))
        self._labels = tf.constant(self._epoch_images.digits.labels, tf.int32)
        self._steps_at_once = 1
        total = tf.TensorSpec([], tf.float32)
        self._train = compiled(self._train_on, tf.TensorSpec([None, None], tf.int32), total, total)
        self._predict = compiled(self._probabilities, image_spec(recipe))

    def set_weights(self, weights: Sequence[NDArray[np.float32]]) -> None:
        """Set the weights, as `keras.Model.get_weights` of the same recipe's network gives them."""
        self._learner.set_weights(weights)
        keras_model.multiply_input(self._learner, 1 / self._brightest)

    def state(self) -> list[NDArray[np.generic]]:
        """All that training changes, as arrays: of the network, dropout and the optimizer."""
        return [np.asarray(variable) for variable in self._variables()]

    def restore(self, state: Sequence[NDArray[np.generic]]) -> None:
        """Set what `state` gave for the same recipe and settings.

        Raises:
            ValueError: it is the state of another network.
        """
        variables = self._variables()
        shapes = [tuple(variable.shape) for variable in variables]
        if shapes != [array.shape for array in state]:
            raise ValueError("This is the state of another network.")
        for variable, array in zip(variables, state, strict=True):
            variable.assign(array)

    def _variables(self) -> list[keras.Variable]:
        # The random state of dropout is a variable of the model.
        return [*self._learner.variables, *self._optimizer.variables, self._rate.factor]

    @property
    def training_digits(self) -> Digits:
        """The images of an epoch, not augmented, with the labels they are learned with."""
        return self._epoch_images.digits

    @property
    def learning_rate(self) -> float:
        """The learning rate of the next step, rounded to what float32 holds."""
        return float(f"{float(self._rate(self._optimizer.iterations)):.6g}")

    def change_learning_rate(self, rate: float) -> None:
        """From the next step on, train as if the settings had this rate."""
        self._rate.factor.assign(rate / self._settings.learning_rate)

    def float32_model(self) -> keras.Model:
        """A network of Keras's own layers, in float32, with the present weights.

        It takes pixels of 0..1 whatever it learned from.
        """
        model = keras_model.build(self._recipe)
        model.set_weights(self._learner.get_weights())
        keras_model.multiply_input(model, self._brightest)
        return model

    @property
    def first_weights(self) -> NDArray[np.float32] | None:
        """The weights of the first layer that has any; in a committee, of its first member."""
        kernels = (weights for weights in self._learner.trainable_variables if weights.ndim > 1)
        return next((np.asarray(weights) for weights in kernels), None)

    def epoch(self, number: int, done: EpochTotals = EPOCH_START) -> Iterator[EpochTotals]:
        """Train once on all images, in an order that depends on the seed and the epoch only.

        Args:
            number: 1 for the first.
            done: the totals of the part that is done already; the rest is the same either way.

        Yields:
            The totals after each chunk.
        """
        size = self._settings.batch_size
        self._show_images_of(number)
        order = np.random.default_rng((self._settings.seed, number)).permutation(len(self._labels))
        steps, images, *so_far = done
        # Continued from chunk to chunk, so that chunks do not change how the sums are rounded.
        sums = tuple(tf.constant(value, tf.float32) for value in so_far)
        while images < len(order):
            batches = self._next_batches(order[images:], size)
            began = self._clock()
            sums = self._train(tf.constant(batches, tf.int32), *sums)
            steps, images = steps + len(batches), images + batches.size
            chunk = steps, images, float(sums[0]), float(sums[1])
            pace = max(self._clock() - began, 1e-6) / len(batches)
            wanted = max(1, round(CHUNK_SECONDS / pace))
            most = self._settings.epochs * self._settings.steps_per_epoch // _FEWEST_CHUNKS
            self._steps_at_once = min(wanted, self._steps_at_once * _GROWTH, max(_GROWTH, most))
            yield chunk

    def probabilities(self, images: tf.Tensor) -> Iterator[NDArray[np.float32]]:
        """The answers to images at one look, dropout off, a thousand images at a time.

        They are calculated in the precision of the training: as in Keras's `fit`, and faster.
        """
        for start in range(0, len(images), TEST_BATCH):
            yield self._predict(images[start : start + TEST_BATCH]).numpy()

    def _show_images_of(self, epoch: int) -> None:
        if self._settings.augmentation != "none":
            self._images.assign(as_input(self._epoch_images.of(epoch), self._recipe.input_shape))

    def _probabilities(self, images: tf.Tensor) -> tf.Tensor:
        # All looks at 20,000 images would take a committee longer than many a training.
        logits = keras_model.member_outputs(
            self._learner, scaled(images, self._brightest), training=False
        )
        return tf.add_n([tf.nn.softmax(one) for one in logits]) / len(logits)

    def _next_batches(self, order: NDArray[np.int64], size: int) -> NDArray[np.int64]:
        """The whole batches of a chunk, shape `(steps, size)`, or the smaller last batch."""
        steps = min(self._steps_at_once, len(order) // size)
        return order[: steps * size].reshape(steps, size) if steps else order[np.newaxis]

    def _train_on(
        self, batches: tf.Tensor, loss_sum: tf.Tensor, right: tf.Tensor
    ) -> tuple[tf.Tensor, tf.Tensor]:
        def step(number: tf.Tensor, *sums: tf.Tensor) -> tuple[tf.Tensor, ...]:
            more = self._step(batches[number])
            return number + 1, *(one + other for one, other in zip(sums, more, strict=True))

        _, loss_sum, right = tf.while_loop(
            lambda number, *_: number < tf.shape(batches)[0], step, (0, loss_sum, right)
        )
        return loss_sum, right

    def _step(self, batch: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Update the weights once; return the batch's summed loss and number correct."""
        images = scaled(tf.gather(self._images, batch), self._brightest)
        labels = tf.gather(self._labels, batch)
        with tf.GradientTape() as tape:
            # Each member learns independently, from the same images.
            logits = keras_model.member_outputs(self._learner, images, training=True)
            entropies = tf.nn.sparse_softmax_cross_entropy_with_logits
            losses = tf.add_n([entropies(labels, one) for one in logits])
            loss = tf.reduce_mean(self._training_losses(batch, logits, losses))
        variables = self._learner.trainable_variables
        self._optimizer.apply(tape.gradient(loss, variables), variables)
        # For a single member logits do as well, and a step of a small network is 5% shorter.
        answers = logits if len(logits) == 1 else [tf.nn.softmax(one) for one in logits]
        hits = tf.equal(tf.argmax(tf.add_n(answers), axis=1, output_type=tf.int32), labels)
        return tf.reduce_sum(losses / len(logits)), tf.reduce_sum(tf.cast(hits, tf.float32))

    def _training_losses(
        self, batch: tf.Tensor, logits: list[tf.Tensor], cross_entropies: tf.Tensor
    ) -> tf.Tensor:
        """What the updates minimise, for each image: float32 `(n,)`."""
        if self._settings.loss == "cross-entropy":
            return cross_entropies
        # As Keras does: the mean over the ten answers.
        right = tf.one_hot(tf.gather(self._labels, batch), CLASSES)
        errors = keras.losses.mean_squared_error
        return tf.add_n([errors(right, tf.nn.softmax(one)) for one in logits])


def compiled(function: Callable[..., object], *signature: tf.TensorSpec) -> PolymorphicFunction:
    """The function as a graph, made without AutoGraph, which takes longer than all the rest."""
    return tf.function(function, input_signature=signature, autograph=False)


def as_input(images: NDArray[np.uint8], shape: Shape) -> tf.Tensor:
    """Images `(n, 28, 28)` as a uint8 tensor of the shape a network takes, not yet scaled."""
    return tf.constant(images.reshape(-1, *shape))


def image_spec(recipe: Recipe) -> tf.TensorSpec:
    """The type of a batch of images, not yet scaled."""
    return tf.TensorSpec([None, *recipe.input_shape], tf.uint8)


def scaled(images: tf.Tensor, brightest: float = 1.0) -> tf.Tensor:
    """Images as networks take them: float32 from 0 to `brightest`, exactly."""
    return tf.cast(images, tf.float32) / (BRIGHTEST / brightest)
