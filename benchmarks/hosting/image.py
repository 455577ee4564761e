"""Carries out the Dockerfile, and tries the image: size, start, user, and its read-only root.

    python -m benchmarks.hosting.image [FOLDER [again]]

The image stays in FOLDER (1.5 GB, and as much again for its first stage), for
`benchmarks.hosting.containers`; with "again" it is not made anew. Needs root, Debian's bubblewrap,
debootstrap and chromium, and the package registries; some minutes.
"""

import signal
import statistics
import sys
import time
from pathlib import Path

import psutil

from benchmarks.hosting.processes import free_ports
from benchmarks.hosting.sandbox import (
    Image,
    build,
    check_tools,
    container,
    existing,
    inside,
    seconds_until_healthy,
)
from benchmarks.hosting.visitor import Visitor
from benchmarks.measuring import Result, chromium, empty_folder, keep

_RUNS = 5
_MINUTE = 60


def main(folder: Path, *, is_new: bool) -> None:
    """Build, or take what is there; try it, and keep what was found."""
    check_tools("bwrap", "debootstrap")
    image = build(folder) if is_new else existing(folder)
    with empty_folder() as place:
        place.chmod(0o755)
        seconds = [_start(image, place / f"start-{run}") for run in range(_RUNS)]
        details: dict[str, float | str] = {
            "unpacked, MB": round(image.unpacked_mb),
            "of them the system it begins with, MB": round(image.base_mb),
            "slowest start, s": round(max(seconds), 2),
            **_visit(image, place / "visit"),
        }
        _refuse_a_folder_of_somebody_else(image, place / "not-ours")
    _keep(details, seconds)


def _keep(details: dict[str, float | str], seconds: list[float]) -> None:
    how = (
        "The Dockerfile's own steps, carried out with bubblewrap on Debian's smallest system in "
        "place of the official Python image; run as user 1000 with a read-only root"
    )
    keep(
        Result(
            name="image_size",
            script="hosting.image",
            promise="the image, unpacked",
            unit="MB",
            bar=1600,
            figure=float(details["unpacked, MB"]),
            how=f"{how}.",
            details=details,
        )
    )
    keep(
        Result(
            name="image_start",
            script="hosting.image",
            promise="the image starts to healthy, by its own health check",
            unit="s",
            bar=5,
            figure=round(statistics.median(seconds), 2),
            how=f"{how}; the median of {_RUNS} starts.",
        )
    )


def _start(image: Image, data: Path) -> float:
    data.mkdir()
    environment = {"STREAMLIT_SERVER_PORT": str(free_ports(1)[0])}
    began = time.monotonic()
    with container(image, data, data.with_suffix(".log"), environment=environment):
        return seconds_until_healthy(image, data, environment, began)


def _visit(image: Image, data: Path) -> dict[str, float | str]:
    """What a visitor finds, and what of it is written where."""
    data.mkdir()
    log = data.with_suffix(".log")
    (port,) = free_ports(1)
    # Under a sub-path, for the health check's sake.
    environment = {"STREAMLIT_SERVER_PORT": str(port), "STREAMLIT_SERVER_BASE_URL_PATH": "lab"}
    with container(image, data, log, environment=environment) as process, chromium() as browser:
        seconds_until_healthy(image, data, environment, time.monotonic())
        visitor = Visitor(browser.new_page(), f"http://localhost:{port}/lab")
        visitor.open("")
        visitor.click_through()
        visitor.open("draw")
        visitor.draw(7)
        visitor.send_photo(data.parent)
        visitor.start_training(epochs=2, images=5000)
        model = visitor.expect_model()
        assert (data / model / "card.json").stat().st_uid == 1000
        assert not visitor.refused, visitor.refused
        web = _web_process(process)
        assert web.uids().effective == 1000
        ended = _stop(process)
    printed = log.read_text("utf-8", "replace")
    if "Read-only file system" in printed or "Traceback" in printed:
        raise SystemExit(printed)
    return {"a visit": "all pages, drawing, photo, training", "ends when asked, s": round(ended, 1)}


def _web_process(process: psutil.Popen) -> psutil.Process:
    found = [p for p in process.children(recursive=True) if "streamlit" in p.cmdline()]
    return found[0]


def _stop(process: psutil.Popen) -> float:
    """Ask as `docker stop` does; seconds until it has ended."""
    tini = next(p for p in process.children(recursive=True) if p.name() == "tini")
    began = time.monotonic()
    tini.send_signal(signal.SIGTERM)
    psutil.wait_procs([tini], timeout=_MINUTE)
    return time.monotonic() - began


def _refuse_a_folder_of_somebody_else(image: Image, data: Path) -> None:
    data.mkdir()
    command = inside(image, data, [*image.stage.entrypoint, *image.stage.command], {})
    data.chmod(0o500)
    process = psutil.Popen(command, stderr=-1, stdout=-1)
    _, said = process.communicate(timeout=_MINUTE)
    assert process.returncode == 1, process.returncode
    assert b"cannot write to /data" in said, said


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]), is_new="again" not in sys.argv[2:])
    else:
        with empty_folder() as temporary:
            temporary.chmod(0o755)
            main(temporary, is_new=True)
