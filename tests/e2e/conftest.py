"""One server and one browser for all browser tests; `tests/e2e/app.py` says how to use them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, expect

from mnist_core.jobs import queue
from tests.e2e.app import PATIENCE, App
from tests.e2e.browser import NO_BROWSER, launch_arguments
from tests.serving import APP, Server, serve

# A look ends as soon as what it waits for is there; on a busy machine that may take long.
expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], playwright: Playwright
) -> dict[str, Any]:
    """Debian's Chromium, else Playwright's own. Without a browser these tests fail, never skip."""
    arguments = launch_arguments(playwright)
    if arguments is None:
        pytest.fail(NO_BROWSER, pytrace=False)
    return {**browser_type_launch_args, **arguments}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app, with an empty directory of its own for the models people train.

    Without a warm worker: it would import TensorFlow once more after every training.
    """
    folder, settings = tmp_path_factory.mktemp("served"), {"MNIST_SPARE_MINUTES": "0"}
    with serve(APP, folder, environment=settings) as server:
        yield server


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
    assert "Traceback" not in printed, printed
