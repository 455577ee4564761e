"""From the click on Train to the first progress on the screen.

Two servers in the same Chromium, in turns: one on which a process stands ready, as by default
while somebody looks at the page, and one on which none does and each training begins by importing
TensorFlow. The clock is the browser's.

    python -m benchmarks.first_progress [--rounds N]
"""

import argparse
import re
import statistics
import time
from pathlib import Path

import psutil
from playwright.sync_api import Browser, expect

from benchmarks.measuring import Result, alternate, chromium, empty_folder, keep
from tests.e2e.app import App
from tests.serving import APP, Server, serve

BAR_SECONDS = 1.0
RECIPE = "cnn-simple"
_WAIT = 120_000
_WARM_MODULE = "mnist_core.jobs.warm_worker"
# No processor time for so long: it has warmed up and waits.
_STILL_SECONDS = 1.5

# What a visitor sees of the first report: the bar, in the frame in which it is drawn.
_WATCH = """() => {
    window.clicked = window.seen = null;
    document.addEventListener("click", () => { window.clicked ??= performance.now(); }, true);
    const isSeen = () => [...document.querySelectorAll("*")].some(({ shadowRoot }) => {
        const done = shadowRoot?.querySelector(".show .done");
        return done && Number(done.style.getPropertyValue("--share")) > 0;
    });
    const look = () => {
        if (isSeen()) window.seen = performance.now();
        else requestAnimationFrame(look);
    };
    look();
}"""


def seconds(browser: Browser, server: Server, *, warm: bool) -> float:
    """Once: from the click to the progress; the training is stopped then."""
    page = browser.new_page()
    app = App(page, server.url)
    app.open(f"train?recipe={RECIPE}")
    if warm:
        _wait_until_warm(server)
    page.evaluate(_WATCH)
    page.get_by_role("button", name="Train", exact=True).click()
    page.wait_for_function("window.seen !== null", timeout=_WAIT, polling=200)
    found: float = page.evaluate("window.seen - window.clicked")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text(re.compile("Stopped"))).to_be_visible(timeout=_WAIT)
    app.wait_idle()
    page.close()
    return found / 1000


def _wait_until_warm(server: Server) -> None:
    deadline = time.monotonic() + _WAIT / 1000
    while time.monotonic() < deadline:
        before = _warm_processor_seconds(server)
        time.sleep(_STILL_SECONDS)
        # A look at its place fifty times a second is hardly anything.
        if before > 1 and _warm_processor_seconds(server) - before < _STILL_SECONDS / 10:
            return
    raise SystemExit("No process gets ready.")


def _warm_processor_seconds(server: Server) -> float:
    used = 0.0
    for child in server.process.children():
        try:
            if _WARM_MODULE in child.cmdline():
                used += child.cpu_times().user
        except psutil.Error:
            continue
    return used


def measure(folder: Path, rounds: int) -> None:
    """Measure and keep the result."""
    (folder / "warm").mkdir()
    (folder / "cold").mkdir()
    with (
        serve(APP, folder / "warm", environment={"MNIST_SPARE_MINUTES": "10"}) as warm,
        serve(APP, folder / "cold", environment={"MNIST_SPARE_MINUTES": "0"}) as cold,
        chromium() as browser,
    ):
        comparison = alternate(
            lambda: seconds(browser, warm, warm=True),
            lambda: seconds(browser, cold, warm=False),
            rounds=rounds,
        )
    keep(
        Result(
            name="first_progress",
            promise="From the click on Train to the first progress on the screen",
            unit="s",
            bar=BAR_SECONDS,
            figure=round(statistics.median(comparison.ours), 2),
            how=f"Chromium's clock, {RECIPE}, with a warm worker; median of {rounds}, "
            f"alternating with a server without one: "
            f"{statistics.median(comparison.theirs):.1f} s there.",
            details=comparison.details("s"),
        )
    )


def main() -> None:
    """Measure with as many rounds as are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    with empty_folder() as folder:
        measure(folder, asked.rounds)


if __name__ == "__main__":
    main()
