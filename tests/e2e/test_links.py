"""Links into the app, as the very first thing that a fresh server is asked for."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.serving import APP, serve


def test_the_first_visitor_of_a_server_may_come_by_a_link(page: Page, tmp_path: Path) -> None:
    with serve(APP, tmp_path / "served") as server:
        page.goto(f"{server.url}/train?recipe=cnn-larger")
        expect(page.get_by_role("heading", name="How does a network learn?")).to_be_visible()
        # The app around it, too: all five pages by their names.
        for name in ("Home", "Browse", "Train", "Draw", "Mistakes"):
            expect(page.get_by_role("link", name=name, exact=True).first).to_be_visible()
