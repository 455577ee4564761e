"""Take the pictures of the app in docs/images: every page, wide and narrow, light and dark.

Some views are there once only, wide and light.

python -m scripts.take_screenshots [NAME ...]
"""

import argparse
import re
from io import BytesIO
from pathlib import Path

import msgspec
import numpy as np
from PIL import Image
from playwright.sync_api import Browser, expect

from benchmarks.measuring import chromium, empty_folder
from mnist_core.classroom.drawings import ClassDrawing, write_drawing
from mnist_core.classroom.store import ClassStore
from mnist_core.data import dataset
from tests.e2e.app import App
from tests.e2e.test_series import ask_for_series
from tests.serving import APP, Server, serve

IMAGES = Path(__file__).parents[1] / "docs" / "images"
SIZES = {1280: 900, 390: 844}
PAGES = {
    "home": "",
    "browse": "browse?set=train&index=500",
    "draw": "draw",
    "mistakes": "mistakes?model=mlp-1024-128-64",
    "questions": "questions?question=divide",
}
# Views worth a look, beyond the first of their page.
VIEWS = {
    "browse-doubtful": "browse?view=doubtful",
    "browse-map": "browse?view=map&colour=cnn-32-32",
    "browse-alike": "browse?view=alike&index=500",
    "browse-shape": "browse?view=shape",
    "train-own": "train?view=own",
    "train-runs": "train?view=runs",
    "mistakes-why": "mistakes?view=why&model=mlp-784&index=2654",
}
# A seven in parts of the canvas.
SEVEN = ((0.3, 0.25), (0.72, 0.25), (0.6, 0.5), (0.48, 0.8))


def main() -> None:
    """Take those that are named, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", nargs="*", help="of a page or a view; none for all")
    there_are = ["class", "train", "train-series", *PAGES, *VIEWS]
    names = parser.parse_args().name or there_are
    if not set(names) <= set(there_are):
        parser.error(f"There are {', '.join(there_are)}.")
    IMAGES.mkdir(exist_ok=True)
    with (
        empty_folder() as folder,
        serve(APP, folder / "served") as server,
        chromium() as browser,
    ):
        pages, views = dict(PAGES), dict(VIEWS)
        if "train" in names:
            pages["train"] = _start_training(browser, server)
        if "train-series" in names:
            views["train-series"] = _train_series(browser, server)
        if "class" in names:
            views["class"] = _fill_class(server)
        for name in names:
            if name in views:
                _take(browser, server, name, views[name], 1280, "light")
                continue
            for width in SIZES:
                for scheme in ("light", "dark"):
                    _take(browser, server, name, pages[name], width, scheme)


def _start_training(browser: Browser, server: Server) -> str:
    """Start a training and give the address at which it can be watched."""
    page = browser.new_page()
    page.goto(f"{server.url}/train?recipe=mlp-784")
    page.get_by_role("button", name="Train", exact=True).click()
    state = page.locator(".show .state")
    expect(state).to_contain_text("epoch 2 of 10", timeout=120_000)
    address = page.url.removeprefix(f"{server.url}/")
    page.close()
    return address


def _train_series(browser: Browser, server: Server) -> str:
    """Train a series and give the address at which it is compared."""
    page = browser.new_page()
    ask_for_series(App(page, server.url), epochs=3, images=10_000, which="3 learning rates")
    page.get_by_text(re.compile("^Best: ")).wait_for(timeout=300_000)
    address = page.url.removeprefix(f"{server.url}/")
    page.close()
    return address


def _fill_class(server: Server) -> str:
    """Fill a room with thirty people's digits, MNIST's, and give the address of its screen."""
    classes, digits = ClassStore(server.models), dataset.load("test")
    right, chance = classes.create(), np.random.default_rng(0)
    for number in range(30):
        person, _secret = classes.join(right.room, f"browser {number}")
        # Some have not finished yet.
        for label in chance.permutation(10)[: 10 if number % 5 else 6].tolist():
            image = digits.images[chance.choice(np.flatnonzero(digits.labels == label))]
            drawing = write_drawing(ClassDrawing(label, image))
            classes.contribute(right.room, person, "write", {str(label): drawing})
    classes.steer(right.room, lambda state: msgspec.structs.replace(state, step="write"))
    return f"class?room={right.room}&view=screen&steer={right.secret}"


def _take(
    browser: Browser, server: Server, name: str, address: str, width: int, scheme: str
) -> None:
    viewport = {"width": width, "height": SIZES[width]}
    with browser.new_context(viewport=viewport, color_scheme=scheme) as context:  # type: ignore[arg-type]
        app = App(context.new_page(), server.url)
        app.open(address)
        if name == "draw":
            _draw(app)
        # A chart that fills as it is measured.
        expect(app.page.get_by_role("progressbar")).to_have_count(0, timeout=120_000)
        app.wait_idle()
        _save(app.page.screenshot(), IMAGES / f"{name}-{width}-{scheme}.png")


def _draw(app: App) -> None:
    page = app.page
    box = page.locator("canvas.upper-canvas").bounding_box()
    assert box is not None
    points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in SEVEN]
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point, steps=8)
    page.mouse.up()
    page.get_by_text("a 7", exact=True).first.wait_for()
    app.wait_idle()


def _save(png: bytes, path: Path) -> None:
    """With 128 colours a picture takes a third of the room, and nobody sees it."""
    Image.open(BytesIO(png)).convert("RGB").quantize(128).save(path, optimize=True)


if __name__ == "__main__":
    main()
