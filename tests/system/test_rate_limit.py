import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_core.system import rate_limit
from mnist_core.system.rate_limit import RateLimit


class Clock:
    def __init__(self, now=1_000_000.0):
        self.now = now

    def __call__(self):
        return self.now


@pytest.fixture(params=["memory", "file"])
def limit(request, tmp_path):
    clock = Clock()
    file = tmp_path / "limits" / "trainings.json" if request.param == "file" else None
    made = RateLimit(60, file, clock)
    return made, clock


def test_so_many_in_a_window_and_the_next_one_when_the_first_is_out_of_it(limit):
    limit, clock = limit
    for _ in range(3):
        assert limit.take({"ann": 3}) == 0
        clock.now += 10
    assert limit.take({"ann": 3}) == 30
    assert limit.take({"bob": 3}) == 0
    clock.now += 30
    assert limit.take({"ann": 3}) == 0
    assert limit.take({"ann": 3}) == 10


def test_a_refusal_counts_for_nobody(limit):
    limit, _ = limit
    assert limit.take({"ann": 1, "school": 2}) == 0
    assert limit.take({"ann": 1, "school": 2}) == 60
    assert limit.take({"bob": 1, "school": 2}) == 0
    assert limit.take({"cid": 1, "school": 2}) == 60


def test_several_at_once_fit_or_none_does(limit):
    limit, clock = limit
    assert limit.take({"ann": 6}, 5) == 0
    assert limit.take({"ann": 6}, 2) == 60
    assert limit.take({"ann": 6}, 1) == 0
    clock.now += 61
    assert limit.take({"ann": 6}, 7) == 60


def test_a_clock_that_is_set_back_locks_nobody_out(limit):
    limit, clock = limit
    assert limit.take({"ann": 1}) == 0
    clock.now -= 1_000_000
    assert limit.take({"ann": 1}) == 0


def test_names_are_forgotten_the_oldest_first(limit, monkeypatch):
    limit, _ = limit
    monkeypatch.setattr(rate_limit, "MOST_NAMES", 3)
    for name in ("a", "b", "c", "a", "d"):
        limit.take({name: 2})
    assert limit.take({"a": 2}) == 60, "it was counted twice, the last time after b"
    assert limit.take({"b": 1}) == 0, "it was the oldest"


def test_a_file_names_nobody_and_survives_damage(tmp_path):
    file = tmp_path / "limits.json"
    assert RateLimit(60, file).take({"192.0.2.7": 1, "visitor ann": 1}) == 0
    assert RateLimit(60, file).take({"192.0.2.7": 1}) > 0, "another process"
    assert b"192.0.2.7" not in file.read_bytes()
    assert b"ann" not in file.read_bytes()
    file.write_bytes(file.read_bytes()[:20])
    assert RateLimit(60, file).take({"192.0.2.7": 1}) == 0


def test_where_the_file_cannot_be_written_this_process_counts(tmp_path):
    (tmp_path / "limits").write_text("in the way")
    limit = RateLimit(60, tmp_path / "limits" / "trainings.json")
    assert limit.take({"ann": 1}) == 0
    assert limit.take({"ann": 1}) > 0
    assert limit.take({"ben": 1}) == 0


def test_processes_share_a_file_and_count_each_once(tmp_path):
    script = (
        "import sys; from pathlib import Path; from mnist_core.system.rate_limit import RateLimit;"
        "limit = RateLimit(3600, Path(sys.argv[1]));"
        "print(sum(limit.take({'all': 50}) == 0 for _ in range(40)))"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "limits.json")]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    taken = [int(process.communicate()[0]) for process in running]
    assert sum(taken) == 50


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(), max_size=8),
            st.floats(0, 40, allow_nan=False),
            st.integers(1, 4),
        ),
        max_size=40,
    )
)
def test_whoever_asks_never_gets_more_than_allowed_in_any_window(asked):
    clock = Clock()
    limit, given_at = RateLimit(60, None, clock), dict[str, list[float]]()
    for name, later, count in asked:
        clock.now += later
        if limit.take({name: 5}, count) == 0:
            given_at.setdefault(name, []).extend([clock.now] * count)
    for moments in given_at.values():
        for end in moments:
            assert sum(end - 60 < moment <= end for moment in moments) <= 5
