"""The map in a browser: point, draw around, open; by mouse, by keyboard and by finger."""

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
    expect(app.page.get_by_role("heading", name="selected")).to_be_visible()
    tile = app.page.locator(".digits button").first
    number = (tile.get_attribute("aria-label") or "").split(",")[0].removeprefix("Test image ")
    tile.click()
    app.wait_idle()
    assert f"set=test&index={number}" in app.page.url
    expect(app.page.get_by_role("img", name=f"Element {number},")).to_be_visible()


@pytest.mark.browser_context_args(**PHONE)
def test_a_finger_points_at_a_dot_then_draws_around_a_cloud(app: App) -> None:
    app.open("browse?view=map&way=pca")
    left, top, size = _around(app)
    app.page.touchscreen.tap(left + size * 0.5, top + size * 0.5)
    expect(app.page.locator(".open")).to_be_visible()
    assert app.page.evaluate("document.documentElement.scrollWidth") <= 390
    app.page.get_by_role("button", name="Select with your finger").tap()
    left, top, size = _around(app)
    line = [(0.45, 0.45), (0.6, 0.45), (0.6, 0.6), (0.45, 0.6), (0.45, 0.46)]
    places = [(left + size * across, top + size * down) for across, down in line]
    before = app.page.get_by_test_id("stMain").evaluate("e => e.scrollTop")
    with app.fingers() as fingers:
        fingers("touchStart", places[0])
        for place in places[1:]:
            fingers("touchMove", place)
        fingers("touchEnd")
    assert app.page.get_by_test_id("stMain").evaluate("e => e.scrollTop") == before
    app.wait_idle()
    heading = app.page.get_by_role("heading", name="images selected")
    expect(heading).to_be_visible()
    assert int(heading.inner_text().split(" ")[0].replace(",", "")) > 20


def test_the_rings_follow_a_change_of_theme_and_the_map_the_keyboard(app: App) -> None:
    app.page.emulate_media(color_scheme="light")
    app.open("browse?view=map&way=umap&colour=mlp-800-sgd")
    shades = """canvas => {
        const pen = canvas.getContext("2d");
        const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
        let [dark, light] = [0, 0];
        for (let at = 0; at < data.length; at += 4) {
            if (data[at + 3] < 200) continue;
            const colour = data.slice(at, at + 3);
            dark += Math.max(...colour) < 60;
            light += Math.min(...colour) > 200;
        }
        return [dark, light];
    }"""
    dark, light = app.page.locator(".dots").evaluate(shades)
    assert dark > 100 > light
    app.page.emulate_media(color_scheme="dark")
    app.page.wait_for_timeout(500)
    dark, light = app.page.locator(".dots").evaluate(shades)
    assert light > 100 > dark

    # By keyboard alone.
    app.page.locator(".over").focus()
    app.page.keyboard.press("ArrowRight")
    expect(app.page.get_by_text("read as")).to_be_visible()
    app.page.keyboard.press("Space")
    expect(app.page.get_by_role("heading", name="60 images selected")).to_be_visible()
    app.wait_idle()
    app.page.keyboard.press("Enter")
    app.wait_idle()
    assert "set=test" in app.page.url
