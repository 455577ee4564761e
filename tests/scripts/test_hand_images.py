import numpy as np
import pytest

from scripts import hand_images, written_strokes

DIGITS = [digit for digit in range(10) for _ in range(12)]


def written(seed):
    random = np.random.default_rng(seed)
    return [written_strokes.write(digit, random) for digit in DIGITS]


def test_every_way_to_write_is_strokes_in_a_box():
    for digit, ways in written_strokes.WAYS.items():
        for model, weight in ways:
            assert weight > 0
            points = np.concatenate([np.array(s) for s in model(np.random.default_rng(digit))])
            assert points.shape[1] == 2
            assert points.min() > -1
            assert points.max() < 2
    for strokes in written(0):
        assert all(np.isfinite(stroke).all() and len(stroke) > 4 for stroke in strokes)


def test_a_point_given_twice_is_a_corner_and_others_are_round():
    def sharpest(control):
        stroke = written_strokes.smooth(np.array(control, float), np.random.default_rng(0))
        steps = np.diff(stroke, axis=0)
        steps = steps[np.hypot(*steps.T) > 1e-9]
        turns = np.diff(np.unwrap(np.arctan2(*steps.T)))
        return np.abs(turns).max()

    assert sharpest([(0, 0), (1, 0), (1, 0), (1, 1)]) > 0.8
    assert sharpest([(0, 0), (1, 0), (1, 1)]) < 0.6


def test_what_is_drawn_is_laid_out_as_in_mnist():
    images = hand_images.draw_all(written(1), np.random.default_rng(1))
    assert images.shape == (len(DIGITS), 28, 28)
    assert images.dtype == np.uint8
    extents = [np.ptp(np.argwhere(image > 40), axis=0).max() + 1 for image in images]
    assert np.abs(np.median(extents) - 20) <= 1
    grid = np.arange(28)
    for axis in (1, 2):
        mass = images.sum(axis=3 - axis) @ grid / images.sum(axis=(1, 2))
        assert np.abs(mass - 14).max() <= 1


def test_each_drawing_is_another_and_the_same_seed_gives_the_same():
    strokes = written(2)[:1] * 8
    once, again = (hand_images.draw_all(strokes, np.random.default_rng(5)) for _ in range(2))
    assert (once == again).all()
    assert len({image.tobytes() for image in once}) == 8
    plain = hand_images.draw_all(strokes, np.random.default_rng(5), 0.0)
    # Without variation only the pens differ.
    assert len({image.tobytes() for image in plain}) < 8


@pytest.mark.parametrize(
    "strokes",
    [
        [np.array([[3.0, 4.0]])],
        [np.array([[0.0, 0.0], [0.0, 0.0]])],
        [np.array([[0.0, 0.0], [1e-9, 0.0], [5.0, 0.0]]), np.array([[9.0, 9.0]])],
    ],
    ids=["dot", "still", "line and dot"],
)
def test_dots_are_drawn_too(strokes):
    image = hand_images.draw_all([strokes], np.random.default_rng(0))[0]
    assert 0 < (image > 100).sum() < 200
