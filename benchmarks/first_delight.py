"""From opening Home to a live answer under a moving pen, beside a bare page with a canvas.

The server is fresh: it listens, and nobody has opened a page yet. The bare page shows nothing but
st_canvas, and is done as soon as the pen leaves ink.

python -m benchmarks.first_delight [--rounds N]
"""

import argparse
import time
from pathlib import Path

from playwright.sync_api import Browser, Error, Page

from benchmarks.measuring import Result, alternate, chromium, empty_folder, keep
from tests.serving import APP, end, launch, wait_until_healthy

BAR = 1.5
BARE = (
    "from streamlit_drawable_canvas import st_canvas\n"
    'st_canvas(width=320, height=320, return_image_data=True, key="canvas")\n'
)
# Python's own cache of compiled modules is on, as on a visitor's machine.
_ENVIRONMENT = {"PYTHONDONTWRITEBYTECODE": "", "MNIST_SPARE_MINUTES": "0"}
_PATIENCE = 120
# A pen that goes round and round.
_ROUND = ((0.3, 0.3), (0.7, 0.3), (0.6, 0.5), (0.5, 0.8), (0.4, 0.5))
_ANSWER = """() => {
    const places = Array.from(document.querySelectorAll(".st-key-answer [data-testid^=stBidi]"));
    return places.some(place => place.shadowRoot?.querySelector(".reading")?.textContent);
}"""
_INK = """() => {
    const places = Array.from(document.querySelectorAll("[data-testid^=stBidi]"));
    const canvas = places.map(place => place.shadowRoot?.querySelector("canvas.upper-canvas"))
        .find(found => found);
    return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data
        .some(value => value);
}"""


def seconds_to(goal: str, browser: Browser, script: Path) -> float:
    """Time from opening a fresh server's page until what the moving pen does is on the screen.

    Args:
        goal: JavaScript that tells whether it is.
        browser: opens a new session, with nothing kept.
        script: of the page.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    with empty_folder() as folder:
        server = launch(script, folder, environment=_ENVIRONMENT)
        try:
            wait_until_healthy(server)
            began = time.perf_counter()
            page.goto(server.url, wait_until="commit")
            _draw_until(goal, page)
            return time.perf_counter() - began
        except Error as error:
            raise RuntimeError(server.log.read_text(errors="replace")) from error
        finally:
            context.close()
            end(server)


def _draw_until(goal: str, page: Page) -> None:
    canvas = page.locator("canvas.upper-canvas")
    canvas.wait_for(timeout=_PATIENCE * 1000)
    box = canvas.bounding_box()
    assert box is not None
    until = time.monotonic() + _PATIENCE
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.down()
    step = 0
    while not page.evaluate(goal):
        across, down = _ROUND[step % len(_ROUND)]
        page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"], steps=3)
        step += 1
        if time.monotonic() > until:
            raise RuntimeError("The pen moves, and nothing comes of it.")


def main() -> None:
    """Measure and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    rounds = parser.parse_args().rounds
    with empty_folder() as folder, chromium() as browser:
        bare = folder / "app.py"
        bare.write_text(BARE)
        comparison = alternate(
            lambda: seconds_to(_ANSWER, browser, APP),
            lambda: seconds_to(_INK, browser, bare),
            rounds=rounds,
        )
    keep(
        Result(
            name="first_delight",
            promise="From opening Home on a fresh server to a live answer under a moving pen, "
            "compared with ink on a bare Streamlit page with st_canvas",
            unit="times",
            bar=BAR,
            figure=round(comparison.ratio, 3),
            how=f"Chromium, a new server and session each time; {rounds} alternating rounds, "
            "median ratio.",
            details=comparison.details("s"),
        )
    )


if __name__ == "__main__":
    main()
