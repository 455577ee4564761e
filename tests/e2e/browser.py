"""Which browser the tests and benchmarks drive, and how it is started."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Playwright

# Debian's Chromium. The one without a window of its own uses half the processor time.
_DEBIAN = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))

NO_BROWSER = (
    "There is no browser to test with. `make test` gets one; by hand it is "
    "`apt-get install chromium` on Debian, `playwright install chromium` elsewhere."
)

# No sandbox: tests run as root in CI, where Chromium refuses to start with one. The others keep
# Chromium from calling home, which costs time where there is no network.
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def launch_arguments(playwright: Playwright) -> dict[str, Any] | None:
    """How to launch Chromium; None when there is none."""
    for program in filter(Path.exists, _DEBIAN):
        return {"executable_path": str(program), "args": _FLAGS}
    if Path(playwright.chromium.executable_path).exists():
        return {"args": _FLAGS}
    return None
