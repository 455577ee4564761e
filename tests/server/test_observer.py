import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mnist_core.status import look
from mnist_core.system import events
from tests.serving import ROOT
from ui.server import observer
from ui.server.observer import Observer


def seen_by_another_process(models: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mnist_core.status", *arguments],
        cwd=ROOT,
        env={**os.environ, "MNIST_MODELS": str(models)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_servers_life_is_told_in_lines_of_json_and_in_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(observer, "LIFE_SIGN_SECONDS", 0.01)
    watched = Observer(tmp_path)

    async def live() -> None:
        async with watched.lifespan(None):
            events.refused("MNIST_QUEUE_LIMIT")
            watched.errors.note(ValueError("no"), "train")
            await asyncio.sleep(0.2)

    asyncio.run(live())
    lines = list(map(json.loads, capsys.readouterr().err.splitlines()))
    assert [line["event"] for line in lines] == ["start", "refusal", "error", "stop"]
    assert lines[0]["memory_mb"] > 0
    assert lines[0]["packages"]["streamlit"]
    assert lines[-1]["refusals"] == {"MNIST_QUEUE_LIMIT": 1}
    found = look(tmp_path)
    assert found.processes == ()
    assert [one.kind for one in found.errors] == ["ValueError"]
    assert not events.LOGGER.handlers


def test_status_works_from_another_process(tmp_path: Path) -> None:
    gone = seen_by_another_process(tmp_path / "nowhere")
    assert (gone.returncode, gone.stderr) == (1, "")
    watched = Observer(tmp_path)
    watched.refusals["MNIST_QUEUE_LIMIT"] = 3
    watched.errors.note(ValueError("Anna"), "train")
    (tmp_path / ".status" / "web-torn.json").write_text('{"name": "b')
    said = seen_by_another_process(tmp_path)
    assert said.returncode == 0
    assert "MNIST_QUEUE_LIMIT 3 times" in said.stdout
    assert "Errors in the last day: 1." in said.stdout
    assert "Anna" not in said.stdout
    known = json.loads(seen_by_another_process(tmp_path, "--json").stdout)
    assert [one["pid"] for one in known["processes"]] == [os.getpid()]


def test_a_disk_that_takes_nothing_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / ".status").write_text("")
    watched = Observer(tmp_path)
    watched.say()
    watched.errors.note(ValueError("no"), "train")
    watched._look()


def test_a_look_under_way_at_the_end_does_not_bring_the_process_back(tmp_path: Path) -> None:
    watched = Observer(tmp_path)
    watched.say(is_over=True)
    watched.say()
    assert look(tmp_path).processes == ()
