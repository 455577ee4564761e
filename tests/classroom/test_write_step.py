"""The step Write: a person's page, and the screen."""

import re

import numpy as np
import pytest
from numpy.typing import NDArray

from mnist_core.classroom.drawings import read_drawing
from mnist_core.data import dataset
from tests.classroom.seats import class_of
from tests.visiting import picks, sent, text


@pytest.fixture
def pen(monkeypatch: pytest.MonkeyPatch) -> dict[str, NDArray[np.uint8]]:
    """What stands in for the canvas: the image that would be made of it."""
    held = {"image": dataset.load("test").images[0]}
    here = "ui.classroom.steps.write."
    # The page's modules come to life in its first run.
    class_of(1, "write").page_of(0)
    monkeypatch.setattr(here + "drawing_canvas", lambda *, name: held["image"])
    monkeypatch.setattr(here + "one_digit", lambda name, ink: ink)
    return held


def test_ten_digits_are_asked_for_once_each_and_are_on_the_disk(
    pen: dict[str, NDArray[np.uint8]],
) -> None:
    room = class_of(1, "write")
    app = room.page_of(0)
    asked = []
    for number in range(10):
        (digit,) = re.findall(
            r"Draw an? <span translate=\"no\">(\d)<",
            "\n".join(one.proto.body for one in app.get("html")),
        )
        asked.append(int(digit))
        app.button(key="write-skip" if number == 3 else "write-next").click().run()
    # The one that was skipped is asked for again at the end.
    app.button(key="write-next").click().run()
    assert not app.exception
    assert sorted(asked) == list(range(10))
    assert "Your ten digits are in." in text(app)
    kept = room.store.contributions(room.code, "write")
    assert sorted(one.slot for one in kept) == [str(digit) for digit in range(10)]
    drawing = read_drawing(kept[0].payload)
    assert drawing is not None
    assert np.array_equal(drawing.image, pen["image"])
    # Another device goes on where this one was; a digit can be drawn again.
    again = picks(room.page_of(0), "write-mine", 4)
    assert again.button(key="write-skip").label == "Keep the one I drew before"


def test_the_wall_fills_and_then_says_what_was_found() -> None:
    room = class_of(6, "write")
    for number in range(5):
        room.writes(number)
    room.writes(5, range(7))
    app = room.screen()
    assert "57 digits so far · 5 of 6 have finished" in text(app)
    cards = sent(app, "write-wall")["cards"]
    assert [card["note"] for card in cards] == ["✓"] * 5 + [""]
    assert [bool(tile) for tile in cards[5]["tiles"]] == [True] * 7 + [False] * 3
    # Hidden names are hidden here, too.
    room.store.steer(room.code, lambda state: type(state)(step="write", hides_names=True))
    assert {card["title"] for card in sent(room.screen(), "write-wall")["cards"]} == {""}
    room.goes_to("write", shown=1)
    rows = sent(room.screen(), "write-networks")["rows"]
    assert len(rows) == 10
    assert all(0 < row["count"] <= 57 for row in rows)
    room.goes_to("write", shown=2)
    assert len(sent(room.screen(), "write-hardest")["rows"]) == 10
    room.goes_to("write", shown=3)
    assert len(sent(room.screen(), "write-hands")["cards"]) == 3
    assert "reads" in text(room.page_of(0))
