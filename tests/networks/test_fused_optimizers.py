"""Optimizers in TensorFlow's kernels: the numbers are Keras's own."""

from dataclasses import replace
from typing import get_args

import keras
import numpy as np
import pytest
import tensorflow as tf

from mnist_core.networks import keras_model, recipes
from mnist_core.networks.settings import OptimizerName, Settings

RULES = [
    *(replace(recipes.get("mlp-784").settings, optimizer=name) for name in get_args(OptimizerName)),
    replace(recipes.get("mlp-784").settings, optimizer="sgd", momentum=0.9),
]
PLAIN = {
    "adadelta": keras.optimizers.Adadelta,
    "adam": keras.optimizers.Adam,
    "adamw": keras.optimizers.AdamW,
    "rmsprop": keras.optimizers.RMSprop,
    "sgd": keras.optimizers.SGD,
}
SHAPES = (5, 3), (3,)
FEW = 25


def variables(seed: int = 0) -> list[keras.Variable]:
    random = np.random.default_rng(seed)
    return [keras.Variable(random.normal(size=shape).astype(np.float32)) for shape in SHAPES]


def keras_own(settings: Settings) -> keras.optimizers.Optimizer:
    rate = keras_model.AdjustableRate(keras_model.schedule(settings))
    more = {"momentum": settings.momentum} if settings.optimizer == "sgd" else {}
    return PLAIN[settings.optimizer](learning_rate=rate, **more)


def learn(
    optimizer: keras.optimizers.Optimizer, learned: list[keras.Variable], steps: range
) -> None:
    correct = tf.function(lambda gradients: optimizer.apply(gradients, learned))
    for step in steps:
        random = np.random.default_rng(step)
        # Some gradients are next to nothing: there the place of epsilon shows.
        scale = 10.0 ** random.integers(-7, 1)
        correct([tf.constant(scale * random.normal(size=shape), tf.float32) for shape in SHAPES])


def assert_equal(
    ours: keras.optimizers.Optimizer,
    our_weights: list[keras.Variable],
    theirs: keras.optimizers.Optimizer,
    their_weights: list[keras.Variable],
) -> None:
    # In float32 the 1 - 0.999 of Adam's kernel is 0.00099999, Keras's 0.001.
    for one, other in zip(our_weights, their_weights, strict=True):
        np.testing.assert_allclose(np.asarray(one), np.asarray(other), rtol=2e-5, atol=5e-6)
    for one, other in zip(ours.variables, theirs.variables, strict=True):
        assert one.shape == other.shape
        np.testing.assert_allclose(np.asarray(one), np.asarray(other), rtol=3e-5, atol=1e-12)


@pytest.mark.parametrize("settings", RULES, ids=lambda rule: f"{rule.optimizer}-{rule.momentum}")
@pytest.mark.parametrize("schedule", ["constant", "one-cycle"])
def test_an_update_is_keras_own(settings, schedule):
    settings = replace(settings, learning_rate=0.05, schedule=schedule, epochs=1, batch_size=1_000)
    ours, theirs = keras_model.optimizer(settings), keras_own(settings)
    our_weights, their_weights = variables(), variables()
    ours.build(our_weights)
    theirs.build(their_weights)
    learn(ours, our_weights, range(FEW))
    learn(theirs, their_weights, range(FEW))
    assert_equal(ours, our_weights, theirs, their_weights)


@pytest.mark.parametrize("settings", RULES, ids=lambda rule: f"{rule.optimizer}-{rule.momentum}")
def test_optimizer_state_moves_from_keras_to_ours_and_back(settings):
    ours, theirs = keras_model.optimizer(settings), keras_own(settings)
    our_weights, their_weights = variables(), variables()
    ours.build(our_weights)
    theirs.build(their_weights)
    learn(theirs, their_weights, range(FEW))
    pairs = zip([*our_weights, *ours.variables], [*their_weights, *theirs.variables], strict=True)
    for one, other in pairs:
        one.assign(other)
    learn(ours, our_weights, range(FEW, 2 * FEW))
    learn(theirs, their_weights, range(FEW, 2 * FEW))
    assert_equal(ours, our_weights, theirs, their_weights)
