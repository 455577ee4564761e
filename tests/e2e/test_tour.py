"""The tour in a browser: it goes on when it has seen the task done, and survives a reload."""

import pytest
from playwright.sync_api import expect

from tests.e2e.app import PHONE, App


@pytest.mark.browser_context_args(**PHONE)
def test_the_tour_by_keyboard_on_a_phone(app: App) -> None:
    # With the keys for letters up, or the browser's bars.
    app.page.set_viewport_size({"width": 390, "height": 560})
    app.open()
    app.page.get_by_role("button", name="Show me, 5 minutes").press("Enter")
    bar = app.page.get_by_role("region", name="Tour")
    expect(bar.get_by_role("status")).to_contain_text("1 of 7")
    # The button was far below the bar.
    expect(bar).to_be_in_viewport(ratio=1)
    # Not seen to be done: there is no way on but to do it, or to leave.
    expect(bar.get_by_role("button")).to_have_count(1)
    app.page.goto(f"{app.url}/questions")
    bar.get_by_role("button", name="Go there").press("Enter")
    expect(app.page.get_by_role("heading", name="How does a machine learn")).to_be_visible()

    # As after the first stop.
    app.page.evaluate("document.cookie = 'digit-lab-tour=3; path=/'")
    app.page.goto(f"{app.url}/browse")
    expect(bar.get_by_role("status")).to_contain_text("3 of 7")
    # What was there on arrival counts for nothing.
    app.page.wait_for_timeout(2500)
    expect(bar.get_by_role("button")).to_have_count(1)
    app.page.get_by_role("button", name="Next", exact=True).press("Enter")
    expect(bar.get_by_role("status")).to_contain_text("Done.")
    bar.get_by_role("button", name="Next").press("Enter")
    expect(app.page.get_by_role("heading", name="How does a network learn?")).to_be_visible()
    expect(bar.get_by_role("status")).to_contain_text("4 of 7")
    assert bar.bounding_box()["height"] <= 52  # type: ignore[index]

    bar.get_by_role("button", name="Leave the tour").press("Enter")
    expect(bar).to_have_count(0)
    app.page.goto(app.url)
    expect(app.page.get_by_role("button", name="Go on with the tour (4 of 7)")).to_be_visible()
