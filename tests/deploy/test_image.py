import http.server
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from benchmarks.hosting import dockerfile
from benchmarks.hosting.dockerfile import Copy, Run
from tests.deploy.hosting_settings import problems
from tests.serving import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
IGNORED = (ROOT / ".dockerignore").read_text("utf-8")
BIN = Path(sys.executable).parent


def hadolint(text: str) -> subprocess.CompletedProcess:
    command = [str(BIN / "hadolint"), "-"]
    return subprocess.run(command, input=text, capture_output=True, text=True)


def stages() -> list[dockerfile.Stage]:
    return dockerfile.read(DOCKERFILE, {"PATH": "/bin"})


def test_the_dockerfile_is_one_and_a_typo_is_noticed() -> None:
    assert hadolint(DOCKERFILE).stdout == ""
    assert hadolint(DOCKERFILE.replace("WORKDIR", "WORKDIRR")).returncode == 1


def test_it_runs_as_user_1000_and_writes_to_one_place(monkeypatch) -> None:
    build, final = stages()
    assert final.user == "1000:1000"
    assert final.volumes == ["/data"]
    assert final.environment["MNIST_MODELS"] == "/data"
    assert final.environment["TMPDIR"].startswith("/data/")
    assert final.environment["PATH"].startswith("/opt/venv/bin:")
    assert problems(final.environment, monkeypatch) == []
    # What builds it stays behind.
    assert {step.stage for step in final.steps if isinstance(step, Copy)} == {build.name}
    assert final.entrypoint[0] == "tini"
    assert "curl" not in DOCKERFILE.replace("without curl", "")


def test_every_file_that_it_names_is_there() -> None:
    build, final = stages()
    for step in build.steps:
        for source in step.sources if isinstance(step, Copy) else []:
            assert (ROOT / source).exists()
    named = [*final.entrypoint, *final.command, *final.healthcheck]
    assert [word for word in named if "." in word and not (ROOT / word).exists()] == []
    scripts = re.findall(
        r"deploy/\S+\.sh", " ".join(s.command for s in build.steps if isinstance(s, Run))
    )
    for script in [*scripts, "deploy/image/start.sh"]:
        assert subprocess.run(["sh", "-n", ROOT / script]).returncode == 0


@pytest.mark.parametrize(
    "line", ["ADD . /app", "RUN --mount=type=cache,target=/x true", "CMD run it"]
)
def test_what_the_trial_cannot_carry_out_is_an_error(line) -> None:
    with pytest.raises(dockerfile.CannotRead):
        dockerfile.read(f"FROM x\n{line}\n", {})


def test_the_image_has_the_app_and_no_secrets() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout
    private = [
        ".git/config", ".env", ".streamlit/secrets.toml", "saved_models/local/mine/card.json",
        ".venv/bin/python", "ui/shell/__pycache__/address.cpython-311.pyc", "tests/conftest.py",
    ]  # fmt: skip
    found = dockerfile.context_files([*listed.splitlines(), *private], IGNORED)
    assert set(private).isdisjoint(found)
    app = [
        name for name in listed.splitlines() if name.startswith(("mnist_core/", "ui/", "pages/"))
    ]
    assert set(app) < set(found)
    needed = ("streamlit_app.py", ".streamlit/config.toml", "requirements-cluster.txt", "NOTICE")
    assert set(needed) < set(found)
    assert any(name.startswith("saved_models/cnn-best/") for name in found)
    assert "deploy/image/start.sh" in found
    assert "deploy/nginx.conf" not in found


class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/lab/_stcore/health" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize(
    ("path", "healthy"), [("lab", True), ("/lab/", True), ("elsewhere", False)]
)
def test_the_health_check_asks_where_the_app_is(path, healthy) -> None:
    server = http.server.HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    variables = {
        "STREAMLIT_SERVER_PORT": str(server.server_port),
        "STREAMLIT_SERVER_BASE_URL_PATH": path,
    }
    command = [sys.executable, "-S", "deploy/image/healthy.py"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **variables}, capture_output=True)
    server.shutdown()
    server.server_close()
    assert (done.returncode == 0) is healthy


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(tmp_path) -> None:
    (tmp_path / "file").touch()
    command = ["sh", "deploy/image/start.sh", "echo", "runs"]

    def start(folder: Path) -> subprocess.CompletedProcess:
        variables = {**os.environ, "MNIST_MODELS": str(folder), "TMPDIR": str(folder / ".tmp")}
        return subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True)

    assert start(tmp_path).stdout == "runs\n"
    refused = start(tmp_path / "file")
    assert refused.returncode == 1
    assert f"cannot write to {tmp_path}/file" in refused.stderr
