"""How the tour goes on."""

from types import SimpleNamespace

import pytest

from ui.tour import progress
from ui.tour.progress import STOPS, Progress
from ui.tour.stops import ALL


def test_there_are_as_many_stops_as_are_counted():
    assert len(ALL) == STOPS


@pytest.mark.parametrize("stop", ALL, ids=lambda stop: stop.name)
def test_a_stop_is_one_sentence_and_one_task_that_fit_on_a_phone(stop):
    assert stop.words.count(".") == 1
    assert len(f"{stop.words} {stop.task}") <= 66


def test_it_is_done_once_there_is_evidence():
    now = Progress(active=True).looked(None, anew=False, now=0.0)
    assert not now.done
    assert now.looked("a drawing", anew=False, now=0.1).done


def test_what_was_there_on_arrival_counts_for_nothing_where_it_is_to_be_done_anew():
    now = Progress(active=True).looked(None, anew=True, now=0.0)
    # The page has restored what it showed last.
    now = now.looked("index 5", anew=True, now=1.0)
    now = now.looked("index 5", anew=True, now=60.0)
    assert not now.done
    assert not now.looked(None, anew=True, now=61.0).done
    assert now.looked("index 6", anew=True, now=62.0).done


def test_what_was_done_stays_done():
    done = Progress(active=True, done=True)
    assert done.looked(None, anew=True, now=9.0) is done
    assert done.next() == Progress(1, active=True)
    assert Progress(STOPS, active=True).next().stop == STOPS


@pytest.mark.parametrize(
    ("cookie", "expected"),
    [
        ("1", Progress(0, active=True)),
        ("4-", Progress(3)),
        ("8", Progress(STOPS, active=True)),
        ("9", Progress()),
        ("<script>", Progress()),
        (None, Progress()),
    ],
)
def test_a_cookie_from_anywhere_is_read_with_care(cookie, expected, monkeypatch):
    monkeypatch.setattr(progress.st, "session_state", {})
    monkeypatch.setattr(progress.st, "context", SimpleNamespace(cookies={progress.COOKIE: cookie}))
    assert progress.read() == expected
    if cookie in ("1", "4-", "8"):
        assert expected.cookie == cookie
