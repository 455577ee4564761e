"""What is on a canvas: one digit, two, only dots; and each step of the preparation."""

import numpy as np
import pytest
from numpy.typing import NDArray

from mnist_core.drawing import canvas_digits, mnist_image, pen
from mnist_core.drawing.dots import OnlyDots

SEVEN = [
    np.array([(60, 60), (140, 60), (100, 130), (80, 200)], float),
    np.array([(70, 130), (130, 127)], float),
]
ONE = [np.array([(240, 70), (236, 210)], float)]
BRUSH = 16


def canvas(strokes: list[NDArray[np.float64]]) -> NDArray[np.uint8]:
    return pen.painted(strokes, BRUSH, (320, 320)).astype(np.uint8) * 255


def test_strokes_are_read_where_they_are_known() -> None:
    (seven,) = canvas_digits.find(canvas(SEVEN), SEVEN, BRUSH)
    assert np.array_equal(seven.image, mnist_image.from_strokes(SEVEN, BRUSH))
    (seen,) = canvas_digits.find(canvas(SEVEN))
    assert np.array_equal(seen.image, mnist_image.to_mnist(canvas(SEVEN)))


def test_two_digits_are_separated_each_with_its_ink() -> None:
    whole = canvas([*SEVEN, *ONE])
    seven, one = canvas_digits.find(whole, [*ONE, *SEVEN], BRUSH)
    assert len(seven.strokes) == 2
    assert np.array_equal(one.image, mnist_image.from_strokes(ONE, BRUSH))
    assert np.array_equal(seven.canvas, canvas(SEVEN))
    assert np.array_equal(np.maximum(seven.canvas, one.canvas), whole)


def test_dots_are_no_digit() -> None:
    dots = [np.array([(x, 50.0), (x + 2, 50.0)]) for x in (40, 200)]
    with pytest.raises(OnlyDots, match="only dots"):
        canvas_digits.find(canvas(dots), dots, BRUSH)


def test_an_empty_canvas_is_blank() -> None:
    with pytest.raises(mnist_image.BlankDrawing):
        canvas_digits.find(np.zeros((320, 320), np.uint8))


def test_every_step_of_the_preparation_goes_further() -> None:
    (seven,) = canvas_digits.find(canvas(SEVEN), SEVEN, BRUSH)
    steps = canvas_digits.preparation_steps(seven)
    assert tuple(steps) == ("shrunk", "cropped", "boxed", "centred", "redrawn")
    for image in steps.values():
        assert image.shape == (28, 28)
        assert image.dtype == np.float32
        assert image.min() == 0
        assert 0.5 < image.max() <= 1
    tall = {name: int(np.ptp(np.flatnonzero(steps[name].max(axis=1) > 0.2))) for name in steps}
    assert tall["shrunk"] < tall["boxed"] < tall["cropped"] == 27
    assert np.array_equal(steps["centred"], mnist_image.to_mnist(canvas(SEVEN)))
    assert np.array_equal(steps["redrawn"], seven.image)


def test_without_strokes_the_steps_end_with_what_the_network_gets() -> None:
    (seven,) = canvas_digits.find(canvas(SEVEN))
    *_, last = canvas_digits.preparation_steps(seven).items()
    assert last[0] == "centred"
    assert np.array_equal(last[1], seven.image)
