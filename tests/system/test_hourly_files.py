import os
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_core.system.hourly_files import SECONDS, HourlyFiles, TooLarge

CODE, OTHER = "a" * 32, "b" * 32


class Clock:
    """Seconds since 1970, set by hand."""

    def __init__(self, now: float) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def all_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.name[0] != "."]


def test_what_is_kept_is_found_under_its_code_alone(tmp_path: Path) -> None:
    files = HourlyFiles(tmp_path)
    files.write(CODE, "sheet", b"1")
    files.write(CODE, "sheet", b"2")
    assert files.read(CODE, "sheet") == b"2"
    assert files.read(OTHER, "sheet") is None
    assert files.read(CODE, "game") is None
    assert not [path for path in tmp_path.rglob("*") if CODE[:8] in path.name]
    files.delete(CODE, "sheet")
    assert files.read(CODE, "sheet") is None


def test_after_an_hour_it_is_gone(tmp_path: Path) -> None:
    files = HourlyFiles(tmp_path)
    files.write(CODE, "sheet", b"1")
    HourlyFiles(tmp_path, now=lambda: time.time() - SECONDS - 5).touch(CODE)
    assert files.read(CODE, "sheet") is None
    assert not files.copy(CODE, OTHER)
    files.write(OTHER, "sheet", b"2")
    files.clean_up()
    assert [path.read_bytes() for path in all_files(tmp_path)] == [b"2"]


def test_a_touch_begins_the_hour_anew(tmp_path: Path) -> None:
    clock = Clock(0.0)
    files = HourlyFiles(tmp_path, now=clock)
    files.write(CODE, "sheet", b"1")
    clock.now = (began := tmp_path.stat().st_mtime) + 0.9 * SECONDS
    files.touch(CODE)
    clock.now = began + 1.5 * SECONDS
    assert files.read(CODE, "sheet") == b"1"


def test_too_many_and_too_large(tmp_path: Path) -> None:
    files = HourlyFiles(tmp_path, most_codes=3, largest_bytes=10)
    for number in range(6):
        files.write(f"{number}", "sheet", b"1")
        os.utime(files._folder(f"{number}"), (1e9 + number, 1e9 + number))
    HourlyFiles(tmp_path, most_codes=3, now=lambda: 1e9 + 10).clean_up()
    assert len(all_files(tmp_path)) == 3
    HourlyFiles(tmp_path, most_bytes=2, now=lambda: 1e9 + 10).clean_up()
    assert len(all_files(tmp_path)) == 2
    with pytest.raises(TooLarge):
        files.write(CODE, "sheet", b"1" * 11)


def test_each_successor_begins_with_what_was_kept(tmp_path: Path) -> None:
    files = HourlyFiles(tmp_path)
    files.write(CODE, "game", b"1")
    assert files.copy(CODE, OTHER)
    files.write(OTHER, "game", b"2")
    assert files.copy(CODE, "third")
    assert files.read("third", "game") == b"1"
    assert files.read(OTHER, "game") == b"2"
    files.forget(CODE)
    assert files.read(CODE, "game") is None
    assert not files.copy(CODE, "fourth")
    assert files.read(OTHER, "game") == b"2"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_no_code_and_no_name_leads_outside(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.mktemp("hourly")
    files = HourlyFiles(folder / "inside")
    files.write(text, "sheet", b"1")
    assert files.read(text, "sheet") == b"1"
    with suppress(ValueError):
        files.write(CODE, text, b"2")
    assert [path.name for path in folder.iterdir()] == ["inside"]


def test_cleaning_up_and_writing_at_once_tears_nothing(tmp_path: Path) -> None:
    files = HourlyFiles(tmp_path)
    errors: list[BaseException] = []

    def work(code: str) -> None:
        try:
            for number in range(100):
                files.write(code, "sheet", str(number).encode() * 50)
                assert files.read(code, "sheet") == str(number).encode() * 50
                files.clean_up()
        except (OSError, AssertionError) as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(f"{one}",)) for one in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_a_file_in_place_of_the_directory_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "inside").write_text("no directory")
    files = HourlyFiles(tmp_path / "inside")
    assert files.read(CODE, "sheet") is None
    files.delete(CODE, "sheet")
    files.touch(CODE)
    files.clean_up()
    with pytest.raises(OSError, match="inside"):
        files.write(CODE, "sheet", b"1")
