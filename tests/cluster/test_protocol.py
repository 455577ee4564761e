from pathlib import Path

import pytest

from mnist_core.cluster import protocol
from mnist_core.cluster.protocol import Commands, JobFiles, Outcome, Ready, StatusReport
from mnist_core.jobs.spec import Result, Spec
from mnist_core.networks.settings import RunControl
from tests.samples import QUICK, SMALL


@pytest.mark.parametrize(
    "message", [Ready("a", "b", "c"), StatusReport("a", 1, b"x", b"y", b"z", b"0")]
)
def test_a_message_from_a_computer_arrives(message):
    assert protocol.decode_from_worker(protocol.encode(message)) == message


def test_a_message_from_the_server_arrives():
    model = {"card.json": b"{}"}
    job_files = JobFiles(Spec(SMALL, QUICK, 1.5, "mine"), 60, 10, b"kept", b"drawn", model)
    commands = Commands(RunControl(paused=True, leave=True, learning_rate=0.1), 3, job_files)
    assert protocol.decode_commands(protocol.encode(commands)) == commands


def test_an_outcome_arrives():
    outcome = Outcome(StatusReport("a", 2), Result("done", "small-run-1"), {"card.json": b"{}"})
    assert protocol.decode_outcome(protocol.encode(outcome)) == outcome


def test_something_else_is_refused():
    with pytest.raises(ValueError, match="Invalid value"):
        protocol.decode_from_worker(b"\x81\xa4type\xa5other")


def test_a_version_is_its_code_and_data_but_not_its_line_ends(tmp_path):
    home = tmp_path / "mnist_core"
    (home / "data").mkdir(parents=True)
    (home / "data" / "digits").write_bytes(b"1\r\n")
    code = home / "code.py"

    def version_with(path: Path, content: bytes) -> str:
        path.write_bytes(content)
        return protocol.version(home)

    first = version_with(code, b"one\n")
    assert version_with(code, b"one\r\n") == first
    assert version_with(code, b"two\n") != first
    assert version_with(code, b"one\n") == first
    assert version_with(home / "data" / "digits", b"1\n") != first
