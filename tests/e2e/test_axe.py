"""axe-core finds nothing serious on any page, in both themes, on a wide screen and on a phone."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, expect

from tests.e2e.app import App
from tests.e2e.test_draw import DIGITS, draw
from tests.serving import ROOT, Server

# Every page and view, each with something to see on it.
VIEWS = (
    "",
    "browse?index=500",
    "browse?view=pixels&index=500",
    "browse?view=alike&index=500",
    "browse?view=preparation&index=500",
    "browse?view=doubtful",
    "browse?view=pages",
    "browse?view=map",
    "browse?view=sheets",
    "browse?view=shape",
    "train",
    "train?recipe=quick&settings=learning_rate:10",
    "train?view=own",
    "train?view=series",
    "train?view=runs",
    "draw",
    "draw?view=fool",
    "draw?view=photo",
    "draw?view=score",
    "mistakes?model=mlp-784",
    "mistakes?model=mlp-784&view=why&index=8",
    "mistakes?model=mlp-784&view=matrix&label=4&predicted=9",
    "mistakes?model=mlp-784&view=table",
    "mistakes?model=mlp-784&view=labels",
    "mistakes?model=mlp-784&view=sure",
    "mistakes?model=mlp-784&view=robust",
    "mistakes?model=mlp-784&view=compare",
    "questions?question=divide",
)
HEADINGS = {
    "": "How does a machine learn to read?",
    "browse": "What is in MNIST?",
    "train": "How does a network learn?",
    "draw": "Can it read yours?",
    "mistakes": "What does it get wrong?",
    "questions": "What do people ask?",
}
# What is seen one after the other, so that each step changes little: width, height and theme.
_Theme = Literal["light", "dark"]
_Look = tuple[int, int, _Theme]
_LOOKS: tuple[_Look, ...] = ((1280, 900, "light"), (1280, 900, "dark"), (390, 844, "light"))
# A phone has the colours of a wide screen, but for the list of views and the row of pages: one view
# of each page shows them in the dark, too.
_DARK_PHONE: _Look = (390, 844, "dark")
_DARK_ON_A_PHONE = {
    "",
    "browse?view=map",
    "train?view=own",
    "draw?view=fool",
    "mistakes?model=mlp-784&view=matrix&label=4&predicted=9",
    "questions?question=divide",
}
assert _DARK_ON_A_PHONE.issubset(VIEWS)
_BACKGROUNDS = {"light": "rgb(251, 250, 247)", "dark": "rgb(20, 21, 26)"}
# Colours differ with the theme; names, roles and the like do not.
_RULES: dict[str, dict[str, object]] = {
    # Off by itself: what is written on a thing is part of its spoken name, for those who speak.
    "light": {"rules": {"label-content-name-mismatch": {"enabled": True}}},
    "dark": {"runOnly": ["color-contrast"]},
}
_RUN = "options => axe.run(options).then(({ violations }) => violations)"
_GRAVE = ("serious", "critical")


@pytest.fixture(scope="module")
def app(open_context: Callable[..., BrowserContext], server: Server) -> Iterator[App]:
    """One tab for all of them: what the browser has loaded once it need not load again."""
    context = open_context(reduced_motion="reduce")
    page = context.new_page()
    app = App(page, server.url)
    app.open()
    yield app
    page.close()
    context.clear_cookies()


@pytest.mark.parametrize(
    "script", sorted((ROOT / "pages").glob("*.py")), ids=lambda path: path.stem
)
def test_no_view_is_left_out(script: Path) -> None:
    for name in re.findall(r'"(\w+)": View\(', script.read_text("utf-8")):
        assert any(view.startswith(script.stem) and f"view={name}" in view for view in VIEWS), name


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious(app: App, view: str) -> None:
    app.go(view)
    heading = app.page.get_by_role("heading", level=1)
    expect(heading).to_have_text(HEADINGS[urlsplit(view).path])
    dark = [_DARK_PHONE] if view in _DARK_ON_A_PHONE else []
    assert axe_findings(app, *dark) == []


def test_axe_finds_nothing_serious_on_a_read_digit_and_on_the_tour(app: App) -> None:
    app.go("")
    app.page.get_by_role("button", name="Show me, 5 minutes").click()
    bar = app.page.get_by_role("region", name="Tour")
    expect(bar).to_be_visible()
    app.wait_idle()
    draw(app, DIGITS[7])
    expect(bar.get_by_role("button", name="Next")).to_be_visible()
    app.wait_idle()
    assert axe_findings(app) == []
    app.page.context.clear_cookies()


def axe_findings(app: App, *more: _Look) -> list[str]:
    """What axe-core has to say about the page that is open, in both sizes and both themes."""
    app.page.evaluate(AXE_SCRIPT)
    found = []
    for width, height, theme in (*_LOOKS, *more):
        app.page.set_viewport_size({"width": width, "height": height})
        app.page.emulate_media(color_scheme=theme)
        background = ("background-color", _BACKGROUNDS[theme])
        expect(app.page.get_by_test_id("stApp")).to_have_css(*background)
        options = {"resultTypes": ["violations"], **_RULES[theme]}
        violations: list[dict[str, Any]] = app.page.evaluate(_RUN, options)
        if any(rule["impact"] in _GRAVE for rule in violations):
            # What has not got its new colours yet, on a busy machine, has them a moment later.
            app.page.wait_for_timeout(1000)
            violations = app.page.evaluate(_RUN, options)
        found += [
            f"{width}, {theme}: {rule['id']}: {node['target']} {node['html'][:200]}"
            f" {node['failureSummary']}"
            for rule in violations
            if rule["impact"] in _GRAVE
            for node in rule["nodes"]
        ]
    return found
