"""What visitors guessed: every guess counts, and nothing that happens to the file breaks a page."""

import errno
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock

from mnist_core.data import guesses as module
from mnist_core.data.guesses import Guesses, GuessNotSaved

ELEMENTS = (500, 7)
ROOT = Path(__file__).parents[2]

_GUESS_MANY = """
import sys
from pathlib import Path
from mnist_core.data.guesses import Guesses
guesses = Guesses(Path(sys.argv[1]), (500,))
for _ in range(25):
    guesses.add(500, int(sys.argv[2]))
"""


@pytest.fixture
def guesses(tmp_path):
    return Guesses(tmp_path / "models", ELEMENTS)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "models" / ".guesses" / "counts.json"


def test_nobody_has_guessed_yet(guesses, file):
    assert guesses.counts(500).tolist() == [0] * 10
    assert not file.exists()


def test_guesses_are_counted_and_outlive_the_server(guesses, tmp_path):
    for digit in (2, 3, 2):
        guesses.add(500, digit)
    guesses.add(7, 9)
    again = Guesses(tmp_path / "models", ELEMENTS)
    assert again.counts(500).tolist() == [0, 0, 2, 1, 0, 0, 0, 0, 0, 0]
    assert again.counts(7)[9] == 1


@pytest.mark.parametrize(("element", "digit"), [(8, 1), (-1, 1), (500, 10), (500, -1)])
def test_only_what_can_be_guessed_is_counted(guesses, file, element, digit):
    with pytest.raises(ValueError, match="not"):
        guesses.add(element, digit)
    assert not file.exists()


def test_no_guess_is_lost_when_processes_write_at_once(guesses, tmp_path):
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _GUESS_MANY, str(tmp_path / "models"), str(digit)], cwd=ROOT
        )
        for digit in (2, 3, 2)
    ]
    assert [process.wait(120) for process in processes] == [0, 0, 0]
    assert guesses.counts(500).tolist() == [0, 0, 50, 25, 0, 0, 0, 0, 0, 0]


def test_no_guess_is_lost_when_threads_write_at_once(guesses):
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda digit: guesses.add(500, digit), [2, 3] * 20))
    assert guesses.counts(500)[[2, 3]].tolist() == [20, 20]


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[1, 2]",
        b'{"500": 3}',
        b'{"five": [0,0,0,0,0,0,0,0,0,0]}',
        b'{"500": [1, 2]}',
        b'{"500": [-1,0,0,0,0,0,0,0,0,0]}',
        b'{"500": [1e99,0,0,0,0,0,0,0,0,0]}',
        b'{"500": [99999999999,0,0,0,0,0,0,0,0,0]}',
        b"[" * 100_000,
        b" " * 2_000_000,
    ],
)
def test_a_damaged_file_counts_as_no_guesses_and_is_replaced_by_the_next(guesses, file, damage):
    file.parent.mkdir(parents=True)
    file.write_bytes(damage)
    assert guesses.counts(500).tolist() == [0] * 10
    guesses.add(500, 4)
    assert guesses.counts(500)[4] == 1
    assert guesses.counts(500).sum() == 1


def test_a_full_disk_is_reported_in_a_sentence_and_loses_no_earlier_guess(guesses, monkeypatch):
    guesses.add(500, 4)

    def full(handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(GuessNotSaved, match="disk is full"):
        guesses.add(500, 5)
    assert guesses.counts(500).tolist() == [0, 0, 0, 0, 1, 0, 0, 0, 0, 0]
    monkeypatch.undo()
    guesses.add(500, 5)
    assert guesses.counts(500)[[4, 5]].tolist() == [1, 1]


def test_a_folder_that_cannot_be_written_is_reported_in_a_sentence(tmp_path):
    (tmp_path / "models").write_text("a file, not a directory")
    guesses = Guesses(tmp_path / "models", ELEMENTS)
    with pytest.raises(GuessNotSaved, match="could not be counted"):
        guesses.add(500, 4)
    assert guesses.counts(500).sum() == 0


def test_waiting_too_long_is_reported_in_a_sentence(guesses, file, monkeypatch):
    monkeypatch.setattr(module, "_TIMEOUT_SECONDS", 0.05)
    guesses.add(500, 1)
    with FileLock(file.parent / "lock"), pytest.raises(GuessNotSaved, match="Too many people"):
        guesses.add(500, 1)
    assert guesses.counts(500)[1] == 1


def test_the_file_cannot_grow_without_end(tmp_path, monkeypatch, file):
    monkeypatch.setattr(module, "_MAX_COUNT", 3)
    guesses = Guesses(tmp_path / "models", range(200))
    for element in range(200):
        guesses.add(element, element % 10)
    for _ in range(5):
        guesses.add(7, 7)
    assert guesses.counts(7)[7] == 3
    # The longest there can be: every count of every element with all its digits.
    longest = len(str([999_999_999] * 10)) + len('"59999":,')
    assert file.stat().st_size <= 200 * longest < 1_000_000
    assert sorted(path.name for path in file.parent.iterdir()) == ["counts.json", "lock"]


def test_guesses_for_elements_that_are_not_offered_any_more_are_dropped(guesses, tmp_path):
    guesses.add(7, 1)
    fewer = Guesses(tmp_path / "models", (500,))
    fewer.add(500, 1)
    assert fewer.counts(7).sum() == 0
    assert guesses.counts(7).sum() == 0
