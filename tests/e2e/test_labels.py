"""Mistakes, "Is the label wrong?", in a browser."""

import pytest
from playwright.sync_api import expect

from tests.e2e.app import PHONE, App


@pytest.mark.browser_context_args(**PHONE)
def test_a_finger_opens_an_audited_image_and_its_votes(app: App) -> None:
    app.open("mistakes")
    app.explore("Is the label wrong?")
    tiles = app.page.locator(".digits button")
    expect(tiles).to_have_count(15)
    tiles.nth(10).tap()
    app.wait_idle()
    assert "view=labels" in app.page.url
    assert "index=6651" in app.page.url
    expect(app.page.get_by_text("0 chose 0, 5 chose 6, 0 neither")).to_be_visible()
    expect(app.page.get_by_role("img", name="Test image 6651,")).to_be_in_viewport()
    wide = "document.querySelector('[data-testid=stMain]').scrollWidth > innerWidth"
    assert not app.page.evaluate(wide)
