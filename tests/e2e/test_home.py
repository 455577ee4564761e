"""The home page in a browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.app import PHONE, App

SCROLLS_SIDEWAYS = """() => ["html", "[data-testid=stMain]"]
    .map(part => document.querySelector(part))
    .some(element => element.scrollWidth > element.clientWidth)"""


def test_it_leads_to_every_page(app: App) -> None:
    app.open()
    for name, question, path in (
        ("Browse", "What is in MNIST?", "/browse"),
        ("Train one yourself", "How does a network learn?", "/train?recipe=quick"),
        ("Try to fool it", "Can it read yours?", "/draw?view=fool&model=cnn-larger"),
        ("Meet its mistakes", "What does it get wrong?", "/mistakes?model=cnn-larger"),
    ):
        app.page.get_by_role("link", name=name).click()
        app.wait_idle()
        expect(app.page.get_by_role("heading", level=1)).to_have_text(question)
        # A page adds which of its views it shows.
        assert re.sub(r"view=(train|mistake)&", "", app.page.url) == app.url + path
        app.page.get_by_role("link", name="Home", exact=True).click()
        app.wait_idle()


@pytest.mark.browser_context_args(**PHONE)
def test_no_page_scrolls_sideways_on_a_phone(app: App) -> None:
    app.open()
    for path in ("", "browse?index=500", "mistakes", "mistakes?label=4"):
        app.go(path)
        assert not app.page.evaluate(SCROLLS_SIDEWAYS), path
