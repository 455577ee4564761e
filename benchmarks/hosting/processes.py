"""The processes of a trial: web processes, nginx with our settings, a cluster."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.serving import APP, ROOT, end_all

_READY_SECONDS = 120
_LETSENCRYPT = re.compile(r"/etc/letsencrypt/live/[^/]+/")
_FRAME = """
server {{
    listen {port} ssl;
    server_name school.example.net;
    ssl_certificate {folder}/fullchain.pem;
    ssl_certificate_key {folder}/privkey.pem;
    root {folder}/school;
}}
"""


@dataclass
class WebProcess:
    """A web process that can be killed and started again."""

    port: int
    log: Path
    environment: dict[str, str]
    process: psutil.Popen = field(init=False)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.launch()
        path = self.environment.get("STREAMLIT_SERVER_BASE_URL_PATH", "")
        wait_for(f"http://127.0.0.1:{self.port}/{path}/_stcore/health".replace("//_", "/_"))

    def launch(self) -> None:
        """Start it."""
        options = [f"--server.port={self.port}", "--server.address=127.0.0.1"]
        command = [sys.executable, "-m", "streamlit", "run", str(APP), *options]
        with self.log.open("ab") as log:
            environment = {**os.environ, **self.environment}
            self.process = psutil.Popen(
                command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def listens(self) -> bool:
        """Whether it takes connections by now."""
        return _listens(self.port)

    def end(self) -> None:
        """End it, if it runs."""
        end_all([self.process])


@dataclass(frozen=True)
class Nginx:
    """nginx with our settings.

    Attributes:
        port: for TLS.
        frame_port: of another site by TLS, whose pages are in `school` below the folder.
        folder: with certificate, pages and logs.
        process: the one that has started all others.
    """

    port: int
    frame_port: int
    folder: Path
    process: psutil.Popen

    def process_of(self, path: str) -> int:
        """The port of the web process that was last asked for this path."""
        lines = (self.folder / "access.log").read_text("utf-8").splitlines()
        asked = [line for line in lines if f" {path} " in line and "127.0.0.1:" in line]
        # After several tries, the last one answered.
        return int(asked[-1].split(" ", 1)[0].split(",")[-1].rsplit(":", 1)[1])


@contextmanager
def nginx(folder: Path, web_ports: list[int], settings: str = "nginx.conf") -> Iterator[Nginx]:
    """Run with settings of ours, changed in nothing but ports and the place of the certificate.

    Args:
        folder: a new one for certificate, pages and logs.
        web_ports: of the web processes, as many as the settings name.
        settings: a file in `deploy`.
    """
    folder.mkdir()
    (folder / "school").mkdir()
    make_certificate(folder)
    plain, port, frame_port = free_ports(3)
    text = _adapted((ROOT / "deploy" / settings).read_text("utf-8"), web_ports, plain, port)
    text = _LETSENCRYPT.sub(f"{folder}/", text)
    places = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = " ".join(f"{place}_temp_path {folder}/{place};" for place in places)
    main = (
        # The numbers are Debian's.
        f"user root; daemon off; worker_processes auto; pid {folder}/pid;\n"
        f"error_log {folder}/error.log;\n"
        "events { worker_connections 768; }\nhttp {\ninclude /etc/nginx/mime.types;\n"
        f"{temporary}\n"
        """log_format trial '$upstream_addr $request $status';\n"""
        f"access_log {folder}/access.log trial;\n"
        f"{text}\n{_FRAME.format(port=frame_port, folder=folder)}}}\n"
    )
    (folder / "main.conf").write_text(main, "utf-8")
    command = ["nginx", "-e", str(folder / "error.log"), "-c", str(folder / "main.conf")]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    process = psutil.Popen(command)
    try:
        _wait_for_port(frame_port)
        yield Nginx(port if " ssl" in text else plain, frame_port, folder, process)
    finally:
        end_all([*process.children(recursive=True), process])


@contextmanager
def cluster(folder: Path, workers: int, environment: Mapping[str, str]) -> Iterator[str]:
    """Run a scheduler of dask and workers; its address."""
    folder.mkdir()
    (port,) = free_ports(1)
    address = f"tcp://127.0.0.1:{port}"
    scheduler = ["scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    worker = ["worker", address, "--nthreads", "1", "--no-dashboard"]
    started = list[psutil.Popen]()
    with (folder / "log").open("ab") as log:
        for words in [scheduler, *[worker] * workers]:
            started.append(
                psutil.Popen(
                    [sys.executable, "-m", "dask", *words],
                    cwd=ROOT,
                    env={**os.environ, "TMPDIR": str(folder), **environment},
                    stdout=log,
                    stderr=log,
                )
            )
    try:
        _wait_for_port(port)
        yield address
    finally:
        end_all([child for each in started for child in [*_children(each), each]])


def make_certificate(folder: Path) -> None:
    """Write fullchain.pem and privkey.pem, signed by nobody."""
    key = ["-newkey", "rsa:2048", "-nodes", "-keyout", str(folder / "privkey.pem")]
    out = ["-out", str(folder / "fullchain.pem"), "-days", "2", "-subj", "/CN=digits.example.org"]
    command = [shutil.which("openssl") or "openssl", "req", "-x509", *key, *out]
    subprocess.run(command, check=True, capture_output=True)


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on."""
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def wait_for(url: str) -> None:
    """Wait until a server answers well.

    Raises:
        RuntimeError: it did not in two minutes.
    """
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise RuntimeError(f"{url} did not answer.")


def _adapted(text: str, web_ports: list[int], plain: int, encrypted: int) -> str:
    """Settings with free ports in place of theirs."""
    servers = re.findall(r"server ([\w.-]+:\d+) ", text)
    for server, port in zip(servers, web_ports, strict=True):
        text = text.replace(f"server {server} ", f"server 127.0.0.1:{port} ")
    text = re.sub(r"listen \[::\]:.*;", "", text)
    text = re.sub(r"listen (80|8080);", f"listen {plain};", text)
    return text.replace("listen 443 ", f"listen {encrypted} ")


def _wait_for_port(port: int) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        if _listens(port):
            return
        time.sleep(0.05)
    raise RuntimeError(f"Nobody listens on port {port}.")


def _listens(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def _children(process: psutil.Popen) -> list[psutil.Process]:
    return process.children(recursive=True) if process.is_running() else []
