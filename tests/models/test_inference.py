from concurrent.futures import ThreadPoolExecutor

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from mnist_core.data import dataset
from mnist_core.models import store
from mnist_core.models.inference import Predictor, scale_images

SHIPPED = [card.name for card in store.list_models() if card.shipped]
TEST = dataset.load("test")


@pytest.fixture(scope="module")
def predictor():
    return store.open_model("cnn-larger")


@pytest.mark.parametrize("name", SHIPPED)
def test_litert_and_keras_agree_on_the_test_set(name):
    card = next(card for card in store.list_models() if card.name == name)
    model = keras.models.load_model(store.SHIPPED / name / store.KERAS)
    # All images; of those that look three times every tenth, for a committee takes half a minute.
    some = slice(None, None, 10 if card.recipe.looks > 1 else 1)
    images = TEST.images[some].reshape(-1, *card.recipe.input_shape).astype(np.float32) / 255
    expected = model.predict(images, batch_size=1000, verbose=0)
    answers = store.open_model(name).predict(TEST.images[some])
    assert np.abs(answers - expected).max() < 1e-4
    assert np.abs(answers - store.test_probabilities(name)[some]).max() < 1e-5


def test_bytes_and_fractions_are_the_same_image(predictor):
    images = TEST.images[:130]
    answers = predictor.predict(images)
    assert answers.shape == (130, 10)
    assert answers.dtype == np.float32
    assert answers.sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert np.allclose(answers, predictor.predict(images / 255), atol=1e-6)
    assert np.allclose(answers[7:8], predictor.predict(images[7:8]), atol=1e-6)


def test_the_answers_do_not_depend_on_the_threads(predictor):
    file = store.SHIPPED / "cnn-larger" / store.LITERT
    two = Predictor(file.read_bytes(), threads=2)
    assert np.array_equal(two.predict(TEST.images[:500]), predictor.predict(TEST.images[:500]))


def test_no_images_give_no_answers(predictor):
    assert predictor.predict(TEST.images[:0]).shape == (0, 10)


def test_threads_do_not_mix_up_their_images(predictor):
    expected = predictor.predict(TEST.images[:200])
    with ThreadPoolExecutor(8) as pool:
        sizes = [1, 2, 3, 70]
        tasks = [
            (start, pool.submit(predictor.predict, TEST.images[start : start + size]))
            for start in range(0, 120, 3)
            for size in sizes
        ]
        for start, task in tasks:
            answers = task.result()
            assert np.allclose(answers, expected[start : start + len(answers)], atol=1e-6)


@pytest.mark.parametrize(
    "images",
    [
        np.zeros((28, 28), np.uint8),
        np.zeros((1, 28, 27), np.uint8),
        np.zeros((1, 784), np.uint8),
        np.zeros((1, 28, 28), np.int64),
        np.zeros((1, 28, 28), bool),
        np.full((1, 28, 28), np.nan),
        np.full((1, 28, 28), 1.01),
        np.full((1, 28, 28), -0.01),
        np.full((1, 28, 28), np.inf),
        np.full((1, 28, 28), "7"),
        [],
        None,
    ],
)
def test_what_is_no_image_is_refused_with_a_sentence(predictor, images):
    with pytest.raises(ValueError, match=r"^Images .*\.$"):
        predictor.predict(images)


@given(
    hnp.arrays(
        st.sampled_from([np.uint8, np.float32, np.float64, np.int32]),
        hnp.array_shapes(min_dims=0, max_dims=4, max_side=28) | st.just((2, 28, 28)),
    )
)
def test_anything_is_scaled_or_refused(array):
    try:
        scaled = scale_images(array)
    except ValueError:
        return
    assert scaled.dtype == np.float32
    assert scaled.shape[1:] == (28, 28)
    assert ((scaled >= 0) & (scaled <= 1)).all()


def test_bytes_that_are_no_model_are_refused():
    with pytest.raises(ValueError, match=r"[Mm]odel"):
        Predictor(b"not a model at all")
