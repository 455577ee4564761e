"""Knowledge distillation: a network learns from another's answers. Imports TensorFlow.

A label says "7" and nothing else; a good network says "7, but nearly a 1". After Hinton, Vinyals
and Dean, "Distilling the Knowledge in a Neural Network" (2015).
"""

import keras
import tensorflow as tf

from mnist_core.networks import keras_model

# The usual choices, not tuned: a temperature that gives the teacher's doubts more weight, and the
# teacher's share in the loss.
_TEMPERATURE = 2.0
_SHARE = 0.7
# A probability of 0 has no logarithm.
_SMALLEST = 1e-12


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
