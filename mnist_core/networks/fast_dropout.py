"""Dropout from fewer random bits, for training only. Imports TensorFlow.

Keras draws 32 random bits for each value, which takes as long as the arithmetic of a small layer;
8 or 16 bits are enough to leave out one in four or five.
"""

import math

import keras
import tensorflow as tf


class Dropout(keras.layers.Dropout):  # type: ignore[misc]
    """Sets values to 0 at random while training and scales the others up.

    The rate is exact to a 131,072nd. The random state is Keras's own variable. A saved model has
    Keras's layer in its place.
    """

    def call(self, inputs: tf.Tensor, training: bool = False) -> tf.Tensor:
        """The inputs, some of them 0 while training."""
        if not training or not self.rate:
            return inputs
        kind = tf.uint8 if (256 * self.rate).is_integer() else tf.uint16
        values = kind.max + 1
        left_out = round(self.rate * values)
        kept = self._draw(inputs, kind) >= tf.constant(left_out, kind)
        # One product, and one for the gradient, is quicker than a choice between values and zeros.
        return inputs * (tf.cast(kept, inputs.dtype) * (values / (values - left_out)))

    def _draw(self, inputs: tf.Tensor, kind: tf.DType) -> tf.Tensor:
        """Random whole numbers of this dtype, in the shape of the inputs."""
        count = math.prod(inputs.shape[1:])
        # As Keras's own layers do it: the variable has 64 bits, TensorFlow asks for 32.
        seed = tf.cast(self.seed_generator.next() % (tf.int32.max - 1), tf.int32)
        words = tf.random.stateless_uniform(
            [tf.shape(inputs)[0], math.ceil(count * kind.size / tf.int32.size)],
            seed,
            minval=None,
            maxval=None,
            dtype=tf.int32,
        )
        drawn = tf.reshape(tf.bitcast(words, kind), [tf.shape(inputs)[0], -1])[:, :count]
        return tf.reshape(drawn, [-1, *inputs.shape[1:]])
