"""The other views of Browse in a browser."""

import re

import pytest
from playwright.sync_api import expect

from mnist_core import dataset
from tests.e2e.app import PHONE, App


def _fits(app: App) -> bool:
    """Whether the page needs no sideways scrolling."""
    wider: bool = app.page.get_by_test_id("stMain").evaluate("e => e.scrollWidth > e.clientWidth")
    return not wider


def test_the_pixel_pointed_at_lights_up_in_the_strip(app: App) -> None:
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


def test_the_strip_lights_up_the_square_and_arrow_keys_move_both(app: App) -> None:
    app.open("browse?view=preparation&index=500")
    strip = app.page.get_by_role("slider", name="Place in the list")
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
