"""A series in a browser: asked for, watched side by side, left, found again."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.app import App

WAIT = 180_000


def ask_for_series(app: App, *, epochs: int, images: int, which: str) -> None:
    app.open("train?recipe=mlp-784")
    for knob, value in (("Epochs", epochs), ("Images to learn from", images)):
        field = app.page.get_by_role("spinbutton", name=knob, exact=True)
        field.fill(str(value))
        field.press("Enter")
        app.wait_idle()
    app.page.get_by_role("button", name="Train a series").click()
    app.page.get_by_role("button", name=re.compile(f"^{which}")).click()
    app.page.wait_for_url(re.compile("series="))


@pytest.mark.trains
def test_a_series_is_watched_left_found_again_and_said(app: App) -> None:
    ask_for_series(app, epochs=2, images=300, which="3 learning rates")
    page = app.page
    expect(page.get_by_text("3 learning rates", exact=False).first).to_be_visible()
    expect(page.get_by_text(re.compile("of 3 done"))).to_be_visible(timeout=WAIT)
    series = re.search("series=([0-9a-f]+)", page.url)
    assert series
    # One of them, and back from there.
    page.get_by_role("link", name="learning rate 0.001", exact=True).click()
    page.wait_for_url(lambda url: "series" not in url)
    page.get_by_role("link", name="Part of a series: compare them side by side").click()
    page.wait_for_url(re.compile(series[0]))
    expect(page.get_by_text(re.compile("^Best: "))).to_be_visible(timeout=WAIT)
    expect(page.get_by_text(re.compile("of 3 done"))).to_have_count(0)
    app.wait_idle()
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
    for rate in ("0.00033", "0.001", "0.003"):
        expect(page.locator(".legendtext", has_text=f"learning rate {rate}").first).to_be_visible()
    app.screenshot("series")
    page.set_viewport_size({"width": 390, "height": 660})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    # By its address alone, and from one of its models.
    app.open(f"train?view=series&{series[0]}")
    expect(page.get_by_text(re.compile("^Best: "))).to_be_visible()
    app.open("train?view=runs&which=here&network=mlp-784&sort=newest")
    link = page.get_by_role("link", name="Part of a series")
    expect(link).to_be_visible()
    link.click()
    page.wait_for_url(re.compile("view=series"))
    expect(page.get_by_text(re.compile("^Best: "))).to_be_visible()
    app.wait_idle()
