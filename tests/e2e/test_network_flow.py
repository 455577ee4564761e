"""The network at work, explained by pointing: by mouse, by keyboard and by finger."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.app import PHONE, App
from tests.e2e.test_draw import DIGITS, draw, settle
from tests.e2e.test_live_reader import by_mouse, changed, open_drawing

FLOW = ".st-key-network-flow"

# Where the middle of a value lies in the page: of the map in a slot of a column.
_PLACE = """(canvas, [column, slot, x, y]) => {
    const { layout } = canvas.getRootNode().querySelector(".flow").flow;
    const { slots, pixel, cell, isMap } = layout.columns.at(column);
    const at = slots.at(slot);
    const box = canvas.getBoundingClientRect();
    const middle = isMap ? [(x + 0.5) * pixel, (y + 0.5) * pixel] : cell.map(side => side / 2);
    return [box.left + at.x + middle[0], box.top + at.y + middle[1]];
}"""
# What is drawn there.
_VALUE = """(canvas, [column, slot, x, y]) => {
    const { flow } = canvas.getRootNode().querySelector(".flow");
    const { size: [across, down], isMap } = flow.layout.columns.at(column);
    const { values } = flow.shown.columns[column - 1];
    return values[isMap ? (slot * down + y) * across + x : slot];
}"""
Spot = tuple[int, int, int, int]


def picture(app: App) -> Locator:
    return app.page.locator(f"{FLOW} canvas").first


def place(app: App, spot: Spot) -> tuple[float, float]:
    x, y = picture(app).evaluate(_PLACE, list(spot))
    return x, y


def panel(app: App) -> Locator:
    return app.page.locator(f"{FLOW} .panel")


def figures(app: App) -> dict[str, float]:
    """The figures of the panel by name; of several of a name the last."""
    found: list[list[str]] = (
        panel(app)
        .locator("dl > div")
        .evaluate_all("all => all.map(one => [...one.children].map(part => part.textContent))")
    )
    return {name: float(text.replace("−", "-")) for name, text in found if "%" not in text}


def drawn(app: App, spot: Spot) -> float:
    value: float = picture(app).evaluate(_VALUE, list(spot))
    return value


def near(one: float, other: float) -> bool:
    """Figures have two digits after the point."""
    return abs(one - other) < 0.021


def test_a_square_says_what_it_multiplies_by_mouse_and_by_keyboard(app: App) -> None:
    open_drawing(app)
    draw(app, DIGITS[3])
    spots: tuple[Spot, ...] = (
        (1, 2, 12, 6),
        (2, 0, 5, 5),
        (3, 1, 4, 4),
        (4, 1, 2, 2),
        (5, 3, 0, 0),
    )
    for spot in spots:
        app.page.mouse.move(*place(app, spot))
        expect(panel(app)).to_be_visible()
        app.page.wait_for_function(
            """spot => document.querySelector(".st-key-network-flow [data-testid^=stBidi]")
                .shadowRoot.querySelector(".flow").flow.explained""",
            arg=None,
        )
        told = figures(app)
        if "sum" in told:
            assert near(told["sum"] + told["+ bias"], told["="]), told
            assert near(told["below 0 becomes 0"], max(0, told["="])), told
        assert near(list(told.values())[-1], drawn(app, spot)), (spot, told)
    app.page.mouse.move(*place(app, (-1, 3, 0, 0)))
    expect(panel(app)).to_contain_text("Answer, the digit 3")
    # Four neurons that spoke for it, and four against it.
    expect(panel(app).locator("li")).to_have_count(8)
    expect(panel(app)).to_contain_text("%")
    app.page.mouse.move(5, 5)
    expect(panel(app)).to_be_hidden()

    # All maps of a layer are a click away.
    app.page.locator(FLOW).get_by_role("button", name="Layer 2").click()
    expect(panel(app)).to_contain_text("Layer 2: All 15 maps")
    panel(app).locator("canvas").click(position={"x": 20, "y": 20})
    expect(panel(app)).to_contain_text("Layer 2, map 1,")
    panel(app).get_by_role("button", name="Close").click()
    expect(panel(app)).to_be_hidden()

    # The keyboard goes from square to square and hears the figures.
    canvas = picture(app)
    expect(canvas).to_have_attribute("aria-label", re.compile("puts strokes together.* a 3"))
    canvas.focus()
    titles: list[str] = []
    for key in ["ArrowRight"] * 34 + ["ArrowDown"] * 3:
        app.page.keyboard.press(key)
        title = panel(app).locator(".title")
        # It comes with its figures.
        expect(title).not_to_have_text(titles[-1] if titles else "")
        titles.append(title.inner_text())
    assert len(set(titles)) == len(titles), titles
    assert titles[0] == "Image, row 15, column 15"
    assert any(title.startswith("Layer 1, map") for title in titles)
    announced = app.page.locator(f"{FLOW} .announced")
    expect(announced).to_contain_text("Layer 1, map")
    expect(announced).to_contain_text("below 0 becomes 0")
    app.page.keyboard.press("Escape")
    expect(panel(app)).to_be_hidden()


def test_what_is_clicked_at_stays_and_its_figures_follow_the_pen(app: App) -> None:
    open_drawing(app)
    draw(app, DIGITS[1])
    app.page.mouse.click(*place(app, (-1, 7, 0, 0)))
    told = panel(app).inner_text()
    for _ in by_mouse(app, [(70, 80), (120, 76), (160, 74), (200, 72), (240, 70)] * 2):
        told = changed(app, panel(app).inner_text, told)
    app.page.mouse.up()
    settle(app)
    expect(panel(app)).to_be_visible()
    panel(app).get_by_role("button", name="Close").click()
    expect(panel(app)).to_be_hidden()


@pytest.mark.browser_context_args(**PHONE)
def test_a_finger_points_at_the_weights_of_a_dense_network(app: App) -> None:
    open_drawing(app, "draw?model=mlp-784")
    draw(app, DIGITS[3])
    picture(app).scroll_into_view_if_needed()
    app.page.touchscreen.tap(*place(app, (1, 1, 0, 0)))
    expect(panel(app)).to_contain_text(re.compile(r"Layer 1, neuron \d+"))
    told: dict[str, Any] = figures(app)
    assert near(told["speaks for it"] + told["speaks against it"], told["sum"])
    assert near(list(told.values())[-1], drawn(app, (1, 1, 0, 0)))
    box = panel(app).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert picture(app).evaluate("canvas => canvas.clientHeight") <= 150
    close = panel(app).get_by_role("button", name="Close").bounding_box()
    assert close is not None
    assert close["height"] >= 44
