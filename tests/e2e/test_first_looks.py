"""A page's first look: at most two screens, 120 words and seven controls; what it is about, above.

The address of another page with a first look, and what must be above its fold, go into PAGES.
"""

import re
from typing import Any

from playwright.sync_api import expect

from tests.e2e.app import App
from tests.e2e.test_axe import HEADINGS

SCREENS = ((1280, 900), (390, 660))
PAGES = {
    "": [("application", re.compile("Canvas"))],
    "draw": [("application", re.compile("Canvas"))],
    "train": [("button", re.compile("Train it"))],
    "browse": [("img", re.compile("Element 0, labelled 5"))],
    "mistakes": [
        ("heading", re.compile("read as")),
        ("img", re.compile("^Test image")),
    ],
    "questions": [("heading", re.compile("What do people ask"))],
}
MOST_WORDS, MOST_CONTROLS, MOST_SCREENS = 120, 7, 2

# A control is an element with something to press, type or point at: a row of radio buttons, of
# cards, of questions or of buttons below a canvas, a gallery or a field with its - and + counts
# once; the question mark behind a text and the row of all pages do not count.
_LOOK = """() => {
    const main = document.querySelector("[data-testid=stMain]");
    const [words, controls] = [[], new Set()];
    const rows = ".st-key-next-steps, .st-key-canvas-buttons, .st-key-questions";
    const kinds = "a[href], button, input, select, textarea, summary, [tabindex='0']";
    const visit = (node, container) => {
        if (node.nodeType === Node.TEXT_NODE) {
            words.push(...(node.textContent.match(/\\p{L}[\\p{L}’'-]+/gu) ?? []));
            return;
        }
        if (node.nodeType === Node.ELEMENT_NODE) {
            const { localName, dataset } = node;
            if (["style", "script", "option", "optgroup"].includes(localName)) return;
            if (!node.checkVisibility({ visibilityProperty: true })) return;
            if (/Tooltip/.test(dataset.testid ?? "")) return;
            if (node.matches(".st-key-navigation-row")) return;
            if (node.matches(rows)) container = node;
            if (dataset.testid === "stElementContainer" && !node.closest(rows)) container = node;
            if (node.matches(kinds)) controls.add(container);
        }
        for (const child of node.shadowRoot?.childNodes ?? []) visit(child, container);
        for (const child of node.childNodes) visit(child, container);
    };
    visit(main, null);
    const named = [...controls].map((one) => one?.className.match(/st-key-[\\w-]+/)?.[0] ?? "?");
    return { words, controls: named, height: main.scrollHeight };
}"""


def test_first_looks_are_short_and_show_above_the_fold_what_they_are_about(app: App) -> None:
    app.open()
    for path, shown in PAGES.items():
        app.go(path)
        expect(app.page.get_by_role("heading", level=1)).to_have_text(HEADINGS[path])
        for width, height in SCREENS:
            app.page.set_viewport_size({"width": width, "height": height})
            app.wait_idle()
            seen: dict[str, Any] = app.page.evaluate(_LOOK)
            assert len(seen["words"]) <= MOST_WORDS, (path, seen["words"])
            assert len(seen["controls"]) <= MOST_CONTROLS, (path, seen["controls"])
            assert seen["height"] <= MOST_SCREENS * height, (path, width)
            for role, name in shown:
                box = app.page.get_by_role(role, name=name).first.bounding_box()  # type: ignore[arg-type]
                assert box is not None
                assert 0 <= box["y"] < box["y"] + box["height"] <= height, (path, width, name)
            app.screenshot(f"first-look-{path}-{width}", full_page=False)
