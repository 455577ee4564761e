"""The app with a path of its own behind a proxy: nothing outside that path is asked for."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from benchmarks.hosting.visitor import Visitor
from tests.serving import APP, serve


def test_all_of_the_app_is_below_its_path(page: Page, tmp_path: Path) -> None:
    settings = {"STREAMLIT_SERVER_BASE_URL_PATH": "digits", "MNIST_SPARE_MINUTES": "0"}
    with serve(APP, tmp_path / "served", environment=settings) as server:
        assert server.url.endswith("/digits")
        visitor = Visitor(page, server.url)
        # The first page of a fresh server, by a link; its network and its pictures come as files.
        visitor.open("draw")
        visitor.draw(7)
        visitor.click_through("Mistakes", "Home")
        visitor.open("browse?view=map")
        visitor.wait_idle()
        visitor.open("train?view=own")
        link = page.get_by_label("The link")
        expect(link).to_have_value(re.compile(rf"^{re.escape(server.url)}/train\?"))
        assert visitor.outside == []
        assert visitor.refused == []
        assert visitor.errors == []
