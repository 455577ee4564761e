"""How many people one core carries: the processor time that the web process spends on each.

Counted is the time the process was really at work, so a busy machine changes little. One visitor
goes through Browse and Mistakes (the tour of `page_speed`), draws, and watches a training, which
is a process of its own and not counted here. Loading of data and models falls into a first tour,
which does not count.

    python -m benchmarks.concurrent_visitors [--tours N]
"""

import argparse
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from playwright.sync_api import Browser, ViewportSize

from benchmarks.measuring import chromium, empty_folder, machine
from benchmarks.memory import draw_seven
from benchmarks.page_speed import tour
from benchmarks.table import RESULTS
from mnist_core.jobs import admission, queue
from mnist_core.networks import recipes
from tests.e2e.app import App
from tests.serving import APP, Server, serve

STROKES_A_DRAWING = 6
WATCHING_SECONDS = 20.0
_VIEWPORT: ViewportSize = {"width": 1280, "height": 900}


class Spent:
    """Milliseconds of processor time that the web process spent within a block."""

    milliseconds = 0.0


@contextmanager
def spent(server: Server) -> Iterator[Spent]:
    """Watch the web process while something is done with it."""
    found, before = Spent(), _at_work(server)
    yield found
    found.milliseconds = 1000 * (_at_work(server) - before)


def _at_work(server: Server) -> float:
    times = server.process.cpu_times()
    return float(times.user + times.system)


def a_click(browser: Browser, server: Server) -> float:
    """On average over a tour, with its page changes."""
    context = browser.new_context(viewport=_VIEWPORT)
    app, clicks = App(context.new_page(), server.url), 0
    app.open()
    with spent(server) as found:
        for _, act in tour(app.page):
            act(app.page)
            app.wait_idle()
            clicks += 1
    context.close()
    return found.milliseconds / clicks


def a_stroke(browser: Browser, server: Server) -> float:
    """On average over a drawing, from the page's opening on."""
    context = browser.new_context(viewport=_VIEWPORT)
    app = App(context.new_page(), server.url)
    with spent(server) as found:
        app.open("draw")
        for _ in range(STROKES_A_DRAWING):
            draw_seven(app.page)
            app.wait_idle()
    context.close()
    return found.milliseconds / STROKES_A_DRAWING


def a_second_of_watching(browser: Browser, server: Server) -> float:
    """While a training runs and the page follows it."""
    recipe = recipes.get("cnn-simple")
    settings = replace(recipe.settings, epochs=50)
    job_id = admission.submit(recipe, settings, root=server.models)
    context = browser.new_context(viewport=_VIEWPORT)
    app = App(context.new_page(), server.url)
    app.page.goto(f"{server.url}/train?job={job_id}")
    while not queue.read(job_id, root=server.models).progress:
        time.sleep(0.2)
    began = time.monotonic()
    with spent(server) as found:
        time.sleep(WATCHING_SECONDS)
    seconds = time.monotonic() - began
    context.close()
    queue.stop(job_id, root=server.models)
    return found.milliseconds / seconds


def main() -> None:
    """Measure and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tours", type=int, default=3)
    tours = parser.parse_args().tours
    with empty_folder() as folder, chromium() as browser, serve(APP, folder / "served") as server:
        a_click(browser, server)
        clicks = [a_click(browser, server) for _ in range(tours)]
        a_stroke(browser, server)
        strokes = [a_stroke(browser, server) for _ in range(tours)]
        watching = a_second_of_watching(browser, server)
    found = {
        "processor time, ms": {
            "a click on Browse or Mistakes": round(sum(clicks) / tours, 1),
            "a stroke on Draw": round(sum(strokes) / tours, 1),
            "a second of watching a training": round(watching, 1),
        },
        "tours": tours,
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine(),
    }
    text = json.dumps(found, indent=2, ensure_ascii=False)
    print(text)
    (RESULTS / "people.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
