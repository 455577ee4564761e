"""What is still there when a session is lost: on every view, the server killed, or the page asleep.

killed  the web process gets SIGKILL and is started again at its address
asleep  the connection breaks, and the server forgets the session before it is there again

All text on the page, the state of all controls and the ink on the canvas are compared before and
after; then something is done, which must work. A loss is a line that is missing or new, a control
that does nothing, or a traceback. It needs Chromium; about fifteen minutes.

python -m benchmarks.lost_sessions [--only WORDS] [--way killed] [--keep]
"""

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Browser, Error, expect

from benchmarks.lost_scenes import SCENES, Scene
from benchmarks.measuring import RESULTS, Result, chromium, empty_folder, keep
from tests.e2e.app import App
from tests.serving import APP, Server, end, launch, relaunch, wait_until_healthy

_ENVIRONMENT = {
    "MNIST_SPARE_MINUTES": "0",
    "TF_NUM_INTRAOP_THREADS": "1",
    "STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": "1",
}
WAYS = ("killed", "asleep")
_ASLEEP_MS = 2_500
_RECONNECT_SECONDS = 90
_PATIENCE_MS = 30_000
_SOCKETS = """
    window.sockets = [];
    window.WebSocket = class extends WebSocket {
        constructor(...where) { super(...where); window.sockets.push(this); }
    };
"""
# Every text, every control's state, and whether there is ink, also inside of components.
SEEN = """() => {
    const found = [];
    const look = (node) => {
        if (node.nodeType === Node.TEXT_NODE) {
            const text = node.textContent.trim().replace(/\\s+/g, " ");
            if (text) found.push(text);
        }
        if (node.nodeType === Node.ELEMENT_NODE) {
            if (["STYLE", "SCRIPT", "NOSCRIPT"].includes(node.tagName)) return;
            if (node.checkVisibility && !node.checkVisibility()) return;
            const says = [];
            if ("checked" in node && node.type !== "text") says.push(`checked ${node.checked}`);
            if (node.matches("input, textarea, select") && node.type !== "file")
                says.push(`value ${node.value}`);
            for (const name of ["aria-selected", "aria-pressed", "aria-checked"])
                if (node.hasAttribute(name)) says.push(`${name} ${node.getAttribute(name)}`);
            if (node.matches("button")) says.push(`disabled ${node.disabled}`);
            if (node.matches("details")) says.push(`open ${node.open}`);
            if (node.matches("canvas.lower-canvas")) {
                const { data } = node.getContext("2d").getImageData(0, 0, node.width, node.height);
                let dark = 0;
                for (let i = 0; i < data.length; i += 4) dark += data[i + 3] && data[i] < 128;
                says.push(`ink ${Math.round(dark / 100)}`);
            }
            if (says.length) {
                const name = node.ariaLabel ?? node.textContent.trim().slice(0, 30);
                found.push(`${node.tagName} ${name}: ${says.join(", ")}`);
            }
        }
        if (node.shadowRoot) node.shadowRoot.childNodes.forEach(look);
        node.childNodes.forEach(look);
    };
    look(document.querySelector("[data-testid=stMain]"));
    return found;
}"""


def losses(browser: Browser, server: Server, scene: Scene, way: str) -> tuple[Server, list[str]]:
    """What a visitor misses in a scene; and the server, which may be another process now."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(_SOCKETS)
    page = context.new_page()
    app = App(page, server.url)
    page.set_default_timeout(_PATIENCE_MS)
    printed = server.log.stat().st_size
    found = []
    try:
        app.open(scene.path)
        scene.act(app)
        # What was typed or pressed last is still being drawn.
        page.wait_for_timeout(600)
        before = Counter(page.evaluate(SEEN))
        server = _lose(app, server, way)
        page.wait_for_timeout(600)
        after = Counter(page.evaluate(SEEN))
        gone = [one for one in before - after if not re.search(scene.gone or "$^", one)]
        new = [one for one in after - before if not re.search(scene.expected or "$^", one)]
        found += [f"gone: {one}" for one in gone] + [f"new: {one}" for one in new]
        scene.go_on(app)
    except (Error, AssertionError) as error:
        found.append(f"failed: {' | '.join(str(error).splitlines()[:6])}")
        name = re.sub("[^a-z]+", "-", scene.name.lower())
        # Of a page that hangs there is none.
        with suppress(Error):
            page.screenshot(path=Path(tempfile.gettempdir()) / f"lost-{way}-{name}.png")
    finally:
        context.close()
    if "Traceback" in (text := server.log.read_bytes()[printed:].decode(errors="replace")):
        found.append(f"traceback: {text[text.index('Traceback') :][-300:]}")
    return server, found


def _lose(app: App, server: Server, way: str) -> Server:
    if way == "killed":
        server = relaunch(server, environment=_ENVIRONMENT)
        wait_until_healthy(server)
    else:
        app.page.context.set_offline(True)
        app.page.evaluate("window.sockets.forEach((one) => one.close())")
        app.page.wait_for_timeout(_ASLEEP_MS)
        app.page.context.set_offline(False)
    app.wait_idle(_RECONNECT_SECONDS)
    return server


def main() -> None:
    """Run all scenes in both ways."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--only", default="", help="words in the names of scenes, between semicolons"
    )
    parser.add_argument("--way", choices=WAYS, action="append")
    parser.add_argument("--keep", action="store_true", help="write the result down")
    wanted = parser.parse_args()
    words = wanted.only.lower().split(";")
    scenes = [scene for scene in SCENES if any(word in scene.name.lower() for word in words)]
    expect.set_options(timeout=_PATIENCE_MS)
    lost = dict[str, int]()
    with chromium() as browser, empty_folder() as folder:
        server = launch(APP, folder, environment=_ENVIRONMENT)
        try:
            wait_until_healthy(server)
            for way in wanted.way or WAYS:
                for scene in scenes:
                    server, found = losses(browser, server, scene, way)
                    lost[f"{scene.name}, {way}"] = len(found)
                    print(f"{len(found):3} {way:6} {scene.name}", *found[:12], sep="\n      ")
                    sys.stdout.flush()
        finally:
            end(server)
    if wanted.keep:
        _keep(lost)
    else:
        print(f"{sum(map(bool, lost.values()))} of {len(lost)} with losses")


def _keep(lost: dict[str, int]) -> None:
    """Write down what was found, with what other parts have found before."""
    file = RESULTS / "lost_sessions.json"
    before = json.loads(file.read_text("utf-8"))["details"] if file.exists() else {}
    every = [f"{scene.name}, {way}" for way in WAYS for scene in SCENES]
    found = {name: (before | lost)[name] for name in every if name in before | lost}
    result = Result(
        name="lost_sessions",
        promise="Views on which a visitor misses something after the session was lost",
        unit="views",
        bar=0,
        figure=sum(map(bool, found.values())),
        how=f"{len(found)} of {len(every)} scenes: each view, with the server killed by SIGKILL "
        "and begun anew, and with a connection that was gone for longer than the server remembers; "
        "texts, controls and ink compared, then something done.",
        details=dict(found),
    )
    keep(result)


if __name__ == "__main__":
    main()
