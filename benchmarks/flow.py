"""From a move of the pen to the changed picture of the network at work, in mid-stroke.

As `benchmarks.live_answer`, which measures the ten bars: one stroke of 200 moves on the Draw page,
in Chromium without a graphics card, to the frame after the flow has been drawn, with maps of all
layers in it. Then the same while a square of a map is pointed at, with its panel of figures.

    python -m benchmarks.flow [--busy]
"""

import argparse
import statistics
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.idle_machine import undisturbed
from benchmarks.live_answer import MOVES, opened, pen_to_change
from benchmarks.measuring import Result, chromium, empty_folder, keep
from tests.e2e.app import App
from tests.serving import APP, serve

MODEL = "cnn-larger"
# Milliseconds: the median, and what 95% stay under.
BARS = (40.0, 80.0)

_WATCH = """() => {
    const host = document.querySelector(".st-key-network-flow [data-testid^=stBidi]");
    const watch = window.watch = { moved: null, took: [] };
    const show = host.show;
    host.show = shown => {
        show(shown);
        const { moved } = watch;
        if (moved === null || !shown.columns) return;
        watch.moved = null;
        requestAnimationFrame(() => watch.took.push(performance.now() - moved));
    };
}"""
# The middle of the third map of the first layer, by a click.
_PIN = """() => {
    const host = document.querySelector(".st-key-network-flow [data-testid^=stBidi]");
    const canvas = host.shadowRoot.querySelector("canvas");
    const { flow } = host.shadowRoot.querySelector(".flow");
    const { slots, cell } = flow.layout.columns[1];
    const { left, top } = canvas.getBoundingClientRect();
    const clientX = left + slots[2].x + cell[0] / 2;
    const clientY = top + slots[2].y + cell[1] / 2;
    canvas.dispatchEvent(new PointerEvent("click", { clientX, clientY, bubbles: true }));
}"""


def figures_of(app: App, name: str) -> dict[str, float]:
    """The median and what 95% of the moves stay under, in milliseconds."""
    took = pen_to_change(app, _WATCH)
    return {
        f"{name}: median, ms": statistics.median(took),
        f"{name}: 95% within, ms": statistics.quantiles(took, n=20)[-1],
    }


def measure(browser: Browser, folder: Path, take: Callable[..., object]) -> dict[str, float]:
    """All figures by name, in milliseconds."""
    figures: dict[str, float] = {}
    with serve(APP, folder) as server:
        for name in ("flow", "flow with a panel"):
            app = opened(browser, server, MODEL)
            if name != "flow":
                app.page.evaluate(_PIN)
            found = take(lambda app=app, name=name: figures_of(app, name))
            assert isinstance(found, dict)
            figures |= found
            app.page.context.close()
    return {name: round(figure, 1) for name, figure in figures.items()}


def main() -> None:
    """Measure and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--busy", action="store_true", help="measure while others are at work")
    take = (lambda measure: measure()) if parser.parse_args().busy else undisturbed
    with empty_folder() as folder, chromium() as browser:
        figures = measure(browser, folder, take)
    middle, most = figures["flow: median, ms"], figures["flow: 95% within, ms"]
    keep(
        Result(
            name="flow",
            promise="From a pen movement to the changed picture of the network at work: the worse "
            "of two figures, as a share of its limit",
            unit="times",
            bar=1,
            figure=round(max(middle / BARS[0], most / BARS[1]), 3),
            how=f"Chromium's clock over {MOVES} moves, to the frame after it is drawn: `{MODEL}` "
            f"{middle:g} ms (limit {BARS[0]:g} ms), 95% within {most:g} ms (limit {BARS[1]:g} ms).",
            details={**figures},
        )
    )


if __name__ == "__main__":
    main()
