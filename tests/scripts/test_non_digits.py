import numpy as np
import pytest

from mnist_core.data import centre_lines
from scripts import make_non_digits


@pytest.fixture(scope="module")
def lines():
    return centre_lines.load()


@pytest.mark.parametrize(
    "kind", [*make_non_digits.KINDS, *make_non_digits.LETTERS, *make_non_digits.SHAPES], ids=str
)
def test_each_kind_is_drawn_and_laid_out_like_a_drawing(kind, lines):
    images = make_non_digits.generate(6, lines, np.random.default_rng(0), kinds=[kind])
    assert images.shape == (6, 28, 28)
    assert images.dtype == np.uint8
    assert (images.max(axis=(1, 2)) > 100).all()
    # Each is another one.
    assert len({image.tobytes() for image in images}) == 6
    inked = (images > 50).any(axis=0)
    assert not inked[0].any()


def test_the_same_seed_gives_the_same_images(lines):
    once, again = (make_non_digits.generate(20, lines, np.random.default_rng(3)) for _ in range(2))
    assert (once == again).all()


def test_no_letter_is_one_that_is_a_digit_in_some_hands():
    assert not set("OoDIlSsZzGbqgB") & set(make_non_digits.LETTERS)
