"""Knowledge distillation: a network learns from another's answers. Imports TensorFlow.

A label says "7" and nothing else; a good network says "7, but nearly a 1". After Hinton, Vinyals
and Dean, "Distilling the Knowledge in a Neural Network" (2015).
"""

from collections.abc import Callable

import keras
import tensorflow as tf

from mnist_core.data.dataset import CLASSES, Digits
from mnist_core.networks import keras_model
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import Settings
from mnist_core.training import engine
from mnist_core.training.engine import TEST_BATCH, Engine

# The usual choices, not tuned: a temperature that gives the teacher's doubts more weight, and the
# teacher's share in the loss.
_TEMPERATURE = 2.0
_SHARE = 0.7
# A probability of 0 has no logarithm.
_SMALLEST = 1e-12


class DistillingEngine(Engine):
    """An engine whose network learns from a teacher's answers beside the labels.

    Raises:
        ValueError: see `Engine`; or the loss is not the cross-entropy.
    """

    def __init__(
        self,
        recipe: Recipe,
        settings: Settings,
        training: Digits,
        clock: Callable[[], float],
        *,
        teacher: keras.Model,
    ) -> None:
        if settings.loss != "cross-entropy":
            raise ValueError("Learning from a teacher requires the cross-entropy.")
        super().__init__(recipe, settings, training, clock)
        self._targets = tf.Variable(tf.zeros([len(self._labels), CLASSES]))
        self._predict_targets = engine.compiled(
            lambda images: teacher_targets(teacher, engine.scaled(images)),
            engine.image_spec(recipe),
        )

    def _show_images_of(self, epoch: int) -> None:
        super()._show_images_of(epoch)
        for start in range(0, len(self._labels), TEST_BATCH):
            some = slice(start, start + TEST_BATCH)
            self._targets[some].assign(self._predict_targets(self._images[some]))

    def _training_losses(
        self, batch: tf.Tensor, logits: list[tf.Tensor], cross_entropies: tf.Tensor
    ) -> tf.Tensor:
        answers = [tf.nn.softmax(one) for one in logits]
        return loss(cross_entropies, tf.gather(self._targets, batch), answers)


def soften(answers: list[tf.Tensor]) -> tf.Tensor:
    """The mean of the members' softened answers: tensor `(n, 10)`, rows that sum to 1.

    Args:
        answers: of each member, probabilities `(n, 10)`.
    """
    return tf.add_n([tf.nn.softmax(_cooled(one)) for one in answers]) / len(answers)


def teacher_targets(teacher: keras.Model, images: tf.Tensor) -> tf.Tensor:
    """A teacher's softened answers to images, at one look: see `soften`."""
    return soften(keras_model.member_outputs(teacher, images, training=False))


def loss(hard: tf.Tensor, targets: tf.Tensor, answers: list[tf.Tensor]) -> tf.Tensor:
    """The loss against labels and teacher, summed over the members.

    Args:
        hard: of each image, the loss against its label, `(n,)`.
        targets: from `teacher_targets`, `(n, 10)`.
        answers: of each member, probabilities `(n, 10)`.

    Returns:
        float32 `(n,)`.
    """
    soft = tf.add_n(
        [
            tf.nn.softmax_cross_entropy_with_logits(labels=targets, logits=_cooled(one))
            for one in answers
        ]
    )
    # The squared temperature makes its gradients as large as the labels'.
    return (1 - _SHARE) * hard + _SHARE * _TEMPERATURE**2 * soft


def _cooled(probabilities: tf.Tensor) -> tf.Tensor:
    return tf.math.log(tf.maximum(probabilities, _SMALLEST)) / _TEMPERATURE
