"""From a move of the pen to the changed bars, in mid-stroke; and what the server does meanwhile.

One long stroke of 200 moves on the Draw page, in Chromium without a graphics card. The clock is the
browser's, from the time stamp of the pointer event to the frame after the ten bars have changed. A
move counts from the first event that is not yet answered, as a visitor would feel it. Then strokes,
as many with the reader as without it, and the processor time of the server for each.

    python -m benchmarks.live_answer [--busy]
"""

import argparse
import math
import statistics
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.idle_machine import undisturbed
from benchmarks.measuring import Result, chromium, empty_folder, keep
from tests.e2e.app import App
from tests.serving import APP, Server, serve

MOVES = 200
STROKES = 12
# Milliseconds: the median, and what 95% stay under.
BARS = {"cnn-larger": (30.0, 60.0), "cnn-32-32": (60.0, 120.0)}

_WATCH = """() => {
    const host = document.querySelector(".st-key-probability_bars [data-testid^=stBidi]");
    const watch = window.watch = { moved: null, took: [] };
    new MutationObserver(() => {
        const { moved } = watch;
        if (moved === null) return;
        watch.moved = null;
        requestAnimationFrame(() => watch.took.push(performance.now() - moved));
    }).observe(host.shadowRoot, { attributeFilter: ["style"], subtree: true });
}"""
# Before any listener of the page, which may keep the event from the others.
_NOTE_MOVES = """addEventListener("pointermove", event => {
    if (event.isTrusted && window.watch) watch.moved ??= event.timeStamp;
}, true)"""
_WITHOUT_READER = "delete window.Worker"


def opened(browser: Browser, server: Server, model: str, script: str = "") -> App:
    """A new visitor on the Draw page, the network fetched."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.add_init_script(f"{_NOTE_MOVES};{script}")
    app = App(page, server.url)
    app.open(f"draw?model={model}")
    if not script:
        page.get_by_text("The network runs in your browser").wait_for()
    return app


def pen_to_change(app: App, watch: str = _WATCH) -> list[float]:
    """Milliseconds from each move of one stroke to the frame after what is watched has changed."""
    page = app.page
    left, top, mouse = *_corner(page), page.mouse
    mouse.move(left + 100, top + 60)
    mouse.down()
    # A pen that has hardly moved makes a dot, and that is not read.
    mouse.move(left + 160, top + 60, steps=4)
    page.wait_for_timeout(500)
    page.evaluate(watch)
    for move in range(MOVES):
        angle, radius = (move + 1) / MOVES * 4 * math.pi, 100 - move / 4
        mouse.move(
            left + 160 + radius * math.sin(angle),
            top + 160 - radius * math.cos(angle) + 0.01 * move,
        )
        page.wait_for_function("count => watch.took.length > count", arg=move, polling=5)
    mouse.up()
    app.wait_idle()
    took: list[float] = page.evaluate("watch.took")
    return took


def server_seconds_a_stroke(app: App, server: Server) -> float:
    """Processor time of the server for a stroke of 40 moves, the median of several."""
    found = []
    for number in range(STROKES):
        before = _processor_seconds(server)
        left, top, mouse = *_corner(app.page), app.page.mouse
        mouse.move(left + 60, top + 40 + 20 * number)
        mouse.down()
        mouse.move(left + 260, top + 45 + 20 * number, steps=40)
        mouse.up()
        app.page.wait_for_timeout(300)
        app.wait_idle()
        found.append(_processor_seconds(server) - before)
    return statistics.median(found)


def _corner(page: Page) -> tuple[float, float]:
    box = page.locator("canvas.upper-canvas").bounding_box()
    assert box is not None
    return box["x"], box["y"]


def _processor_seconds(server: Server) -> float:
    times = server.process.cpu_times()
    return float(times.user + times.system)


def measure(browser: Browser, folder: Path, take: Callable[..., object]) -> dict[str, float]:
    """All figures by name, in milliseconds."""
    figures = {}
    with serve(APP, folder) as server:
        for model in BARS:
            app = opened(browser, server, model)
            took = take(lambda app=app: pen_to_change(app))
            assert isinstance(took, list)
            figures[f"{model}: median, ms"] = statistics.median(took)
            figures[f"{model}: 95% within, ms"] = statistics.quantiles(took, n=20)[-1]
        for name, script in (("with", ""), ("without", _WITHOUT_READER)):
            app = opened(browser, server, "cnn-larger", script)
            seconds = server_seconds_a_stroke(app, server)
            figures[f"server's processor time a stroke, {name} the reader, ms"] = 1000 * seconds
    return {name: round(figure, 1) for name, figure in figures.items()}


def main() -> None:
    """Measure and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--busy", action="store_true", help="measure while others are at work")
    take = (lambda measure: measure()) if parser.parse_args().busy else undisturbed
    with empty_folder() as folder, chromium() as browser:
        figures = measure(browser, folder, take)
    shares = [
        figures[f"{model}: {name}, ms"] / bar
        for model, bars in BARS.items()
        for name, bar in zip(("median", "95% within"), bars, strict=True)
    ]
    said = "; ".join(
        f"`{model}` {figures[f'{model}: median, ms']:g} ms (limit {middle:g} ms), "
        f"95% within {figures[f'{model}: 95% within, ms']:g} ms (limit {most:g} ms)"
        for model, (middle, most) in BARS.items()
    )
    keep(
        Result(
            name="live_answer",
            promise="From a pen movement to the changed bars, mid-stroke: the worst of four "
            "figures, as a share of its limit",
            unit="times",
            bar=1,
            figure=round(max(shares), 3),
            how=f"Chromium's clock over {MOVES} moves, to the frame after the change: {said}.",
            details={**figures},
        )
    )


if __name__ == "__main__":
    main()
