"""A photo of a digit on paper, sent in a real browser; and files that are no photos."""

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

from benchmarks.photos import pen_strokes, take
from mnist_core.data import dataset
from tests.e2e.app import PHONE, App
from tests.e2e.test_draw import answer

# A training image with a clear 3, photographed by these dice.
ELEMENT, SEED = 7, 11


def shot(folder: Path) -> Path:
    random = np.random.default_rng(SEED)
    path = folder / "photo.jpg"
    path.write_bytes(take(pen_strokes(dataset.load("train").images[ELEMENT], random), random).data)
    return path


def send(app: App, file: Path) -> None:
    app.page.locator("input[type=file]").first.set_input_files(file)
    app.wait_idle()


def test_a_photo_is_read_and_the_camera_is_not_asked_for(app: App, tmp_path: Path) -> None:
    app.open("draw?view=photo")
    expect(app.page.get_by_text("Write one digit on paper")).to_be_visible()
    expect(app.page.locator("video")).to_have_count(0)
    send(app, shot(tmp_path))
    expect(answer(app)).to_contain_text("a 3")
    expect(app.page.get_by_role("img", name="a frame around the digit")).to_be_visible()
    expect(app.page.get_by_role("img", name="Your digit as the network gets it")).to_be_visible()


@pytest.mark.browser_context_args(**PHONE)
def test_what_is_no_photo_is_said_in_a_sentence(app: App, tmp_path: Path) -> None:
    app.open("draw?view=photo")
    whole = shot(tmp_path).read_bytes()
    sent = {
        "notes.jpg": (b"Dear diary", "This is a text, which cannot be read here"),
        "half.jpg": (whole[: len(whole) // 2], "damaged"),
        "empty.jpg": (b"", "is empty"),
    }
    for name, (data, sentence) in sent.items():
        file = tmp_path / name
        file.write_bytes(data)
        send(app, file)
        expect(app.page.get_by_role("alert").filter(has_text=sentence)).to_be_visible()
        expect(answer(app)).to_have_count(0)
    assert app.page.evaluate("document.scrollingElement.scrollWidth") <= 390
