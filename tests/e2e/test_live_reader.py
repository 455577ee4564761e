"""The answer follows the pen: read between the steps of a slow hand, by mouse and by finger."""

import json
import re
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TypeVar

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.app import PATIENCE, PHONE, App
from tests.e2e.test_draw import DIGITS, Stroke, answer, canvas, draw, press, settle
from tests.serving import Server

T = TypeVar("T")

READS_ALONG = "The network runs in your browser"
OFF = "The live reader is off: "


def open_drawing(app: App, address: str = "draw?model=cnn-larger") -> None:
    app.open(address)
    expect(app.page.get_by_text(READS_ALONG)).to_be_visible()


def bars(app: App) -> Locator:
    return app.page.get_by_role("img", name=re.compile("The network says|nothing to read"))


def seen(app: App) -> list[int]:
    """The 784 pixels of the image that the network sees."""
    pixels: list[int] = app.page.locator(".st-key-network-flow .flow").evaluate(
        "root => Array.from(root.flow.shown.image ?? [], ink => Math.round(255 * ink))"
    )
    return pixels


def sent(app: App, place: str) -> dict[str, object]:
    """What the server said last to one of the places of the answer."""
    said: dict[str, object] = app.page.locator(f".st-key-{place} [data-testid^=stBidi]").evaluate(
        "host => host.serverData"
    )
    return said


def wait_until(app: App, holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "waited in vain"
        app.page.wait_for_timeout(50)


def changed(app: App, look: Callable[[], T], before: T) -> T:
    """What is to be seen as soon as it is another thing than before, and keeps still."""
    looks = [before]

    def keeps_still() -> bool:
        looks.append(look())
        return before != looks[-1] == looks[-2]

    wait_until(app, keeps_still)
    return looks[-1]


def by_mouse(app: App, stroke: Stroke) -> Iterator[None]:
    """Go along a stroke and stop after every fourth step; the pen stays down."""
    box = canvas(app).bounding_box()
    assert box is not None
    places = [(box["x"] + x, box["y"] + y) for x, y in stroke]
    app.page.mouse.move(*places[0])
    app.page.mouse.down()
    for number, place in enumerate(places[1:]):
        app.page.mouse.move(*place)
        if number % 4 == 3:
            app.page.wait_for_timeout(100)
            yield


def by_finger(app: App, stroke: Stroke) -> Iterator[None]:
    """The same with a finger."""
    box = canvas(app).bounding_box()
    assert box is not None
    finger = app.page.context.new_cdp_session(app.page)
    kind = "touchStart"
    for number, (x, y) in enumerate(stroke):
        points = [{"x": box["x"] + x, "y": box["y"] + y}]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        kind = "touchMove"
        if number % 4 == 0 and number:
            app.page.wait_for_timeout(100)
            yield
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def follows(app: App, steps: Iterator[None]) -> None:
    """The bars and the image change from step to step, and no word comes from the server."""
    findings, image = [], seen(app)
    for _ in steps:
        image = changed(app, lambda: seen(app), image)
        findings.append(bars(app).get_attribute("aria-label") or "")
        assert sent(app, "answer")["reading"] == ""
    assert len({finding.split()[3] for finding in findings}) >= 3, findings
    assert findings[-1].startswith("The network says 3 ")


CHANGES = """element => {
    window.changes = [];
    new MutationObserver(() => changes.push([performance.now(), element.textContent]))
        .observe(element, { characterData: true, childList: true, subtree: true });
}"""


def pauses(app: App) -> list[float]:
    """Milliseconds between the changes of an element since CHANGES was run on it."""
    times = [time for time, _ in app.page.evaluate("changes")]
    return [after - before for before, after in pairwise(times)]


def test_the_bars_follow_the_mouse_and_the_server_has_the_last_word(app: App) -> None:
    open_drawing(app)
    before = bars(app).bounding_box()
    flow = app.page.locator(".st-key-network-flow canvas").first
    flow_before = flow.evaluate("canvas => canvas.toDataURL()")
    announced = app.page.locator(".st-key-live-reader .announced")
    expect(announced).to_have_attribute("aria-live", "polite")
    announced.evaluate(CHANGES)
    reading = app.page.locator(".reading")

    def watched() -> Iterator[None]:
        look = flow_before
        (stroke,) = DIGITS[3]
        for _ in by_mouse(app, stroke):
            yield
            look = changed(app, lambda: flow.evaluate("canvas => canvas.toDataURL()"), look)
            # Slow enough to be spoken of more than once.
            app.page.wait_for_timeout(200)

    follows(app, watched())
    expect(reading).to_have_text("a 3")
    assert sent(app, "answer")["reading"] == ""
    # Screen readers are told now and then; what changes all the time is not read out.
    expect(reading.locator("..")).to_have_attribute("aria-live", "off")
    spoken = [text for _, text in app.page.evaluate("changes")]
    assert len(spoken) >= 2
    assert all(re.fullmatch("So far: an? [0-9].?", text) for text in spoken), spoken
    assert min(pauses(app)) > 900

    app.page.mouse.up()
    settle(app)
    assert sent(app, "answer")["reading"] == "a 3"
    expect(reading.locator("..")).to_have_attribute("aria-live", "polite")
    assert bars(app).get_attribute("aria-label") == sent(app, "probability_bars")["finding"]
    assert bars(app).bounding_box() == before
    assert app.page.locator(".st-key-network-flow li button").all_inner_texts() == [
        "Image", "Layer 1", "Pooling", "Layer 2", "Pooling", "Layer 3", "Layer 4", "Answer",
    ]  # fmt: skip


@pytest.mark.browser_context_args(**PHONE)
def test_the_bars_follow_a_finger(app: App) -> None:
    open_drawing(app)
    (stroke,) = DIGITS[3]
    follows(app, by_finger(app, stroke))
    settle(app)
    expect(answer(app)).to_contain_text("a 3")
    assert bars(app).get_attribute("aria-label") == sent(app, "probability_bars")["finding"]


def test_nothing_flickers_and_after_undo_clear_and_a_lost_stroke_the_server_has_said_it(
    app: App,
) -> None:
    open_drawing(app)
    # Two strokes in a row: the answer to the first, on its way, does not replace the second's.
    draw(app, [[(88, 78), (150, 74), (228, 70)]])
    app.page.evaluate(
        """() => {
            window.found = [];
            const host = document.querySelector(".st-key-probability_bars [data-testid^=stBidi]");
            const bars = host.shadowRoot.querySelector(".bars");
            new MutationObserver(() => found.push(bars.getAttribute("aria-label")))
                .observe(bars, { attributeFilter: ["aria-label"] });
        }"""
    )
    for _ in by_mouse(app, [(228, 70), (200, 130), (172, 190), (148, 268)] * 2):
        pass
    # Back and forth along the same line: it is a 7 for long.
    app.page.evaluate("found.length = 0")
    app.page.mouse.up()
    settle(app)
    found = app.page.evaluate("found")
    assert found
    assert all(finding.startswith("The network says 7 ") for finding in found), found
    expect(answer(app)).to_contain_text("a 7")

    press(app, "Clear")
    draw(app, DIGITS[1])
    one = bars(app).get_attribute("aria-label")
    draw(app, [[(70, 160), (250, 165)]])
    press(app, "Undo")
    expect(bars(app)).to_have_attribute("aria-label", one or "")
    press(app, "Clear")
    expect(bars(app)).to_have_attribute("aria-label", re.compile("nothing to read"))
    assert not any(seen(app))

    draw(app, DIGITS[3])
    before = sent(app, "answer")
    # The server cannot read the second stroke, takes it back, and says what it said.
    app.page.evaluate(
        """() => {
            const { stringify } = JSON;
            JSON.stringify = (...given) => stringify(...given)?.replaceAll('"Path"', '"Pad"');
        }"""
    )
    for _ in by_mouse(app, [(70, 160), (160, 163), (250, 165), (252, 166), (253, 166)]):
        expect(answer(app)).to_have_attribute("aria-live", "off")
    # A sentence above it makes the answer move: for a moment there are two.
    app.page.locator(".st-key-answer [data-testid^=stBidi]").evaluate(
        "host => host.before(window.twin = host.cloneNode())"
    )
    app.page.mouse.up()
    expect(answer(app)).to_have_attribute("aria-live", "polite")
    app.page.evaluate("twin.remove()")
    expect(answer(app)).to_contain_text("a 3")
    assert sent(app, "answer") == before


@pytest.mark.browser_context_args(reduced_motion="reduce")
def test_with_reduced_motion_the_bars_keep_still_for_half_a_second(app: App) -> None:
    open_drawing(app)
    app.page.locator(".bars").evaluate(CHANGES)
    (stroke,) = DIGITS[3]
    for _ in by_mouse(app, stroke):
        pass
    app.page.wait_for_function("changes.length > 1")
    app.page.wait_for_timeout(600)
    found = pauses(app)
    # What was read is on the screen a moment after it was asked for.
    assert min(found) > 350, found
    expect(app.page.locator(".reading")).to_have_text("a 3")
    app.page.mouse.up()
    settle(app)


KEEP_WHAT_IS_SENT = """
    window.sent = [];
    const stringify = JSON.stringify;
    JSON.stringify = (value, ...more) => {
        if (value?.drawing?.raw?.objects) sent.push(stringify(value.drawing.raw.objects));
        return stringify(value, ...more);
    };
"""


def drawn(context: BrowserContext, server: Server, script: str) -> tuple[list[object], str]:
    """Strokes as the canvas tells them, point for point, and its pixels."""
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.add_init_script(KEEP_WHAT_IS_SENT + script)
    app = App(page, server.url)
    app.open("draw?model=cnn-32-32")
    if not script:
        expect(page.get_by_text(READS_ALONG)).to_be_visible()
    draw(app, [*DIGITS[3], *DIGITS[7]])
    strokes: list[object] = json.loads(page.evaluate("sent.at(-1)"))
    pixels: str = page.locator("canvas.dc-canvas.lower-canvas").evaluate(
        "canvas => canvas.toDataURL()"
    )
    page.close()
    return strokes, pixels


def test_the_drawing_is_the_same_point_for_point(context: BrowserContext, server: Server) -> None:
    with_reader = drawn(context, server, "")
    assert len(with_reader[0]) == 2
    assert with_reader == drawn(context, server, "delete window.Worker;")


def no_worker(page: Page) -> None:
    page.add_init_script("delete window.Worker")


def damaged_weights(page: Page) -> None:
    page.route("**/media/*.bin", lambda route: route.fulfill(body=b"DLW1" + bytes(60_000)))


def no_program(page: Page) -> None:
    page.route(re.compile("/media/.*[^n]$"), lambda route: route.abort())


def hidden_canvas(page: Page) -> None:
    # Only to those who look for it.
    page.add_init_script(
        """
        const look = ShadowRoot.prototype.querySelector;
        ShadowRoot.prototype.querySelector = function (selector) {
            return selector.includes("upper-canvas") ? null : look.call(this, selector);
        };
        Event.prototype.composedPath = () => [];
        """
    )


@pytest.mark.parametrize("broken", [no_worker, damaged_weights, no_program, hidden_canvas])
def test_without_its_reader_the_page_answers_after_a_stroke(
    app: App, broken: Callable[[Page], None]
) -> None:
    warnings: list[str] = []
    app.page.on("console", lambda message: warnings.append(message.text))
    broken(app.page)
    app.expect_error("Failed to load resource")
    app.open("draw?model=cnn-larger")
    (stroke,) = DIGITS[3]
    for _ in by_mouse(app, stroke):
        assert bars(app).get_attribute("aria-label") == "There is nothing to read yet."
    app.page.mouse.up()
    settle(app)
    expect(answer(app)).to_contain_text("a 3")
    wait_until(app, lambda: any(warning.startswith(OFF) for warning in warnings))
    expect(app.page.get_by_text(READS_ALONG)).to_have_count(0)
    expect(app.page.get_by_role("alert")).to_have_count(0)


def test_the_network_is_fetched_where_it_is_drawn_and_kept_by_the_browser(app: App) -> None:
    fetched: list[str] = []
    app.page.on("request", lambda request: fetched.append(request.url))
    app.open("browse")
    for page in ("train", "mistakes"):
        app.go(page)
    assert not [url for url in fetched if url.endswith(".bin")]
    open_drawing(app)
    (weights,) = (url for url in fetched if url.endswith(".bin"))
    kept = app.page.evaluate(
        """async url => {
            const options = { cache: "only-if-cached", mode: "same-origin" };
            return (await (await fetch(url, options)).arrayBuffer()).byteLength;
        }""",
        weights,
    )
    assert kept > 100_000
