"""The step Fool it: drawing, reading, and the wall of hits."""

import numpy as np
import pytest

from mnist_core.classroom import fooling_round as game
from mnist_core.classroom.drawings import ClassDrawing
from mnist_core.data import dataset
from tests.classroom.seats import ClassRoom, class_of
from tests.visiting import picks, sent, text


def draws(room: ClassRoom, number: int) -> int:
    """Send a drawing for somebody, meant as a 7 and read as a 2; its id."""
    drawing = ClassDrawing(7, dataset.load("test").images[0])
    attempt = game.Attempt(drawing, "Two convolutions", 2, 0.96)
    person = room.people[number][0]
    room.store.contribute(
        room.code, person, "fool", {game.drawing_slot("one"): game.write_attempt(attempt)}
    )
    return room.store.contributions(room.code, "fool")[-1].id


def test_three_others_read_a_drawing_and_it_comes_to_the_wall() -> None:
    room = class_of(5, "fool")
    drawing = draws(room, 0)
    # Not his own.
    assert sent(room.page_of(0), "fool-mode")["options"][1] == "Read others"
    pages = [picks(room.page_of(number), "fool-mode", 1) for number in range(1, 5)]
    key = f"fool-read-{drawing}"
    for page, digit in zip(pages[:3], (7, 1, 7), strict=True):
        assert sent(page, "fool-to-read")["cards"][0]["alternative"] == "A digit that somebody drew"
        after = picks(page, key, digit)
        assert not after.exception
        assert "Nothing to read at the moment." in text(after)
    # Three looked, so a fourth was not asked.
    assert "Nothing to read at the moment." in text(pages[3])
    screen = room.screen()
    assert "1 hit" in text(screen)
    (card,) = sent(screen, "fool-wall")["cards"]
    assert card["lines"] == ["meant 7, 2 of 3 read 7", "network: 2, 96% sure"]


def test_what_a_browser_forges_is_not_taken() -> None:
    room = class_of(3, "fool")
    drawing = draws(room, 0)
    page = picks(room.page_of(1), "fool-mode", 1)
    room.store.contribute(
        room.code, room.people[1][0], "fool", {game.reading_slot(drawing): game.write_reading("1")}
    )
    # He reads it once more, from a page that does not know yet.
    picks(page, f"fool-read-{drawing}", 7)
    readings = [one for one in room.store.contributions(room.code, "fool") if one.id != drawing]
    assert [one.payload for one in readings] == [b"1"]


def test_a_drawing_is_sent_in_where_the_network_was_fooled(monkeypatch: pytest.MonkeyPatch) -> None:
    room = class_of(2, "fool")
    room.page_of(0)
    digits = dataset.load("test")
    image = digits.images[int(np.flatnonzero(digits.labels == 7)[0])]
    here = "ui.classroom.steps.fool."
    monkeypatch.setattr(here + "drawing_canvas", lambda *, name: image)
    monkeypatch.setattr(here + "one_digit", lambda name, ink: image)
    page = picks(room.page_of(0), "fool-meant", 7)
    assert "It reads your 7." in text(page)
    assert page.button(key="fool-send").disabled
    # Meant as a 1, it is one that the network does not read.
    page = picks(page, "fool-meant", 1)
    assert "It says a 7" in text(page)
    assert not page.button(key="fool-send").disabled
    monkeypatch.setattr(
        here + "canvas.latest_drawing",
        lambda name: type("Drawn", (), {"ink": np.zeros((320, 320), np.uint8)}),
    )
    page.button(key="fool-send").click().run()
    (kept,) = room.store.contributions(room.code, "fool")
    attempt = game.read_attempt(kept.payload)
    assert attempt is not None
    assert (attempt.drawing.label, attempt.said) == (1, 7)
