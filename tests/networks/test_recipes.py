"""One contract for every recipe, and the published figures they are held against."""

from dataclasses import FrozenInstanceError, replace
from itertools import pairwise
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from mnist_core.models import store
from mnist_core.networks import keras_model, recipes
from mnist_core.networks.layers import Conv, Dense, Dropout, Flatten, MaxPool
from mnist_core.training.export import save
from mnist_core.training.loop import train
from tests.samples import first

# From the tutorials: parameters, published accuracy, epochs, batch size, optimizer, learning rate.
PUBLISHED = {
    "mlp-784": (623_290, 0.9814, 10, 200, "adam", 0.001),
    "mlp-512-512": (669_706, 0.9843, 20, 128, "rmsprop", 0.001),
    "cnn-32-32": (600_810, 0.9914, 12, 128, "adadelta", 1.0),
    "mlp-1024-128-64": (943_946, 0.9811, 10, 64, "adam", 0.001),
    "cnn-simple": (592_074, 0.9905, 10, 200, "adam", 0.001),
    "cnn-larger": (59_933, 0.9917, 10, 200, "adam", 0.001),
    "mlp-800-sgd": (636_010, 0.9060, 10, 256, "sgd", 0.01),
}

CNN_32_32 = (
    Conv(32, 3, "relu"),
    Conv(32, 3, "relu"),
    MaxPool(2),
    Dropout(0.25),
    Flatten(),
    Dense(128, "relu"),
    Dropout(0.5),
)
LAYERS = {
    "mlp-784": (Dense(784, "relu"),),
    "mlp-512-512": (Dense(512, "relu"), Dropout(0.2)) * 2,
    "cnn-32-32": CNN_32_32,
    "mlp-1024-128-64": (Dense(1024, "relu"), Dense(128, "tanh"), Dropout(0.05), Dense(64, "relu")),
    "cnn-simple": (Conv(32, 5, "relu"), MaxPool(2), Dropout(0.2), Flatten(), Dense(128, "relu")),
    "cnn-larger": (
        *(Conv(30, 5, "relu"), MaxPool(2), Conv(15, 3, "relu"), MaxPool(2), Dropout(0.2)),
        *(Flatten(), Dense(128, "relu"), Dense(50, "relu")),
    ),
    "mlp-800-sgd": (Dense(800, "relu"), Dropout(0.5)),
}
INITIALIZER_NAMES = {"mlp-784": "normal", "mlp-800-sgd": "uniform"}

every_recipe = pytest.mark.parametrize("recipe", recipes.RECIPES, ids=lambda recipe: recipe.name)


every_tutorial = pytest.mark.parametrize(
    "recipe",
    [recipe for recipe in recipes.RECIPES if recipe.published],
    ids=lambda recipe: recipe.name,
)


def test_the_tutorials_seven_are_there_and_three_of_our_own():
    own = {recipe.name for recipe in recipes.RECIPES if not recipe.published}
    assert own == {"cnn-best", "committee", "quick"}
    assert {recipe.name for recipe in recipes.RECIPES} - own == set(PUBLISHED)


@every_tutorial
def test_it_is_what_its_tutorial_says(recipe):
    settings = recipe.settings
    assert recipe.layers == LAYERS[recipe.name]
    assert recipe.initializer == INITIALIZER_NAMES.get(recipe.name, "default")
    assert PUBLISHED[recipe.name] == (
        recipe.parameters,
        recipe.published_accuracy,
        settings.epochs,
        settings.batch_size,
        settings.optimizer,
        settings.learning_rate,
    )
    assert (settings.seed, settings.training_images) == (0, 60_000)
    for figures in recipe.published_curve[-1:]:
        assert figures.epoch == settings.epochs
        assert figures.test_accuracy == recipe.published_accuracy


@every_recipe
def test_keras_builds_the_network_that_the_table_shows(recipe):
    model = keras_model.build(recipe)
    assert model.count_params() == recipe.parameters
    assert recipe.input_shape in ((784,), (28, 28, 1))
    answers = model(np.zeros((3, *recipe.input_shape), np.float32)).numpy()
    assert answers.shape == (3, 10)
    assert answers.sum(axis=1) == pytest.approx(1, abs=1e-6)
    optimizer = keras_model.optimizer(recipe.settings)
    assert type(optimizer).__name__.lower() == recipe.settings.optimizer
    if recipe.settings.schedule == "constant":
        assert float(optimizer.learning_rate) == pytest.approx(recipe.settings.learning_rate)


def test_one_cycle_grows_to_the_learning_rate_and_falls_to_nothing():
    settings = recipes.get("cnn-best").settings
    rate = keras_model.schedule(settings)
    steps = settings.epochs * settings.steps_per_epoch
    rates = [float(rate(step)) for step in range(0, steps + 1, steps // 20)]
    assert max(rates) == pytest.approx(settings.learning_rate, rel=0.01)
    assert rates.index(max(rates)) == 4
    assert rates[0] < settings.learning_rate / 20
    assert rates[-1] < settings.learning_rate / 50


def test_a_committees_answer_is_the_mean_of_its_members():
    model = keras_model.build(replace(recipes.get("committee"), looks=1))
    images = np.random.default_rng(0).random((4, 28, 28, 1), np.float32)
    said = np.stack([one(images).numpy() for one in keras_model.members(model)])
    assert said.shape == (3, 4, 10)
    assert np.abs(said[0] - said[1]).max() > 1e-3
    assert model(images).numpy() == pytest.approx(said.mean(axis=0), abs=1e-6)


def test_three_looks_are_the_mean_over_an_image_moved_by_a_pixel():
    model = keras_model.build(recipes.get("cnn-best"))
    images = np.random.default_rng(0).random((4, 28, 28, 1), np.float32)
    (one,) = keras_model.members(model)
    wide = np.pad(images, ((0, 0), (1, 1), (1, 1), (0, 0)))
    looks = [wide[:, start : start + 28, start : start + 28] for start in range(3)]
    said = np.stack([one(look).numpy() for look in looks])
    assert np.ptp(said, axis=0).max() > 1e-4
    assert model(images).numpy() == pytest.approx(said.mean(axis=0), abs=1e-6)
    (straight,) = keras_model.member_outputs(model, images, training=False)
    assert straight.numpy() == pytest.approx(said[1], abs=1e-6)


def test_a_network_for_training_gives_logits():
    recipe = recipes.get("committee")
    images = np.random.default_rng(0).random((4, 28, 28, 1), np.float32)
    learner, judge = keras_model.build(recipe, for_training=True), keras_model.build(recipe)
    judge.set_weights(learner.get_weights())
    for logits, said in zip(
        keras_model.member_outputs(learner, images, training=False),
        keras_model.member_outputs(judge, images, training=False),
        strict=True,
    ):
        assert np.abs(logits.numpy().sum(axis=1) - 1).min() > 1e-3
        assert keras.ops.softmax(logits).numpy() == pytest.approx(said.numpy(), abs=1e-6)


@pytest.mark.parametrize("name", ["cnn-32-32", "cnn-larger", "quick"])
def test_relu_after_pooling_learns_the_same_as_before(name):
    recipe = replace(recipes.get(name), layers=_without_dropout(recipes.get(name)))
    learner, plain = keras_model.build(recipe, for_training=True), keras_model.build(recipe)
    plain.set_weights(learner.get_weights())
    kinds = [type(layer).__name__ for layer in learner.layers]
    after_pooling = [after for one, after in pairwise(kinds) if one == "MaxPooling2D"]
    assert set(after_pooling) == {"Activation"}
    plain.layers[-1].activation = keras.activations.linear
    images = np.random.default_rng(0).random((16, 28, 28, 1), np.float32)
    gradients = []
    for network in (learner, plain):
        with tf.GradientTape() as tape:
            said = network(images, training=True)
            total = tf.reduce_sum(said**2)
        gradients.append([said, *tape.gradient(total, network.trainable_variables)])
    for one, other in zip(*gradients, strict=True):
        np.testing.assert_allclose(one.numpy(), other.numpy(), rtol=1e-4, atol=1e-4)


def _without_dropout(recipe):
    return tuple(layer for layer in recipe.layers if not isinstance(layer, Dropout))


@every_tutorial
def test_start_values_are_the_tutorials(recipe):
    model = keras_model.build(recipe)
    weights = np.concatenate(
        [layer.kernel.numpy().ravel() for layer in model.layers if layer.weights]
    )
    if recipe.initializer == "uniform":
        assert np.abs(weights).max() <= 0.05
        assert weights.std() == pytest.approx(0.05 / np.sqrt(3), rel=0.02)
    elif recipe.initializer == "normal":
        assert weights.std() == pytest.approx(0.05, rel=0.02)
        assert np.abs(weights).max() > 0.15
    else:
        kernel = model.layers[0].kernel.numpy()
        fan = kernel.shape[-2] + kernel.shape[-1]
        fan *= int(np.prod(kernel.shape[:-2]))
        # Within what float32 rounds.
        assert np.abs(kernel).max() <= np.sqrt(6 / fan) * (1 + 1e-6)


@pytest.mark.parametrize("initializer", recipes.INITIALIZER_NAMES)
def test_start_values_spread_as_their_names_say(initializer):
    recipe = replace(recipes.get("mlp-512-512"), initializer=initializer)
    first = keras_model.build(recipe).layers[0].kernel.numpy()
    spread = {
        "default": np.sqrt(2 / (784 + 512)),
        "he": np.sqrt(2 / 784),
        "normal": 0.05,
        "uniform": 0.05 / np.sqrt(3),
    }[initializer]
    assert first.std() == pytest.approx(spread, rel=0.02)
    assert abs(first.mean()) < 0.001


@every_recipe
def test_it_learns_on_a_tiny_batch_and_survives_save_and_open(
    recipe, models_directory, monkeypatch
):
    settings = replace(recipe.settings, epochs=15, batch_size=8, training_images=32)
    digits = first("train", 32)
    trained = train(recipe, settings, training=digits, test=digits)
    # Not the settled loss: batch normalisation's averages settle over hundreds of steps.
    start, end = trained.history[0].training_loss, trained.history[-1].training_loss
    assert end < 0.8 * start

    test = first("test", 40)
    # A committee takes 40 s for all 10,000.
    monkeypatch.setattr(store, "TEST_IMAGES", len(test))
    card = save(trained, recipe, settings, test=test, root=models_directory)
    assert card.recipe == recipe
    answers = store.open_model(card.name).predict(test.images)
    images = test.images.reshape(-1, *recipe.input_shape).astype(np.float32) / 255
    assert np.abs(answers - trained.model(images).numpy()).max() < 1e-4
    opened = keras.models.load_model(models_directory / card.name / store.KERAS)
    assert not opened.compiled  # and so carries no state of an optimizer
    assert np.allclose(opened(images).numpy(), answers, atol=1e-4)


@every_recipe
def test_the_readme_names_it(recipe):
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    assert f"`{recipe.name}`" in readme


def test_an_unknown_recipe_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match="cnn-32-32") as refused:
        recipes.get("resnet")
    assert all(name in str(refused.value) for name in PUBLISHED)


def test_a_recipe_cannot_be_changed():
    recipe = recipes.get("mlp-784")
    with pytest.raises(FrozenInstanceError):
        recipe.name = "mine"
    with pytest.raises(AttributeError):
        recipe.layers[0].units = 1


def test_a_stored_recipe_is_shown_in_todays_words():
    recipe = recipes.get("mlp-512-512")
    stored = replace(recipe, title="An old title", summary="Old words.")
    assert recipes.with_current_words(stored) == recipe
    own = replace(stored, name="my-network")
    assert recipes.with_current_words(own) == own
