"""Take the pictures of the app in docs/images: every page, wide and narrow, light and dark.

python -m scripts.take_screenshots
"""

import re
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.app import App
from tests.e2e.browser import NO_BROWSER, launch_arguments
from tests.serving import APP, Server, serve

IMAGES = Path(__file__).parents[1] / "docs" / "images"
SIZES = {1280: 900, 390: 844}
PAGES = {
    "home": "",
    "browse": "browse?set=train&index=500",
    "draw": "draw?model=cnn-larger",
    "mistakes": "mistakes?model=mlp-1024-128-64&index=8",
}
# A seven in parts of the canvas.
SEVEN = ((0.3, 0.25), (0.72, 0.25), (0.6, 0.5), (0.48, 0.8))


def main() -> None:
    """Take all of them."""
    IMAGES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(APP, Path(folder) / "served") as server,
        sync_playwright() as playwright,
    ):
        arguments = launch_arguments(playwright)
        if arguments is None:
            raise SystemExit(NO_BROWSER)
        browser = playwright.chromium.launch(**arguments)
        training = _start_training(browser, server)
        for name, address in {"train": training, **PAGES}.items():
            for width in SIZES:
                for scheme in ("light", "dark"):
                    _take(browser, server, name, address, width, scheme)


def _start_training(browser: Browser, server: Server) -> str:
    """Start a training and give the address at which it can be watched."""
    page = browser.new_page()
    page.goto(f"{server.url}/train?recipe=mlp-784")
    page.get_by_role("button", name="Train", exact=True).click()
    page.get_by_text(re.compile("Epoch 2 of 10")).wait_for(timeout=120_000)
    address = page.url.removeprefix(f"{server.url}/")
    page.close()
    return address


def _take(
    browser: Browser, server: Server, name: str, address: str, width: int, scheme: str
) -> None:
    viewport = {"width": width, "height": SIZES[width]}
    with browser.new_context(viewport=viewport, color_scheme=scheme) as context:  # type: ignore[arg-type]
        app = App(context.new_page(), server.url)
        app.open(address)
        if name == "draw":
            _draw(app)
        _save(app.page.screenshot(), IMAGES / f"{name}-{width}-{scheme}.png")


def _draw(app: App) -> None:
    page = app.page
    box = page.locator("canvas").last.bounding_box()
    assert box is not None
    points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in SEVEN]
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point, steps=8)
    page.mouse.up()
    page.get_by_text("a 7").wait_for()
    app.wait_idle()


def _save(png: bytes, path: Path) -> None:
    """With 128 colours a picture takes a third of the room, and nobody sees it."""
    Image.open(BytesIO(png)).convert("RGB").quantize(128).save(path, optimize=True)


if __name__ == "__main__":
    main()
