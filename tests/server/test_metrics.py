from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request

from ui.server.metrics import route
from ui.server.observer import Observer


def ask(observer: Observer, **headers: str) -> tuple[int, str]:
    raw = [(name.replace("_", "-").encode(), said.encode()) for name, said in headers.items()]
    found = route(observer, "/lab")
    assert found.path == "/lab/metrics"
    scope = {"type": "http", "method": "GET", "path": "/lab/metrics", "headers": raw}
    answer = found.endpoint(Request({**scope, "app": Starlette()}))
    return answer.status_code, bytes(answer.body).decode()


def test_prometheus_reads_how_the_server_is(tmp_path: Path) -> None:
    observer = Observer(tmp_path)
    observer.refusals["MNIST_QUEUE_LIMIT"] = 2
    observer.errors.note(ValueError("no"), "draw")
    code, text = ask(observer)
    assert code == 200
    assert 'digit_lab_refusals_total{limit="MNIST_QUEUE_LIMIT"} 2.0' in text
    assert "digit_lab_errors_total 1.0" in text
    assert 'digit_lab_trainings{state="queued"} 0.0' in text
    assert "digit_lab_people 0.0" in text


def test_nobody_from_the_internet_reads_it(tmp_path: Path) -> None:
    observer = Observer(tmp_path)
    for header in ("x_forwarded_for", "forwarded", "x_real_ip", "via"):
        assert ask(observer, **{header: "1.2.3.4"})[0] == 404
