"""Drawing in a real browser: by mouse and finger, undone, cleared, kept, and spoilt on purpose."""

import math
import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.app import PHONE, App

Stroke = Sequence[tuple[float, float]]


def arc(x: float, y: float, wide: float, high: float, begin: float, end: float) -> Stroke:
    """Along an ellipse around a point, from one angle to another; degrees, clockwise from 3 h."""
    angles = [math.radians(begin + (end - begin) * step / 24) for step in range(25)]
    return [(x + wide * math.cos(angle), y + high * math.sin(angle)) for angle in angles]


# As people draw them on a canvas of 320 pixels: a little crooked.
DIGITS: dict[int, Sequence[Stroke]] = {
    0: [arc(165, 160, 62, 96, -80, 290)],
    1: [[(172, 58), (168, 120), (163, 190), (160, 262)]],
    3: [[*arc(150, 108, 56, 50, -150, 80), *arc(152, 208, 66, 56, -80, 150)]],
    7: [[(88, 78), (150, 74), (228, 70), (200, 130), (172, 190), (148, 268)]],
}


def canvas(app: App) -> Locator:
    return app.page.locator("canvas.upper-canvas")


def draw(app: App, strokes: Sequence[Stroke]) -> None:
    """Draw with the mouse, and wait for the answer."""
    mouse_along(app, strokes)
    settle(app)


def mouse_along(app: App, strokes: Sequence[Stroke]) -> None:
    """Draw with the mouse, a point every 20 pixels as a quick hand does."""
    box = canvas(app).bounding_box()
    assert box is not None
    mouse = app.page.mouse
    for stroke in strokes:
        places = [(box["x"] + x, box["y"] + y) for x, y in stroke]
        mouse.move(*places[0])
        mouse.down()
        for before, place in pairwise(places):
            mouse.move(*place, steps=max(1, round(math.dist(before, place) / 20)))
        mouse.up()


def touch(app: App, strokes: Sequence[Stroke]) -> None:
    """Draw with a finger, and wait for the answer."""
    box = canvas(app).bounding_box()
    assert box is not None
    finger = app.page.context.new_cdp_session(app.page)
    for stroke in strokes:
        kind = "touchStart"
        for x, y in stroke:
            points = [{"x": box["x"] + x, "y": box["y"] + y}]
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
            kind = "touchMove"
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    settle(app)


def settle(app: App) -> None:
    """The canvas waits 200 ms for another stroke before it tells the server."""
    app.page.wait_for_timeout(300)
    app.wait_idle()


def answer(app: App) -> Locator:
    return app.page.get_by_role("status").filter(has_text=re.compile("sure|does not look"))


def press(app: App, name: str) -> None:
    app.page.get_by_role("button", name=name).click()
    settle(app)


def ink(app: App) -> int:
    """How many pixels of the canvas, as the browser shows it, are inked."""
    count = app.page.locator("canvas.dc-canvas.lower-canvas").evaluate(
        """canvas => canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
            .data.filter((value, index) => index % 4 === 3 && value > 127).length"""
    )
    assert isinstance(count, int)
    return count


BARRED_SEVEN: Sequence[Stroke] = [*DIGITS[7], [(130, 172), (215, 165)]]
FOUR_AND_TWO: Sequence[Stroke] = [
    [(60, 100), (52, 150), (55, 190), (120, 195)],
    [(105, 90), (100, 260)],
    [*arc(222, 115, 32, 32, -180, 30), (235, 160), (212, 205), (190, 250), (215, 250), (265, 248)],
]


def corners(app: App) -> list[int]:
    """How many pixels are inked in each corner of the canvas, a quarter of it wide and high."""
    found: list[int] = app.page.locator("canvas.dc-canvas.lower-canvas").evaluate(
        """canvas => {
            const pen = canvas.getContext("2d");
            const [wide, high] = [canvas.width, canvas.height];
            const at = (x, y) => pen.getImageData(x, y, wide / 4, high / 4).data;
            return [[0, 0], [0.75 * wide, 0], [0, 0.75 * high], [0.75 * wide, 0.75 * high]].map(
                (place) => at(...place).filter((value, n) => n % 4 === 3 && value > 127).length,
            );
        }"""
    )
    return found


@pytest.mark.browser_context_args(**PHONE)
def test_a_finger_draws_one_digit_and_two_and_in_every_corner_and_a_palm_draws_nothing(
    app: App,
) -> None:
    app.open("draw")
    touch(app, DIGITS[7])
    expect(answer(app)).to_contain_text("a 7")
    expect(answer(app)).to_be_in_viewport()
    assert app.page.evaluate("document.scrollingElement.scrollWidth") <= 390
    assert app.page.locator("[data-testid=stMain]").evaluate("main => main.scrollTop") == 0
    for name in ("Undo", "Clear"):
        box = app.page.get_by_role("button", name=name).bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44

    press(app, "Clear")
    touch(app, FOUR_AND_TWO)
    expect(answer(app)).to_contain_text("4 and 2")
    for number in (1, 2):
        expect(app.page.get_by_text(f"Digit {number}", exact=True)).to_be_visible()
    # The network at work is that of the first.
    flow = app.page.locator(".st-key-network-flow").get_by_role("application")
    expect(flow).to_have_attribute("aria-label", re.compile("It reads a 4"))
    assert app.page.evaluate("document.scrollingElement.scrollWidth") <= 390
    press(app, "Clear")
    expect(answer(app)).to_have_count(0)

    # A palm rests on the canvas.
    box = canvas(app).bounding_box()
    assert box is not None
    palm, (stroke,) = (box["x"] + 290, box["y"] + 300), DIGITS[7]
    with app.fingers() as put:
        put("touchStart", palm)
        finger = [(box["x"] + x, box["y"] + y) for x, y in stroke]
        put("touchStart", palm, finger[0])
        for place in finger[1:]:
            put("touchMove", palm, place)
        put("touchEnd")
    settle(app)
    expect(answer(app)).to_contain_text("a 7")
    one = ink(app)
    # Ctrl+Z at once takes back what the server does not know of yet.
    mouse = app.page.mouse
    mouse.move(box["x"] + 120, box["y"] + 170)
    mouse.down()
    mouse.move(box["x"] + 220, box["y"] + 165, steps=4)
    mouse.up()
    app.page.keyboard.press("Control+z")
    settle(app)
    assert ink(app) == one
    app.page.keyboard.press("Control+z")
    settle(app)
    assert ink(app) == 0

    ends = ((6, 6), (314, 6), (6, 314), (314, 314))
    touch(app, [[(x, y), (x + (160 - x) / 4, y + (160 - y) / 4), (160, 160)] for x, y in ends])
    assert min(corners(app)) > 500


def test_digits_drawn_with_the_mouse_are_read_undone_and_cleared(app: App) -> None:
    app.open("draw")
    undo = app.page.get_by_role("button", name="Undo")
    expect(undo).to_be_disabled()
    expect(answer(app)).to_have_count(0)
    draw(app, DIGITS[1])
    expect(answer(app)).to_contain_text("a 1")
    expect(app.page.get_by_role("img", name="The network says 1 ")).to_be_visible()
    one, said = ink(app), answer(app).inner_text()
    draw(app, [[(70, 160), (250, 165)]])
    both = ink(app)
    assert both > one
    expect(answer(app)).not_to_have_text(said.replace("\n", ""))
    press(app, "Undo")
    assert ink(app) == one
    expect(answer(app)).to_have_text(said.replace("\n", ""))
    draw(app, [[(70, 160), (250, 165)]])
    assert ink(app) == both
    press(app, "Undo")
    press(app, "Undo")
    assert ink(app) == 0
    expect(answer(app)).to_have_count(0)
    expect(undo).to_be_disabled()
    draw(app, BARRED_SEVEN)
    expect(answer(app)).to_contain_text("a 7")
    press(app, "Clear")
    assert ink(app) == 0
    expect(answer(app)).to_have_count(0)
    draw(app, DIGITS[0])
    expect(answer(app)).to_contain_text("a 0")
    # Another network reads the same drawing.
    app.choose("Network", "99.10% · A simple convolution")
    expect(app.page.get_by_role("combobox", name="Network")).to_have_value(re.compile("^99.10%"))
    expect(answer(app)).to_contain_text("a 0")
    assert ink(app) > 0


def test_drawing_and_closer_looks_are_there_after_a_look_at_another_page(app: App) -> None:
    app.open("draw")
    draw(app, DIGITS[3])
    before = ink(app)
    app.page.get_by_text("Look closer, or copy a digit").click()
    for look in ("How it is prepared", "All networks"):
        app.page.get_by_role("button", name=look, exact=True).click()
        app.wait_idle()
    step = app.page.get_by_role("img", name="Step 5, with MNIST's pen: read as 3")
    expect(step).to_be_visible()
    for _ in range(2):
        app.page.get_by_role("link", name="Browse").first.click()
        app.page.wait_for_url("**/browse*")
        app.wait_idle()
        app.page.get_by_role("link", name="Draw").first.click()
        app.page.wait_for_url("**/draw*")
        expect(answer(app)).to_contain_text("a 3")
        settle(app)
        assert abs(ink(app) - before) <= before // 100
        expect(step).to_be_visible()
        expect(app.page.get_by_text("One hidden layer", exact=True)).to_be_visible()
    canvas(app).scroll_into_view_if_needed()
    draw(app, [[(70, 160), (250, 165)]])
    assert ink(app) > before
    press(app, "Undo")
    expect(answer(app)).to_contain_text("a 3")
    press(app, "Undo")
    assert ink(app) == 0
    expect(answer(app)).to_have_count(0)


# What guards against fingerprinting does to pixels.
KEPT_TO_ITSELF = """
    HTMLCanvasElement.prototype.toDataURL = () => { throw new Error("not for you"); };
    CanvasRenderingContext2D.prototype.getImageData = (x, y, width, height) => {
        const pixels = new ImageData(width, height);
        pixels.data.fill(255);
        return pixels;
    };
"""


def test_a_browser_that_keeps_its_pixels_to_itself_is_read_by_the_strokes(app: App) -> None:
    app.page.add_init_script(KEPT_TO_ITSELF)
    app.open("draw")
    draw(app, DIGITS[7])
    expect(answer(app)).to_contain_text("a 7")
    app.page.get_by_text("Look closer, or copy a digit").click()
    app.page.get_by_role("button", name="How it is prepared", exact=True).click()
    app.wait_idle()
    # Cut out to its edges, it fills the image as no digit of MNIST does.
    for number in range(3, 6):
        step = app.page.get_by_role("img", name=re.compile(f"^Step {number}, .*: read as 7"))
        expect(step).to_be_visible()
    # Beyond the canvas nothing is seen, and nothing is read.
    draw(app, [[(148, 268), (148, 480), (600, 480), (600, 100)]])
    expect(answer(app)).to_contain_text("a 7")
