"""Doubtful labels in a browser: guess, see the label, go to the next; open one of the ranking."""

import pytest
from playwright.sync_api import expect

from mnist_core.data import doubtful_labels
from mnist_core.networks import recipes
from tests.e2e.app import PHONE, App


def test_guess_first_then_see_the_label(app: App) -> None:
    app.open("browse?view=doubtful")
    expect(app.page.get_by_role("img", name="A digit to guess")).to_be_visible()
    expect(app.page.get_by_text("Labelled 3")).to_have_count(0)
    app.page.get_by_role("button", name="2", exact=True).first.click()
    app.wait_idle()
    expect(app.page.get_by_role("heading", name="Labelled 3: you guessed 2")).to_be_visible()
    # A row for each network, below the heads.
    expect(app.page.get_by_role("row")).to_have_count(1 + len(recipes.SHIPPED))
    expect(app.page.get_by_text("said 2")).to_be_visible()
    app.page.get_by_role("button", name="Next image").click()
    app.wait_idle()
    expect(app.page.get_by_role("heading", name="What would you say this is?")).to_be_visible()
    assert "guess=2" in app.page.url


def test_the_ranking_opens_an_element_and_the_way_back_is_open(app: App) -> None:
    app.open("browse?view=doubtful")
    most = int(doubtful_labels.load().order[0])
    app.page.get_by_role("button", name=f"Element {most}, labelled 4, number 1 in doubt").click()
    app.wait_idle()
    expect(app.page.get_by_role("img", name=f"Element {most}, labelled 4")).to_be_visible()
    assert f"index={most}" in app.page.url
    app.page.go_back()
    app.wait_idle()
    expect(app.page.get_by_role("heading", name="The most doubtful labels")).to_be_visible()


@pytest.mark.browser_context_args(**PHONE)
def test_a_finger_can_guess(app: App) -> None:
    app.open("browse?view=doubtful&guess=2")
    button = app.page.get_by_role("button", name="7", exact=True).first
    assert button.evaluate("one => Math.min(one.offsetWidth, one.offsetHeight)") >= 44
    button.tap()
    app.wait_idle()
    expect(app.page.get_by_role("heading", name="Labelled 4: you guessed 7")).to_be_visible()
    assert app.page.evaluate("document.documentElement.scrollWidth") <= 390
