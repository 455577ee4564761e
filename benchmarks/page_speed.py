"""How long the server works on a click: every widget of Browse and Mistakes, and a page change.

A real server serves a real browser, which clicks through the pages in tours; the server writes
down how long each script run takes (see `timed_server`). Where a click causes several runs, their
sum counts. Loading of data and models falls into the first tour, which does not count.

    python -m benchmarks.page_speed [--tours N]
"""

import argparse
import re
import statistics
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.idle_machine import undisturbed
from benchmarks.measuring import Result, chromium, empty_folder, keep
from benchmarks.timed_server import RUN_TIMES
from tests.e2e.app import App, explore
from tests.serving import APP, serve

BAR_MILLISECONDS = 150.0

# On the label, where there is one: some radio buttons are hidden behind it.
CLICK = "one => (one.closest('label') ?? one).click()"

Act = Callable[[Page], None]
Action = tuple[str, Act]


def button(name: str) -> Callable[[Page], None]:
    """Click the button with these words."""
    return lambda page: page.get_by_role("button", name=name).first.click()


def link(name: str) -> Callable[[Page], None]:
    """Go to another page by the navigation."""
    return lambda page: page.get_by_role("link", name=name, exact=True).first.click()


def pill(name: str) -> Callable[[Page], None]:
    """Choose one of a row."""
    return lambda page: page.get_by_role("radio", name=name, exact=True).evaluate(CLICK)


def chosen(label: str, option: str) -> Callable[[Page], None]:
    """Choose something else in a list, Streamlit's by its first letters."""

    def act(page: Page) -> None:
        box = page.get_by_role("combobox", name=re.compile(label))
        if box.evaluate("one => one.localName === 'select'"):
            box.select_option(option)
            return
        # An open list closes when the page scrolls.
        box.scroll_into_view_if_needed()
        box.click()
        box.fill(option)
        page.get_by_role("option").filter(has_text=option).first.click()

    return act


def typed(label: str, number: int) -> Callable[[Page], None]:
    """Enter a number."""

    def act(page: Page) -> None:
        page.get_by_role("spinbutton", name=re.compile(label)).fill(str(number))
        page.keyboard.press("Enter")

    return act


def tile(position: int) -> Callable[[Page], None]:
    """Pick a digit from the gallery."""
    return lambda page: page.locator(".digits button").nth(position).click()


def tour(page: Page) -> Iterator[Action]:
    """All that is clicked, in order."""
    yield "page change: to Browse", link("Browse")
    yield "Browse: next", button("Next")
    yield "Browse: previous", button("Previous")
    yield "Browse: a number typed", typed("Element", 31415)
    yield "Browse: tile picked", tile(7)
    yield "Browse: only one digit", pill("4")
    yield from views("Browse", page)
    yield "Browse: to the pages", partial(explore, title="Page by page")
    yield "Browse: other set", pill("Test set")
    yield "Browse: element 500", button("500: ")
    yield "Browse: element 200", button("200: ")
    yield "Browse: gallery's page", button("Next page")
    yield "page change: to Mistakes", link("Mistakes")
    yield "Mistakes: next mistake", button("Next")
    yield "Mistakes: another network", chosen("Network", "Three hidden layers")
    yield "Mistakes: tile picked", tile(3)
    yield from views("Mistakes", page)
    yield "Mistakes: to the matrix", partial(explore, title="What is read as what")
    yield "Mistakes: a cell of the matrix", button("labelled 9 read as 4")
    yield "Mistakes: labelled as", chosen("Labelled as", "4")
    yield "Mistakes: read as", chosen("Read as", "9")
    yield "Mistakes: the tutorial's find", button("The tutorial's mistake")


def views(name: str, page: Page) -> Iterator[Action]:
    """Every deeper view that a page offers, and the way back to its first look."""
    offered = page.get_by_role("navigation", name="Explore deeper")
    for title in offered.locator(".card strong").all_text_contents():
        yield f"{name}, view: {title}", partial(explore, title=title)
    yield f"{name}, view: first look", lambda page: offered.locator(".back").click()


def milliseconds(tours: int) -> dict[str, list[float]]:
    """How long the server worked on each action, a figure per tour."""
    with empty_folder() as folder, chromium() as browser:
        times = folder / "times"
        times.touch()
        environment = {RUN_TIMES: str(times)}
        with serve(
            APP, folder / "served", program="benchmarks.timed_server", environment=environment
        ) as server:
            once = partial(one_tour, browser, server.url, times)
            once()
            found = [undisturbed(once) for _ in range(tours)]
    return {name: [tour[name] for tour in found] for name in found[0]}


def one_tour(browser: Browser, url: str, times: Path) -> dict[str, float]:
    """What the server works on each action of a new visitor, in milliseconds."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    app = App(context.new_page(), url)
    app.open()
    found = {name: _took(app, name, act, times) for name, act in tour(app.page)}
    context.close()
    if app.errors:
        raise RuntimeError(app.errors)
    return found


def _took(app: App, name: str, act: Callable[[Page], None], times: Path) -> float:
    before = len(times.read_text().split())
    act(app.page)
    app.wait_idle()
    runs = [float(line) for line in times.read_text().split()[before:]]
    if not runs:
        raise RuntimeError(f"The server did nothing: {name}")
    return sum(runs)


def main() -> None:
    """Measure and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tours", type=int, default=9)
    tours = parser.parse_args().tours
    medians = {
        name: round(statistics.median(took), 1) for name, took in milliseconds(tours).items()
    }
    keep(
        Result(
            name="page_speed",
            promise="The slowest page change or widget on Browse and Mistakes, server-side",
            unit="ms",
            bar=BAR_MILLISECONDS,
            figure=max(medians.values()),
            how=f"Script runs timed inside the server while Chromium clicks; median of {tours} "
            "tours after one to warm up.",
            details={f"{name}, ms": median for name, median in medians.items()},
        )
    )


if __name__ == "__main__":
    main()
