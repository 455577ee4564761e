"""Keras's optimizers, each variable's update in a single kernel. Imports TensorFlow.

Keras updates a variable in a chain of small operations, each of which passes over all its numbers.
Formulas, variables and their order are Keras's own; the results are equal but for rounding. What
`keras_model.optimizer` does not ask for, such as `amsgrad`, these kernels ignore.
"""

import keras
import tensorflow as tf


class SGD(keras.optimizers.SGD):  # type: ignore[misc]
    """Gradient descent, plain or with momentum."""

    def update_step(self, gradient: tf.Tensor, variable: tf.Variable, rate: tf.Tensor) -> None:
        """Update one variable."""
        if self.momentum:
            tf.raw_ops.ResourceApplyKerasMomentum(
                var=variable.handle,
                accum=_slot(self, self.momentums, variable),
                lr=rate,
                grad=gradient,
                momentum=self.momentum,
            )
        else:
            tf.raw_ops.ResourceApplyGradientDescent(var=variable.handle, alpha=rate, delta=gradient)


class Adam(keras.optimizers.Adam):  # type: ignore[misc]
    """Adam."""

    def update_step(self, gradient: tf.Tensor, variable: tf.Variable, rate: tf.Tensor) -> None:
        """Update one variable."""
        step = tf.cast(self.iterations + 1, tf.float32)
        tf.raw_ops.ResourceApplyAdam(
            var=variable.handle,
            m=_slot(self, self._momentums, variable),
            v=_slot(self, self._velocities, variable),
            beta1_power=tf.pow(self.beta_1, step),
            beta2_power=tf.pow(self.beta_2, step),
            lr=rate,
            beta1=self.beta_1,
            beta2=self.beta_2,
            epsilon=self.epsilon,
            grad=gradient,
        )


class AdamW(Adam, keras.optimizers.AdamW):  # type: ignore[misc]
    """Adam with weight decay, which Keras applies before each update."""


class Adadelta(keras.optimizers.Adadelta):  # type: ignore[misc]
    """Adadelta."""

    def update_step(self, gradient: tf.Tensor, variable: tf.Variable, rate: tf.Tensor) -> None:
        """Update one variable."""
        tf.raw_ops.ResourceApplyAdadelta(
            var=variable.handle,
            accum=_slot(self, self._accumulated_grads, variable),
            accum_update=_slot(self, self._accumulated_delta_vars, variable),
            lr=rate,
            rho=self.rho,
            epsilon=self.epsilon,
            grad=gradient,
        )


class RMSprop(keras.optimizers.RMSprop):  # type: ignore[misc]
    """RMSprop, without momentum."""

    def build(self, variables: list[keras.Variable]) -> None:
        """Make the optimizer's own variables."""
        super().build(variables)
        # The kernel needs a place for its last update, which without momentum nobody reads: it is
        # no part of the optimizer's state.
        self._last_updates = [tf.Variable(tf.zeros(variable.shape)) for variable in variables]

    def update_step(self, gradient: tf.Tensor, variable: tf.Variable, rate: tf.Tensor) -> None:
        """Update one variable."""
        tf.raw_ops.ResourceApplyRMSProp(
            var=variable.handle,
            ms=_slot(self, self._velocities, variable),
            mom=self._last_updates[self._get_variable_index(variable)].handle,
            lr=rate,
            rho=self.rho,
            momentum=0.0,
            epsilon=self.epsilon,
            grad=gradient,
        )


def _slot(
    optimizer: keras.optimizers.Optimizer, slots: list[keras.Variable], variable: tf.Variable
) -> tf.Tensor:
    """The optimizer's own variable for a variable, as a kernel takes it."""
    return slots[optimizer._get_variable_index(variable)].value.handle
