"""One network learns from another's answers: knowledge distillation. Imports TensorFlow.

A label says "7" and nothing else; a good network says "7, but nearly a 1". Who learns from both
gets more out of each image. After Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural
Network" (2015).
"""

import keras
import tensorflow as tf

from mnist_core.networks import keras_model

# At this temperature the teacher's doubts weigh more; and how much what it says counts beside the
# label. The usual choices, not tuned.
_TEMPERATURE = 2.0
_SHARE = 0.7
# A probability of 0 has no logarithm.
_SMALLEST = 1e-12


def soften(answers: list[tf.Tensor]) -> tf.Tensor:
    """What members say together, soften: tensor `(n, 10)`, rows that sum to 1.

    Args:
        answers: of each member, probabilities `(n, 10)`.
    """
    return tf.add_n([tf.nn.softmax(_cooled(one)) for one in answers]) / len(answers)


def teacher_targets(teacher: keras.Model, images: tf.Tensor) -> tf.Tensor:
    """What a teacher says of images at one look, soften: see `soften`."""
    return soften(keras_model.member_outputs(teacher, images, training=False))


def loss(hard: tf.Tensor, taught: tf.Tensor, said: list[tf.Tensor]) -> tf.Tensor:
    """How far members are from the labels and from their teacher, summed over the members.

    Args:
        hard: the loss that the labels give, of each image, `(n,)`.
        taught: what the teacher says, from `teacher_targets`, `(n, 10)`.
        said: what each member says, probabilities `(n, 10)`.

    Returns:
        float32 `(n,)`.
    """
    soft = tf.add_n(
        [
            tf.nn.softmax_cross_entropy_with_logits(labels=taught, logits=_cooled(one))
            for one in said
        ]
    )
    # The squared temperature makes the corrections as large as the labels'.
    return (1 - _SHARE) * hard + _SHARE * _TEMPERATURE**2 * soft


def _cooled(probabilities: tf.Tensor) -> tf.Tensor:
    return tf.math.log(tf.maximum(probabilities, _SMALLEST)) / _TEMPERATURE
