"""Mistakes, "Compare networks", in a browser: what is hard for all, and from worst to best."""

import numpy as np
import pytest
from playwright.sync_api import expect

from mnist_core.analysis.comparison import hardness
from mnist_core.data import dataset
from mnist_core.models import store
from mnist_core.networks import recipes
from tests.e2e.app import PHONE, App


def test_from_the_matrix_to_what_is_hard_for_all(app: App) -> None:
    app.open("mistakes")
    app.explore("Compare networks")
    app.page.get_by_role("radio", name="Hard for all of them").click()
    app.wait_idle()
    labels = dataset.load("test").labels
    said = [store.test_probabilities(recipe.name).argmax(axis=1) for recipe in recipes.SHIPPED]
    hard = np.flatnonzero(hardness(said, labels) == len(said))
    expect(app.page.locator(".digits button")).to_have_count(len(hard))
    app.page.locator(".digits button").last.click()
    app.wait_idle()
    expect(app.page.get_by_text(f"Test image {hard[-1]:,} is labelled")).to_be_visible()
    assert "ask=hard" in app.page.url


@pytest.mark.browser_context_args(**PHONE)
def test_the_networks_in_order_on_a_phone_open_a_digit_beside_both(app: App) -> None:
    app.open("mistakes?view=compare&ask=climb")
    app.page.locator(".digits button").first.tap()
    app.wait_idle()
    assert "model=mlp-800-sgd" in app.page.url
    assert "other=mlp-1024-128-64" in app.page.url
    expect(app.page.get_by_text("Second: Three hidden layers")).to_be_visible()
    wide = "document.querySelector('[data-testid=stMain]').scrollWidth > innerWidth"
    assert not app.page.evaluate(wide)
