"""axe-core finds nothing serious on any page, in both themes, on a wide screen and on a phone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.e2e.app import App
from tests.serving import Server

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
    "draw?view=fool",
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
SIZES: tuple[ViewportSize, ...] = (
    {"width": 1280, "height": 900},
    {"width": 390, "height": 844},
)
# Colours differ with the theme; names, roles and the like do not.
_RULES: dict[str, dict[str, object]] = {
    # Off by itself: what is written on a thing is part of its spoken name, for those who speak.
    "light": {"rules": {"label-content-name-mismatch": {"enabled": True}}},
    "dark": {"runOnly": ["color-contrast"]},
}
ROOT = Path(__file__).parents[2]
_GRAVE = ("serious", "critical")


@pytest.fixture(scope="module")
def app(browser: Browser, server: Server) -> Iterator[App]:
    """One tab for all of them: what the browser has loaded once it need not load again."""
    context = browser.new_context(reduced_motion="reduce")
    yield App(context.new_page(), server.url)
    context.close()


@pytest.mark.parametrize(
    "script", sorted((ROOT / "pages").glob("*.py")), ids=lambda path: path.stem
)
def test_no_view_is_left_out(script: Path) -> None:
    for name in re.findall(r'"(\w+)": View\(', script.read_text("utf-8")):
        assert any(view.startswith(script.stem) and f"view={name}" in view for view in VIEWS), name


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious(app: App, view: str) -> None:
    app.page.set_viewport_size(SIZES[0])
    app.page.emulate_media(color_scheme="light")
    app.open(view)
    assert findings_everywhere(app) == []


def test_axe_finds_nothing_serious_on_a_read_digit_and_on_the_tour(app: App) -> None:
    app.page.context.clear_cookies()
    app.page.set_viewport_size(SIZES[0])
    app.open()
    app.page.get_by_role("button", name="Show me, 5 minutes").click()
    box = app.page.locator("canvas.upper-canvas").bounding_box()
    assert box is not None
    app.page.mouse.move(box["x"] + 160, box["y"] + 60)
    app.page.mouse.down()
    app.page.mouse.move(box["x"] + 150, box["y"] + 260, steps=5)
    app.page.mouse.up()
    expect(app.page.get_by_role("button", name="Next: ask another network")).to_be_visible()
    app.wait_idle()
    assert findings_everywhere(app) == []
    app.page.context.clear_cookies()


def findings_everywhere(app: App) -> list[str]:
    """What axe-core has to say about the page that is open, in both sizes and themes."""
    found = []
    for size in SIZES:
        app.page.set_viewport_size(size)
        for theme in ("light", "dark"):
            app.page.emulate_media(color_scheme=theme)
            app.wait_idle()
            found += [f"{size['width']}, {theme}: {one}" for one in findings(app.page, theme)]
    return found


def findings(page: Page, theme: str) -> list[str]:
    """What it has to say as the page is, a line for each element."""
    options = {"resultTypes": ["violations"], **_RULES[theme]}
    results = Axe().run(page, options=options).response
    return [
        f"{rule['id']}: {node['target']} {node['html'][:200]} {node['failureSummary']}"
        for rule in results["violations"]
        if rule["impact"] in _GRAVE
        for node in rule["nodes"]
    ]
