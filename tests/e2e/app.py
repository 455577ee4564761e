"""Driving the app in a real browser.

A test asks for the fixture `app` and gets an `App` on a server of its own session:

    def test_element_500_is_a_three(app: App) -> None:
        app.open("browse?set=train&index=500")      # waits until the page is all there
        app.page.get_by_role("button", name="Next").click()
        app.wait_idle()                             # always, between an action and a look
        expect(app.page.get_by_text("labelled")).to_be_visible()
        app.screenshot("browse")                    # test-results/browse.png, to look at it

`app.page` is Playwright's page, for everything else. A phone with a finger:

    @pytest.mark.browser_context_args(**PHONE)
    def test_draw_by_touch(app: App) -> None: ...

After each test, whatever the browser's console or the page reported as an error fails the test.
Where an error is what the test is about, say so before: `app.expect_error("404")`. To see them
all while at it: `print(app.errors)`.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Page, expect
from playwright.sync_api import TimeoutError as TookTooLong

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
_RESULTS = Path("test-results")

PATIENCE = 90
"""Seconds that anything may take where the machine is busy: nobody waits longer than it takes."""

# Opened at /browse, Streamlit's page tries whether the server is to be found below that address,
# before it looks at the root; the browser notes each of these attempts as an error.
_PROBE = re.compile(r"://[^/]+/[^/]+/_stcore/(health|host-config)$")

# A click travels to the server before the page says that it is busy, and parts of a page are
# still being fetched when the script has ended: idle is what has been quiet for a while. The canvas
# keeps a stroke to itself for 200 ms.
_QUIET_MILLISECONDS = 350
_IDLE = """quiet => {
    const app = document.querySelector("[data-testid=stApp]");
    const busy = !app
        || window.lastSent > window.lastHeard && performance.now() - window.lastSent < 10_000
        || app.dataset.testScriptState !== "notRunning"
        || app.dataset.testConnectionState !== "CONNECTED"
        || app.querySelector("[data-testid=stSkeleton], [data-stale=true]") !== null;
    if (busy) window.quietSince = undefined;
    else window.quietSince ??= performance.now();
    return !busy && performance.now() - window.quietSince >= quiet;
}"""


# On a busy machine the server may leave the page waiting for longer than that; until it has said
# something since the page last spoke, it is not idle. But it says nothing to a part of the page
# that reports itself when another page has just taken its place.
_LISTEN = """
    window.WebSocket = class extends WebSocket {
        constructor(...where) {
            super(...where);
            window.lastSent = window.lastHeard = 0;
            this.addEventListener("message", () => { window.lastHeard = performance.now(); });
        }
        send(data) {
            window.lastSent = performance.now();
            super.send(data);
        }
    };
"""


# What moves is painted sixty times a second: a page that waits moves for as long as it waits.
KEEP_STILL = """
    const still = new CSSStyleSheet();
    still.replaceSync(`*, ::before, ::after {
        animation-duration: 0s !important;
        animation-iteration-count: 1 !important;
        transition-duration: 0s !important;
    }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];
"""


def explore(page: Page, title: str) -> None:
    """Open a view of a page by its title, its first look too, from wherever one is on the page."""
    views = page.get_by_role("navigation", name="Explore deeper")
    closed, listed = views.locator("details:not([open]) summary"), views.get_by_role("combobox")
    expect(views.locator("summary, button.back")).to_be_visible()
    if listed.is_visible() and title in listed.get_by_role("option").all_inner_texts():
        listed.select_option(title)
        return
    if closed.is_visible():
        closed.click()
    views.get_by_role("button", name=re.compile(f"^(‹ )?{re.escape(title)}")).click()


class App:
    """A browser tab on the app, and everything that went wrong in it."""

    def __init__(self, page: Page, url: str, *, with_ghost: bool = False) -> None:
        """Follow a tab; without the ghost pen, which would draw while a busy machine hesitates."""
        self.page = page
        self.url = url
        self.errors: list[str] = []
        self._expected: list[str] = []
        page.set_default_timeout(PATIENCE * 1000)
        page.add_init_script(_LISTEN)
        if not with_ghost:
            page.add_init_script("sessionStorage.setItem('digit-lab/ghost-pen', 'seen')")
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.errors.append(f"exception: {error}"))

    def open(self, path: str = "", timeout: float = PATIENCE) -> None:
        """Go to a page of the app, for example "browse?set=test", and wait until it is there.

        Args:
            path: what stands behind the server's address.
            timeout: in seconds; what a page measures while one looks may take longer.
        """
        self.page.goto(f"{self.url}/{path.lstrip('/')}")
        expect(self.page.locator("h1").first).to_be_visible()
        self.wait_idle(timeout)

    def go(self, path: str) -> None:
        """Go to a page as the back button does: the app is not loaded again, the visit goes on.

        Args:
            path: as for `open`.
        """
        self.page.evaluate(
            """path => {
                history.pushState({}, "", path);
                dispatchEvent(new PopStateEvent("popstate"));
            }""",
            f"/{path}",
        )
        # Until then the page before is idle.
        self.page.wait_for_timeout(50)
        self.wait_idle()

    def explore(self, title: str) -> None:
        """Open a deeper view of the page by its title, and wait until it is there."""
        explore(self.page, title)
        self.wait_idle()

    def wait_idle(self, timeout: float = PATIENCE) -> None:
        """Wait until the page shows all there is to show, at most `timeout` seconds."""
        self.page.evaluate("window.quietSince = undefined")
        self.page.wait_for_function(
            _IDLE, arg=_QUIET_MILLISECONDS, timeout=timeout * 1000, polling=25
        )

    def choose(self, box: str, option: str) -> None:
        """Choose from a list.

        A list closes when the page moves, which it may do once more where the machine is busy.
        """
        field = self.page.get_by_role("combobox", name=box, exact=True)
        wanted = self.page.get_by_role("option", name=option, exact=True)
        field.scroll_into_view_if_needed()
        self.wait_idle()
        for _ in range(4):
            field.click()
            with suppress(TookTooLong):
                wanted.click(timeout=5_000)
                break
        else:
            wanted.click()
        self.wait_idle()

    @contextmanager
    def fingers(self) -> Iterator[Callable[..., None]]:
        """Several fingers at once, for a phone: `fingers("touchMove", (x, y), (x, y))`.

        Kinds are "touchStart", "touchMove" and "touchEnd"; with the last all fingers are lifted.
        """
        session = self.page.context.new_cdp_session(self.page)

        def touch(kind: str, *places: tuple[float, float]) -> None:
            points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        yield touch
        session.detach()

    def screenshot(self, name: str, *, full_page: bool = True) -> Path:
        """Take a picture into test-results/, which git ignores."""
        path = _RESULTS / f"{name}.png"
        self.page.screenshot(path=path, full_page=full_page)
        return path

    def expect_error(self, part: str) -> None:
        """Let errors pass that contain these words: the test is about them."""
        self._expected.append(part)

    def unexpected_errors(self) -> list[str]:
        """What went wrong, each once in the order it came, less what was expected to."""
        # What a page reports twice a second must not hide what it began with.
        errors = dict.fromkeys(self.errors)
        return [error for error in errors if not any(part in error for part in self._expected)]

    def _listen(self, message: ConsoleMessage) -> None:
        address = message.location.get("url", "")
        if message.type == "error" and not _PROBE.search(address):
            self.errors.append(f"console: {message.text} ({address})")
