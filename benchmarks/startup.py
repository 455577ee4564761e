"""From `streamlit run` to a usable home page, beside the same for a one-line Streamlit app.

python -m benchmarks.startup [--rounds N]
"""

import argparse
import socket
import time
from pathlib import Path
from urllib.parse import urlparse

from playwright.sync_api import Browser, Error

from benchmarks.measuring import (
    Result,
    alternate,
    chromium,
    empty_folder,
    keep,
)
from tests.serving import APP, end, launch

BAR = 1.5
ONE_LINE = 'import streamlit as st; st.title("hi")\n'
_TITLE_SHOWN_AND_IDLE = """() => {
    const app = document.querySelector("[data-testid=stApp]");
    return app?.dataset.testScriptState === "notRunning"
        && app.dataset.testConnectionState === "CONNECTED"
        && app.querySelector("h1")?.checkVisibility()
        && !app.querySelector("[data-testid=stSkeleton], [data-stale=true]");
}"""
# Python's own cache of compiled modules is on, as on a visitor's machine.
_ENVIRONMENT = {"PYTHONDONTWRITEBYTECODE": ""}


def seconds_to_usable(browser: Browser, script: Path) -> float:
    """Time from starting the server's process to a page that shows its title and is idle."""
    context = browser.new_context()  # nothing kept from the round before
    page = context.new_page()
    with empty_folder() as folder:
        began = time.perf_counter()
        server = launch(script, folder, environment=_ENVIRONMENT)
        try:
            _wait_until_listening(server.url)
            page.goto(server.url, wait_until="commit")
            page.wait_for_function(_TITLE_SHOWN_AND_IDLE, polling="raf", timeout=60_000)
            return time.perf_counter() - began
        except Error as error:
            raise RuntimeError(server.log.read_text(errors="replace")) from error
        finally:
            context.close()
            end(server)


def _wait_until_listening(url: str) -> None:
    address = urlparse(url)
    while True:
        try:
            with socket.create_connection((address.hostname, address.port or 80), timeout=1):
                return
        except ConnectionRefusedError:
            time.sleep(0.005)


def main() -> None:
    """Measure and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    rounds = parser.parse_args().rounds
    with empty_folder() as folder, chromium() as browser:
        one_line = folder / "app.py"
        one_line.write_text(ONE_LINE)
        comparison = alternate(
            lambda: seconds_to_usable(browser, APP),
            lambda: seconds_to_usable(browser, one_line),
            rounds=rounds,
        )
    keep(
        Result(
            name="startup",
            promise="From `streamlit run` to a usable home page, compared with a one-line "
            "Streamlit app",
            unit="times",
            bar=BAR,
            figure=round(comparison.ratio, 3),
            how=f"Chromium, a new session each time; {rounds} alternating rounds, median ratio.",
            details=comparison.details("s"),
        )
    )


if __name__ == "__main__":
    main()
