"""Changing images: what must come out exactly, and what must stay the same."""

import numpy as np
import pytest

from mnist_core.analysis.transforms import affine, blurred, noisy, thicker
from mnist_core.data import dataset


@pytest.fixture(scope="module")
def images():
    return dataset.load("test").images[:20]


def test_no_change_is_no_change(images):
    for changed in (affine(images), noisy(images, 0), blurred(images, 0), thicker(images, 0)):
        assert np.array_equal(changed, images)


def test_a_whole_shift_moves_the_pixels_and_loses_what_leaves(images):
    moved = affine(images, right=3, down=-2)
    assert np.array_equal(moved[:, :-2, 3:], images[:, 2:, :-3])
    assert not moved[:, -2:].any()
    assert not moved[:, :, :3].any()


def test_quarter_turns_are_exact(images):
    assert np.array_equal(affine(images, turn=90), np.rot90(images, -1, axes=(1, 2)))
    assert np.array_equal(affine(images, turn=-90), np.rot90(images, 1, axes=(1, 2)))
    assert np.array_equal(affine(images, turn=180), images[:, ::-1, ::-1])


def test_half_a_pixel_is_the_mean_of_two(images):
    moved = affine(images, right=0.5).astype(float)
    mean = (images[:, :, 1:].astype(float) + images[:, :, :-1]) / 2
    assert np.abs(moved[:, :, 1:] - mean).max() <= 0.5


def test_size_goes_about_the_centre():
    image = np.zeros((1, 28, 28), np.uint8)
    image[0, 10:18, 10:18] = 255
    for size in (0.5, 2.0):
        rows, columns = np.nonzero(affine(image, size=size)[0] > 127)
        assert np.ptp(rows) + 1 == np.ptp(columns) + 1 == 8 * size
        assert rows.mean() == columns.mean() == 13.5


def test_a_size_of_zero_is_an_error(images):
    with pytest.raises(ValueError, match="above 0"):
        affine(images, size=0)


def test_far_outside_there_is_paper(images):
    assert not affine(images, right=40).any()


def test_noise_is_as_wide_as_asked_and_repeatable():
    grey = np.full((50, 28, 28), 128, np.uint8)
    noise = noisy(grey, 0.1)
    assert noise.std() / 255 == pytest.approx(0.1, abs=0.002)
    assert np.array_equal(noise, noisy(grey, 0.1))


def test_blur_keeps_the_ink_and_has_the_width_asked():
    dot = np.zeros((1, 28, 28), np.uint8)
    dot[0, 14, 14] = 255
    weights = blurred(dot, 1.0)[0].astype(float)
    assert weights[14, 14] == round(255 * (1 / np.sqrt(2 * np.pi)) ** 2)
    assert np.array_equal(weights, weights.T)


def test_thickness_in_pixels():
    line = np.zeros((1, 28, 28), np.uint8)
    line[0, 4:24, 13:16] = 200
    for pixels in (-2, 2, 4):
        assert (thicker(line, pixels)[0, 14] > 0).sum() == 3 + pixels
    assert thicker(line, 1)[0, 14, 12] == 100
    assert thicker(line, -1)[0, 14, 13] == 100


def test_the_original_is_not_changed(images):
    before = images.copy()
    for change in (lambda: affine(images, turn=10), lambda: thicker(images, 3)):
        change()
    assert np.array_equal(images, before)
