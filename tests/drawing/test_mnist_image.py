"""A drawing comes out the way MNIST was made; whatever is no drawing is refused in a sentence."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from mnist_core.data import dataset
from mnist_core.drawing import mnist_image

SHAPES = st.tuples(st.integers(1, 40), st.integers(1, 40)).flatmap(
    lambda sides: st.sampled_from([sides, (*sides, 3), (*sides, 4)])
)


def seven(left: int = 60, top: int = 40) -> NDArray[np.uint8]:
    """A barred 7, about 130 pixels high, with soft edges, on a canvas of 280 x 280."""
    picture = Image.new("L", (1120, 1120))
    pen = ImageDraw.Draw(picture)
    for stroke in ([(0, 0), (80, 0), (30, 120)], [(20, 60), (75, 60)]):
        pen.line([(4 * (x + left), 4 * (y + top)) for x, y in stroke], fill=255, width=64)
    return np.asarray(picture.reduce(4))


def extent(image: NDArray[np.float32]) -> tuple[int, int]:
    """Height and width of the ink in an image."""
    rows, columns = np.nonzero(image)
    return int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1


def centre_of_mass(image: NDArray[np.float32]) -> NDArray[np.float64]:
    places = np.indices(image.shape).reshape(2, -1)
    return np.asarray(np.average(places, axis=1, weights=image.ravel()))


def brightness(canvas: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Over black, 0 to 255; as televisions weigh the colours."""
    if canvas.ndim == 2:
        return canvas.astype(np.float64)
    alpha = canvas[..., 3] / 255 if canvas.shape[2] == 4 else 1.0
    return np.asarray(canvas[..., :3] @ [0.299, 0.587, 0.114] * alpha)


@given(arrays.arrays(np.uint8, SHAPES))
def test_every_canvas_gives_an_mnist_image_or_is_blank(canvas):
    before = canvas.copy()
    try:
        image = mnist_image.to_mnist(canvas)
    except mnist_image.BlankDrawing:
        assert np.ptp(brightness(canvas)) < 18
        return
    assert image.shape == (28, 28)
    assert image.dtype == np.float32
    assert np.isfinite(image).all()
    assert (image.min(), image.max()) == (0, 1)
    assert max(extent(image)) <= 20
    assert np.array_equal(canvas, before)


@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 40), st.integers(1, 40))))
def test_blank_is_what_has_no_contrast(canvas):
    if np.ptp(canvas) < 16:
        with pytest.raises(mnist_image.BlankDrawing):
            mnist_image.ink(canvas)
    else:
        light, dark = canvas - canvas.min(), canvas.max() - canvas
        assert any(np.array_equal(mnist_image.ink(canvas), ink) for ink in (light, dark))


@given(arrays.arrays(np.uint8, st.tuples(st.integers(3, 40), st.integers(3, 40))))
def test_dark_ink_on_light_is_read_as_light_ink_on_dark(ink):
    canvas = np.pad(ink, 1)
    if ink.max() >= 16:
        assert np.array_equal(mnist_image.to_mnist(255 - canvas), mnist_image.to_mnist(canvas))


@given(st.integers(20, 200), st.integers(20, 200), st.integers(0, 80), st.integers(0, 80))
def test_the_longer_side_is_20_pixels_and_proportions_are_kept(height, width, top, left):
    canvas = np.zeros((280, 280), np.uint8)
    canvas[top : top + height, left : left + width] = 255
    image = mnist_image.to_mnist(canvas)
    tall, wide = extent(image)
    assert max(tall, wide) == 20
    # A part of a pixel at each end.
    shorter = 20 * min(height, width) / max(height, width)
    assert shorter - 1 <= min(tall, wide) <= shorter + 2
    if shorter > 3:
        # Some ink lies on the cells around the box; where it is full it stays full.
        assert image.sum() == pytest.approx(20 * shorter, abs=11)


@given(st.integers(10, 180), st.integers(10, 130))
def test_where_the_digit_is_drawn_makes_no_difference(left, top):
    assert np.array_equal(mnist_image.to_mnist(seven(left, top)), mnist_image.to_mnist(seven()))


@given(
    arrays.arrays(
        np.uint8,
        st.tuples(st.integers(1, 20), st.integers(1, 20)),
        elements=st.integers(60, 255),
    )
)
def test_the_centre_of_mass_rounds_to_pixel_14(ink):
    image = mnist_image.centre(ink.astype(np.float32) / 255)
    assert np.allclose(np.sort(image[image > 0]), np.sort(ink.ravel() / 255))
    rows, columns = np.nonzero(image)
    edges = rows.min(), 27 - rows.max(), columns.min(), 27 - columns.max()
    middle = centre_of_mass(image)
    for axis, room in enumerate((edges[:2], edges[2:])):
        # Float sums may fall on either side of a half.
        assert 13.5 - 1e-4 <= middle[axis] <= 14.5 + 1e-4 or 0 in room


def test_a_digit_with_its_mass_at_one_end_is_not_cut_off():
    digit = np.full((20, 20), 0.01, np.float32)
    digit[-2:, -2:] = 1
    image = mnist_image.centre(digit)
    assert extent(image) == (20, 20)
    assert np.array_equal(image[:20, :20], digit)


def test_colour_alpha_and_a_dark_ground_make_no_difference():
    grey = seven()
    expected = mnist_image.to_mnist(grey)
    white = np.full((280, 280), 255, np.uint8)
    black = np.zeros_like(white)
    same = {
        "colour": np.dstack([grey] * 3),
        "opaque": np.dstack([grey] * 3 + [white]),
        "ink is what is not transparent": np.dstack([white] * 3 + [grey]),
        "hidden colour": np.dstack([np.maximum(grey, 255 * (grey == 0))] * 3 + [255 * (grey > 0)]),
        "on a slate": (grey.astype(np.uint16) * 215 // 255 + 40).astype(np.uint8),
        "faint": grey // 4,
        "one colour of light": np.dstack([grey, black, black]),
    }
    for name, canvas in same.items():
        assert np.abs(mnist_image.to_mnist(canvas.astype(np.uint8)) - expected).max() < 0.03, name


def test_noise_does_not_stretch_the_box():
    noise = np.random.default_rng(0).integers(0, 30, (280, 280))
    noisy = np.maximum(seven(), noise).astype(np.uint8)
    assert np.abs(mnist_image.to_mnist(noisy) - mnist_image.to_mnist(seven())).mean() < 0.02


@pytest.mark.parametrize(
    "canvas",
    [
        np.zeros((280, 280), np.uint8),
        np.full((280, 280), 255, np.uint8),
        np.full((280, 280, 3), 77, np.uint8),
        np.zeros((280, 280, 4), np.uint8),
        np.full((1, 1), 255, np.uint8),
        np.full((280, 280, 4), [255, 255, 255, 0], np.uint8),
        np.random.default_rng(0).integers(0, 15, (280, 280)).astype(np.uint8),
        np.dstack([np.zeros((280, 280, 3), np.uint8), seven()]),
    ],
    ids=["black", "full", "grey", "transparent", "pixel", "invisible", "faint", "black-ink"],
)
def test_no_ink_is_reported_in_a_sentence(canvas):
    with pytest.raises(mnist_image.BlankDrawing, match=r"^There is no ink on the canvas.*\.$"):
        mnist_image.to_mnist(canvas)


@pytest.mark.parametrize(
    ("canvas", "sentence"),
    [
        (np.zeros((280, 280)), "uint8"),
        (np.full((280, 280), np.nan), "uint8"),
        (np.zeros((280, 280), np.int64), "uint8"),
        (np.zeros((280, 280), bool), "uint8"),
        ([[0, 255]], "uint8"),
        (None, "uint8"),
        (np.uint8(7), "uint8"),
        (np.zeros(784, np.uint8), "shape"),
        (np.zeros((28, 28, 1), np.uint8), "shape"),
        (np.zeros((28, 28, 5), np.uint8), "shape"),
        (np.zeros((1, 28, 28, 3), np.uint8), "shape"),
        (np.zeros((0, 280), np.uint8), "high and wide"),
        (np.zeros((280, 0, 4), np.uint8), "high and wide"),
        (np.broadcast_to(np.uint8(9), (4097, 10)), "high and wide"),
        (np.broadcast_to(np.uint8(9), (10, 10**9, 3)), "high and wide"),
    ],
)
def test_what_is_no_canvas_is_refused_in_a_sentence(canvas, sentence):
    with pytest.raises(ValueError, match=rf"^A drawing .*{sentence}.*\.$") as refused:
        mnist_image.to_mnist(canvas)
    assert not isinstance(refused.value, mnist_image.BlankDrawing)


@pytest.mark.parametrize("side", [28, 280, 1000])
def test_one_pixel_stays_a_dot_in_the_middle(side):
    canvas = np.zeros((side, side), np.uint8)
    canvas[side // 3, side - 1] = 200
    image = mnist_image.to_mnist(canvas)
    assert image.max() == 1
    assert max(extent(image)) <= 4
    assert np.allclose(centre_of_mass(image), 14, atol=0.5)


@pytest.mark.parametrize("side", [280, 1000])
def test_a_hair_thin_line_does_not_fade_away(side):
    slanted = np.zeros((side, side), np.uint8)
    places = np.arange(side // 5, side // 2)
    slanted[places * 3 // 2, places] = 255
    image = mnist_image.to_mnist(slanted)
    assert extent(image)[0] == 20
    assert (image.max(axis=1)[image.any(axis=1)] > 0.4).all()
    assert image.sum() < 40


@pytest.mark.parametrize(
    ("resampling", "difference"),
    [
        (Image.Resampling.NEAREST, 0.001),
        (Image.Resampling.BOX, 0.001),
        (Image.Resampling.BICUBIC, 0.021),
    ],
)
def test_an_enlarged_mnist_image_comes_back_nearly_as_it_was(resampling, difference):
    digits = dataset.load("test").images[:500]
    enlarged = [Image.fromarray(digit).resize((280, 280), resampling) for digit in digits]
    back = np.stack([mnist_image.to_mnist(np.asarray(picture)) for picture in enlarged])
    assert np.abs(back - digits / 255).mean() < difference


def test_an_mnist_image_itself_comes_back():
    digits = dataset.load("test").images[:200]
    back = np.stack([mnist_image.to_mnist(digit) for digit in digits])
    assert np.median(np.abs(back - digits / 255).max(axis=(1, 2))) < 0.01


def with_dot(canvas: NDArray[np.uint8], x: int, y: int, radius: int) -> NDArray[np.uint8]:
    picture = Image.fromarray(canvas)
    box = (x - radius, y - radius, x + radius, y + radius)
    ImageDraw.Draw(picture).ellipse(box, fill=255)
    return np.asarray(picture)


@pytest.mark.parametrize("place", [(20, 20), (265, 30), (200, 265), (10, 270)])
@pytest.mark.parametrize("radius", [0, 2, 8])
def test_a_stray_dot_does_not_spoil_the_box(place, radius):
    dotted = with_dot(seven(), *place, radius)
    assert np.allclose(mnist_image.to_mnist(dotted), mnist_image.to_mnist(seven()), atol=1e-6)


def lines(*strokes: list[tuple[int, int]], width: int = 20) -> NDArray[np.uint8]:
    picture = Image.new("L", (320, 320))
    for stroke in strokes:
        ImageDraw.Draw(picture).line(stroke, fill=255, width=width)
    return np.asarray(picture)


APART = {
    "bar of a 5": lines(
        [(120, 60), (115, 140), (180, 150), (200, 210), (110, 250)], [(145, 35), (220, 35)]
    ),
    "bar of a 7": lines([(80, 60), (220, 60), (120, 280)], [(215, 180), (260, 176)]),
    "open 4": lines([(90, 60), (80, 170), (150, 175)], [(200, 50), (190, 280)]),
    "broken 1": lines([(160, 40), (158, 120)], [(157, 150), (150, 280)]),
    "dotted i": lines([(160, 50), (160, 70)], [(157, 110), (150, 260)]),
}


@pytest.mark.parametrize("name", APART)
def test_what_belongs_to_the_digit_stays(name):
    canvas = APART[name]
    assert mnist_image.without_dots(canvas) is canvas


@given(st.integers(0, 2**32 - 1))
def test_dots_are_only_ever_taken_away(seed):
    random = np.random.default_rng(seed)
    canvas = np.zeros((100, 90), np.uint8)
    for _ in range(random.integers(1, 9)):
        y, x, high, wide = random.integers(0, 40, 4)
        canvas[2 * y : 2 * y + high + 1, 2 * x : 2 * x + wide + 1] = random.integers(60, 256)
    left = mnist_image.without_dots(canvas)
    assert ((left == canvas) | (left == 0)).all()
    assert left.any()
    assert mnist_image.without_dots(left) is left or (left != canvas).any()
