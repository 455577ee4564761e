"""A widget that gets new data shows it, just as if it had begun with it: each of ours.

Pages without a browser say what they send to a widget at two addresses; a bare page in the browser
gives a widget the first data and then the second, and another one the second alone.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.serving import ROOT
from tests.visiting import components, visit

# Two visits: page, what both addresses say, what tells them apart. Together they show all widgets.
VISITS: tuple[tuple[str, dict[str, str], dict[str, str], dict[str, str]], ...] = (
    ("browse", {}, {"index": "500"}, {"set": "test", "index": "9999", "digit": "4"}),
    ("browse", {"view": "pixels"}, {"index": "500"}, {"index": "7"}),
    ("browse", {"view": "alike"}, {"index": "500"}, {"index": "7"}),
    ("browse", {"view": "preparation"}, {"index": "500"}, {"index": "7"}),
    ("browse", {"view": "map"}, {"way": "umap"}, {"way": "pca", "colour": "mlp-784"}),
    ("browse", {"view": "sheets"}, {"set": "train"}, {"set": "test", "order": "label"}),
    ("browse", {"view": "shape"}, {"set": "train"}, {"set": "test"}),
    ("mistakes", {"view": "matrix"}, {"model": "mlp-784"}, {"model": "cnn-simple", "label": "4"}),
    ("mistakes", {"view": "why"}, {"model": "cnn-simple"}, {"model": "cnn-larger", "index": "8"}),
    ("mistakes", {"view": "table"}, {"model": "mlp-784"}, {"model": "cnn-simple"}),
    ("mistakes", {"view": "sure"}, {"model": "mlp-784"}, {"model": "cnn-simple"}),
    (
        "mistakes",
        {"view": "robust"},
        {"model": "mlp-800-sgd"},
        {"model": "mlp-784", "change": "blur"},
    ),
    ("mistakes", {"view": "compare"}, {"other": "mlp-784"}, {"other": "cnn-simple"}),
    ("train", {"view": "own"}, {"recipe": "mlp-784"}, {"recipe": "cnn-simple"}),
    ("draw", {}, {}, {}),
    ("home", {}, {}, {}),
)

# Without a page of ours around them these have nothing to do: they act on other elements.
ACTING = {"live_reader", "live_strokes", "live_layers", "network_flow", "scroll_into_view"}

_MOUNT = """async ([parts, datas]) => {
    const host = document.body.appendChild(document.createElement("div"));
    host.style.cssText = "width: 700px; --st-text-color: rgb(31, 29, 26)";
    const shadow = host.attachShadow({ mode: "open" });
    shadow.innerHTML = `<div>${parts.html}</div><style>${parts.css}</style>`;
    const source = URL.createObjectURL(new Blob([parts.js], { type: "text/javascript" }));
    const { default: show } = await import(source);
    const calls = { setStateValue() {}, setTriggerValue() {}, key: "key", name: "name" };
    const cleanUps = [];
    // Streamlit may clean up after the first data when the second is shown already.
    for (const data of datas) cleanUps.push(await show({ data, parentElement: shadow, ...calls }));
    cleanUps.pop();
    for (const cleanUp of cleanUps) cleanUp?.();
    await new Promise((done) => setTimeout(done, 150));
    const seen = (node) => {
        if (node.nodeType !== Node.ELEMENT_NODE) return node.textContent;
        const attributes = [...node.attributes]
            .map(({ name, value }) => `${name}=${value.replace(/blob:[^"]*/, "blob")}`)
            .sort();
        const { value, checked, disabled, selectedIndex, hidden } = node;
        const ink = node.localName === "canvas" && node.width ? node.toDataURL() : "";
        const state = { value, checked, disabled, selectedIndex, hidden };
        return [node.localName, attributes, state, ink,
            [...node.childNodes].map(seen)];
    };
    const shown = JSON.stringify(seen(shadow.firstChild), null, 1);
    host.remove();
    return shown;
}"""


@pytest.fixture(scope="module")
def sent() -> dict[str, list[tuple[dict[str, str], Any, Any]]]:
    """Of every component that is on a page: its parts, and pairs of data that it was sent."""
    found: dict[str, list[tuple[dict[str, str], Any, Any]]] = {}
    for page, both, first, second in VISITS:
        before, after = (components(visit(page, **both, **query)) for query in (first, second))
        for key, (name, parts, data) in before.items():
            if key in after:
                found.setdefault(name, []).append((parts, data, after[key][2]))
    return found


@pytest.fixture(scope="module")
def bare(browser: Any) -> Iterator[Page]:
    page = browser.new_page()
    page.route("http://nowhere/**", lambda route: route.fulfill(body="", content_type="text/html"))
    page.goto("http://nowhere/")
    page.set_content("<script type=module src=/app/static/js/index.js></script>")
    yield page
    page.close()


def test_every_widget_of_ours_is_looked_at(sent: dict[str, Any]) -> None:
    scripts = (ROOT / "ui" / "widgets").glob("*/*.html")
    assert {script.stem for script in scripts} - ACTING - sent.keys() == set()


def test_new_data_are_shown_as_if_there_had_been_no_other(
    sent: dict[str, list[tuple[dict[str, str], Any, Any]]], bare: Page
) -> None:
    wrong = []
    for name in sorted(sent.keys() - ACTING):
        for parts, before, after in sent[name]:
            changed = bare.evaluate(_MOUNT, [parts, [before, after]])
            fresh = bare.evaluate(_MOUNT, [parts, [after]])
            if changed != fresh:
                pairs = zip(changed.splitlines(), fresh.splitlines(), strict=False)
                wrong.append((name, next((pair for pair in pairs if pair[0] != pair[1]), "length")))
    assert wrong == []
