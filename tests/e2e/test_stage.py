"""The stage in a browser: what is above the fold, the ghost pen, and drawing by keyboard."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import FloatRect, Locator, Page, ViewportSize, expect

from tests.e2e.app import PHONE, App
from tests.e2e.test_draw import DIGITS, Stroke, answer, canvas, draw, ink, press, settle
from tests.serving import Server

SMALL_PHONE = {**PHONE, "viewport": {"width": 390, "height": 660}}
ON_ITS_SIDE: ViewportSize = {"width": 844, "height": 390}
SMALLEST: ViewportSize = {"width": 360, "height": 640}


def box(element: Locator) -> FloatRect:
    found = element.bounding_box()
    assert found is not None
    return found


def boxes(app: App) -> dict[str, FloatRect]:
    """Where the pen, the network and the answer are."""
    return {
        "pen": box(canvas(app)),
        "flow": box(app.page.locator(".st-key-network-flow .picture")),
        "answer": box(app.page.get_by_role("status").locator(".reading")),
    }


def assert_in_sight(app: App, *names: str) -> None:
    size = app.page.viewport_size
    assert size is not None
    for name, found in boxes(app).items():
        if name in names:
            assert found["y"] >= 0, (name, found)
            assert found["y"] + found["height"] <= size["height"], (name, found)
            assert found["x"] + found["width"] <= size["width"], (name, found)
    assert app.page.locator("[data-testid=stMain]").evaluate("main => main.scrollTop") == 0


@pytest.mark.parametrize("path", ["", "draw"])
def test_pen_flow_and_answer_are_in_one_window(app: App, path: str) -> None:
    app.page.set_viewport_size({"width": 1280, "height": 900})
    app.open(path)
    draw(app, DIGITS[7])
    assert_in_sight(app, "pen", "flow", "answer")
    cards = app.page.locator(".st-key-next-steps a")
    assert path or box(cards.last)["y"] + box(cards.last)["height"] <= 900


@pytest.mark.browser_context_args(**SMALL_PHONE)
@pytest.mark.parametrize("path", ["", "draw"])
def test_on_a_phone_all_is_in_one_window_upright_and_on_its_side(app: App, path: str) -> None:
    app.open(path)
    before = box(canvas(app))
    draw(app, DIGITS[7])
    assert_in_sight(app, "pen", "flow", "answer")
    found = boxes(app)
    assert found["answer"]["y"] + found["answer"]["height"] <= found["pen"]["y"]
    bars = box(app.page.locator(".st-key-probability_bars .bars"))
    assert found["pen"]["y"] + found["pen"]["height"] <= bars["y"] <= found["flow"]["y"]
    # Nothing moved under the pen.
    assert found["pen"] == before
    # All pages by their names, in one row, each large enough for a finger.
    links = app.page.locator(".st-key-navigation-row a")
    assert len({round(box(link)["y"]) for link in links.all()}) == 1
    assert min(box(link)["height"] for link in links.all()) >= 44
    assert box(links.last)["x"] + box(links.last)["width"] <= 390
    assert links.first.inner_text() == "Home"
    # Turned on its side, pen and answer are beside each other.
    app.page.set_viewport_size(ON_ITS_SIDE)
    app.wait_idle()
    assert_in_sight(app, "pen", "flow", "answer")
    found = boxes(app)
    assert found["pen"]["x"] + found["pen"]["width"] < found["answer"]["x"]

    app.page.set_viewport_size(SMALLEST)
    app.wait_idle()
    assert_in_sight(app, "pen", "flow")
    found = boxes(app)
    assert found["pen"]["x"] >= 0
    assert found["pen"]["width"] == 320


@pytest.fixture
def visit(page: Page, server: Server) -> Iterator[App]:
    """A visitor for whom the ghost pen may write."""
    app = App(page, server.url, with_ghost=True)
    yield app
    assert app.unexpected_errors() == []


def ghost(app: App) -> Locator:
    return app.page.locator(".overlay .ghost")


def test_a_ghost_pen_writes_until_the_canvas_is_touched_and_once_a_visit(visit: App) -> None:
    app = visit
    app.open()
    expect(ghost(app)).to_be_visible()
    expect(answer(app)).to_contain_text("a 3")
    expect(answer(app)).to_contain_text("a 7")
    assert ink(app) == 0
    app.page.mouse.move(box(canvas(app))["x"] + 100, box(canvas(app))["y"] + 100)
    app.page.mouse.down()
    expect(ghost(app)).to_be_hidden()
    app.page.mouse.up()
    settle(app)
    press(app, "Clear")
    expect(answer(app)).to_have_count(0)
    app.open("draw")
    app.page.wait_for_timeout(5000)
    expect(ghost(app)).to_be_hidden()
    # Where the next digit is only begun, the answer to the last one has gone.
    write_like_a_ghost(app, DIGITS[7][0])
    expect(answer(app)).to_contain_text("a 7")
    write_like_a_ghost(app, DIGITS[1][0][:1])
    expect(answer(app)).to_have_count(0)


def write_like_a_ghost(app: App, stroke: Stroke) -> None:
    app.page.evaluate(
        """stroke => document.dispatchEvent(new CustomEvent("ghost-strokes",
            {detail: {strokes: [stroke], brush: 20}}))""",
        [list(point) for point in stroke],
    )


@pytest.mark.browser_context_args(reduced_motion="reduce")
def test_no_ghost_pen_where_motion_is_to_be_reduced(visit: App) -> None:
    visit.open()
    expect(visit.page.get_by_text("The network runs in your browser")).to_be_visible()
    visit.page.wait_for_timeout(5000)
    expect(ghost(visit)).to_be_hidden()


def test_the_invitation_goes_and_comes_back_and_a_digit_is_drawn_by_keyboard(app: App) -> None:
    app.open("draw")
    words = app.page.get_by_text("Draw a digit here")
    expect(words).to_be_visible()
    (x, y), *_ = DIGITS[1][0]
    app.page.mouse.move(box(canvas(app))["x"] + x, box(canvas(app))["y"] + y)
    app.page.mouse.down()
    expect(words).to_be_hidden()
    app.page.mouse.move(box(canvas(app))["x"] + x, box(canvas(app))["y"] + 250, steps=5)
    app.page.mouse.up()
    settle(app)
    expect(words).to_be_hidden()
    press(app, "Clear")
    expect(words).to_be_visible()

    # By keyboard; the answer is announced.
    app.page.get_by_role("application", name=re.compile("^Canvas")).focus()
    keys = app.page.keyboard
    for _ in range(5):
        keys.press("ArrowLeft")
    keys.press("Space")
    for _ in range(12):
        keys.press("ArrowRight")
    # Down and to the left: two arrows at once.
    keys.down("ArrowDown")
    for _ in range(9):
        keys.press("ArrowLeft")
    keys.up("ArrowDown")
    for _ in range(8):
        keys.press("ArrowDown")
    expect(app.page.get_by_role("status")).to_contain_text("a 7")
    keys.press("Space")
    settle(app)
    expect(answer(app)).to_contain_text("a 7")
    expect(answer(app)).to_have_attribute("aria-live", "polite")
    assert ink(app) > 1000
    # The page stayed where it was.
    assert app.page.locator("[data-testid=stMain]").evaluate("main => main.scrollTop") == 0
