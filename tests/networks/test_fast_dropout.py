"""Dropout from few random bits: as Keras's, in law if not in what it draws."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from mnist_core.networks import fast_dropout, keras_model, recipes

MANY = 400, 999  # an odd number in each row: the last random word is not used up


@pytest.mark.parametrize("rate", [0.001, 0.2, 0.25, 0.5, 0.99])
@pytest.mark.parametrize("policy", ["float32", "mixed_bfloat16"])
def test_as_many_are_left_out_as_the_rate_says_and_the_rest_makes_up_for_them(rate, policy):
    keras.utils.set_random_seed(0)
    ones = tf.ones(MANY)
    said = tf.cast(
        fast_dropout.Dropout(rate, dtype=policy)(ones, training=True), tf.float32
    ).numpy()
    spread = (rate * (1 - rate) / said.size) ** 0.5
    assert np.mean(said == 0) == pytest.approx(rate, abs=4 * spread)
    assert set(np.unique(said)) == {0, said.max()}
    assert said.max() == pytest.approx(1 / (1 - rate), rel=0.01 if "b" in policy else 1e-3)


def test_each_row_column_and_call_draws_anew():
    keras.utils.set_random_seed(0)
    layer = fast_dropout.Dropout(0.25)
    first, second = (layer(tf.ones(MANY), training=True).numpy() == 0 for _ in range(2))
    by_chance = 0.25**2
    for one, other in ((first, second), (first[1:], first[:-1]), (first[:, 1:], first[:, :-1])):
        assert np.mean(one & other) == pytest.approx(by_chance, abs=0.002)
    assert first.mean(axis=0).std() == pytest.approx((0.25 * 0.75 / MANY[0]) ** 0.5, rel=0.1)


def test_the_same_seed_leaves_out_the_same():
    said = []
    for _ in range(2):
        keras.utils.set_random_seed(3)
        layer = fast_dropout.Dropout(0.2)
        said += [layer(tf.ones((4, 6, 6, 3)), training=True).numpy() for _ in range(2)]
    assert said[0].tolist() == said[2].tolist() != said[1].tolist()
    assert said[1].tolist() == said[3].tolist()


def test_dropped_values_get_no_gradient():
    images = tf.Variable(tf.ones((8, 32)))
    layer = fast_dropout.Dropout(0.5)
    with tf.GradientTape() as tape:
        said = layer(images, training=True)
    assert tape.gradient(said, images).numpy().tolist() == said.numpy().tolist()


def test_nothing_is_left_out_where_nothing_is_learned():
    images = tf.ones((8, 32))
    assert fast_dropout.Dropout(0.5)(images).numpy().tolist() == images.numpy().tolist()
    assert (
        fast_dropout.Dropout(0.0)(images, training=True).numpy().tolist() == images.numpy().tolist()
    )


def test_only_the_network_that_learns_has_it():
    recipe = recipes.get("mlp-512-512")
    for for_training in (True, False):
        found = {
            type(layer) for layer in keras_model.build(recipe, for_training=for_training).layers
        }
        assert (fast_dropout.Dropout in found) is for_training
        assert (keras.layers.Dropout in found) is not for_training
