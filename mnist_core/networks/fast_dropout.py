"""Keras's dropout from fewer random numbers, to learn with. Imports TensorFlow.

Keras draws a random number of 32 bits for each number of a layer, which takes as long as the sums
of a small layer. 8 or 16 bits tell as well whether one in four or in five is to be left out.
"""

import math

import keras
import tensorflow as tf


class Dropout(keras.layers.Dropout):  # type: ignore[misc]
    """Leaves numbers out at random while a network learns; the others make up for them.

    The rate is true to a 131,072nd. What is drawn next depends on Keras's own variable. A model
    that is saved has Keras's layer in its place.
    """

    def call(self, inputs: tf.Tensor, training: bool = False) -> tf.Tensor:
        """The numbers, some of them 0 where the network learns."""
        if not training or not self.rate:
            return inputs
        kind = tf.uint8 if (256 * self.rate).is_integer() else tf.uint16
        values = kind.max + 1
        left_out = round(self.rate * values)
        kept = self._drawn(inputs, kind) >= tf.constant(left_out, kind)
        # One product, and one for the gradient: quicker than to choose between numbers and zeros.
        return inputs * (tf.cast(kept, inputs.dtype) * (values / (values - left_out)))

    def _drawn(self, inputs: tf.Tensor, kind: tf.DType) -> tf.Tensor:
        """Random whole numbers of this kind, as many as there are inputs and laid out alike."""
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
