"""Memory of the web process after a visit to every page with a digit drawn.

Counted is resident memory of the server and of all its children but trainings. The visitor goes
through the pages and all their views twice, draws, and tries every network on Draw and on Mistakes.
Also checked: no file of TensorFlow is mapped into the process.

    python -m benchmarks.memory
"""

import psutil
from playwright.sync_api import Page

from benchmarks.measuring import Result, chromium, empty_folder, keep
from mnist_core.models import store
from tests.e2e.app import App
from tests.serving import APP, Server, serve

BAR_MEGABYTES = 250.0
VISITS = 2
_SEVEN = ((0.25, 0.2), (0.75, 0.2), (0.45, 0.85))


def resident_megabytes(server: Server) -> float:
    """Memory of the web process and its children, trainings left out; 1 MB is a million bytes."""
    family = [server.process, *server.process.children(recursive=True)]
    trainings = {process.pid for process in server.trainings()}
    return sum(p.memory_info().rss for p in family if p.pid not in trainings) / 1e6


def maps_tensorflow(process: psutil.Process) -> bool:
    """Whether a file of TensorFlow's package is mapped into a process."""
    paths = (mapped.path for mapped in process.memory_maps(grouped=True))
    return any("/tensorflow/" in path for path in paths)


def visit(app: App) -> None:
    """Every page, with a drawing and every network."""
    app.open()
    app.open("browse?set=train&index=500")
    app.open("browse?set=test&index=8&digit=5")
    open_views(app)
    app.open("train")
    app.open("draw")
    draw_seven(app.page)
    app.wait_idle()
    for card in store.list_models():
        app.open(f"draw?model={card.name}")
        draw_seven(app.page)
        app.wait_idle()
        app.open(f"mistakes?model={card.name}")
    open_views(app)


def open_views(app: App) -> None:
    """Everything that this page can show."""
    offered = app.page.get_by_role("navigation", name="Explore deeper")
    for title in offered.locator(".card strong").all_text_contents():
        app.explore(title)


def draw_seven(page: Page) -> None:
    """Draw a 7 with the mouse."""
    box = page.locator("canvas.upper-canvas").bounding_box()
    assert box is not None
    points = [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in _SEVEN]
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point, steps=8)
    page.mouse.up()


def main() -> None:
    """Measure and keep the result."""
    with empty_folder() as folder, chromium() as browser, serve(APP, folder / "served") as server:
        app = App(browser.new_page(), server.url)
        at_start = resident_megabytes(server)
        after = []
        for _ in range(VISITS):
            visit(app)
            after.append(resident_megabytes(server))
        if app.errors or maps_tensorflow(server.process):
            raise RuntimeError(f"TensorFlow is loaded, or the page reports errors: {app.errors}")
        spared = sum(p.memory_info().rss for p in server.trainings()) / 1e6
    keep(
        Result(
            name="memory",
            promise="Resident memory of the web process after all pages and views, with drawings",
            unit="MB",
            bar=BAR_MEGABYTES,
            figure=round(max(after)),
            how=f"One visitor in Chromium, {VISITS} visits; no TensorFlow mapped into the process.",
            details={
                "before the first visitor, MB": round(at_start),
                **{f"after visit {n}, MB": round(mb) for n, mb in enumerate(after, 1)},
                "trainings, not counted, MB": round(spared),
            },
        )
    )


if __name__ == "__main__":
    main()
