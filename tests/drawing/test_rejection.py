import numpy as np
import pytest

from mnist_core.data import centre_lines
from mnist_core.data.dataset import load
from mnist_core.drawing import rejection
from scripts import make_non_digits


@pytest.fixture(scope="module")
def network():
    return rejection.load()


def refused(network, images):
    return float((network.digit_probability(images) < rejection.THRESHOLD).mean())


def test_hardly_any_test_digit_is_refused(network):
    assert refused(network, load("test").images[:2_000]) < 0.02


@pytest.mark.parametrize("kind", make_non_digits.KINDS)
def test_most_things_that_are_no_digits_are_refused(kind, network):
    # Another seed than training's.
    made = make_non_digits.generate(
        150, centre_lines.load(2_000), np.random.default_rng(77), kinds=[kind]
    )
    assert refused(network, made) > 0.8


def test_a_page_full_of_ink_is_refused(network):
    plain = np.pad(np.full((1, 20, 20), 255, np.uint8), ((0, 0), (4, 4), (4, 4)))
    assert refused(network, plain) == 1.0


def test_there_is_a_probability_for_each_image(network):
    shares = network.digit_probability(load("test").images[:7])
    assert shares.shape == (7,)
    assert ((shares >= 0) & (shares <= 1)).all()


def test_it_is_small(network):
    assert rejection.FILE.stat().st_size < 500_000
