"""What is computed for too many at once waits, in words."""

from tests.visiting import text, visit
from ui.visitors import concurrent_work


def test_what_is_computed_at_once_waits_in_words(monkeypatch):
    places = concurrent_work._places("maps")
    taken = [places.acquire(blocking=False) for _ in range(100)].count(True)
    monkeypatch.setattr("ui.mistakes.why._PATIENCE_SECONDS", 0.01)
    try:
        app = visit("mistakes", view="why", model="cnn-larger")
        assert not app.exception
        assert concurrent_work.BUSY in text(app)
    finally:
        for _ in range(taken):
            places.release()
    assert concurrent_work.BUSY not in text(app.run())
