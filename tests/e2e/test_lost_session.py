"""A browser comes back to a server that does not know it: the web process was killed."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.app import App
from tests.e2e.test_draw import mouse_along
from tests.e2e.test_score_hand import TEN, asked
from tests.serving import APP, Server, end, launch, relaunch, wait_until_healthy

_ENVIRONMENT = {"MNIST_SPARE_MINUTES": "0"}


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[list[Server]]:
    """A server that may be killed; in a list, as another then takes its place."""
    servers = [launch(APP, tmp_path, environment=_ENVIRONMENT)]
    try:
        wait_until_healthy(servers[-1])
        yield servers
        printed = servers[-1].log.read_text(errors="replace")
        assert "Traceback" not in printed, printed
    finally:
        end(servers[-1])


def kill_and_start_again(app: App, servers: list[Server]) -> None:
    servers.append(relaunch(servers[-1], environment=_ENVIRONMENT))
    wait_until_healthy(servers[-1])
    app.wait_idle()


def test_what_was_drawn_and_played_is_there_again(page: Page, own_server: list[Server]) -> None:
    app = App(page, own_server[0].url)
    app.open("draw?view=fool")
    page.locator(".st-key-fool-meant label").nth(1).click()
    app.wait_idle()
    mouse_along(app, TEN[7])
    verdict = page.get_by_text("It takes your 1 for a 7, and is sure of it.")
    expect(verdict).to_be_visible()
    kill_and_start_again(app, own_server)
    # The canvas, what it was meant to be, and the answer.
    expect(verdict).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(verdict).to_have_count(0)
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()


def test_a_half_done_sheet_outlives_the_server_and_the_page(
    page: Page, own_server: list[Server]
) -> None:
    app = App(page, own_server[0].url)
    app.open("draw?view=score")
    page.get_by_role("button", name="Start", exact=True).click()
    app.wait_idle()
    go_on = page.get_by_role("button", name=re.compile("Next"))
    mouse_along(app, TEN[asked(app)])
    go_on.click()
    expect(page.get_by_text("2 of 20")).to_be_visible()
    app.wait_idle()
    mouse_along(app, TEN[asked(app)])
    expect(go_on).to_be_enabled()
    kill_and_start_again(app, own_server)
    expect(page.get_by_text("2 of 20")).to_be_visible()
    # With what is on the canvas.
    go_on.click()
    expect(page.get_by_text("3 of 20")).to_be_visible()
    app.wait_idle()
    page.reload()
    expect(page.get_by_text("3 of 20")).to_be_visible()
    expect(page.get_by_text("2 drawn so far")).to_be_visible()
