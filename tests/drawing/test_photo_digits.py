"""Digits on photos, found in bad light, on lined paper and among other things, if there are any."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image, ImageDraw

from benchmarks.paint_scenes import PAINT, scan
from benchmarks.photo_scenes import PHOTOS, Digit, Scene
from benchmarks.photos import GROUNDS, overlap, pen_strokes, take
from mnist_core.data import dataset
from mnist_core.drawing import mnist_image, photo, photo_digits
from mnist_core.drawing.photo_digits import CANVAS, NoDigit
from mnist_core.models import store


@pytest.fixture(scope="module")
def predictor():
    return store.open_model("cnn-larger")


def sheet(light=235, size=(600, 800)):
    return np.full((*size, 3), light, np.uint8)


def write(paper, index, *, at=(250, 350), scale=4, ink=40):
    """A test image, enlarged, written on paper with its top left corner at a place."""
    large = Image.fromarray(dataset.load("test").images[index]).resize((28 * scale,) * 2)
    strength = (np.asarray(large, np.float32) / 255)[..., None]
    top, left = at
    window = paper[top : top + 28 * scale, left : left + 28 * scale]
    window[:] = window * (1 - strength) + ink * strength
    return paper


def read(predictor, found):
    return int(predictor.predict(mnist_image.to_mnist(found.canvas)[None]).argmax())


@pytest.mark.parametrize("ink", [20, 60, 120, 170])
@pytest.mark.parametrize("light", [255, 210])
def test_dark_ink_on_light_paper_is_found_and_read(predictor, light, ink):
    found = photo_digits.find(write(sheet(light), 0, ink=ink))
    assert len(found) == 1
    top, left, bottom, right = found[0].box
    assert 250 <= top < bottom <= 362
    assert 350 <= left < right <= 462
    assert found[0].canvas.shape == (CANVAS, CANVAS)
    assert read(predictor, found[0]) == 7


@pytest.mark.parametrize("index", range(10))
def test_chalk_on_a_board_is_read(predictor, index):
    found = photo_digits.find(write(sheet(40), index, ink=230))
    assert read(predictor, found[0]) == dataset.load("test").labels[index]


def test_an_image_of_mnist_itself_is_read(predictor):
    digits = dataset.load("test")
    for image, label in zip(digits.images[:20], digits.labels[:20], strict=True):
        picture = np.asarray(Image.fromarray(image).resize((400, 400)).convert("RGB"))
        assert read(predictor, photo_digits.find(picture)[0]) == label


def test_a_shadow_across_the_digit_does_not_matter(predictor):
    paper = write(sheet(), 0, scale=8, at=(180, 280))
    paper[:, 400:] = paper[:, 400:] // 2
    found = photo_digits.find(paper)
    assert read(predictor, found[0]) == 7
    assert found[0].box[3] > 420


def test_ruled_and_squared_paper_is_left_out(predictor):
    paper = sheet()
    paper[20::40] = paper[21::40] = (150, 170, 220)
    paper[:, 15::40] = paper[:, 16::40] = (150, 170, 220)
    found = photo_digits.find(write(paper, 0, scale=6, ink=20))
    assert read(predictor, found[0]) == 7
    high = found[0].box[2] - found[0].box[0]
    assert high < 28 * 6


def test_the_table_beside_the_paper_is_no_digit(predictor):
    paper = write(sheet(), 0)
    paper[:, :60] = paper[550:] = (50, 40, 30)
    assert read(predictor, photo_digits.find(paper)[0]) == 7


def test_several_digits_are_separated_the_middle_one_first(predictor):
    paper = sheet()
    for number, index in enumerate((1, 0, 4)):
        write(paper, index, at=(250, 100 + 230 * number))
    found = photo_digits.find(paper)
    said = [read(predictor, one) for one in found]
    assert said[0] == 7
    assert sorted(said) == [2, 4, 7]


def test_the_bar_of_a_five_belongs_to_it():
    picture = Image.fromarray(sheet())
    pen = ImageDraw.Draw(picture)
    pen.line([(360, 200), (350, 290)], fill=(30, 30, 30), width=12)
    pen.arc((330, 270, 440, 400), 200, 500, fill=(30, 30, 30), width=12)
    pen.line([(378, 195), (450, 188)], fill=(30, 30, 30), width=12)
    (found,) = photo_digits.find(np.asarray(picture))
    assert found.box[1] < 340
    assert found.box[3] > 445


def test_a_thin_pen_s_strokes_become_as_thick_as_mnist_s():
    picture = Image.fromarray(sheet())
    ImageDraw.Draw(picture).line([(400, 200), (400, 400)], fill=(30, 30, 30), width=6)
    (found,) = photo_digits.find(np.asarray(picture))
    width = (found.canvas[CANVAS // 2] > 127).sum()
    assert 0.09 * 200 < width < 0.17 * 200


BLANK = {
    "paper": lambda random: np.full((400, 600, 3), 230),
    "noisy paper": lambda random: random.normal(200, 8, (400, 600, 3)),
    "a shadow": lambda random: (
        np.where(np.arange(600)[None, :, None] > 300, 120, 230) + np.zeros((400, 1, 3))
    ),
    "a slope of light": lambda random: (
        np.linspace(60, 250, 600)[None, :, None] + np.zeros((400, 1, 3))
    ),
    "lines alone": lambda random: (
        np.where(np.arange(400)[:, None, None] % 40 < 2, 150, 230) + np.zeros((1, 600, 3))
    ),
    "black": lambda random: np.zeros((400, 600, 3)),
}


@pytest.mark.parametrize("kind", BLANK)
def test_a_photo_without_a_digit_says_so(kind):
    blank = BLANK[kind](np.random.default_rng(0)).clip(0, 255).astype(np.uint8)
    why = "too dark" if kind == "black" else "No digit was found"
    with pytest.raises(NoDigit, match=why):
        photo_digits.find(blank)


@given(arrays(np.uint8, st.tuples(st.integers(4, 40), st.integers(4, 40), st.just(3))))
@settings(max_examples=25)
def test_any_picture_is_read_or_refused(pixels):
    enlarged = -(-400 // max(pixels.shape))
    pixels = pixels.repeat(enlarged, axis=0).repeat(enlarged, axis=1)
    try:
        found = photo_digits.find(pixels)
    except NoDigit:
        return
    assert 1 <= len(found) <= photo_digits.MOST
    for one in found:
        top, left, bottom, right = one.box
        assert 0 <= top < bottom <= pixels.shape[0]
        assert 0 <= left < right <= pixels.shape[1]
        assert one.canvas.max() > 0


def test_made_photos_are_found_and_read(predictor):
    """The benchmark's photos, so that it measures what it says; its figure is elsewhere."""
    digits = dataset.load("train")
    read_correctly = {ground: [] for ground in GROUNDS}
    seed = 1000
    while min(map(len, read_correctly.values())) < 4:
        seed += 1
        random = np.random.default_rng(seed)
        shot = take(pen_strokes(digits.images[seed], random), random)
        if len(shots := read_correctly[shot.ground]) == 4:
            continue
        picture = photo.read(shot.data)
        first = photo_digits.find(picture)[0]
        high, wide = picture.shape[:2]
        box = tuple(np.array(first.box) / (high, wide, high, wide))
        found = overlap(box, shot.box) > 0.5
        shots.append(found and read(predictor, first) == digits.labels[seed])
    assert min(map(sum, read_correctly.values())) >= 3, read_correctly


@pytest.mark.parametrize("scene", [scan, *PAINT, *PHOTOS], ids=lambda scene: scene.__name__)
def test_every_kind_of_picture_is_read(predictor, scene: Scene):
    """A clear digit of each kind; how many of many is the benchmark's business."""
    digits = dataset.load("train")
    random = np.random.default_rng(2)
    ink = pen_strokes(digits.images[3], random)
    picture = photo.read(scene(Digit(None, ink), random))
    assert read(predictor, photo_digits.find(picture)[0]) == digits.labels[3]


@pytest.mark.parametrize(("gap", "count"), [(-2, 4), (4, 8), (20, 8)])
def test_digits_of_a_row_are_all_read_close_apart_or_touching(predictor, gap, count):
    digits = dataset.load("test")
    paper, left, indices = sheet(), 60, (0, 1, 4, 2, 15, 17, 0, 9)[:count]
    for index in indices:
        columns = np.flatnonzero(digits.images[index].max(axis=0) > 80)
        cut = np.ascontiguousarray(paper[:, left - 4 * columns[0] :])
        paper[:, left - 4 * columns[0] :] = np.minimum(cut, write(cut.copy(), index, at=(250, 0)))
        left += 4 * (columns[-1] + 1 - columns[0]) + gap
    found = photo_digits.find(paper)
    (row,) = photo_digits.rows([one.box for one in found])
    said = [read(predictor, found[position]) for position in row]
    assert said == [digits.labels[index] for index in indices]


def test_a_page_of_digits_is_read_row_by_row(predictor):
    digits = dataset.load("test")
    paper = sheet(size=(700, 1000))
    for number in range(40):
        write(paper, number, at=(20 + 130 * (number // 8), 40 + 115 * (number % 8)), scale=3)
    found = photo_digits.find(paper)
    rows = photo_digits.rows([one.box for one in found])
    assert len(rows) == 5
    said = ["".join(str(read(predictor, found[position])) for position in row) for row in rows]
    written = ["".join(map(str, digits.labels[8 * row : 8 * row + 8])) for row in range(5)]
    assert sum(one == other for one, other in zip(said, written, strict=True)) >= 4


def box(top: int, left: int, high: int = 40) -> tuple[int, int, int, int]:
    return top, left, top + high, left + 30


def test_rows_are_read_from_top_to_bottom_and_left_to_right() -> None:
    boxes = [box(105, 200), box(0, 100), box(100, 0), box(8, 0), box(95, 100), box(4, 300)]
    assert photo_digits.rows(boxes) == [[3, 1, 5], [2, 4, 0]]


def test_a_row_may_climb() -> None:
    boxes = [box(200 - 15 * number, 50 * number) for number in range(8)]
    assert photo_digits.rows(boxes) == [list(range(8))]


def test_something_low_beside_a_tall_digit_is_in_its_row() -> None:
    assert photo_digits.rows([box(0, 0, 100), box(60, 50, 30)]) == [[0, 1]]


numbers = st.integers(0, 500)


@given(st.lists(st.tuples(numbers, numbers, st.integers(1, 99), st.integers(1, 99)), max_size=20))
def test_every_box_is_read_once(corners: list[tuple[int, int, int, int]]) -> None:
    boxes = [(top, left, top + high, left + wide) for top, left, high, wide in corners]
    read = [position for row in photo_digits.rows(boxes) for position in row]
    assert sorted(read) == list(range(len(boxes)))
