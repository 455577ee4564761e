import numpy as np
import pytest

from mnist_core.data import centre_lines
from mnist_core.models.inference import Predictor
from mnist_core.models.store import SHIPPED
from mnist_core.training import augmentation
from tests.samples import first

COUNT = 300


@pytest.fixture(scope="module")
def lines():
    return centre_lines.load()


@pytest.fixture(scope="module")
def digits():
    return first("train", COUNT)


def random(seed=0):
    return np.random.default_rng(seed)


def bounds(image):
    rows = np.flatnonzero((image > 50).any(axis=1))
    columns = np.flatnonzero((image > 50).any(axis=0))
    return rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1


@pytest.mark.parametrize("way", ["bent", "distort_or_redraw"])
def test_the_same_seed_gives_the_same_images_and_another_others(way, digits, lines):
    def make(seed):
        if way == "bent":
            return augmentation.distort_all(digits, random(seed))
        return augmentation.distort_or_redraw(digits, lines, random(seed))

    once, again, other = make(0), make(0), make(1)
    assert once.shape == (COUNT, 28, 28)
    assert once.dtype == np.uint8
    assert (once == again).all()
    assert (once != other).any(axis=(1, 2)).all()
    assert (once != digits.images).any(axis=(1, 2)).all()


@pytest.mark.parametrize("count", [1, 2, 2001])
def test_where_too_few_are_left_to_draw_one_again_all_are_bent(count, lines):
    made = augmentation.distort_or_redraw(first("train", count), lines, random())
    assert made.shape == (count, 28, 28)
    assert made.any(axis=(1, 2)).all()


@pytest.mark.parametrize("way", ["bent", "distort_or_redraw"])
def test_most_digits_are_still_read_by_a_network_that_never_saw_such(way, digits, lines):
    network = Predictor((SHIPPED / "cnn-larger" / "model.tflite").read_bytes())
    images = (
        augmentation.distort_all(digits, random())
        if way == "bent"
        else augmentation.distort_or_redraw(digits, lines, random())
    )
    read = network.predict(images).argmax(axis=1)
    assert (read == digits.labels).mean() > 0.85


def test_redrawn_digits_are_laid_out_as_mnist_is(digits, lines):
    drawn = augmentation.redraw(lines, np.arange(COUNT), digits.labels, random())
    longer = [max(bounds(image)) for image in drawn]
    assert np.mean(np.abs(np.array(longer) - 20) <= 1) > 0.95
    mass = drawn.astype(float)
    for axis in (1, 2):
        middle = (mass.sum(axis=3 - axis) @ np.arange(28)) / mass.sum(axis=(1, 2))
        assert np.mean(np.abs(middle - 14) <= 1) > 0.9


@pytest.mark.parametrize("width", [2.0, 3.0, 5.0])
def test_a_pen_is_as_wide_as_asked(width):
    line = np.stack([np.full(40, 14.0), np.linspace(4, 24, 40)], axis=1)[None].astype(np.float32)
    spacing = np.full(1, 20 / 39, np.float32)
    real, pen = np.ones((1, 40), bool), np.full(1, width, np.float32)
    strength = augmentation.render_ink(line, real, pen, spacing)[0]
    assert strength[14].sum() == pytest.approx(width, abs=0.3)
    assert strength[14] @ np.arange(28) / strength[14].sum() == pytest.approx(14, abs=0.01)
    assert strength[0].max() == 0


def test_bending_without_ink_stays_without_ink():
    assert augmentation.distort(np.zeros((2, 28, 28), np.uint8), random()).max() == 0
