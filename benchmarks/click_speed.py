"""From a click to the new picture on the screen: every view of Browse and Mistakes.

Ours and a bare app, in which a button counts its clicks, are open in the same Chromium and clicked
in turns. Two kinds of clicks are made on every view: the one that opens it, and one that changes
what it shows. The clock is the browser's: from the click event to the frame after the last change
of what is in sight, whatever part of the page that is. What only Streamlit's own status changes
(stale marks, the name of the script's state) is not looked at. The first visit of a view, in which
data and networks are loaded, does not count.

    python -m benchmarks.click_speed [--rounds N] [--only WORDS]
"""

import argparse
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import cycle

from playwright.sync_api import Browser, Page, expect

from benchmarks.measuring import Comparison, Result, alternate, chromium, empty_folder, keep
from benchmarks.page_speed import Act, button, chosen, pill, tile
from tests.e2e.app import App, explore
from tests.serving import APP, serve

BAR_MILLISECONDS = 300.0
BAR_TIMES = 2.0

BARE = """
import streamlit as st

st.title("Button")
st.session_state.setdefault("clicks", 0)
if st.button("Count"):
    st.session_state.clicks += 1
st.markdown(f"{st.session_state.clicks} clicks")
"""

# Runs before anything else on the page: sees every change in the document and in the shadow trees
# of our components, and every canvas that is wiped to be drawn again.
_WATCH = """(() => {
    const watch = { clicked: null, changed: null };
    const unseen = new Set(["data-stale", "data-test-script-state", "data-test-connection-state"]);
    const note = () => {
        if (watch.clicked !== null)
            requestAnimationFrame(() => { watch.changed = performance.now(); });
    };
    const observer = new MutationObserver(changes => {
        const seen = ({ attributeName, target }) => !unseen.has(attributeName)
            && !target.parentElement?.closest?.("[data-testid=stStatusWidget]");
        if (changes.some(seen)) note();
    });
    const everything = { attributes: true, characterData: true, childList: true, subtree: true };
    const observe = root => observer.observe(root, everything);
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (options) {
        const root = attach.call(this, options);
        observe(root);
        return root;
    };
    const wipe = CanvasRenderingContext2D.prototype.clearRect;
    CanvasRenderingContext2D.prototype.clearRect = function (...box) {
        note();
        return wipe.apply(this, box);
    };
    addEventListener("click", () => { watch.clicked = performance.now(); }, true);
    addEventListener("DOMContentLoaded", () => observe(document.body));
    window.watch = watch;
})()"""


@dataclass(frozen=True)
class Clicks:
    """What is clicked on a view, again and again; every act must change the picture.

    Attributes:
        page: "browse" or "mistakes".
        view: the view's name in the address.
        title: what its button says.
        acts: in turn; may be none.
        queries: what else the address says; all are opened before, so that whatever has to be
            loaded or measured is there, and the last is where the clicks begin.
    """

    page: str
    view: str
    title: str
    acts: tuple[Act, ...] = ()
    queries: tuple[str, ...] = ("",)


VIEWS = (
    Clicks("browse", "element", "One by one", (button("Next"),)),
    Clicks("browse", "pages", "Page by page", (button("500: "), button("200: "))),
    Clicks("browse", "pixels", "Its 784 numbers", (button("500: "), button("200: "))),
    Clicks("browse", "doubtful", "Doubtful labels", (pill("4"), pill("7"))),
    Clicks("browse", "alike", "More like this", (tile(3), tile(24))),
    Clicks("browse", "map", "Map", (pill("t-SNE"), pill("UMAP"))),
    Clicks("browse", "preparation", "How it is prepared", (button("Increment"),)),
    Clicks("browse", "sheets", "All at once", (pill("Test set"), pill("Training set"))),
    Clicks("browse", "shape", "In numbers", (pill("Test set"), pill("Training set"))),
    Clicks("mistakes", "mistake", "One mistake", (button("Next"), button("Previous"))),
    Clicks(
        "mistakes",
        "matrix",
        "What is read as what",
        (button("9 read as 4"), button("4 read as 9")),
    ),
    # Of the two best there are too few images to click.
    Clicks(
        "mistakes", "compare", "Compare networks", (tile(5), tile(9)), ("&model=mlp-1024-128-64",)
    ),
    Clicks("mistakes", "labels", "Is the label wrong?", (tile(4), tile(9))),
    Clicks("mistakes", "table", "In numbers"),
    Clicks("mistakes", "why", "Why?", (button("Next mistake"),)),
    Clicks("mistakes", "sure", "How sure is it?"),
    Clicks(
        "mistakes",
        "robust",
        "How robust is it?",
        (chosen("Change every image by", "Blur"), chosen("Change every image by", "Rotation")),
        ("&change=blur", "&change=turn"),
    ),
)
COUNT = button("Count")


class Tab:
    """A tab of the browser whose clicks are timed."""

    def __init__(self, browser: Browser, url: str) -> None:
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.add_init_script(_WATCH)
        self._app = App(page, url)

    def open(self, address: str = "") -> None:
        """Go to a page and wait until all of it is there, and measured what it measures."""
        self._app.open(address, timeout=180)
        expect(self._app.page.get_by_role("progressbar")).to_have_count(0, timeout=120_000)
        self._app.wait_idle()

    def seconds(self, act: Callable[[Page], None]) -> float:
        """From the click to the frame after the last change that followed."""
        page = self._app.page
        page.bring_to_front()
        self._app.wait_idle()
        page.evaluate("Object.assign(watch, { clicked: null, changed: null })")
        act(page)
        page.wait_for_function("watch.changed !== null")
        self._app.wait_idle()
        return float(page.evaluate("(watch.changed - watch.clicked) / 1000"))


def arrive(tab: Tab, clicks: Clicks) -> None:
    """Go to where the clicks begin."""
    for query in clicks.queries:
        tab.open(f"{clicks.page}?view={clicks.view}{query}")


def opening(clicks: Clicks) -> tuple[Clicks, Act]:
    """The view from which this one is opened, and the click that does it."""
    others = [one for one in VIEWS if one.page == clicks.page and one.view != clicks.view]
    return others[0], partial(explore, title=clicks.title)


def compare_opening(ours: Tab, bare: Tab, clicks: Clicks, rounds: int) -> Comparison:
    """From the click on a view's name to the view, beside a button's."""
    other, act = opening(clicks)

    def seconds() -> float:
        ours.seconds(partial(explore, title=other.title))
        return ours.seconds(act)

    arrive(ours, clicks)
    return alternate(seconds, lambda: bare.seconds(COUNT), rounds=rounds, warm_up=2)


def compare_acts(ours: Tab, bare: Tab, clicks: Clicks, rounds: int) -> Comparison:
    """From a click inside a view to what it changes there, beside a button's."""
    acts = cycle(clicks.acts)
    arrive(ours, clicks)
    return alternate(
        lambda: ours.seconds(next(acts)), lambda: bare.seconds(COUNT), rounds=rounds, warm_up=2
    )


def all_comparisons(rounds: int, only: str) -> dict[str, Comparison]:
    """Every kind of click whose name has these words in it, beside a bare button."""
    found = {}
    with empty_folder() as folder, chromium() as browser:
        bare_app = folder / "bare.py"
        bare_app.write_text(BARE)
        with serve(APP, folder / "ours") as ours, serve(bare_app, folder / "bare") as theirs:
            bare = Tab(browser, theirs.url)
            bare.open()
            tab = Tab(browser, ours.url)
            for clicks in VIEWS:
                kinds = {"a click": compare_acts} if clicks.acts else {}
                for kind, compare in (kinds | {"opened": compare_opening}).items():
                    name = f"{clicks.page.capitalize()}, {clicks.title} ({kind})"
                    if only.lower() in name.lower():
                        print(name, flush=True)
                        found[name] = compare(tab, bare, clicks, rounds)
    return found


def main() -> None:
    """Measure and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--only", default="", help="words in the name; nothing is kept then")
    options = parser.parse_args()
    for result in results(all_comparisons(options.rounds, options.only), options.rounds):
        if options.only:
            print(result)
        else:
            keep(result)


def results(found: dict[str, Comparison], rounds: int) -> tuple[Result, Result]:
    """What is kept of all kinds of clicks: the slowest, and the slowest beside a bare button."""
    details: dict[str, float | str] = {}
    for name, comparison in found.items():
        milliseconds = round(1000 * statistics.median(comparison.ours))
        details[f"{name}, ms"] = milliseconds
        details[f"{name}, times a bare button"] = round(comparison.ratio, 2)
    bare = statistics.median(time for one in found.values() for time in one.theirs)
    details["a bare button, ms"] = round(1000 * bare)
    how = (
        f"Chromium's clock; {rounds} clicks of each of {len(found)} kinds, alternating "
        "with a bare Streamlit button; median of the slowest kind."
    )
    return (
        Result(
            name="click_speed",
            promise="From a click to the new picture on Browse and Mistakes, the slowest kind of "
            "click",
            unit="ms",
            bar=BAR_MILLISECONDS,
            figure=max(round(1000 * statistics.median(one.ours)) for one in found.values()),
            how=how,
            details=details,
        ),
        Result(
            name="click_ratio",
            promise="The same, compared with a bare Streamlit button",
            unit="times",
            bar=BAR_TIMES,
            figure=round(max(one.ratio for one in found.values()), 2),
            how=how,
            script="click_speed",
        ),
    )


if __name__ == "__main__":
    main()
