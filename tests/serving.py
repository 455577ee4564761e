"""The app as a visitor meets it: served by Streamlit. Browser tests and benchmarks use it.

with serve(APP, folder) as server:
    ...  # server.url, server.models, server.log

Afterwards the server is gone, and so is everything that it started: trainings run in sessions of
their own and would outlive it, so they are found by the models directory they were given.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
APP = ROOT / "streamlit_app.py"
_HEALTHY_WITHIN = 120
_ENDED_WITHIN = 5


@dataclass(frozen=True)
class Server:
    """A running server.

    Attributes:
        url: its address, without a slash at the end.
        models: its own directory of trained models (`MNIST_MODELS`).
        log: the file with everything it printed.
        process: the web process.
    """

    url: str
    models: Path
    log: Path
    process: psutil.Popen

    def trainings(self) -> list[psutil.Process]:
        """Processes at work in the models directory, wherever they were started."""
        return at_work_in(self.models)


@contextmanager
def serve(
    script: Path,
    folder: Path,
    *,
    program: str = "streamlit",
    environment: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Serve a script until the block ends; models and log go into `folder`."""
    server = launch(script, folder, program=program, environment=environment)
    try:
        wait_until_healthy(server)
        yield server
    finally:
        end(server)


def launch(
    script: Path,
    folder: Path,
    *,
    program: str = "streamlit",
    environment: Mapping[str, str] | None = None,
) -> Server:
    """Start a server and do not wait for it; `end` must follow.

    Args:
        script: what to serve.
        folder: an empty directory for models and log.
        program: the Python module that is Streamlit's command line.
        environment: variables to set, on top of our own.
    """
    port = _free_port()
    models, log = folder / "models", folder / "server.log"
    models.mkdir(parents=True)
    process = _start(script, port, models, log, program, environment)
    path = (environment or {}).get("STREAMLIT_SERVER_BASE_URL_PATH", "")
    return Server(f"http://127.0.0.1:{port}/{path}".rstrip("/"), models, log, process)


def _start(
    script: Path,
    port: int,
    models: Path,
    log: Path,
    program: str,
    environment: Mapping[str, str] | None,
) -> psutil.Popen:
    options = [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
    options.append("--browser.gatherUsageStats=false")
    with log.open("ab") as output:
        return psutil.Popen(
            [sys.executable, "-m", program, "run", str(script), *options],
            cwd=script.parent,
            env={**os.environ, "MNIST_MODELS": str(models), **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )


def relaunch(server: Server, *, environment: Mapping[str, str] | None = None) -> Server:
    """Kill the web process without a warning, and start another at its address; do not wait."""
    server.process.kill()
    server.process.wait()
    port = int(server.url.split(":")[2].partition("/")[0])
    process = _start(APP, port, server.models, server.log, "streamlit", environment)
    return replace(server, process=process)


def wait_until_healthy(server: Server) -> None:
    """Wait until the server answers.

    Raises:
        RuntimeError: it ended, or did not answer in time; the message holds what it printed.
    """
    deadline = time.monotonic() + _HEALTHY_WITHIN
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise RuntimeError(f"The server did not start:\n{server.log.read_text(errors='replace')}")


def end(server: Server) -> None:
    """End the server and everything that it started."""
    children = server.process.children(recursive=True) if server.process.is_running() else []
    end_all([server.process, *children, *server.trainings()])


def end_all(processes: list[psutil.Process]) -> None:
    """Ask processes to end; make them when they do not."""
    for process in processes:
        _unless_gone(process.terminate)
    _, alive = psutil.wait_procs(processes, timeout=_ENDED_WITHIN)
    for process in alive:
        _unless_gone(process.kill)
    psutil.wait_procs(alive, timeout=_ENDED_WITHIN)


def at_work_in(folder: Path) -> list[psutil.Process]:
    """Processes whose command line names something in a folder."""
    found = psutil.process_iter(["cmdline"])
    prefix = str(folder.resolve()) + os.sep
    return [p for p in found if any(part.startswith(prefix) for part in p.info["cmdline"] or [])]


def _unless_gone(action: Callable[[], None]) -> None:
    with suppress(psutil.NoSuchProcess):
        action()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
