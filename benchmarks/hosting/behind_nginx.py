"""Two web processes behind nginx: by TLS, below /digits/, one directory, a cluster of two workers.

A visitor goes to every page, draws, sends a photo and trains; in the middle of the training his web
process is killed (kill -9). He does nothing, goes on through the other one, and gets his network.
Then he draws, sends a photo and goes to every page in a frame of another site, also with a browser
that refuses other sites' cookies.

nginx has deploy/nginx.conf, changed in nothing but ports and the place of the certificate.

    python -m benchmarks.hosting.behind_nginx

Needs root, Debian's nginx, openssl and chromium, and requirements-cluster.txt.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
from playwright.sync_api import Browser, sync_playwright

from benchmarks.hosting.processes import Nginx, WebProcess, cluster, free_ports, nginx
from benchmarks.hosting.sandbox import check_tools
from benchmarks.hosting.visitor import Visitor
from benchmarks.measuring import Result, empty_folder, keep
from mnist_core.jobs import queue
from mnist_core.models import store
from tests.e2e.browser import NO_BROWSER, launch_arguments
from tests.serving import at_work_in, end_all

_PATH = "digits"
_EPOCHS = 8
_NAMES = "--host-resolver-rules=MAP *.example.org 127.0.0.1, MAP *.example.net 127.0.0.1"
# Not the one without a window, which takes all cookies: in a window like Playwright's, which keeps
# nothing, this one refuses those of other sites.
_CHROMIUM = "/usr/bin/chromium"
_SET_COOKIE = """() => {
    document.cookie = "probe=1; SameSite=None; Secure; Path=/";
    return !document.cookie.includes("probe=1");
}"""
_FRAME = '<!doctype html><title>A school</title><iframe src="{}" width=1200 height=850></iframe>'


def main() -> None:
    """Try everything, and keep what was found."""
    check_tools("nginx", "openssl")
    with empty_folder() as folder, _house(folder) as (front, webs, models):
        found: dict[str, float | str] = {}
        with _browser() as browser:
            found |= _visit(browser, front, webs, models, folder)
        for program in (None, _CHROMIUM):
            with _browser(program) as browser:
                refuses = _visit_in_frame(browser, front, folder)
            assert refuses == (program is not None)
            who = "a browser that refuses other sites' cookies" if refuses else "a browser"
            found[f"in another site's frame, {who}"] = "drawing, photo, all pages"
        logs = "".join(web.log.read_text("utf-8", "replace") for web in webs)
        if "Traceback" in logs:
            raise SystemExit(logs)
    keep(
        Result(
            name="behind_nginx",
            script="hosting.behind_nginx",
            promise="behind nginx, the web process of a visitor is killed in the middle of his "
            "training: he does nothing, and sees it go on through the other one",
            unit="s",
            bar=15,
            figure=float(found.pop("seconds until the page goes on")),
            how="Two web processes, one directory, a cluster of two workers, below /digits/ by "
            "TLS; Chromium; one run.",
            details=found,
        )
    )


@contextmanager
def _house(folder: Path) -> Iterator[tuple[Nginx, list[WebProcess], Path]]:
    models = folder / "models"
    models.mkdir()
    ports = free_ports(2)
    with ExitStack() as stack:
        one_core = {"TF_NUM_INTRAOP_THREADS": "1"}
        address = stack.enter_context(cluster(folder / "cluster", 2, one_core))
        environment = {
            "MNIST_MODELS": str(models),
            "MNIST_SCHEDULER": address,
            "MNIST_TRAININGS_AT_ONCE": "2",
            "MNIST_HOSTED": "on",
            "MNIST_TRUSTED_PROXIES": "127.0.0.1",
            "STREAMLIT_SERVER_BASE_URL_PATH": _PATH,
            "STREAMLIT_BROWSER_SERVER_ADDRESS": "localhost",
        }
        webs = [WebProcess(port, folder / f"web-{port}.log", environment) for port in ports]
        stack.callback(lambda: end_all(at_work_in(models)))
        for web in webs:
            web.start()
            stack.callback(web.end)
        yield stack.enter_context(nginx(folder / "nginx", ports)), webs, models


@contextmanager
def _browser(program: str | None = None) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        arguments = launch_arguments(playwright)
        if arguments is None:
            raise SystemExit(NO_BROWSER)
        arguments["args"] = [*arguments["args"], _NAMES]
        if program:
            arguments["executable_path"] = program
        browser = playwright.chromium.launch(**arguments)
        yield browser
        browser.close()


def _visit(
    browser: Browser, front: Nginx, webs: list[WebProcess], models: Path, folder: Path
) -> dict[str, float | str]:
    context = browser.new_context(ignore_https_errors=True, viewport={"width": 1280, "height": 900})
    visitor = Visitor(context.new_page(), f"https://digits.example.org:{front.port}/{_PATH}")
    visitor.open("")
    visitor.click_through()
    visitor.open("draw")
    visitor.draw(7)
    visitor.send_photo(folder)
    print("  pages, a drawing and a photo", flush=True)
    job = visitor.start_training(epochs=_EPOCHS, images=60_000)
    visitor.expect_running()
    while (epoch := len(queue.read(job, root=models).history)) < _EPOCHS // 4:
        time.sleep(0.2)
    port = front.process_of(f"/{_PATH}/_stcore/host-config")
    (web,) = (each for each in webs if each.port == port)
    print(f"  kill -9 of the web process on port {port}", flush=True)
    web.process.kill()
    psutil.wait_procs([web.process])
    killed = time.monotonic()
    visitor.frame.wait_for_function(
        "() => document.querySelector('[data-testid=stApp]')?.dataset.testConnectionState"
        " !== 'CONNECTED'"
    )
    visitor.frame.wait_for_function(
        "() => document.querySelector('[data-testid=stApp]')?.dataset.testConnectionState"
        " === 'CONNECTED'"
    )
    visitor.expect_running()
    seconds = time.monotonic() - killed
    state = queue.read(job, root=models)
    print(
        f"  goes on after {seconds:.1f} s, in epoch {len(state.history)}: {state.state}", flush=True
    )
    name = visitor.expect_model()
    history = queue.read(job, root=models).history
    assert len(history) == _EPOCHS, history
    assert name in {path.name for path in models.iterdir()}, (name, store.scan())
    web.start()
    visitor.frame.get_by_role("button", name="See its mistakes").click()
    visitor.wait_idle()
    assert not visitor.outside, visitor.outside
    context.close()
    return {
        "seconds until the page goes on": round(seconds, 1),
        "epochs done when it was killed": epoch,
        "epochs of the network": len(history),
        "answers refused": len(visitor.refused),
    }


def _visit_in_frame(browser: Browser, front: Nginx, folder: Path) -> bool:
    """Whether the browser refused the app an ordinary cookie there."""
    url = f"https://digits.example.org:{front.port}/{_PATH}"
    (front.folder / "school" / "index.html").write_text(_FRAME.format(f"{url}/draw"), "utf-8")
    context = browser.new_context(ignore_https_errors=True, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    answer = page.goto(f"https://school.example.net:{front.frame_port}/")
    assert answer is not None
    assert answer.ok, answer.status
    visitor = Visitor(page, url, lambda page: page.frames[1])
    visitor.open("draw")
    refuses = bool(visitor.frame.evaluate(_SET_COOKIE))
    visitor.draw(7)
    visitor.send_photo(folder)
    visitor.click_through()
    assert not visitor.refused, visitor.refused
    context.close()
    print("  in a frame of another site: a drawing, a photo, all pages", flush=True)
    return refuses


if __name__ == "__main__":
    main()
