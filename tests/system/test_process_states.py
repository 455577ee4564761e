import os
import time
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace as changed

from mnist_core.system.process_states import (
    DAY_SECONDS,
    ProcessState,
    ProcessStates,
    SeenError,
)

NOW = 1_800_000_000.0
STATE = ProcessState("a1", 7, NOW - 60, NOW, people=3, memory_bytes=10, refusals={"MNIST_X": 2})


def at(models: Path, now: float = NOW) -> ProcessStates:
    return ProcessStates(models, now=lambda: now)


def test_another_process_reads_what_lives(tmp_path: Path) -> None:
    states = at(tmp_path)
    states.write(STATE)
    states.write(changed(STATE, name="b2", began=NOW - 90))
    states.write(changed(STATE, name="c3", is_over=True))
    assert [one.name for one in at(tmp_path).alive()] == ["b2", "a1"]
    # Killed: it says nothing any more.
    assert at(tmp_path, NOW + 60).alive() == []
    assert len(at(tmp_path, NOW + 60).of_last_day()) == 3


def test_after_a_day_nothing_is_left(tmp_path: Path) -> None:
    at(tmp_path).write(changed(STATE, errors=(SeenError("e", NOW, "KeyError", "draw"),)))
    assert at(tmp_path, NOW + DAY_SECONDS + 1).of_last_day() == []
    (file,) = (tmp_path / ".status").iterdir()
    os.utime(file, (time.time() - DAY_SECONDS - 9,) * 2)
    replace(at(tmp_path), now=time.time).clean_up()
    assert not list((tmp_path / ".status").iterdir())


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 200))
def test_torn_files_are_passed_over(tmp_path_factory: object, junk: bytes, cut: int) -> None:
    models = tmp_path_factory.mktemp("models")  # type: ignore[attr-defined]
    states = at(models)
    assert states.alive() == []
    states.write(STATE)
    states.write(changed(STATE, name="b2"))
    (models / ".status" / "web-junk.json").write_bytes(junk)
    torn = models / ".status" / "web-b2.json"
    torn.write_bytes(torn.read_bytes()[:cut])
    assert "a1" in [one.name for one in states.alive()]
    states.clean_up()
