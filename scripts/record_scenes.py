"""Record the three scenes of docs/images that move: Home, Train and "Fool it", as animated GIFs.

python -m scripts.record_scenes [NAME ...]
"""

import argparse
import re
import time
from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from benchmarks.measuring import chromium, empty_folder
from tests.e2e.app import App
from tests.e2e.test_draw import DIGITS, Stroke
from tests.e2e.test_fool_it import SLASHED_ZERO, WEAK
from tests.serving import APP, serve

IMAGES = Path(__file__).parents[1] / "docs" / "images"
WIDTH, HEIGHT = 1280, 900
SHOWN = (640, 450)
COLOURS = 96
PAUSE_SECONDS = 0.4
WAIT_SECONDS = 300.0


class Recorder:
    """Pictures of a page, each with the time at which it was taken."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._frames: list[tuple[float, Image.Image]] = []

    def shoot(self) -> None:
        """Take one picture."""
        png = self._page.screenshot()
        small = Image.open(BytesIO(png)).convert("RGB").resize(SHOWN, Image.Resampling.LANCZOS)
        self._frames.append((time.monotonic(), small))

    def watch(self, seconds: float) -> None:
        """Take pictures for so long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.shoot()
            self._page.wait_for_timeout(PAUSE_SECONDS * 1000)

    def save(self, path: Path) -> None:
        """Save what was recorded, as long as it took; the last picture stays for three seconds."""
        times = [moment for moment, _ in self._frames]
        lengths = [later - moment for moment, later in pairwise(times)] + [3.0]
        # All frames share their colours: what does not change then costs nothing.
        palette = self._all_colours()
        first, *others = (
            frame.quantize(palette=palette, dither=Image.Dither.NONE) for _, frame in self._frames
        )
        first.save(
            path,
            save_all=True,
            append_images=others,
            duration=[round(1000 * length) for length in lengths],
            loop=0,
            optimize=True,
        )

    def _all_colours(self) -> Image.Image:
        """A picture whose palette fits the beginning, the middle and the end."""
        width, height = SHOWN
        together = Image.new("RGB", (width, 3 * height))
        for row, index in enumerate((0, len(self._frames) // 2, -1)):
            together.paste(self._frames[index][1], (0, row * height))
        return together.quantize(COLOURS)


def record_home(app: App, recorder: Recorder) -> None:
    """The ghost pen writes; then a visitor draws a seven and points at a map."""
    app.open()
    recorder.watch(9)
    _draw(app, recorder, DIGITS[7])
    recorder.watch(1.5)
    app.page.locator(".st-key-network-flow .picture").hover(position={"x": 130, "y": 60})
    recorder.watch(3)


def record_train(app: App, recorder: Recorder) -> None:
    """The quick network, from noise to its last epoch."""
    app.open("train")
    recorder.shoot()
    app.page.get_by_role("button", name="Train it").first.click()
    end = time.monotonic() + WAIT_SECONDS
    done = app.page.get_by_text(re.compile("It is called"))
    while not done.is_visible():
        if time.monotonic() > end:
            raise SystemExit("The training did not come to its end.")
        recorder.watch(1)
    recorder.watch(2)


def record_fool(app: App, recorder: Recorder) -> None:
    """A zero with a stroke through it, which the network takes for an eight."""
    app.open(WEAK)
    recorder.watch(1)
    app.page.get_by_role("radio", name="0", exact=True).check()
    app.wait_idle()
    _draw(app, recorder, SLASHED_ZERO)
    expect(app.page.get_by_role("heading", name="It takes your 0 for an 8")).to_be_visible()
    recorder.watch(2)
    app.page.get_by_role("button", name="Yes, anybody would").click()
    app.wait_idle()
    recorder.watch(2)
    app.page.get_by_text("Download the card").scroll_into_view_if_needed()
    recorder.watch(2)


def _draw(app: App, recorder: Recorder, strokes: Sequence[Stroke]) -> None:
    """Draw with the mouse, slowly enough to be seen."""
    box = app.page.locator("canvas.upper-canvas").bounding_box()
    assert box is not None
    mouse = app.page.mouse
    for stroke in strokes:
        (x, y), *others = stroke
        mouse.move(box["x"] + x, box["y"] + y)
        mouse.down()
        for number, (x, y) in enumerate(others):
            mouse.move(box["x"] + x, box["y"] + y, steps=8)
            if len(others) < 10 or number % (len(others) // 8) == 0:
                recorder.shoot()
        mouse.up()
    app.wait_idle()


SCENES = {"home": record_home, "train": record_train, "fool": record_fool}


def main() -> None:
    """Record those that are named, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", nargs="*", help="of a scene; none for all")
    names = parser.parse_args().name or list(SCENES)
    if not set(names) <= set(SCENES):
        parser.error(f"There are {', '.join(SCENES)}.")
    with (
        empty_folder() as folder,
        serve(APP, folder / "served") as server,
        chromium() as browser,
    ):
        for name in names:
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            recorder = Recorder(page)
            SCENES[name](App(page, server.url, with_ghost=name == "home"), recorder)
            recorder.save(IMAGES / f"{name}.gif")
            page.close()


if __name__ == "__main__":
    main()
