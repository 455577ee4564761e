"""The map and more like this in a browser: point, draw around, open, go on."""

import pytest
from playwright.sync_api import expect

from tests.e2e.app import PHONE, App


def _around(app: App) -> tuple[float, float, float]:
    app.page.locator(".over").scroll_into_view_if_needed()
    box = app.page.locator(".over").bounding_box()
    assert box is not None
    return box["x"], box["y"], box["width"]


def test_point_at_a_dot_then_draw_around_a_cloud(app: App) -> None:
    app.open("browse?view=map&way=pca")
    left, top, size = _around(app)
    app.page.mouse.move(left + size * 0.5, top + size * 0.5)
    expect(app.page.get_by_text("labelled")).to_be_visible()
    app.page.mouse.down()
    for across, down in ((0.6, 0.5), (0.6, 0.6), (0.5, 0.6), (0.5, 0.5)):
        app.page.mouse.move(left + size * across, top + size * down, steps=4)
    app.page.mouse.up()
    app.wait_idle()
    expect(app.page.get_by_role("heading", name="in your cloud")).to_be_visible()
    tile = app.page.locator(".digits button").first
    number = (tile.get_attribute("aria-label") or "").split(",")[0].removeprefix("Test image ")
    tile.click()
    app.wait_idle()
    assert f"set=test&index={number}" in app.page.url
    expect(app.page.get_by_role("img", name=f"Element {number},")).to_be_visible()


def test_the_map_by_keyboard_alone(app: App) -> None:
    app.open("browse?view=map&colour=mlp-784")
    app.page.locator(".over").focus()
    app.page.keyboard.press("ArrowRight")
    expect(app.page.get_by_text("read as")).to_be_visible()
    app.page.keyboard.press("Space")
    app.wait_idle()
    expect(app.page.get_by_role("heading", name="60 images in your cloud")).to_be_visible()
    app.page.keyboard.press("Enter")
    app.wait_idle()
    assert "set=test" in app.page.url


@pytest.mark.browser_context_args(**PHONE)
def test_a_finger_points_at_a_dot(app: App) -> None:
    app.open("browse?view=map&way=pca")
    left, top, size = _around(app)
    app.page.touchscreen.tap(left + size * 0.5, top + size * 0.5)
    expect(app.page.locator(".open")).to_be_visible()
    assert app.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_more_like_this_goes_on_from_image_to_image(app: App) -> None:
    app.open("browse?view=alike&index=500")
    expect(app.page.get_by_role("heading", name="Alike to a network")).to_be_visible()
    tile = app.page.get_by_role("group").nth(0).locator("button").first
    number = (tile.get_attribute("aria-label") or "").split(",")[0].removeprefix("Element ")
    tile.click()
    app.wait_idle()
    assert f"index={number}" in app.page.url
    expect(app.page.get_by_role("img", name=f"Element {number},")).to_be_visible()
