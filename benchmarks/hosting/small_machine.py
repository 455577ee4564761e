"""The whole app in a control group of 1 GB: everything is looked at, and `quick` is trained.

Counted is what the kernel kills for want of memory. The group pays for the large packages itself:
it gets copies that nobody else has opened. A network that is too large must be refused in words,
and no process may stand ready to train. Needs root on Linux (see `memory_group`) and Chromium.

    python -m benchmarks.hosting.small_machine
"""

import os
import re
import shutil
import threading
import time
from pathlib import Path

import psutil
import streamlit
from playwright.sync_api import expect

from benchmarks import memory
from benchmarks.hosting.memory_group import GROUP, MemoryGroup, forget, memory_group
from benchmarks.measuring import Result, chromium, empty_folder, keep
from mnist_core.models import store
from tests.e2e.app import PATIENCE, App
from tests.serving import APP, Server, serve

MEGABYTES = 1_000
_TOO_LARGE = "Two convolutions"
_LOOK_SECONDS = 0.1
_LARGE = ("tensorflow", "keras")


class Watch:
    """The most memory that the group's processes held of their own, and a training's process."""

    def __init__(self, group: MemoryGroup, server: Server) -> None:
        self._group, self._server = group, server
        self.all_mb = self.web_mb = self.training_mb = 0.0
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while self._server.process.is_running():
            try:
                self.all_mb = max(self.all_mb, self._group.own_mb)
                self.web_mb = max(self.web_mb, _own_mb(self._server.process))
                for process in self._server.trainings():
                    self.training_mb = max(self.training_mb, _own_mb(process))
            except (psutil.Error, OSError):
                continue
            time.sleep(_LOOK_SECONDS)


def _own_mb(process: psutil.Process) -> float:
    used = process.memory_info()
    return float(used.rss - used.shared) / 1e6


def train_quick(app: App, server: Server) -> tuple[str, float]:
    """Train it, with the page open; what the page says at the end, and how long it took."""
    app.open("train")
    expect(app.page.get_by_text(f"Too large for it: {_TOO_LARGE}")).to_be_visible()
    if server.trainings():
        raise RuntimeError("A process stands ready to train.")
    began = time.monotonic()
    app.page.get_by_role("button", name=re.compile("The quick one")).first.click()
    done = app.page.get_by_text(re.compile(r"Done after .* mistakes in 10,000"))
    expect(done.first).to_be_visible(timeout=1_500_000)
    return done.first.inner_text().partition("Done")[2].strip(), time.monotonic() - began


def is_refused(app: App) -> bool:
    """Whether the page says why a large network is not trained here."""
    app.open("train?recipe=cnn-32-32")
    return app.page.get_by_text(re.compile(r"This training would take about .* MB")).is_visible()


def own_packages(folder: Path) -> Path:
    """A copy of what takes most memory: pages of files that others read would be theirs."""
    packages = Path(streamlit.__file__).parents[1]
    # By this name Streamlit tells that it is not being worked on.
    target = folder / "site-packages"
    for name in _LARGE:
        shutil.copytree(packages / name, target / name)
    os.sync()
    forget([target, store.SHIPPED])
    return target


def main() -> None:
    """Measure and keep the result."""
    expect.set_options(timeout=PATIENCE * 1000)
    with (
        memory_group(MEGABYTES) as group,
        empty_folder() as folder,
        chromium() as browser,
        serve(
            APP,
            folder / "served",
            program="benchmarks.hosting.memory_group",
            environment={GROUP: str(group.path), "PYTHONPATH": str(own_packages(folder))},
        ) as server,
    ):
        watch = Watch(group, server)
        app = App(browser.new_page(), server.url)
        memory.visit(app)
        browsed = watch.all_mb
        print(f"browsed: {browsed:.0f} MB, {group.kills} kills", flush=True)
        said, seconds = train_quick(app, server)
        print(f"trained: {watch.all_mb:.0f} MB, {group.kills} kills", flush=True)
        refused = is_refused(app)
        app.open("mistakes?model=quick-run-1")
        kills = group.kills
        if app.errors or not refused or not server.process.is_running():
            raise RuntimeError(f"Errors: {app.errors}; a large network was refused: {refused}")
    keep(
        Result(
            name="small_machine",
            script="hosting.small_machine",
            promise="Processes that the kernel kills while the whole app runs in 1 GB of memory: "
            "browse, draw, mistakes, and a training of `quick`",
            unit="processes",
            bar=0,
            figure=kills,
            how="One visitor in Chromium, every page and view, then a training that is watched; in "
            "a control group of 1,000 MB, files that are read included, without swap.",
            details={
                "most memory of their own, all processes, MB": round(watch.all_mb),
                "before the training, MB": round(browsed),
                "most of the web process, MB": round(watch.web_mb),
                "most of the training's process, MB": round(watch.training_mb),
                "the training took, s": round(seconds),
                "the page said": f"Done {said}",
            },
        )
    )


if __name__ == "__main__":
    main()
