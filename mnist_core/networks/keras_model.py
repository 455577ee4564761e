"""Recipe -> `keras.Model`. Imports TensorFlow: for the worker and the command line only."""

from itertools import zip_longest
from typing import TypeAlias

import keras
from msgspec import structs

from mnist_core.networks import fast_dropout, fused_optimizers, layers
from mnist_core.networks.layers import (
    AveragePool,
    BatchNorm,
    Conv,
    Dense,
    Dropout,
    Flatten,
    Layer,
    MaxPool,
)
from mnist_core.networks.recipes import Initializer, Recipe
from mnist_core.networks.settings import Precision, Settings

_OPTIMIZERS = {
    "adadelta": fused_optimizers.Adadelta,
    "adam": fused_optimizers.Adam,
    "adamw": fused_optimizers.AdamW,
    "rmsprop": fused_optimizers.RMSprop,
}


# Part of a one-cycle training in which the corrections still grow.
_WARMING_UP = 0.2
# By steps: after which part of the training, what part of the rate is left.
_FALLS = {0.5: 0.1, 0.75: 0.01}
Schedule: TypeAlias = float | keras.optimizers.schedules.LearningRateSchedule
_POLICIES: dict[Precision, str] = {"float32": "float32", "bfloat16": "mixed_bfloat16"}


def build(
    recipe: Recipe, precision: Precision = "float32", *, for_training: bool = False
) -> keras.Model:
    """The recipe's network with fresh start values (from Keras's global seed), not compiled.

    Args:
        recipe: which network. Where it has several members or looks several times, each member is
            a model of its own in it, and what the whole says is the mean of all they say.
        precision: what its sums are worked out in; its weights are float32 either way.
        for_training: with our own quicker dropout, relu after max pooling instead of before, and
            without the softmax at the end; only Keras's own layers can be saved and opened.

    Returns:
        A model that takes float32 `(n, 784)` or `(n, 28, 28, 1)` in 0..1 (see
        `Recipe.input_shape`) and gives `(n, 10)`, rows that sum to 1; each member of one that is
        to learn gives logits.

    Raises:
        ValueError: a layer cannot take what the one before it gives.
    """
    layers.summarize(recipe.layers)  # explains an impossible network better than Keras does
    name = recipe.name.replace("-", "_")
    if recipe.members == recipe.looks == 1:
        return _stack(recipe, name, precision, for_training)
    stacks = [
        _stack(recipe, f"{name}_{number}", precision, for_training)
        for number in range(recipe.members)
    ]
    image = keras.Input(recipe.input_shape)
    views = [image] if recipe.looks == 1 else _moved(image)
    said = [stack(view) for stack in stacks for view in views]
    return keras.Model(image, keras.layers.Average()(said), name=name)


def members(model: keras.Model) -> list[keras.Model]:
    """The models it is made of; a single network that looks once is its own only member."""
    return [layer for layer in model.layers if isinstance(layer, keras.Model)] or [model]


def member_outputs(
    model: keras.Model, images: keras.KerasTensor, *, training: bool
) -> list[keras.KerasTensor]:
    """What each member says of images as they are: tensors `(n, 10)`, see `build`."""
    return [member(images, training=training) for member in members(model)]


def _moved(image: keras.KerasTensor) -> list[keras.KerasTensor]:
    """An image as it is, a pixel down and right, and a pixel up and left; black comes in."""
    wider = keras.layers.ZeroPadding2D(1)(image)
    return [image, *(keras.layers.Cropping2D((cut, cut))(wider) for cut in ((0, 2), (2, 0)))]


class AdjustableRate(keras.optimizers.schedules.LearningRateSchedule):  # type: ignore[misc]
    """A schedule that can be made steeper or flatter while it is followed.

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
    """The learning rate by step as the settings name it; a number where it stays the same."""
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
            warming_up = round(_WARMING_UP * steps)
            return keras.optimizers.schedules.CosineDecay(
                rate / 25, steps - warming_up, warmup_target=rate, warmup_steps=warming_up
            )


def optimizer(settings: Settings, rate: AdjustableRate | None = None) -> keras.optimizers.Optimizer:
    """A fresh optimizer as the settings name it, steered where somebody holds the rate."""
    rate = rate or AdjustableRate(schedule(settings))
    if settings.optimizer == "sgd":
        return fused_optimizers.SGD(rate, settings.momentum)
    return _OPTIMIZERS[settings.optimizer](rate)


def _stack(recipe: Recipe, name: str, precision: Precision, for_training: bool) -> keras.Model:
    dropped = fast_dropout.Dropout if for_training else keras.layers.Dropout
    policy = _POLICIES[precision]
    stack: list[keras.Layer] = []
    waits = False
    for layer, after in zip_longest(recipe.layers, recipe.layers[1:]):
        waited, waits = waits, for_training and _relu_can_wait(layer, after)
        done = structs.replace(layer, activation="linear") if waits else layer
        stack += _keras_layers(done, recipe.initializer, policy, dropped)
        if waited:
            stack.append(keras.layers.Activation("relu", dtype=policy))
    last = Dense(layers.OUTPUT.units) if for_training else layers.OUTPUT
    # Ten probabilities that sum to 1 need all the digits there are.
    output = _keras_layers(last, recipe.initializer, "float32", dropped)
    return keras.Sequential([keras.Input(recipe.input_shape), *stack, *output], name=name)


def _relu_can_wait(layer: Layer, after: Layer | None) -> bool:
    """Whether relu may as well follow the pooling: the largest is the same, and so is its gradient.

    Then there are four times fewer numbers to cut off at zero, or more.
    """
    return isinstance(layer, Conv) and layer.activation == "relu" and isinstance(after, MaxPool)


def _keras_layers(
    layer: Layer, initializer: Initializer, policy: str, dropped: type[keras.layers.Dropout]
) -> list[keras.Layer]:
    match layer:
        case Dense(units=units, activation=activation):
            kernel = _start_values(initializer)
            return [keras.layers.Dense(units, activation, kernel_initializer=kernel, dtype=policy)]
        case Conv(filters=filters, size=size, activation=activation):
            kernel = _start_values(initializer)
            convolution = keras.layers.Conv2D(
                filters, size, activation=activation, kernel_initializer=kernel, dtype=policy
            )
            return [convolution]
        case MaxPool(size=size):
            return [keras.layers.MaxPooling2D(size, dtype=policy)]
        case AveragePool(size=size):
            return [keras.layers.AveragePooling2D(size, dtype=policy)]
        case BatchNorm(activation=activation):
            normal = keras.layers.BatchNormalization(dtype=policy)
            return [normal, keras.layers.Activation(activation, dtype=policy)]
        case Dropout(rate=rate):
            return [dropped(rate, dtype=policy)]
        case Flatten():
            return [keras.layers.Flatten(dtype=policy)]


def _start_values(initializer: Initializer) -> keras.initializers.Initializer:
    match initializer:
        case "default":
            return keras.initializers.GlorotUniform()
        case "he":
            return keras.initializers.HeNormal()
        case "normal":
            return keras.initializers.RandomNormal(stddev=0.05)
        case "uniform":
            return keras.initializers.RandomUniform(-0.05, 0.05)
