"""From mouse-up to the new answer on the screen, beside a bare app that only echoes the canvas.

Both are served, and open in the same Chromium. A digit grows stroke by stroke, the same in both,
in turns. Ours is done when the answer and the ten bars have both changed for the last time; the
bare app when its echo has: once the drawing's picture, once the number of its strokes, which is
the least that can come back. The harder comparison counts. The clock is the browser's, from the
mouse-up event to the frame after that change. The first stroke on an empty canvas, after which the
answer's elements are made, is drawn before and does not count.

    python -m benchmarks.stroke [--rounds N]
"""

import argparse
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.measuring import (
    Comparison,
    Result,
    alternate,
    chromium,
    empty_folder,
    keep,
)
from tests.e2e.app import App
from tests.serving import APP, serve

BAR = 1.25
STROKES_A_DRAWING = 6

# The canvas as large as on our page, and its echo: nothing else.
CANVAS = """
import streamlit as st
from streamlit_drawable_canvas import st_canvas

st.title("Echo")
canvas = st_canvas(
    width=320,
    height=320,
    stroke_width=20,
    stroke_color="#1f1d1a",
    return_image_data=True,
    key="canvas",
)
if canvas.json_data and canvas.json_data["objects"]:
"""
# What comes back, and where it is to be seen.
ECHOES = {
    "picture": ("st.image(canvas.image_data)", "[data-testid=stImage] img"),
    "count": ("st.text(len(canvas.json_data['objects']))", "[data-testid=stText]"),
}
OUR_PARTS = (".reading", ".bars")

# Waits for the next mouse-up; keeps, for every part, when the frame after its last change was.
_WATCH = """parts => {
    function* found(root, selector) {
        yield* root.querySelectorAll(selector);
        for (const element of root.querySelectorAll("*"))
            if (element.shadowRoot) yield* found(element.shadowRoot, selector);
    }
    const watch = { mouseUp: null, changed: parts.map(() => null) };
    const note = number => {
        if (watch.mouseUp !== null)
            requestAnimationFrame(() => { watch.changed[number] = performance.now(); });
    };
    parts.forEach((selector, number) => {
        const [element] = found(document, selector);
        if (element.tagName === "IMG") {
            element.addEventListener("load", () => note(number));
        } else {
            const everything = {
                attributes: true, characterData: true, childList: true, subtree: true
            };
            new MutationObserver(() => note(number)).observe(element, everything);
        }
    });
    const options = { capture: true, once: true };
    addEventListener("mouseup", () => { watch.mouseUp = performance.now(); }, options);
    window.watch = watch;
}"""
_ALL_CHANGED = "() => watch.mouseUp !== null && watch.changed.every(time => time !== null)"
_SECONDS = "() => (Math.max(...watch.changed) - watch.mouseUp) / 1000"


class Easel:
    """A page with a canvas, on which the same drawing grows stroke by stroke, again and again."""

    def __init__(self, app: App, path: str, parts: tuple[str, ...]) -> None:
        self._app = app
        self._path = path
        self._parts = parts
        self._strokes = STROKES_A_DRAWING

    def seconds_to_answer(self) -> float:
        """Draw the next stroke and see how long its answer takes."""
        page = self._app.page
        page.bring_to_front()
        if self._strokes == STROKES_A_DRAWING:
            self._app.open(self._path)
            self._strokes = 0
            self._draw()
            for part in self._parts:
                page.locator(part).first.wait_for()
            self._app.wait_idle()
        page.evaluate(_WATCH, self._parts)
        self._draw()
        page.wait_for_function(_ALL_CHANGED)
        self._app.wait_idle()
        return float(page.evaluate(_SECONDS))

    def _draw(self) -> None:
        box = self._app.page.locator("canvas.upper-canvas").bounding_box()
        assert box is not None
        left, top = box["x"] + 0.3 * box["width"], box["y"] + (0.2 + 0.1 * self._strokes) * 320
        mouse = self._app.page.mouse
        mouse.move(left, top)
        mouse.down()
        mouse.move(left + 130, top + 30 * (-1) ** self._strokes, steps=10)
        mouse.up()
        self._strokes += 1


def easel(browser: Browser, url: str, path: str, parts: tuple[str, ...]) -> Easel:
    """A new visitor in front of a canvas."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    return Easel(App(page, url), path, parts)


def compare(browser: Browser, folder: Path, echo: str, rounds: int) -> Comparison:
    """Strokes on our page and in a bare app, in turns."""
    answer, part = ECHOES[echo]
    bare_app = folder / f"{echo}.py"
    bare_app.write_text(f"{CANVAS}    {answer}\n")
    with (
        serve(APP, folder / f"{echo}-ours") as ours,
        serve(bare_app, folder / f"{echo}-bare") as bare,
    ):
        return alternate(
            easel(browser, ours.url, "draw", OUR_PARTS).seconds_to_answer,
            easel(browser, bare.url, "", (part,)).seconds_to_answer,
            rounds=rounds,
            warm_up=STROKES_A_DRAWING,
        )


def main() -> None:
    """Measure and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=24)
    rounds = parser.parse_args().rounds
    with empty_folder() as folder, chromium() as browser:
        found = {echo: compare(browser, folder, echo, rounds) for echo in ECHOES}
    details = {
        f"{echo}: {name}": value
        for echo, comparison in found.items()
        for name, value in comparison.details("s").items()
    }
    keep(
        Result(
            name="stroke",
            promise="From mouse-up to the new answer on the screen, compared with a bare echo of "
            "the canvas",
            unit="times",
            bar=BAR,
            figure=round(max(comparison.ratio for comparison in found.values()), 3),
            how=f"Chromium's clock; {rounds} strokes in each, alternating, median ratio; the "
            "harder of two echoes, a picture and a count of the strokes.",
            details=details,
        )
    )


if __name__ == "__main__":
    main()
