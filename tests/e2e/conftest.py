"""One server and one browser for all browser tests; `tests/e2e/app.py` says how to use them."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, expect

from mnist_core.jobs import queue
from tests.e2e.app import KEEP_STILL, PATIENCE, App
from tests.e2e.browser import NO_BROWSER, launch_arguments
from tests.serving import APP, Server, serve

# A look ends as soon as what it waits for is there; on a busy machine that may take long.
expect.set_options(timeout=PATIENCE * 1000)

# Half of what it costs to open a page is Streamlit's program being fetched and compiled. Pages that
# share a process share that. To compile it once more, for speed, pays only for what runs thousands
# of times, as the live reader does; and a page that is closed soon needs no garbage collected.
_FLAGS = [
    "--renderer-process-limit=1",
    "--js-flags=--no-opt --max-lazy --invocation-count-for-maglev=4000 --min-semi-space-size=64",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], playwright: Playwright
) -> dict[str, Any]:
    """Debian's Chromium, else Playwright's own. Without a browser these tests fail, never skip."""
    arguments = launch_arguments(playwright)
    if arguments is None:
        pytest.fail(NO_BROWSER, pytrace=False)
    return {**browser_type_launch_args, **arguments, "args": arguments["args"] + _FLAGS}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app, with an empty directory of its own for the models people train.

    Without a warm worker, which would import TensorFlow once more after every training; and with
    one processor for a training, which is to leave the others to the browsers.
    """
    folder = tmp_path_factory.mktemp("served")
    settings = {"MNIST_SPARE_MINUTES": "0", "TF_NUM_INTRAOP_THREADS": "1"}
    with serve(APP, folder, environment=settings) as server:
        yield server


@pytest.fixture(scope="session")
def open_context(
    browser: Browser, browser_context_args: dict[str, Any], server: Server
) -> Iterator[Callable[..., BrowserContext]]:
    """The browser context for a screen of some kind, opened when it is first asked for.

    Its cache is kept from test to test, and so is its process, by a page that nobody looks at.
    """
    contexts: dict[str, BrowserContext] = {}

    def context(**screen: Any) -> BrowserContext:
        kind = repr(sorted(screen.items()))
        if kind not in contexts:
            contexts[kind] = browser.new_context(**browser_context_args, **screen)
            contexts[kind].add_init_script(KEEP_STILL)
            contexts[kind].new_page().goto(f"{server.url}/_stcore/health")
        return contexts[kind]

    yield context
    for opened in contexts.values():
        opened.close()


@pytest.fixture
def context(
    open_context: Callable[..., BrowserContext], request: pytest.FixtureRequest, output_path: str
) -> Iterator[BrowserContext]:
    """A browser without cookies, stored values and permissions, and with a warm cache."""
    marker = request.node.get_closest_marker("browser_context_args")
    context = open_context(**(marker.kwargs if marker else {}))
    kept, *before = context.pages
    assert not before
    yield context
    call = getattr(request.node, "rep_call", None)
    for number, page in enumerate(context.pages[1:], start=1):
        if call and call.failed:
            with suppress(Error):
                page.screenshot(path=Path(output_path) / f"failed-{number}.png", timeout=5_000)
        page.close()
    context.clear_cookies()
    context.clear_permissions()
    kept.evaluate("localStorage.clear()")


# What Streamlit 1.67 prints now and then of a connection that was cut: it closes it once more.
_CLOSED_TWICE = re.compile(
    r"Exception in ASGI application\n(?:(?!Exception in ASGI).*\n)*?"
    r"starlette\.websockets\.WebSocketDisconnected: Cannot call \"send\" once a close message.*\n"
)


@pytest.fixture
def app(page: Page, server: Server, tmp_path: Path) -> Iterator[App]:
    """A fresh browser tab; what went wrong in it, or on the server meanwhile, fails the test."""
    printed_before = server.log.stat().st_size
    app = App(page, server.url)
    yield app
    # Where a test failed, its training is not to keep the next one waiting.
    for job_id in queue.unfinished(root=server.models):
        queue.stop(job_id, root=server.models)
    assert app.unexpected_errors() == []
    printed = server.log.read_bytes()[printed_before:].decode(errors="replace")
    assert "Traceback" not in _CLOSED_TWICE.sub("", printed), printed
