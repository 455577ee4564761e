"""Exploring deeper: from a first look to a view, on to another and back; on a phone from a list."""

import pytest
from playwright.sync_api import expect

from tests.e2e.app import PHONE, App


def test_deeper_by_keyboard_on_by_mouse_and_back_again(app: App) -> None:
    app.open("browse?index=500&digit=3")
    views = app.page.get_by_role("navigation", name="Explore deeper")
    expect(views.get_by_role("button")).to_have_count(0)
    views.locator("summary").focus()
    app.page.keyboard.press("Enter")
    views.get_by_role("button", name="How it is prepared").focus()
    app.page.keyboard.press("Enter")
    app.wait_idle()
    expect(
        app.page.get_by_role("heading", name="What a network receives of this 3")
    ).to_be_in_viewport()
    assert app.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0
    assert app.page.url.endswith("/browse?view=preparation&set=train&index=500")
    views.get_by_role("button", name="Map").click()
    app.wait_idle()
    assert "view=map" in app.page.url
    expect(views.get_by_role("button", name="Map")).to_have_attribute("aria-current", "page")
    app.page.go_back()
    app.wait_idle()
    expect(views.locator("[aria-current]")).to_have_text("How it is prepared")
    views.locator(".back").click()
    app.wait_idle()
    expect(views.locator("summary")).to_be_visible()
    assert "index=500" in app.page.url


@pytest.mark.browser_context_args(**PHONE)
def test_on_a_phone_views_are_a_list(app: App) -> None:
    app.open("browse?view=map")
    views = app.page.get_by_role("combobox", name="Explore deeper")
    box = views.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    expect(app.page.locator(".row .group").first).to_be_hidden()
    assert len(views.get_by_role("option").all()) >= 6
    views.select_option("In numbers")
    app.wait_idle()
    expect(app.page.get_by_role("heading", name="Average and typical")).to_be_visible()
    assert "view=shape" in app.page.url
