"""The card to take home: a picture that can be read and printed."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from mnist_core.data import dataset
from mnist_core.handwriting import fool_card
from mnist_core.handwriting.fooling import Attempt


def _card(said: int = 2, model: str = "A simple convolution") -> Image.Image:
    image = dataset.load("test").images[0]
    chances = np.full(10, 0.02)
    chances[said] = 0.82
    ink = np.pad(np.kron(image, np.ones((10, 10), np.uint8)), 20)
    card = Image.open(BytesIO(fool_card.picture(Attempt(ink, image, 7, chances, model))))
    card.load()
    return card


def test_it_is_a_postcard_of_300_dots_an_inch_and_small_enough_to_send():
    card = _card()
    assert (card.format, card.size) == ("PNG", fool_card.SIZE)
    assert card.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    file = BytesIO()
    card.save(file, "PNG")
    assert file.tell() < 200_000


def test_the_drawing_is_dark_ink_on_light_paper():
    drawing = np.asarray(_card().convert("L"))[93:897, 93:897]
    image = dataset.load("test").images[0]
    assert np.median(drawing) > 240
    # As much ink as in the image, in its place.
    small = np.asarray(Image.fromarray(255 - drawing).resize((32, 32), Image.Resampling.BOX))
    assert np.corrcoef(small[2:30, 2:30].ravel(), image.ravel())[0, 1] > 0.9


def test_it_shows_what_the_network_saw_as_it_was_fed_in():
    card = np.asarray(_card().convert("L"))
    left, side = 90, 28 * 8
    seen = card[1240 - 90 - side : 1240 - 90, left : left + side][4::8, 4::8]
    assert np.abs(seen.astype(int) - dataset.load("test").images[0]).max() < 12


def _right_half(card: Image.Image) -> np.ndarray:
    return np.asarray(card.convert("L"))[:, 980:]


def test_another_answer_is_another_card_also_in_black_and_white():
    one, other = _right_half(_card(2)), _right_half(_card(3))
    # The answer is written, and the longest bar is another.
    assert (np.abs(one.astype(int) - other) > 60)[300:640].any()
    assert (np.abs(one.astype(int) - other) > 60)[660:].sum() > 5_000


def test_a_long_name_stays_on_the_card():
    card = _right_half(_card(model="the network that I trained on a rainy Sunday afternoon " * 2))
    assert (card[:, -80:] > 240).all()
    assert (card[326:376] < 140).any()


def test_on_the_screen_it_is_smaller_and_its_letters_are_smooth():
    file = BytesIO()
    _card().save(file, "PNG")
    small = Image.open(BytesIO(fool_card.shrunk(file.getvalue(), 680)))
    assert (small.format, small.size) == ("PNG", (680, 482))
    # Between ink and paper there is grey.
    assert len(small.getcolors(1 << 20) or []) > 64
