"""The other views of Browse in a browser."""

import re
from io import BytesIO

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Locator, expect

from mnist_core.data import dataset
from tests.e2e.app import PHONE, App


def _fits(app: App) -> bool:
    """Whether the page needs no sideways scrolling."""
    wider: bool = app.page.get_by_test_id("stMain").evaluate("e => e.scrollWidth > e.clientWidth")
    return not wider


def test_pixel_and_strip_light_up_together_by_mouse_and_arrow_keys(app: App) -> None:
    app.open("browse?view=preparation&index=500")
    square = app.page.get_by_role("img", name="Element 500, labelled 3: Divided")
    square.hover(position={"x": 12 * 8 + 4, "y": 9 * 8 + 4})
    value = int(dataset.load("train").images[500][9, 12])
    strip = app.page.get_by_role("slider", name="Place in the list")
    expect(strip).to_have_attribute("aria-valuenow", str(9 * 28 + 12))
    expect(app.page.get_by_text(f"row 9, column 12: {value} →")).to_be_visible()
    box, point = strip.bounding_box(), strip.locator(".point").bounding_box()
    assert box is not None
    assert point is not None
    assert abs(point["x"] + 1.5 - box["x"] - (9 * 28 + 12.5)) <= 1
    strip.click(position={"x": 200.5, "y": 20})
    expect(app.page.get_by_text("row 7, column 4:")).to_be_visible()
    strip.focus()
    app.page.keyboard.press("ArrowDown")
    app.page.keyboard.press("ArrowRight")
    expect(app.page.get_by_text("row 8, column 5:")).to_be_visible()


@pytest.mark.browser_context_args(**PHONE)
def test_the_steps_by_finger(app: App) -> None:
    app.open("browse?view=preparation&index=500")
    app.page.get_by_role("img", name=re.compile("As in the file")).tap(
        position={"x": 100.0, "y": 60.0}
    )
    expect(app.page.get_by_text("row 7, column 12:")).to_be_visible()
    assert _fits(app)


def _sharp(app: App) -> Locator:
    """The sheet's canvas, when it shows all it can show at this size."""
    canvas = app.page.locator(".sheet canvas")
    expect(canvas).to_have_attribute("data-sharp", "true")
    return canvas


def _ink_at(canvas: Locator, left: int, top: int) -> NDArray[np.float64]:
    """112 × 112 screen pixels of the canvas as 28 × 28 amounts of ink, 0..255."""
    grey = np.asarray(Image.open(BytesIO(canvas.screenshot())).convert("L"), np.float64)
    squares = grey[top : top + 112, left : left + 112].reshape(28, 4, 28, 4)
    seen = squares[:, 1:3, :, 1:3].mean(axis=(1, 3))
    seen[:2, :2] = seen[2, 2]  # the canvas has round corners
    paper, ink = seen[2, 2], seen.min()
    return (seen - paper) / (ink - paper) * 255


def test_the_sheet_zooms_to_one_digit_which_opens(app: App) -> None:
    app.open("browse?view=sheets&set=test")
    canvas = _sharp(app)
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    app.page.mouse.move(box["x"] + box["width"] / 3, box["y"] + 1)
    for _ in range(40):
        app.page.mouse.wheel(0, -100)
    expect(canvas).to_have_attribute("data-scale", "112.00")
    for _ in range(8):  # to the left upper corner
        app.page.mouse.move(box["x"] + 10, box["y"] + 10)
        app.page.mouse.down()
        app.page.mouse.move(box["x"] + 900, box["y"] + 300, steps=4)
        app.page.mouse.up()
    app.page.mouse.move(box["x"] + 56, box["y"] + 56)
    expect(app.page.get_by_text("Element 0, labelled 7")).to_be_visible()
    canvas = _sharp(app)
    app.page.mouse.move(box["x"] + 56, box["y"] + 250)
    app.wait_idle()
    assert np.abs(_ink_at(canvas, 0, 0) - dataset.load("test").images[0]).max() < 5
    canvas.click(position={"x": 112 + 56, "y": 56})
    app.wait_idle()
    expect(app.page.get_by_role("heading", name="Labelled 2")).to_be_visible()
    assert "view=element" in app.page.url
    assert "index=1" in app.page.url
    app.page.go_back()
    app.wait_idle()
    # Back where one was: at single digits, in the left upper corner.
    canvas = _sharp(app)
    expect(canvas).to_have_attribute("data-scale", "112.00")
    canvas.hover(position={"x": 112 + 56, "y": 56})
    expect(app.page.get_by_text("Element 1, labelled 2")).to_be_visible()


def test_the_sheet_as_png_and_by_keyboard(app: App) -> None:
    app.open("browse?view=sheets&set=test&order=label")
    with app.page.expect_download() as download:
        app.page.get_by_role("button", name="Download as PNG").click()
    assert download.value.suggested_filename == "mnist-test-label.png"
    with Image.open(download.value.path()) as picture:
        assert picture.size == (2800, 2800)
    canvas = _sharp(app)
    canvas.focus()
    readout = app.page.locator(".sheet .readout")
    # It glides: a press that comes early zooms less far.
    for _ in range(40):
        if "labelled" in readout.inner_text():
            break
        app.page.keyboard.press("+")
        app.page.wait_for_timeout(100)
    _sharp(app)
    expect(readout).to_contain_text("labelled")
    first = readout.inner_text()
    app.page.keyboard.press("ArrowRight")
    app.page.keyboard.press("ArrowDown")
    expect(readout).not_to_have_text(first)
    here = readout.inner_text()
    app.page.keyboard.press("Enter")
    app.wait_idle()
    number, label = re.findall(r"\d+", here)[:2]
    assert f"index={number}" in app.page.url
    expect(app.page.get_by_role("heading", name=f"Labelled {label}")).to_be_visible()


@pytest.mark.browser_context_args(**PHONE)
def test_two_fingers_zoom_the_sheet_about_the_one_that_rests_and_a_tap_opens(app: App) -> None:
    app.open("browse?view=sheets&set=test")
    canvas = _sharp(app)
    canvas.scroll_into_view_if_needed()
    before = float(canvas.get_attribute("data-scale") or "")
    box = canvas.bounding_box()
    assert box is not None
    left, top = box["x"] + 60, box["y"] + 100
    with app.fingers() as fingers:
        fingers("touchStart", (left, top), (left + 20, top))
        for apart in range(30, 210, 10):
            fingers("touchMove", (left, top), (left + apart, top))
        fingers("touchEnd")
    app.wait_idle()
    canvas = _sharp(app)
    assert float(canvas.get_attribute("data-scale") or "") == pytest.approx(10 * before, rel=0.02)
    assert "view=sheets" in app.page.url  # it was no tap
    # The overview of a hundred columns fills the width: what was under the finger still is.
    assert app.page.evaluate("visualViewport.scale") == 1
    assert _fits(app)
    scale = canvas.get_attribute("data-scale") or ""
    app.page.get_by_role("button", name="Zoom in").tap()
    expect(canvas).not_to_have_attribute("data-scale", scale)
    _sharp(app)
    canvas.tap(position={"x": 120.0, "y": 120.0})
    app.wait_idle()
    assert "view=element" in app.page.url


def test_the_shape_of_the_data_and_its_most_typical_seven(app: App) -> None:
    app.open("browse?view=shape&set=test")
    expect(app.page.locator(".chart .bar")).to_have_count(10)
    expect(app.page.locator(".chart .box")).to_have_count(30)
    chart = app.page.get_by_role("img", name="Images of each digit.")
    box = chart.bounding_box()
    assert box is not None
    chart.hover(position={"x": 64 + (box["width"] - 76) * 0.16, "y": 150})
    expect(app.page.get_by_text("1,135 images are labelled 1.")).to_be_visible()
    chart.focus()
    app.page.keyboard.press("ArrowRight")
    expect(app.page.get_by_text("1,032 images are labelled 2.")).to_be_visible()
    app.page.get_by_role("button", name="The most typical 7").click()
    app.wait_idle()
    expect(app.page.get_by_role("heading", name="Labelled 7")).to_be_visible()
    assert "view=element" in app.page.url


@pytest.mark.browser_context_args(**PHONE)
def test_the_shape_of_the_data_on_a_phone(app: App) -> None:
    app.open("browse?view=shape&set=test")
    assert _fits(app)
    app.page.get_by_role("button", name="The average of all 4").tap()
    app.wait_idle()
    assert "digit=4" in app.page.url
