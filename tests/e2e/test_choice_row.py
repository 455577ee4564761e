"""Choosing a view: by mouse and keyboard side by side, on a phone from a list."""

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.app import PHONE, App

SEVEN = ("One by one", "Doubtful labels", "More like this", "Map")
_COLOURS = """label => {
    const style = getComputedStyle(label);
    return [style.color, style.backgroundColor];
}"""


def _luminance(colour: str) -> float:
    channels = [int(part) / 255 for part in colour[4:-1].split(",")]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _can_be_read(label: Locator) -> None:
    low, high = sorted(_luminance(colour) for colour in label.evaluate(_COLOURS))
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_views_by_mouse_and_arrow_keys(app: App) -> None:
    app.open("browse?index=500&digit=3")
    views = app.page.get_by_role("radiogroup", name="View").get_by_role("radio")
    expect(views).to_have_count(7)
    app.page.get_by_role("radio", name="Prepared").click()
    app.wait_idle()
    expect(
        app.page.get_by_role("heading", name="What a network receives of this 3")
    ).to_be_visible()
    assert app.page.url.endswith("/browse?view=preparation&set=train&index=500")
    app.page.keyboard.press("ArrowLeft")
    app.wait_idle()
    assert "view=map" in app.page.url
    expect(app.page.get_by_role("radio", name="Map", exact=True)).to_be_checked()
    app.page.go_back()
    app.wait_idle()
    expect(app.page.get_by_role("radio", name="Prepared")).to_be_checked()


def test_the_chosen_one_can_be_read_in_both_themes(app: App) -> None:
    app.page.emulate_media(color_scheme="light")
    app.open("browse")
    chosen = app.page.locator("label", has=app.page.get_by_role("radio", name="One by one"))
    _can_be_read(chosen)
    app.page.emulate_media(color_scheme="dark")
    expect(app.page.get_by_test_id("stApp")).to_have_css("background-color", "rgb(20, 21, 26)")
    _can_be_read(chosen)


@pytest.mark.browser_context_args(**PHONE)
def test_on_a_phone_views_are_a_list(app: App) -> None:
    app.open("browse")
    views = app.page.get_by_role("combobox", name="View")
    box = views.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    expect(app.page.get_by_role("radiogroup", name="View")).to_be_hidden()
    assert views.get_by_role("option").all_inner_texts()[:4] == list(SEVEN)
    views.select_option("In numbers")
    app.wait_idle()
    expect(app.page.get_by_role("heading", name="Average and typical")).to_be_visible()
    assert "view=shape" in app.page.url
