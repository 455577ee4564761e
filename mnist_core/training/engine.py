"""The compiled inner loop: many training steps in one call. Imports TensorFlow.

`keras.Model.fit` feeds NumPy arrays through an input pipeline that sits idle at times, and comes
back only batch by batch. Here the images lie in memory as one tensor and a compiled function runs
many steps; how many is chosen so that control comes back about `CHUNK_SECONDS` later, to report
and to be stopped.
"""

from collections.abc import Callable, Iterator, Sequence

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray
from tensorflow.types.experimental import PolymorphicFunction

from mnist_core.data.dataset import CLASSES, Digits
from mnist_core.networks import keras_model
from mnist_core.networks.layers import Shape
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import Settings
from mnist_core.training import distillation
from mnist_core.training.epoch_images import EpochImages

CHUNK_SECONDS = 0.4
_JUDGED_AT_ONCE = 1_000
# Chunks grow at most this much at a time: the first is slow because it builds the graph.
_GROWTH = 4

Chunk = tuple[int, int, float, float]
"""Of the epoch so far: steps, images seen, their summed loss, how many were read rightly."""
BEGINNING: Chunk = (0, 0, 0.0, 0.0)


class Engine:
    """A network, its optimizer and the images it learns from.

    Args:
        recipe: which network.
        settings: how to train it; the global seed is set from it.
        training: the training set.
        clock: seconds, monotonic.
        teacher: a network from whose answers it learns, beside the labels.

    Raises:
        ValueError: the network is impossible, there is no image to learn from, or a teacher has
            another loss than the cross-entropy to teach.
    """

    def __init__(
        self,
        recipe: Recipe,
        settings: Settings,
        training: Digits,
        clock: Callable[[], float],
        teacher: keras.Model | None = None,
    ) -> None:
        if teacher is not None and settings.loss != "cross-entropy":
            raise ValueError("Only the cross-entropy can be learned from a teacher, too.")
        keras.utils.set_random_seed(settings.seed)
        self._recipe = recipe
        self._learner = keras_model.build(recipe, settings.precision, for_training=True)
        self._rate = keras_model.AdjustableRate(keras_model.schedule(settings))
        self._optimizer = keras_model.optimizer(settings, self._rate)
        self._optimizer.build(self._learner.trainable_variables)
        self._settings = settings
        self._clock = clock
        self._epochs_images = EpochImages(training, settings)
        # A variable, for augmentation shows other images in each epoch.
        self._images = tf.Variable(as_input(self._epochs_images.digits.images, recipe.input_shape))
        self._labels = tf.constant(self._epochs_images.digits.labels, tf.int32)
        self._teacher = teacher
        self._taught = tf.Variable(tf.zeros([0 if teacher is None else len(self._labels), CLASSES]))
        self._teach = _compiled(
            lambda images: distillation.teacher_targets(teacher, _scaled(images)),
            tf.TensorSpec([None, *recipe.input_shape], tf.uint8),
        )
        self._steps_at_once = 1
        self._run = _compiled(
            self._train_on,
            tf.TensorSpec([None, None], tf.int32),
            tf.TensorSpec([], tf.float32),
            tf.TensorSpec([], tf.float32),
        )
        self._predict = _compiled(self._say, tf.TensorSpec([None, *recipe.input_shape], tf.uint8))

    def start_from(self, weights: Sequence[NDArray[np.float32]]) -> None:
        """Take these weights, as `keras.Model.get_weights` of the same recipe's network gives."""
        self._learner.set_weights(weights)

    def state(self) -> list[NDArray[np.generic]]:
        """All that training changes, as arrays: weights, what dropout drew, the optimizer's."""
        return [np.asarray(variable) for variable in self._variables()]

    def restore(self, state: Sequence[NDArray[np.generic]]) -> None:
        """Go back to what `state` gave, of the same recipe and settings.

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
        # What dropout draws next is a variable of the model: it goes on where it was.
        return [*self._learner.variables, *self._optimizer.variables, self._rate.factor]

    @property
    def learned_from(self) -> Digits:
        """The images an epoch shows, not augmented, with the labels they are learned with."""
        return self._epochs_images.digits

    @property
    def learning_rate(self) -> float:
        """The learning rate of the next step, without the digits that float32 only pretends."""
        return float(f"{float(self._rate(self._optimizer.iterations)):.6g}")

    def change_learning_rate(self, rate: float) -> None:
        """From the next step on, learn as if the settings had said this rate; schedules go on."""
        self._rate.factor.assign(rate / self._settings.learning_rate)

    def finished(self) -> keras.Model:
        """A network of Keras's own layers, in float32, with the weights of now."""
        model = keras_model.build(self._recipe)
        model.set_weights(self._learner.get_weights())
        return model

    @property
    def first_weights(self) -> NDArray[np.float32] | None:
        """The weights of the first layer that has any; of a committee, its first member's."""
        kernels = (weights for weights in self._learner.trainable_variables if weights.ndim > 1)
        return next((np.asarray(weights) for weights in kernels), None)

    def epoch(self, number: int, done: Chunk = BEGINNING) -> Iterator[Chunk]:
        """Go once through all images in an order that depends on the seed and the epoch alone.

        Args:
            number: 1 for the first.
            done: what of it is behind us already; the rest gives what it would have given.
        """
        size = self._settings.batch_size
        if self._settings.augmentation != "none":
            self._images.assign(as_input(self._epochs_images.of(number), self._recipe.input_shape))
        if self._teacher is not None:
            self._ask_teacher()
        order = np.random.default_rng((self._settings.seed, number)).permutation(len(self._labels))
        steps, images, *so_far = done
        # The sums run on from chunk to chunk: rounded alike however the epoch is cut up.
        sums = tuple(tf.constant(value, tf.float32) for value in so_far)
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
        """What it says of the images at one look, dropout off, a thousand images at a time.

        Worked out in the precision it learns in: as `fit` judges such a network, and quicker.
        """
        for start in range(0, len(images), _JUDGED_AT_ONCE):
            yield self._predict(images[start : start + _JUDGED_AT_ONCE]).numpy()

    def _ask_teacher(self) -> None:
        """What the teacher says of this epoch's images, each as it is shown."""
        for start in range(0, len(self._labels), _JUDGED_AT_ONCE):
            some = slice(start, start + _JUDGED_AT_ONCE)
            self._taught[some].assign(self._teach(self._images[some]))

    def _say(self, images: tf.Tensor) -> tf.Tensor:
        # All looks of a committee at 20,000 images would take longer than many a training.
        logits = keras_model.member_outputs(self._learner, _scaled(images), training=False)
        return tf.add_n([tf.nn.softmax(one) for one in logits]) / len(logits)

    def _next_batches(self, order: NDArray[np.int64], size: int) -> NDArray[np.int64]:
        """As many whole batches as one chunk takes, shape `(steps, size)`; or the odd last one."""
        steps = min(self._steps_at_once, len(order) // size)
        return order[: steps * size].reshape(steps, size) if steps else order[np.newaxis]

    def _train_on(
        self, batches: tf.Tensor, loss_sum: tf.Tensor, right: tf.Tensor
    ) -> tuple[tf.Tensor, tf.Tensor]:
        def step(number: tf.Tensor, *sums: tf.Tensor) -> tuple[tf.Tensor, ...]:
            more = self._learn_from(batches[number])
            return number + 1, *(one + other for one, other in zip(sums, more, strict=True))

        _, loss_sum, right = tf.while_loop(
            lambda number, *_: number < tf.shape(batches)[0], step, (0, loss_sum, right)
        )
        return loss_sum, right

    def _learn_from(self, batch: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Make one step. Gives the batch's summed loss, and how many were read rightly."""
        images = _scaled(tf.gather(self._images, batch))
        labels = tf.gather(self._labels, batch)
        with tf.GradientTape() as tape:
            # Each member learns for itself, from the same images.
            logits = keras_model.member_outputs(self._learner, images, training=True)
            losses = _cross_entropies(labels, logits)
            if self._settings.loss == "cross-entropy":
                loss = tf.reduce_mean(self._with_teacher(losses, batch, logits))
            else:
                loss = tf.reduce_mean(_squared_errors(labels, logits))
        variables = self._learner.trainable_variables
        self._optimizer.apply(tape.gradient(loss, variables), variables)
        hits = tf.equal(_answers(logits), labels)
        return tf.reduce_sum(losses / len(logits)), tf.reduce_sum(tf.cast(hits, tf.float32))

    def _with_teacher(
        self, losses: tf.Tensor, batch: tf.Tensor, logits: list[tf.Tensor]
    ) -> tf.Tensor:
        if self._teacher is None:
            return losses
        said = [tf.nn.softmax(one) for one in logits]
        return distillation.loss(losses, tf.gather(self._taught, batch), said)


def _compiled(function: Callable[..., object], *signature: tf.TensorSpec) -> PolymorphicFunction:
    """The function as a graph.

    Without AutoGraph: to read and rewrite our source takes it longer, at every start of a training,
    than all the rest of making the graph.
    """
    return tf.function(function, input_signature=signature, autograph=False)


def as_input(images: NDArray[np.uint8], shape: Shape) -> tf.Tensor:
    """Images `(n, 28, 28)` as a uint8 tensor of the shape a network takes, not yet scaled."""
    return tf.constant(images.reshape(-1, *shape))


def _scaled(images: tf.Tensor) -> tf.Tensor:
    return tf.cast(images, tf.float32) / 255.0


def _cross_entropies(labels: tf.Tensor, logits: Sequence[tf.Tensor]) -> tf.Tensor:
    """Of each image, summed over the members: float32 `(n,)`."""
    return tf.add_n([tf.nn.sparse_softmax_cross_entropy_with_logits(labels, one) for one in logits])


def _squared_errors(labels: tf.Tensor, logits: Sequence[tf.Tensor]) -> tf.Tensor:
    """Likewise, the mean over the ten answers, as Keras's `mean_squared_error`."""
    right = tf.one_hot(labels, CLASSES)
    return tf.add_n([keras.losses.mean_squared_error(right, tf.nn.softmax(one)) for one in logits])


def _answers(logits: Sequence[tf.Tensor]) -> tf.Tensor:
    """The digit that the members hold most probable together: int32 `(n,)`."""
    # Of a single one the logits tell as well, and a step of a small network is 5% shorter.
    said = logits if len(logits) == 1 else [tf.nn.softmax(one) for one in logits]
    return tf.argmax(tf.add_n(said), axis=1, output_type=tf.int32)
