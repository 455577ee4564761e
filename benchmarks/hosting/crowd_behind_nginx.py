"""Two hundred people who click, behind nginx with two web processes: how long half of them wait.

Each person comes as a browser does: by TLS, below /digits/, from an address of their own (of a
hundred; 127.0.1.1 and so on), with the cookies that the first answer sets: by one of them nginx
keeps them with one web process. nginx has deploy/nginx.conf, changed in nothing but ports and the
place of the certificate.

    python -m benchmarks.hosting.crowd_behind_nginx [--seconds N] [--people N]

Needs Debian's nginx and openssl. The clients run in a process of their own, on the same computer.
"""

import argparse
import http.client
import json
import ssl
from collections.abc import Iterator, Sequence
from contextlib import AbstractAsyncContextManager, ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import uvloop

from benchmarks.crowd import CLICKING, click, crowd
from benchmarks.hosting.processes import Nginx, WebProcess, free_ports, nginx
from benchmarks.hosting.sandbox import check_tools
from benchmarks.measuring import empty_folder, machine
from benchmarks.streamlit_client import Visitor, visit
from benchmarks.table import RESULTS

_NAME, _PATH, _PAGE = "digits.example.org", "digits", "browse"
_ADDRESSES = 100
_HTML = {"Accept": "text/html", "Host": _NAME}


def main() -> None:
    """Measure and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=40.0, help="that the crowd stays")
    parser.add_argument("--people", type=int, default=CLICKING)
    asked = parser.parse_args()
    check_tools("nginx", "openssl")
    with empty_folder() as folder, _house(folder) as (front, webs):
        found = uvloop.run(_measure(front, webs, asked.people, asked.seconds))
        if "Traceback" in (logs := "".join(web.log.read_text("utf-8", "replace") for web in webs)):
            raise SystemExit(logs)
    found |= {"date": datetime.now(UTC).date().isoformat(), "machine": machine()}
    text = json.dumps(found, indent=2, ensure_ascii=False)
    print(text)
    if asked.people == CLICKING:
        (RESULTS / "crowd_behind_nginx.json").write_text(f"{text}\n", encoding="utf-8")


async def _measure(
    front: Nginx, webs: list[WebProcess], people: int, seconds: float
) -> dict[str, Any]:
    """The crowd's waits, and how the work was divided."""
    encryption = ssl.create_default_context()
    # The certificate is signed by nobody.
    encryption.check_hostname, encryption.verify_mode = False, ssl.CERT_NONE

    def come(number: int) -> AbstractAsyncContextManager[Visitor]:
        address = (f"127.0.1.{number % _ADDRESSES + 1}", 0)
        cookies = _cookies(front.port, address, encryption)
        return visit(
            f"https://{_NAME}:{front.port}/{_PATH}",
            _PAGE,
            cookies,
            host="127.0.0.1",
            port=front.port,
            local_addr=address,
            ssl=encryption,
        )

    processes: dict[str, Sequence[psutil.Process]] = {
        "the clients": [psutil.Process()],
        "nginx": front.process.children(),
        **{f"web process {number}": [web.process] for number, web in enumerate(webs, start=1)},
    }
    return await crowd(come, people, click, seconds, processes)


def _cookies(port: int, address: tuple[str, int], encryption: ssl.SSLContext) -> str:
    """What a browser has of cookies after it has loaded the page."""
    asking = http.client.HTTPSConnection(
        "127.0.0.1", port, context=encryption, source_address=address
    )
    asking.request("GET", f"/{_PATH}/{_PAGE}", headers=_HTML)
    answer = asking.getresponse()
    answer.read()
    asking.close()
    assert answer.status == 200, answer.status
    # Python's own reader of cookies does not know "Partitioned".
    pairs = [text.partition(";")[0] for text in answer.headers.get_all("Set-Cookie", [])]
    assert any(pair.startswith("digit_lab_process=") for pair in pairs), pairs
    return "; ".join(pairs)


@contextmanager
def _house(folder: Path) -> Iterator[tuple[Nginx, list[WebProcess]]]:
    """The proxy before two web processes on one directory, as docs/hosting.md has it."""
    environment = {
        "MNIST_MODELS": str(folder / "models"),
        "MNIST_HOSTED": "on",
        "MNIST_SPARE_MINUTES": "0",
        "MNIST_TRUSTED_PROXIES": "127.0.0.1",
        "STREAMLIT_SERVER_BASE_URL_PATH": _PATH,
    }
    (folder / "models").mkdir()
    ports = free_ports(2)
    webs = [WebProcess(port, folder / f"web-{port}.log", environment) for port in ports]
    with ExitStack() as stack:
        for web in webs:
            web.start()
            stack.callback(web.end)
        yield stack.enter_context(nginx(folder / "nginx", ports)), webs


if __name__ == "__main__":
    main()
