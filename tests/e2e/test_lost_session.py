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


def test_what_was_drawn_played_and_filled_in_is_there_again(
    page: Page, own_server: list[Server]
) -> None:
    app = App(page, own_server[0].url)
    app.open("draw?view=fool")
    page.locator(".st-key-fool-meant label").nth(1).click()
    app.wait_idle()
    mouse_along(app, TEN[7])
    verdict = page.get_by_text("It takes your 1 for a 7, and is sure of it.")
    expect(verdict).to_be_visible()

    # In another tab a sheet, half done.
    sheet = App(page.context.new_page(), own_server[0].url)
    sheet.open("draw?view=score")
    sheet.page.get_by_role("button", name="Start", exact=True).click()
    sheet.wait_idle()
    go_on = sheet.page.get_by_role("button", name=re.compile("Next"))
    mouse_along(sheet, TEN[asked(sheet)])
    go_on.click()
    expect(sheet.page.get_by_text("2 of 20")).to_be_visible()
    sheet.wait_idle()
    mouse_along(sheet, TEN[asked(sheet)])
    expect(go_on).to_be_enabled()

    own_server.append(relaunch(own_server[-1], environment=_ENVIRONMENT))
    wait_until_healthy(own_server[-1])
    sheet.wait_idle()
    expect(sheet.page.get_by_text("2 of 20")).to_be_visible()
    # With what is on the canvas.
    go_on.click()
    expect(sheet.page.get_by_text("3 of 20")).to_be_visible()
    sheet.wait_idle()
    sheet.page.reload()
    expect(sheet.page.get_by_text("3 of 20")).to_be_visible()
    expect(sheet.page.get_by_text("2 drawn so far")).to_be_visible()

    # The first tab: the canvas, what it was meant to be, and the answer.
    page.bring_to_front()
    app.wait_idle()
    expect(verdict).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(verdict).to_have_count(0)
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
