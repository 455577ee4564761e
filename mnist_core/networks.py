"""Recipe -> `keras.Model`. Imports TensorFlow: for the worker and the command line only."""

import keras

from mnist_core import layers
from mnist_core.layers import Conv, Dense, Dropout, Flatten, Layer, MaxPool
from mnist_core.recipes import Initializer, Recipe
from mnist_core.settings import Settings

_OPTIMIZERS = {
    "adadelta": keras.optimizers.Adadelta,
    "adam": keras.optimizers.Adam,
    "rmsprop": keras.optimizers.RMSprop,
    "sgd": keras.optimizers.SGD,
}


def build(recipe: Recipe) -> keras.Model:
    """The recipe's network with fresh start values (from Keras's global seed), not compiled.

    Returns:
        A model that takes float32 `(n, 784)` or `(n, 28, 28, 1)` in 0..1 (see
        `Recipe.input_shape`) and gives `(n, 10)`, rows that sum to 1.

    Raises:
        ValueError: a layer cannot take what the one before it gives.
    """
    layers.summarize(recipe.layers)  # explains an impossible network better than Keras does
    stack = [_keras_layer(layer, recipe.initializer) for layer in (*recipe.layers, layers.OUTPUT)]
    name = recipe.name.replace("-", "_")
    return keras.Sequential([keras.Input(recipe.input_shape), *stack], name=name)


def optimizer(settings: Settings) -> keras.optimizers.Optimizer:
    """A fresh optimizer as the settings name it."""
    return _OPTIMIZERS[settings.optimizer](learning_rate=settings.learning_rate)


def _keras_layer(layer: Layer, initializer: Initializer) -> keras.Layer:
    match layer:
        case Dense(units=units, activation=activation):
            return keras.layers.Dense(
                units, activation=activation, kernel_initializer=_start_values(initializer)
            )
        case Conv(filters=filters, size=size, activation=activation):
            return keras.layers.Conv2D(
                filters, size, activation=activation, kernel_initializer=_start_values(initializer)
            )
        case MaxPool(size=size):
            return keras.layers.MaxPooling2D(size)
        case Dropout(rate=rate):
            return keras.layers.Dropout(rate)
        case Flatten():
            return keras.layers.Flatten()


def _start_values(initializer: Initializer) -> keras.initializers.Initializer:
    match initializer:
        case "default":
            return keras.initializers.GlorotUniform()
        case "normal":
            return keras.initializers.RandomNormal(stddev=0.05)
        case "uniform":
            return keras.initializers.RandomUniform(-0.05, 0.05)
