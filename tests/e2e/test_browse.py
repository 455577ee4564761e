"""Browse in a browser: what is seen, clicked, typed and gone back to."""

from io import BytesIO

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Locator, expect

from mnist_core.data import dataset
from tests.e2e.app import PHONE, App

FOCUSED = "document.activeElement.shadowRoot?.activeElement?.ariaLabel"


def _grey(element: Locator) -> NDArray[np.float64]:
    """How an element looks, 0 (black) to 255 (white)."""
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    assert box is not None
    # Where it is painted: what begins between two pixels of the screen is moved to the nearest.
    left, top, width, height = (round(box[side]) for side in ("x", "y", "width", "height"))
    picture = element.page.screenshot(clip={"x": left, "y": top, "width": width, "height": height})
    return np.asarray(Image.open(BytesIO(picture)).convert("L"), np.float64)


def _ink(element: Locator, pixel: int) -> NDArray[np.float64]:
    """How much ink lies on each of an element's 28 × 28 squares, 0..255, by its looks."""
    grey = _grey(element)[: 28 * pixel, : 28 * pixel].reshape(28, pixel, 28, pixel)
    # Pixels stay pixels: a square has one colour.
    assert np.ptp(grey, axis=(1, 3)).max() <= 2
    seen = grey.mean(axis=(1, 3))
    paper, ink = seen[0, 0], seen.min() if seen[0, 0] > 128 else seen.max()
    return (seen - paper) / (ink - paper) * 255


def test_element_500_by_a_click_its_pixels_and_its_784_numbers(app: App) -> None:
    app.open("browse?view=pages&set=test&index=3")
    app.page.get_by_role("button", name="500: a 3 or a 2?").click()
    app.wait_idle()
    expect(app.page.get_by_text("Three? Or maybe two?")).to_be_visible()
    assert "set=train" in app.page.url
    assert "index=500" in app.page.url
    expect(app.page.get_by_role("heading", name="Labelled 3")).to_be_visible()
    expect(app.page.get_by_role("button", name="Element 500, labelled 3")).to_have_attribute(
        "aria-current", "true"
    )
    large = app.page.get_by_role("img", name="Element 500")
    pixels = dataset.load("train").images[500]
    row, column = np.argwhere(pixels == 255)[0].tolist()
    large.hover(position={"x": column * 10 + 5, "y": row * 10 + 5})
    expect(app.page.get_by_text(f"row {row}, column {column}: 255 of 255")).to_be_visible()
    app.explore("Its 784 numbers")
    table = app.page.get_by_role("table")
    cells = table.get_by_role("cell").all_inner_texts()
    assert [int(cell) for cell in cells] == pixels.ravel().tolist()
    # All 28 columns are in sight: nothing is cut off.
    hidden = "table => table.parentElement.scrollWidth - table.parentElement.clientWidth"
    assert table.evaluate(hidden) <= 0


def test_the_screen_shows_the_pixels_of_mnist_in_the_theme_of_the_moment(app: App) -> None:
    app.page.emulate_media(color_scheme="dark")
    app.open("browse?set=train&index=500")
    images = dataset.load("train").images
    large = app.page.get_by_role("img", name="Element 500, labelled 3")
    tile = app.page.get_by_role("button", name="Element 513,").locator(".ink")

    def shows_its_pixels() -> bool:
        right: bool = np.abs(_ink(large, 10) - images[500]).max() < 4
        return right and np.abs(_ink(tile, 2) - images[513]).max() < 4

    assert shows_its_pixels()
    assert _grey(large)[5, 5] < 60
    app.page.emulate_media(color_scheme="light")
    expect(app.page.get_by_test_id("stApp")).to_have_css("background-color", "rgb(251, 250, 247)")
    assert shows_its_pixels()
    assert _grey(large)[5, 5] > 200


def test_the_gallery_opens_an_element_that_is_found_on_the_way_back_and_later(app: App) -> None:
    app.open("browse?set=test")
    app.page.get_by_role("button", name="Element 8,").click()
    app.wait_idle()
    expect(app.page.get_by_role("heading", name="Labelled 5")).to_be_visible()
    expect(app.page.get_by_role("spinbutton")).to_have_value("8")
    app.page.get_by_role("button", name="Next", exact=True).click()
    app.wait_idle()
    assert "index=9" in app.page.url
    app.page.go_back()
    app.wait_idle()
    expect(app.page.get_by_role("spinbutton")).to_have_value("8")
    app.page.go_forward()
    app.wait_idle()
    expect(app.page.get_by_role("spinbutton")).to_have_value("9")
    app.page.get_by_role("link", name="Mistakes").click()
    app.wait_idle()
    app.page.get_by_role("link", name="Browse").click()
    app.wait_idle()
    expect(app.page.get_by_role("spinbutton")).to_have_value("9")
    assert app.page.url.endswith("/browse?view=element&set=test&index=9")
    app.page.get_by_role("button", name="Next", exact=True).click()
    expect(app.page.get_by_role("spinbutton")).to_have_value("10")


def test_quick_clicks_all_count_and_never_jump_back(app: App) -> None:
    app.open("browse?index=10")
    field = app.page.get_by_role("spinbutton")
    for _ in range(5):
        app.page.get_by_role("button", name="Next", exact=True).click()
    app.wait_idle()
    expect(field).to_have_value("15")
    assert "index=15" in app.page.url
    for _ in range(5):
        app.page.get_by_role("button", name="Previous", exact=True).click()
    expect(field).to_have_value("10")
    app.wait_idle()
    field.evaluate("""one => {
        const watch = () => {
            window.shown ??= [];
            if (window.shown.at(-1) !== Number(one.value)) window.shown.push(Number(one.value));
            requestAnimationFrame(watch);
        };
        watch();
    }""")
    for _ in range(8):
        app.page.get_by_role("button", name="Increment").click()
    app.wait_idle()
    expect(app.page.get_by_role("img", name="Element 18,")).to_be_visible()
    shown = app.page.evaluate("window.shown")
    assert shown == sorted(shown)
    assert shown[-1] == 18
    assert "index=18" in app.page.url
    app.page.get_by_role("button", name="Next", exact=True).click()
    expect(field).to_have_value("19")
    app.page.get_by_role("button", name="Decrement").click()
    app.wait_idle()
    expect(app.page.get_by_role("img", name="Element 18,")).to_be_visible()


def test_a_number_typed_right_or_wrong_or_reached_by_arrow_keys(app: App) -> None:
    app.open("browse?index=500")
    field = app.page.get_by_role("spinbutton", name="Element, 0 to 59,999")
    field.fill("31,415")
    app.page.keyboard.press("Enter")
    app.wait_idle()
    expect(app.page.get_by_role("img", name="Element 31415,")).to_be_visible()
    expect(field).to_have_value("31415")
    assert "index=31415" in app.page.url
    field.fill("7")
    app.page.keyboard.press("Tab")
    app.wait_idle()
    expect(app.page.get_by_role("img", name="Element 7,")).to_be_visible()
    app.page.go_back()
    app.wait_idle()
    expect(field).to_have_value("31415")
    field.fill("1")
    app.page.keyboard.press("Enter")
    app.wait_idle()
    for _ in range(3):
        app.page.keyboard.press("ArrowDown")
    expect(field).to_have_value("0")
    app.wait_idle()
    assert "index=0" in app.page.url
    expect(app.page.get_by_role("button", name="Decrement")).to_be_disabled()
    app.page.keyboard.press("ArrowUp")
    app.page.keyboard.press("ArrowUp")
    app.wait_idle()
    expect(app.page.get_by_role("img", name="Element 2,")).to_be_visible()
    expect(field).to_be_focused()
    field.hover()
    app.page.mouse.wheel(0, 200)
    expect(field).to_have_value("2")

    # What is no element stays in the field, with the reason.
    for text, reason in (
        ("60000", "Choose from 0 to 59,999."),
        ("-1", "Choose from 0 to 59,999."),
        ("1.5", "That is not a whole number."),
        ("five", "That is not a whole number."),
        ("9" * 400, "Choose from 0 to 59,999."),
    ):
        field.fill(text)
        app.page.keyboard.press("Enter")
        expect(app.page.get_by_text(reason)).to_be_visible()
        expect(field).to_have_value(text)
    app.wait_idle()
    assert "index=2" in app.page.url
    app.page.keyboard.press("Escape")
    expect(field).to_have_value("2")
    expect(app.page.get_by_text("Choose from 0 to")).to_have_count(0)
    field.fill("")
    app.page.keyboard.press("Tab")
    expect(field).to_have_value("2")

    # What is being typed survives a page that arrives.
    following = app.page.get_by_role("button", name="Next", exact=True)
    field.select_text()
    # A click by script leaves the focus, and what is selected, where they are.
    following.evaluate("button => button.click()")
    expect(field).to_have_value("3")
    app.page.keyboard.type("77")
    following.evaluate("button => button.click()")
    expect(app.page.get_by_role("img", name="Element 4,")).to_be_visible()
    app.wait_idle()
    expect(field).to_have_value("77")
    app.page.keyboard.press("Enter")
    app.wait_idle()
    assert "index=77" in app.page.url


def test_steps_of_one_digit_end_with_its_last(app: App) -> None:
    threes = np.flatnonzero(dataset.load("test").labels == 3)
    app.open(f"browse?set=test&digit=3&index={threes[-3] + 1}")
    for _ in range(2):
        app.page.get_by_role("button", name="Previous 3").click()
    expect(app.page.get_by_role("spinbutton")).to_have_value(str(threes[-4]))
    for _ in range(6):
        app.page.get_by_role("button", name="Next 3").dispatch_event("click")
    expect(app.page.get_by_role("spinbutton")).to_have_value(str(threes[-1]))
    expect(app.page.get_by_role("button", name="Next 3")).to_be_disabled()


def test_another_page_of_one_digit_and_its_tiles_by_keyboard(app: App) -> None:
    app.open("browse?view=pages&set=test")
    app.page.get_by_role("radio", name="4", exact=True).click()
    app.wait_idle()
    app.page.get_by_role("button", name="Page 2", exact=True).click()
    app.wait_idle()
    fours = np.flatnonzero(dataset.load("test").labels == 4)
    expect(app.page.locator(".digits button").first).to_have_attribute(
        "aria-label", f"Element {fours[100]}, labelled 4"
    )
    assert "digit=4" in app.page.url
    assert "page=2" in app.page.url
    app.page.locator(".digits button").first.focus()
    app.page.keyboard.press("ArrowRight")
    app.page.keyboard.press("ArrowDown")
    app.page.keyboard.press("ArrowUp")
    focused = app.page.evaluate(FOCUSED)
    assert focused == f"Element {fours[101]}, labelled 4"
    app.page.keyboard.press("Enter")
    app.wait_idle()
    assert f"index={fours[101]}" in app.page.url
    assert app.page.evaluate(FOCUSED) == focused


@pytest.mark.browser_context_args(**PHONE)
def test_a_finger_opens_an_element_sees_it_and_reads_its_pixels(app: App) -> None:
    app.open("browse?set=test")
    tile = app.page.get_by_role("button", name="Element 11,")
    assert tile.evaluate("one => Math.min(one.offsetWidth, one.offsetHeight)") >= 44
    tile.tap()
    app.wait_idle()
    large = app.page.get_by_role("img", name="Element 11,")
    expect(large).to_be_in_viewport()
    large.tap(position={"x": 145, "y": 95})
    value = int(dataset.load("test").images[11][9, 14])
    # It stays to be read.
    expect(app.page.get_by_text(f"row 9, column 14: {value} of 255")).to_be_visible()
