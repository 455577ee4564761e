"""compose.scaled.yaml for real: three web containers on one volume behind nginx, a cluster of two.

Every container is a sandbox with the image that `benchmarks.hosting.image` has made: processes of
its own, a read-only root, user 1000. In the middle of a training, the container that the visitor is
on is killed with all its processes, also the one that passes his training on to the cluster. He
goes on through another container, is told, presses Resume, and gets the network he would have had.

    python -m benchmarks.hosting.containers FOLDER      where the image is

Needs what `benchmarks.hosting.image` needs, and Debian's nginx and openssl.
"""

import re
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psutil
import yaml
from playwright.sync_api import expect

from benchmarks.hosting.processes import Nginx, free_ports, nginx
from benchmarks.hosting.sandbox import Image, check_tools, container, existing
from benchmarks.hosting.sandbox import seconds_until_healthy as wait_until_healthy
from benchmarks.hosting.visitor import PATIENCE_MS, Visitor
from benchmarks.measuring import Result, chromium, empty_folder, keep
from mnist_core.jobs import queue
from tests.serving import ROOT

_EPOCHS = 8


def main(folder: Path) -> None:
    """Try it, and keep what was found."""
    check_tools("bwrap", "nginx", "openssl")
    image = existing(folder)
    with empty_folder() as place:
        place.chmod(0o755)
        with _house(image, place) as (front, webs, data), chromium() as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            found = _visit(
                Visitor(page, f"http://localhost:{front.port}"), front, webs, data, place
            )
    keep(
        Result(
            name="containers",
            script="hosting.containers",
            promise="the visitor's whole container is killed in the middle of his training: he is "
            "told through another one, and can resume",
            unit="s",
            bar=30,
            figure=float(found.pop("seconds until he is told")),
            how="The services of compose.scaled.yaml, each in a sandbox with processes of its own "
            "and the image; nginx with deploy/nginx.compose.conf; one run.",
            details=found,
        )
    )


@contextmanager
def _house(image: Image, place: Path) -> Iterator[tuple[Nginx, dict[int, psutil.Popen], Path]]:
    """All services of the file; web containers by their port."""
    services = yaml.safe_load((ROOT / "compose.scaled.yaml").read_text("utf-8"))["services"]
    (scheduler_port,) = free_ports(1)
    data = place / "data"
    data.mkdir()
    webs = dict[int, psutil.Popen]()
    with ExitStack() as stack:
        for name, service in services.items():
            if "image" not in service or service["image"] != "digit-lab":
                continue
            own = data if "data:/data" in service["volumes"] else place / name
            own.mkdir(exist_ok=True)
            command, environment = _adapted(service, scheduler_port)
            (port,) = free_ports(1)
            environment["STREAMLIT_SERVER_PORT"] = str(port)
            log = place / f"{name}.log"
            run = container(image, own, log, environment=environment, command=command)
            process = stack.enter_context(run)
            if not command:
                webs[port] = process
                wait_until_healthy(image, own, environment, time.monotonic())
        yield (
            stack.enter_context(nginx(place / "nginx", list(webs), "nginx.compose.conf")),
            webs,
            data,
        )


def _adapted(service: dict[str, Any], port: int) -> tuple[list[str], dict[str, str]]:
    """A service's command and variables, with a port of this computer for the scheduler's."""

    def here(text: str) -> str:
        return text.replace("scheduler:8786", f"127.0.0.1:{port}")

    command = [str(port) if word == "8786" else here(word) for word in service.get("command", [])]
    environment = {name: here(text) for name, text in service.get("environment", {}).items()}
    # In the trial, nginx comes from the computer itself.
    environment["MNIST_TRUSTED_PROXIES"] = "127.0.0.1"
    return command, environment


def _visit(
    visitor: Visitor, front: Nginx, webs: dict[int, psutil.Popen], data: Path, place: Path
) -> dict[str, float | str]:
    visitor.open("draw")
    visitor.draw(7)
    visitor.send_photo(place)
    job = visitor.start_training(epochs=_EPOCHS, images=20_000)
    visitor.expect_running()
    # This process is no container's, either: it sees what another container sees.
    while len(queue.read(job, root=data).history) < _EPOCHS // 4:
        time.sleep(0.2)
    assert queue.read(job, root=data).state == "running"
    port = front.process_of("/_stcore/host-config")
    print(f"  kill -9 of the container on port {port}", flush=True)
    began = time.monotonic()
    for process in [*webs[port].children(recursive=True), webs[port]]:
        process.send_signal(signal.SIGKILL)
    resume = visitor.frame.get_by_role("button", name=re.compile("^(Resume|Continue)"))
    expect(resume).to_be_visible(timeout=PATIENCE_MS)
    seconds = time.monotonic() - began
    done = len(queue.read(job, root=data).history)
    visitor.wait_idle()
    resume.click()
    name = visitor.expect_model()
    history = queue.read(job, root=data).history
    assert len(history) == _EPOCHS, history
    assert (data / name / "card.json").exists()
    assert not visitor.refused, visitor.refused
    return {
        "seconds until he is told": round(seconds, 1),
        "epochs done when it was killed": done,
        "epochs of the network": len(history),
    }


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
