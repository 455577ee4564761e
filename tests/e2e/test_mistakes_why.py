"""Why? in a browser: point at what matters, turn the digit, open another mistake."""

import pytest
from playwright.sync_api import Locator, expect

from mnist_core.analysis.transforms import affine
from mnist_core.data import dataset
from mnist_core.models import store
from tests.e2e.app import PHONE, App
from ui.widgets.probability_bars.probability_bars import finding

ADDRESS = "mistakes?model=mlp-784&view=why&index=2654"


def test_pointing_says_what_covering_does_and_an_image_like_it_opens_on_browse(app: App) -> None:
    app.open(ADDRESS)
    picture = app.page.get_by_role("img", name="What matters in this image.")
    expect(picture).to_be_visible()
    readout = app.page.locator(".occlusion .readout")
    expect(readout).to_have_text("Point at a place to see what covering it does.")
    picture.hover(position={"x": 145, "y": 105})
    expect(readout).to_contain_text("Covered here, 1 falls by")
    picture.focus()
    for _ in range(20):
        app.page.keyboard.press("ArrowLeft")
    expect(readout).to_have_text("Covered here, 1 stays as it is.")
    app.screenshot("mistakes-why")
    tile = app.page.get_by_role("group", name="10 digits, the most similar first").locator("button")
    number = (tile.nth(2).get_attribute("aria-label") or "").split(",")[0].removeprefix("Element ")
    tile.nth(2).click()
    app.wait_idle()
    expect(app.page.get_by_role("heading", name="What is in MNIST?")).to_be_visible()
    expect(app.page.get_by_role("img", name=f"Element {number},")).to_be_visible()
    assert f"view=element&set=train&index={number}" in app.page.url


def test_the_probabilities_follow_the_sliders_and_another_image_begins_as_it_is(app: App) -> None:
    app.open(ADDRESS)
    page = app.page
    says = page.get_by_text("Now it says")
    expect(says).to_have_text("Now it says 1, > 99.9% sure.")
    page.get_by_role("slider", name="Turn it").focus()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    page.get_by_role("slider", name="Shift it down").focus()
    page.keyboard.press("ArrowLeft")
    network, images = store.open_model("mlp-784"), dataset.load("test").images[2654:2655]
    moved = network.predict(affine(images, turn=30, down=-1))[0]
    expect(_bars(app)).to_have_attribute("aria-label", finding(moved.astype(float), 6))
    expect(says).to_contain_text(f"Now it says {moved.argmax()}, ")
    page.get_by_role("button", name="Reset").click()
    expect(says).to_have_text("Now it says 1, > 99.9% sure.")
    slider = page.get_by_role("slider", name="Turn it")
    expect(slider).to_have_value("0")
    app.wait_idle()

    before = _bars(app).get_attribute("aria-label") or ""
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    across, down = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    app.page.mouse.move(across, down)
    app.page.mouse.down()
    app.page.mouse.move(across + 0.35 * box["width"], down, steps=8)
    expect(_bars(app)).not_to_have_attribute("aria-label", before)
    expect(slider).not_to_have_value("0")
    app.page.mouse.up()
    app.wait_idle()

    # Another image begins as it is.
    app.page.get_by_role("button", name="Next mistake").click()
    expect(slider).to_have_value("0")
    app.wait_idle()
    assert "index=2654" not in app.page.url
    expect(app.page.get_by_role("heading", name="Why is this 6 read as a 4?")).to_be_visible()
    number = int(app.page.url.split("index=")[1].split("&")[0])
    answers = store.test_probabilities("mlp-784")[number].astype(float)
    label = int(dataset.load("test").labels[number])
    expect(_bars(app)).to_have_attribute("aria-label", finding(answers, label))

    field = app.page.get_by_role("spinbutton", name="Test image, 0 to 9,999")
    field.fill("8")
    app.page.keyboard.press("Enter")
    app.wait_idle()
    expect(app.page.get_by_role("heading", name="Why is this 5 read")).to_be_visible()
    app.page.get_by_role("button", name="Increment").click()
    app.wait_idle()
    assert "index=9" in app.page.url
    expect(field).to_have_value("9")


def _bars(app: App) -> Locator:
    """The ten probabilities beside the sliders."""
    return app.page.get_by_role("img", name="The network says").nth(1)


@pytest.mark.browser_context_args(**PHONE)
def test_on_a_phone_a_finger_points_and_nothing_sticks_out(app: App) -> None:
    app.open(ADDRESS)
    app.page.get_by_role("img", name="What matters in this image.").tap()
    expect(app.page.locator(".occlusion .readout")).to_contain_text("Covered here")
    assert app.page.evaluate("document.documentElement.scrollWidth") <= 390
