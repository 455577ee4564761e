import numpy as np
import pytest

from mnist_core.data import centre_lines, dataset


@pytest.fixture(scope="module")
def lines():
    return centre_lines.load()


def test_there_is_a_line_for_every_training_digit(lines):
    assert len(lines) == dataset.TRAINING_IMAGES
    counts = np.diff(lines.starts)
    assert counts.min() > 0
    assert lines.longest == counts.max()
    assert lines.points.dtype == np.float32


def test_a_line_lies_in_the_ink_of_its_digit(lines):
    images = dataset.load("train").images
    some = np.arange(0, 60_000, 601)
    points, real = lines.padded(some)
    for image, place, is_point in zip(images[some], points, real, strict=True):
        x, y = np.rint(place[is_point]).astype(int).T
        assert (image[y, x] > 0).mean() > 0.97


def test_lines_of_several_digits_are_padded_to_one_length(lines):
    points, real = lines.padded(np.array([0, 500, 59_999]))
    assert points.shape == (3, lines.longest, 2)
    assert real.sum(axis=1).tolist() == [
        lines.starts[i + 1] - lines.starts[i] for i in (0, 500, 59_999)
    ]
    assert (points[0, real[0].sum() :] == points[0, real[0].sum() - 1]).all()


def test_points_are_about_the_stated_distance_apart(lines):
    points, real = lines.padded(np.arange(0, 60_000, 999))
    for place, is_point in zip(points, real, strict=True):
        own = place[is_point].astype(float)
        apart = np.hypot(*(own[:, None] - own[None]).T)
        np.fill_diagonal(apart, np.inf)
        assert 0.5 <= np.mean(apart.min(axis=0)) <= centre_lines.SPACING + 0.1
