"""Builds Keras models from recipes. Imports TensorFlow: for workers and the command line only."""

from collections.abc import Callable
from functools import partial
from itertools import zip_longest
from typing import TypeAlias

import keras
from msgspec import structs

from mnist_core.networks import fast_dropout, fused_optimizers, layers
from mnist_core.networks.recipes import Initializer, Recipe
from mnist_core.networks.settings import OPTIMIZER_TITLES, Precision, Settings

# The share of a one-cycle training in which the learning rate still rises.
_WARMUP = 0.2
# The "steps" schedule: after which share of the training, what share of the rate is left.
_FALLS = {0.5: 0.1, 0.75: 0.01}
Schedule: TypeAlias = float | keras.optimizers.schedules.LearningRateSchedule
_INITIALIZERS: dict[Initializer, Callable[[], keras.initializers.Initializer]] = {
    "default": keras.initializers.GlorotUniform,
    "he": keras.initializers.HeNormal,
    "normal": partial(keras.initializers.RandomNormal, stddev=0.05),
    "uniform": partial(keras.initializers.RandomUniform, -0.05, 0.05),
}
_POLICIES: dict[Precision, str] = {"float32": "float32", "bfloat16": "mixed_bfloat16"}


def build(
    recipe: Recipe, precision: Precision = "float32", *, for_training: bool = False
) -> keras.Model:
    """The recipe's network with fresh start values (from Keras's global seed), not compiled.

    Args:
        recipe: which network. With several members or looks, each member is a model in the model,
            and the output is the mean of all their outputs.
        precision: of the arithmetic; the weights are float32 either way.
        for_training: use our faster dropout, relu after max pooling instead of before, and no
            softmax. Such a model cannot be saved and opened.

    Returns:
        A model that takes float32 `(n, 784)` or `(n, 28, 28, 1)` in 0..1 (see
        `Recipe.input_shape`) and gives probabilities `(n, 10)`; for training, its members give
        logits.

    Raises:
        ValueError: a layer cannot take what the one before it gives.
    """
    layers.summarize(recipe.layers)  # its errors explain more than those of Keras
    name = recipe.name.replace("-", "_")
    if recipe.members == recipe.looks == 1:
        return _stack(recipe, name, precision, for_training)
    stacks = [
        _stack(recipe, f"{name}_{number}", precision, for_training)
        for number in range(recipe.members)
    ]
    image = keras.Input(recipe.input_shape)
    views = [image] if recipe.looks == 1 else _shifted(image)
    outputs = [stack(view) for stack in stacks for view in views]
    return keras.Model(image, keras.layers.Average()(outputs), name=name)


def members(model: keras.Model) -> list[keras.Model]:
    """The members of a committee; a single network is its own only member."""
    return [layer for layer in model.layers if isinstance(layer, keras.Model)] or [model]


def member_outputs(
    model: keras.Model, images: keras.KerasTensor, *, training: bool
) -> list[keras.KerasTensor]:
    """The output of each member for unshifted images: tensors `(n, 10)`, see `build`."""
    return [member(images, training=training) for member in members(model)]


def multiply_input(model: keras.Model, factor: float) -> None:
    """Change a network so that it answers to an image x as it did to `factor` times x.

    The factor goes into the first weights: pooling, flattening and dropout let it through, and
    (factor W) x is W (factor x).
    """
    for member in members(model):
        first = next(layer for layer in member.layers if layer.weights)
        if isinstance(first, keras.layers.BatchNormalization):
            first.gamma.assign(first.gamma * factor)
            first.moving_mean.assign(first.moving_mean / factor)
        else:
            first.kernel.assign(first.kernel * factor)


def _shifted(image: keras.KerasTensor) -> list[keras.KerasTensor]:
    """An image as it is, a pixel down and right, and a pixel up and left, filled up with black."""
    wider = keras.layers.ZeroPadding2D(1)(image)
    return [image, *(keras.layers.Cropping2D((cut, cut))(wider) for cut in ((0, 2), (2, 0)))]


class AdjustableRate(keras.optimizers.schedules.LearningRateSchedule):  # type: ignore[misc]
    """A schedule whose rates can be multiplied by a factor during the training.

    Args:
        schedule: the learning rate by step, or one for all steps.
    """

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule
        self.factor = keras.Variable(1.0, dtype="float32", trainable=False)

    def __call__(self, step: keras.KerasTensor) -> keras.KerasTensor:
        """The learning rate of this step."""
        rate = self._schedule(step) if callable(self._schedule) else self._schedule
        return self.factor * rate


def schedule(settings: Settings) -> Schedule:
    """The learning rate by step; a number if it is constant."""
    rate, steps = settings.learning_rate, settings.epochs * settings.steps_per_epoch
    match settings.schedule:
        case "constant":
            return rate
        case "cosine":
            return keras.optimizers.schedules.CosineDecay(rate, steps)
        case "steps":
            return keras.optimizers.schedules.PiecewiseConstantDecay(
                [round(part * steps) for part in _FALLS],
                [rate, *(rate * left for left in _FALLS.values())],
            )
        case "one-cycle":
            warmup = round(_WARMUP * steps)
            return keras.optimizers.schedules.CosineDecay(
                rate / 25, steps - warmup, warmup_target=rate, warmup_steps=warmup
            )


def optimizer(settings: Settings, rate: AdjustableRate | None = None) -> keras.optimizers.Optimizer:
    """A fresh optimizer; its learning rate follows `rate`, or the settings' own schedule."""
    rate = rate or AdjustableRate(schedule(settings))
    if settings.optimizer == "sgd":
        return fused_optimizers.SGD(rate, settings.momentum)
    return getattr(fused_optimizers, OPTIMIZER_TITLES[settings.optimizer])(rate)


def _stack(recipe: Recipe, name: str, precision: Precision, for_training: bool) -> keras.Model:
    dropout = fast_dropout.Dropout if for_training else keras.layers.Dropout
    policy = _POLICIES[precision]
    stack: list[keras.Layer] = []
    postpone = False
    for layer, after in zip_longest(recipe.layers, recipe.layers[1:]):
        postponed, postpone = postpone, for_training and _relu_may_follow_pooling(layer, after)
        built = structs.replace(layer, activation="linear") if postpone else layer
        stack += _keras_layers(built, recipe.initializer, policy, dropout)
        if postponed:
            stack.append(keras.layers.Activation("relu", dtype=policy))
    last = layers.Dense(layers.OUTPUT.units) if for_training else layers.OUTPUT
    # Ten probabilities that sum to 1 need full precision.
    output = _keras_layers(last, recipe.initializer, "float32", dropout)
    return keras.Sequential([keras.Input(recipe.input_shape), *stack, *output], name=name)


def _relu_may_follow_pooling(layer: layers.Layer, after: layers.Layer | None) -> bool:
    """Whether relu gives the same values and gradients after the pooling, from fewer numbers."""
    return (
        isinstance(layer, layers.Conv)
        and layer.activation == "relu"
        and isinstance(after, layers.MaxPool)
    )


def _keras_layers(
    layer: layers.Layer, initializer: Initializer, policy: str, dropout: type[keras.layers.Dropout]
) -> list[keras.Layer]:
    match layer:
        case layers.Dense(units=units, activation=activation):
            start = _INITIALIZERS[initializer]()
            return [keras.layers.Dense(units, activation, kernel_initializer=start, dtype=policy)]
        case layers.Conv(filters=filters, size=size, activation=activation):
            start = _INITIALIZERS[initializer]()
            convolution = keras.layers.Conv2D(
                filters, size, activation=activation, kernel_initializer=start, dtype=policy
            )
            return [convolution]
        case layers.MaxPool(size=size):
            return [keras.layers.MaxPooling2D(size, dtype=policy)]
        case layers.AveragePool(size=size):
            return [keras.layers.AveragePooling2D(size, dtype=policy)]
        case layers.BatchNorm(activation=activation):
            normal = keras.layers.BatchNormalization(dtype=policy)
            return [normal, keras.layers.Activation(activation, dtype=policy)]
        case layers.Dropout(rate=rate):
            return [dropout(rate, dtype=policy)]
        case layers.Flatten():
            return [keras.layers.Flatten(dtype=policy)]
