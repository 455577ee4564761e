"""What people do in `killed_at_random`, and how each knows what the app has confirmed."""

import re
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import Error

from benchmarks.lost_scenes import ONE, SEVEN, press, stroke
from tests.e2e.app import App

PATIENCE = 60.0
"""Seconds after which a page that does not answer is stuck, if a web process runs all the time."""

_ONCE_SECONDS = 8.0
_INK = """canvas => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let dark = 0;
    for (let i = 0; i < data.length; i += 4) dark += data[i + 3] > 0 && data[i] < 128;
    return dark;
}"""


class Lost(Exception):
    """Something that the app had confirmed is not there any more."""


class Stuck(Exception):
    """A page answers nothing."""


class Person(ABC):
    """Somebody with a tab.

    Args:
        app: the tab.
        confirm: notes what the app has confirmed, for whoever compares it with the disk.
        is_served: whether any web process takes connections now.
    """

    path = ""

    def __init__(
        self, app: App, confirm: Callable[..., None], is_served: Callable[[], bool]
    ) -> None:
        self.app, self.confirm, self.acts = app, confirm, 0
        self._is_served = is_served
        app.page.set_default_timeout(1_000 * _ONCE_SECONDS)

    def come(self) -> None:
        """Open the page, once more where nobody answers.

        Raises:
            Stuck: nobody does for a minute.
        """
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE:
            with suppress(Error, AssertionError):
                self.app.page.goto(f"{self.app.url}/{self.path}")
                self.app.wait_idle(_ONCE_SECONDS)
                return
            began = self._patience_from(began)
        raise Stuck(f"{type(self).__name__} cannot open the page.")

    @abstractmethod
    def act(self) -> None:
        """Do one thing, and wait until it is on the page.

        Raises:
            Lost: something is gone.
            Stuck: it is not on the page for a minute, though it was tried again.
        """

    def until(self, is_done: Callable[[], bool], act: Callable[[], None]) -> int:
        """Do something until it is done, as people press again where nothing happens.

        Returns:
            How often it was tried.
        """
        tries, began, last = 0, time.monotonic(), ""
        while time.monotonic() - began < PATIENCE:
            try:
                self.app.wait_idle(_ONCE_SECONDS)
                if is_done():
                    self.acts += 1
                    return tries
                tries += 1
                act()
            except (Error, AssertionError) as error:
                last = " ".join(str(error).split())[:200]
            began = self._patience_from(began)
        raise Stuck(f"{type(self).__name__}, after {tries} tries: {last}; {self._shown()}")

    def _patience_from(self, began: float) -> float:
        """From when on one waits: nobody can answer where no web process runs."""
        return began if self._is_served() else time.monotonic()

    def see(self, what: Callable[[], int | None]) -> int:
        """A number on the page, once it is there."""
        found: list[int] = []

        def is_there() -> bool:
            if (number := what()) is not None:
                found.append(number)
            return bool(found)

        self.until(is_there, lambda: self.app.page.wait_for_timeout(200))
        return found[-1]

    def number(self, pattern: str) -> int | None:
        """What a pattern finds in the page's text."""
        text = self.app.page.locator("[data-testid=stMain]").inner_text()
        found = re.search(pattern, text)
        return int(found[1].replace(",", "")) if found else None

    def _shown(self) -> str:
        with suppress(Error):
            state = "document.querySelector('[data-testid=stApp]').dataset.testConnectionState"
            text = self.app.page.locator("[data-testid=stMain]").inner_text(timeout=5_000)
            return f"{self.app.page.evaluate(state)}: {' '.join(text.split())[:200]}"
        return "a page that does not even say what is on it"


class Reader(Person):
    """Goes from image to image on Browse."""

    path = "browse?set=train&index=100"

    def come(self) -> None:
        """Open an image."""
        super().come()
        self._confirmed = 100

    def act(self) -> None:
        """Press Next."""
        now = self.see(self._element)
        if now != self._confirmed:
            raise Lost(f"Image {self._confirmed} was open, now it is {now}.")
        tries = self.until(
            lambda: self._element() not in (None, now), lambda: press(self.app, "Next")
        )
        self._confirmed = self.see(self._element)
        if not now < self._confirmed <= now + max(tries, 1):
            raise Lost(f"{tries} times Next led from image {now} to {self._confirmed}.")

    def _element(self) -> int | None:
        return self.number(r"element ([\d,]+) of the training set")


class Drawer(Person):
    """Draws on Draw, stroke by stroke."""

    path = "draw"

    def come(self) -> None:
        """Open an empty canvas."""
        super().come()
        self._strokes = self._confirmed = 0

    def act(self) -> None:
        """Draw a stroke; after each third, clear the canvas."""
        ink = self.see(self._ink)
        # Smoothed edges may differ by a few pixels.
        if ink < 0.98 * self._confirmed:
            raise Lost(f"{self._confirmed} pixels were drawn, {ink} are there.")
        if self._strokes == 2:
            self.until(lambda: self._ink() == 0, lambda: press(self.app, "Clear"))
            self._strokes = self._confirmed = 0
            return
        points = (SEVEN, ONE)[self._strokes]
        self.until(lambda: self._ink() > 1.02 * ink, lambda: stroke(self.app, points))
        self._strokes += 1
        self._confirmed = self.see(self._ink)

    def _ink(self) -> int:
        return int(self.app.page.locator("canvas.dc-canvas.lower-canvas").evaluate(_INK))


class Writer(Person):
    """Fills in a sheet of Score my handwriting."""

    path = "draw?view=score"

    def come(self) -> None:
        """Open the sheet, which may be begun already."""
        super().come()
        self._confirmed = 0

    def act(self) -> None:
        """Skip a digit of the sheet; begin a new one before its end."""
        if not self._confirmed:
            self.until(lambda: self._place() is not None, lambda: press(self.app, "Start"))
            self._confirmed = self.see(self._place)
            return
        now = self.see(self._place)
        if now != self._confirmed:
            raise Lost(f"Digit {self._confirmed} of the sheet was asked for, now it is {now}.")
        if now >= 15:
            words = "Start over with an empty sheet"
            self.until(lambda: self._place() == 1, lambda: press(self.app, words))
            self._confirmed = 1
            return
        if now == 1:
            self.until(self._can_go_on, lambda: stroke(self.app))
        name = "Next" if now == 1 else "Skip this one"
        tries = self.until(
            lambda: self._place() not in (None, now),
            lambda: press(self.app, name, exact=False),
        )
        self._confirmed = self.see(self._place)
        if not now < self._confirmed <= now + max(tries, 1):
            raise Lost(f"{tries} times {name} led from digit {now} to {self._confirmed}.")

    def _can_go_on(self) -> bool:
        return self.app.page.get_by_role("button", name="Next", exact=False).first.is_enabled()

    def _place(self) -> int | None:
        return self.number(r"(\d+) of 20")


class Trainer(Person):
    """Trains small networks, one after the other."""

    path = "train?recipe=mlp-784&settings=epochs:1,training_images:1000"

    def act(self) -> None:
        """Start a training, resume it, or see that it is done."""
        page = self.app.page
        if "job=" not in page.url:
            self.until(lambda: "job=" in page.url, self._train)
            self.confirm("submit", re.split("job=|&", page.url)[1])
            return
        resume = page.get_by_role("button", name="Resume from its last checkpoint")
        done = page.get_by_text(re.compile("It is called"))
        with suppress(Error):
            if resume.is_visible():
                resume.click()
                self.acts += 1
            elif done.is_visible():
                self.confirm("model", done.locator("strong").last.inner_text())
                self.acts += 1
                self.come()
        page.wait_for_timeout(300)

    def finish(self) -> None:
        """Wait until the last training is a network.

        Raises:
            Stuck: it never is.
        """
        done = self.acts
        ends = time.monotonic() + 3 * PATIENCE
        while time.monotonic() < ends:
            self.act()
            if "job=" not in self.app.page.url and self.acts > done:
                return
        raise Stuck(f"Trainer: {self._shown()}")

    def _train(self) -> None:
        press(self.app, "Train")
        self.app.page.wait_for_timeout(1_000)


PEOPLE: tuple[type[Person], ...] = (Reader, Drawer, Writer, Trainer)
"""One of each is there."""
