"""How `every-hand` learns, and what from: see `scripts.train_hands`. `Learner` is TensorFlow."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.hand_drawings import Hand
from mnist_core.data import centre_lines, dataset
from mnist_core.data.dataset import CLASSES, Digits
from mnist_core.models import store
from mnist_core.networks import recipes
from mnist_core.training import augmentation
from scripts import hand_images, real_strokes, written_strokes
from scripts.real_strokes import HELD_OUT_WRITERS, LEARNED_WRITERS

LEARNED = recipes.EVERY_HAND.settings.training_images
# In every epoch, beside MNIST's.
HANDS, MODELS = 30_000, 14_000
RECIPE = recipes.EVERY_HAND
SETTINGS = RECIPE.settings
_WARMUP = 200
# How far strokes are varied; 1 as MNIST's are when redrawn.
_VARIED = 1.0
# The teacher's share in the loss of MNIST's images, and the temperature of its answers.
_SHARE, _TEMPERATURE = 0.7, 2.0
_LAST_RATE = 0.005
_CHUNK = 1_000

Images = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Source:
    """What it learns from.

    Attributes:
        mnist: the training images learned from, with their centre lines.
        lines: of these.
        hands: digits of real people.
        seed: of all that is random in it.
    """

    mnist: Digits
    lines: centre_lines.CentreLines
    hands: list[Hand]
    seed: int

    def epoch(self, number: int) -> tuple[Images, NDArray[np.int32]]:
        """Images `(n, 28, 28)`, MNIST's first, and labels, the same for the same number."""
        random = np.random.default_rng((self.seed, number, 7))
        rounds = -(-HANDS // len(self.hands))
        order = np.concatenate([random.permutation(len(self.hands)) for _ in range(rounds)])
        hands = [self.hands[k] for k in order[:HANDS]]
        models = random.integers(0, CLASSES, MODELS)
        strokes: list[Any] = [hand.strokes for hand in hands]
        strokes += [written_strokes.write(int(digit), random) for digit in models]
        mnist = augmentation.distort_or_redraw(self.mnist, self.lines, random)
        labels = [self.mnist.labels, np.array([hand.label for hand in hands]), models]
        drawn = hand_images.draw_all(strokes, random, _VARIED)
        return np.concatenate([mnist, drawn]), np.concatenate(labels).astype(np.int32)


def source(folder: Path, seed: int, *, choosing: bool) -> Source:
    """What is learned from: with `choosing` without the writers that are held out for it."""
    writers = set(LEARNED_WRITERS) - set(HELD_OUT_WRITERS if choosing else ())
    mnist = dataset.load("train")
    return Source(
        Digits("train", mnist.images[:LEARNED], mnist.labels[:LEARNED]),
        centre_lines.load(),
        [hand for hand in real_strokes.digits(folder) if hand.writer in writers],
        seed,
    )


class Learner:
    """The network, its teacher and its optimizer; imports TensorFlow."""

    def __init__(self, steps: int, seed: int = SETTINGS.seed) -> None:
        import keras

        from mnist_core.networks import fused_optimizers, keras_model

        self._seed = seed
        keras.utils.set_random_seed(seed)
        start = keras.saving.load_model(store.SHIPPED / "cnn-best" / store.KERAS).get_weights()
        self.network, self._teacher = (
            keras_model.build(RECIPE, SETTINGS.precision, for_training=True) for _ in range(2)
        )
        self.network.set_weights(start)
        self._teacher.set_weights(start)
        rate = keras.optimizers.schedules.CosineDecay(
            SETTINGS.learning_rate / 20,
            steps - _WARMUP,
            alpha=_LAST_RATE,
            warmup_target=SETTINGS.learning_rate,
            warmup_steps=_WARMUP,
        )
        self._optimizer = fused_optimizers.Adam(keras_model.AdjustableRate(rate))
        self._optimizer.build(self.network.trainable_variables)
        self._compile()

    def _compile(self) -> None:
        import tensorflow as tf

        from mnist_core.networks import keras_model

        def logits(model: Any, images: Any, *, training: bool = False) -> Any:
            scaled = tf.cast(images, tf.float32) / 255
            return keras_model.member_outputs(model, scaled, training=training)[0]

        def step(images: Any, labels: Any, targets: Any, share: Any) -> Any:
            with tf.GradientTape() as tape:
                found = logits(self.network, images, training=True)
                right = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, found)
                taught = tf.nn.softmax_cross_entropy_with_logits(targets, found / _TEMPERATURE)
                losses = (1 - share) * right + share * _TEMPERATURE**2 * taught
                loss = tf.reduce_mean(losses)
            variables = self.network.trainable_variables
            self._optimizer.apply(tape.gradient(loss, variables), variables)
            hits = tf.argmax(found, axis=1, output_type=tf.int32) == labels
            return tf.reduce_sum(right), tf.reduce_sum(tf.cast(hits, tf.float32))

        def compiled(function: Any) -> Any:
            return tf.function(function, autograph=False, reduce_retracing=True)

        self._step = compiled(step)
        self._answers = compiled(lambda images: tf.nn.softmax(logits(self.network, images)))
        self._targets = compiled(
            lambda images: tf.nn.softmax(logits(self._teacher, images) / _TEMPERATURE)
        )

    def answers(self, images: Images) -> NDArray[np.float32]:
        """Probabilities `(n, 10)` of images `(n, 28, 28)` at one look."""
        return self._in_chunks(self._answers, images)

    @staticmethod
    def _in_chunks(ask: Any, images: Images) -> NDArray[np.float32]:
        parts = range(0, len(images), _CHUNK)
        return np.concatenate([ask(images[k : k + _CHUNK, ..., None]).numpy() for k in parts])

    def epoch(self, images: Images, labels: NDArray[np.int32], number: int) -> tuple[float, float]:
        """Learn once from all of them: the mean loss and the share read correctly on the way."""
        targets = np.zeros((len(images), CLASSES), np.float32)
        targets[:LEARNED] = self._in_chunks(self._targets, images[:LEARNED])
        share = np.where(np.arange(len(images)) < LEARNED, np.float32(_SHARE), np.float32(0))
        order = np.random.default_rng((self._seed, number)).permutation(len(images))
        size = SETTINGS.batch_size
        sums = np.zeros(2)
        for start in range(0, len(order) - size + 1, size):
            some = order[start : start + size]
            found = self._step(images[some, ..., None], labels[some], targets[some], share[some])
            sums += [float(one) for one in found]
        loss, right = sums / (len(order) // size * size)
        return float(loss), float(right)

    def state(self) -> list[NDArray[Any]]:
        """All that learning changes."""
        return [np.asarray(one) for one in self._variables()]

    def restore(self, state: list[NDArray[Any]]) -> None:
        """Set what `state` gave."""
        for variable, array in zip(self._variables(), state, strict=True):
            variable.assign(array)

    def _variables(self) -> list[Any]:
        return [*self.network.variables, *self._optimizer.variables]
