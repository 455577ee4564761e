"""The home page in a browser."""

import pytest
from playwright.sync_api import expect

from tests.e2e.app import PHONE, App

SCROLLS_SIDEWAYS = """() => ["html", "[data-testid=stMain]"]
    .map(part => document.querySelector(part))
    .some(element => element.scrollWidth > element.clientWidth)"""


def test_its_pictures_are_drawn_and_it_leads_to_every_page(app: App) -> None:
    app.open()
    pictures = app.page.locator(".picture")
    expect(pictures).to_have_count(4)
    for picture in pictures.all():
        assert picture.evaluate("one => one.offsetWidth") == 252
        assert len(set(picture.screenshot())) > 100  # more than one colour
    for question, path in (
        ("What is in MNIST?", "/browse"),
        ("How does a network learn?", "/train"),
        ("Can it read yours?", "/draw"),
        ("What does it get wrong?", "/mistakes"),
    ):
        app.page.get_by_role("link", name=question).click()
        app.wait_idle()
        expect(app.page.get_by_role("heading", level=1)).to_have_text(question)
        assert app.page.url == app.url + path
        app.page.get_by_role("link", name="Digit Lab").click()
        app.wait_idle()


@pytest.mark.browser_context_args(**PHONE)
def test_no_page_scrolls_sideways_on_a_phone(app: App) -> None:
    for path in ("", "browse?index=500", "mistakes", "mistakes?label=4"):
        app.open(path)
        assert not app.page.evaluate(SCROLLS_SIDEWAYS), path
