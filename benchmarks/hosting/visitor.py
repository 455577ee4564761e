"""What a visitor does in a trial, in a page of its own or in another site's frame."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
from playwright.sync_api import Frame, Locator, Page, Request, expect

from benchmarks.photos import pen_strokes, take
from mnist_core.data import dataset
from tests.e2e.test_draw import DIGITS

PATIENCE_MS = 120_000
# A training image with a clear 3, photographed by these dice; tests/e2e/test_photo.py has the same.
_ELEMENT, _SEED = 7, 11
_PAGES = ("Home", "Draw", "Train", "Mistakes", "Browse", "Questions")
# Where a page is not the root of the app, Streamlit first tries whether the server is below it.
_PROBE = re.compile(r"/_stcore/(health|host-config)$")


class Visitor:
    """A person with a browser tab.

    Attributes:
        page: the tab.
        refused: answers of the server that were none, with their status.
        outside: what was asked of the server outside the path of the app.
        errors: what the page reported.
    """

    def __init__(self, page: Page, url: str, find: Callable[[Page], Frame] | None = None) -> None:
        """Follow a tab.

        Args:
            page: the tab.
            url: the app's address.
            find: finds the app's frame in the tab; the tab itself without it.
        """
        self.page, self.url = page, url.rstrip("/")
        self._find = find or (lambda page: page.main_frame)
        self.refused, self.outside, self.errors = list[str](), list[str](), list[str]()
        page.set_default_timeout(PATIENCE_MS)
        page.on("response", lambda answer: self._note(answer.request, answer.status))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    @property
    def frame(self) -> Frame:
        """The app."""
        return self._find(self.page)

    def open(self, path: str) -> None:
        """Go to a page of the app by its address."""
        self.frame.goto(f"{self.url}/{path}")
        expect(self.frame.locator("h1").first).to_be_visible(timeout=PATIENCE_MS)

    def click_through(self, *names: str) -> None:
        """Go to these pages, by default to every one, by their names in the row at the top."""
        for name in names or _PAGES:
            self.frame.get_by_role("link", name=name, exact=True).first.click()
            path = "" if name == "Home" else name.lower()
            self.frame.wait_for_url(re.compile(rf"^{re.escape(self.url)}/{path}(\?.*)?$"))
            expect(self.frame.locator("h1").first).to_be_visible(timeout=PATIENCE_MS)
            self.wait_idle()

    def draw(self, digit: int) -> None:
        """Draw a digit, and see the server read it."""
        canvas = self.frame.locator("canvas.upper-canvas")
        expect(canvas).to_be_visible(timeout=PATIENCE_MS)
        canvas.scroll_into_view_if_needed()
        self.wait_idle()
        box = canvas.bounding_box()
        assert box is not None
        for stroke in DIGITS[digit]:
            places = [(box["x"] + x, box["y"] + y) for x, y in stroke]
            self.page.mouse.move(*places[0])
            self.page.mouse.down()
            for place in places[1:]:
                self.page.mouse.move(*place, steps=3)
            self.page.mouse.up()
        self.expect_answer(digit)

    def send_photo(self, folder: Path) -> None:
        """Photograph a 3, send it, and see it read."""
        random = np.random.default_rng(_SEED)
        file = folder / "photo.jpg"
        image = dataset.load("train").images[_ELEMENT]
        file.write_bytes(take(pen_strokes(image, random), random).data)
        self.open("draw?view=photo")
        self.frame.locator("input[type=file]").first.set_input_files(file)
        self.expect_answer(3)

    def start_training(self, epochs: int, images: int) -> str:
        """Train a network; the id of the training."""
        self.open("train?recipe=mlp-784")
        for knob, value in (("Epochs", epochs), ("Images to learn from", images)):
            field = self.frame.get_by_role("spinbutton", name=knob)
            field.fill(str(value))
            field.press("Enter")
            self.wait_idle()
        self.frame.get_by_role("button", name="Train", exact=True).click()
        self.frame.wait_for_url(re.compile("job="), timeout=PATIENCE_MS)
        return self.frame.url.split("job=")[1].split("&")[0]

    def expect_running(self) -> None:
        """Wait until the page shows how long the training still takes."""
        left = self.frame.locator(".left")
        expect(left).to_have_text(re.compile(" left$"), timeout=4 * PATIENCE_MS)

    def expect_model(self) -> str:
        """Wait until the page shows the trained network; its name."""
        named = self.frame.get_by_text(re.compile("It is called"))
        expect(named).to_be_visible(timeout=4 * PATIENCE_MS)
        return named.locator("strong").last.inner_text()

    def expect_answer(self, digit: int) -> None:
        """Wait until the page says that it reads this digit."""
        expect(self._answer()).to_contain_text(re.compile(rf"\b{digit}\b"), timeout=PATIENCE_MS)

    def wait_idle(self) -> None:
        """Wait until the app is connected and has been at rest for half a second."""
        at_rest = """() => {
            const app = document.querySelector("[data-testid=stApp]");
            const rests = app && app.dataset.testScriptState === "notRunning"
                && app.dataset.testConnectionState === "CONNECTED";
            if (!rests) window.restsSince = undefined;
            else window.restsSince ??= performance.now();
            return rests && performance.now() - window.restsSince > 500;
        }"""
        self.frame.evaluate("window.restsSince = undefined")
        self.frame.wait_for_function(at_rest, timeout=PATIENCE_MS, polling=50)

    def _answer(self) -> Locator:
        return self.frame.get_by_role("status").filter(has_text=re.compile("sure|does not look"))

    def _note(self, request: Request, status: int) -> None:
        ours = urlsplit(self.url)
        asked = urlsplit(request.url)
        if asked.netloc != ours.netloc or _PROBE.search(asked.path):
            return
        if status >= 400:
            self.refused.append(f"{status} {request.method} {request.url}")
        if not asked.path.startswith(f"{ours.path}/"):
            self.outside.append(request.url)
