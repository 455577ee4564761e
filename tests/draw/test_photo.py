"""The view Photo, with files that a test sends."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from mnist_core.data import dataset
from tests.visiting import has, picks, sent, text, visit
from ui.draw import photo


def as_png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def paper(*indices: int) -> bytes:
    """Test images written side by side on a sheet."""
    sheet = np.full((600, 900), 235, np.uint8)
    for number, index in enumerate(indices):
        large = dataset.load("test").images[index].repeat(5, axis=0).repeat(5, axis=1)
        left = 450 - 120 * len(indices) + 240 * number
        window = sheet[230:370, left : left + 140]
        window[:] = np.minimum(window, 255 - large)
    return as_png(Image.fromarray(sheet))


def after(data: bytes) -> AppTest:
    app = visit("draw", view="photo", model="cnn-larger")
    app.file_uploader[0].set_value(("anything.txt", data, "text/plain")).run()
    assert not app.exception, app.exception
    return app


def test_nothing_sent_yet_is_an_invitation_and_no_camera_is_asked_for() -> None:
    app = visit("draw", view="photo")
    assert not app.exception
    assert "Write one digit on paper" in text(app)
    assert len(app.file_uploader) == 1
    assert not app.get("camera_input")


def test_a_digit_is_found_marked_and_read() -> None:
    app = after(paper(0))
    assert sent(app, "seen")["as_fed"]
    bars = sent(app, "probability_bars")
    assert bars["predicted"] == 7


def test_several_digits_are_read_all_at_once_on_their_boxes() -> None:
    app = after(paper(0, 1, 4))
    assert "3 digits were found: **7 2 4**" in text(app)
    boxes = sent(app, "photo-boxes")
    assert [box["reading"] for box in boxes["boxes"]] == ["7", "2", "4"]
    assert "7: a 7" in boxes["boxes"][0]["name"]
    # The one in the middle is opened first.
    assert boxes["selected"] == 1
    assert sent(app, "probability_bars")["predicted"] == 2
    app = picks(app, "photo-boxes", 0)
    assert sent(app, "photo-boxes")["selected"] == 0
    assert sent(app, "probability_bars")["predicted"] == 7


def test_one_digit_s_box_carries_no_number() -> None:
    assert [box["reading"] for box in sent(after(paper(0)), "photo-boxes")["boxes"]] == [""]


@pytest.mark.parametrize(
    ("url", "lent"),
    [
        ("http://192.168.0.7:8501/draw", False),
        ("http://digits.example/draw", False),
        ("https://digits.example/draw", True),
        ("http://localhost:8501/draw", True),
        ("http://127.0.0.1:8501/draw", True),
        (None, True),
    ],
)
def test_a_camera_is_lent_over_https_and_on_this_computer(url: str | None, lent: bool) -> None:
    assert photo._has_camera(url) is lent


MISTAKES = {
    "a text": (b"Dear diary", "This is a text, which cannot be read here"),
    "a damaged one": (paper(0)[:2000], "damaged"),
    "a huge one": (as_png(Image.new("1", (9000, 6000))), "54.0 million pixels"),
    "a blank one": (as_png(Image.new("L", (600, 400), 240)), "No digit was found"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_every_mistake_is_said_in_a_sentence(mistake: str) -> None:
    data, sentence = MISTAKES[mistake]
    app = after(data)
    assert sentence in app.warning[0].value
    assert not has(app, "probability_bars")


def test_a_photo_is_not_stored(models_directory: Path, tmp_path: Path) -> None:
    after(paper(0))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
