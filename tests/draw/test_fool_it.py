"""The view Fool it, with a canvas that a test draws on."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.e2e.test_draw import arc
from tests.visiting import address, has, picks, sent, text, visit
from ui.widgets.canvas.strokes import Drawing, Stroke

# A 0 with a stroke through it; the network that learned least takes it for an 8, 96% sure.
SLASHED_ZERO = (arc(160, 160, 62, 96, -80, 290), [(210, 90), (110, 230)])
SEVEN = ([(88, 78), (228, 70), (148, 268)],)
WEAK = "mlp-800-sgd"


class Easel:
    """What is on the canvas."""

    drawing = Drawing()

    def draw(self, *lines) -> None:
        strokes = tuple(
            Stroke(20, tuple(("L" if i else "M", x, y) for i, (x, y) in enumerate(line)))
            for line in lines
        )
        self.drawing = Drawing(strokes)


@pytest.fixture
def easel(monkeypatch: pytest.MonkeyPatch) -> Easel:
    visit("draw", view="fool")
    easel = Easel()
    monkeypatch.setattr("ui.stage.stage.drawing_canvas", lambda *given, **_: None)
    monkeypatch.setattr("ui.stage.stage.live_reader", lambda *given: None)
    monkeypatch.setattr("ui.widgets.canvas.canvas.current_drawing", lambda name: easel.drawing)
    return easel


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception, app.exception
    return app


def has_button(app: AppTest, key: str) -> bool:
    return any(button.key == key for button in app.button)


def won(easel: Easel) -> AppTest:
    app = picks(visit("draw", view="fool", model=WEAK), "fool-meant", 0)
    easel.draw(*SLASHED_ZERO)
    app.run()
    assert "### It takes your 0 for an 8, and is sure of it." in text(app)
    return press(app, "fool-yes")


def test_it_begins_with_the_rule_and_the_choice_of_a_digit(easel):
    app = visit("draw", view="fool")
    assert not app.exception
    assert "Whether a person could read it, only you can say" in text(app)
    assert sent(app, "fool-meant")["options"] == [str(digit) for digit in range(10)]
    assert sent(app, "fool-meant")["chosen"] == -1
    assert not has(app, "fool-card-1")


def test_whoever_draws_first_is_asked_what_it_is(easel):
    easel.draw(*SEVEN)
    app = visit("draw", view="fool")
    assert "### First say which digit this is" in text(app)
    app = picks(app, "fool-meant", 7)
    assert "### It reads your 7. Change one thing and try again." in text(app)


def test_a_winner_is_kept_with_a_card_when_a_person_could_read_it(easel):
    app = won(easel)
    assert "**You win!** It is number 1 of your best" in text(app)
    assert "### Your best of this visit" in text(app)
    (download,) = app.get("download_button")
    assert download.proto.label == "Download the card"
    (image,) = app.get("image")
    assert image.proto.imgs[0].alt == "Card 1: I drew a 0; The slow learner said an 8, 96% sure"
    # Not asked again, and not kept twice.
    assert not has_button(app, "fool-yes")
    assert len(app.run().get("image")) == 1


def test_what_nobody_could_read_does_not_count(easel):
    app = picks(visit("draw", view="fool", model=WEAK), "fool-meant", 0)
    easel.draw(*SLASHED_ZERO)
    app = press(app.run(), "fool-no")
    assert "Then it does not count" in text(app)
    assert not app.get("image")
    assert not has_button(app, "fool-yes")


def test_a_drawing_refused_as_no_digit_does_not_count(easel, monkeypatch):
    monkeypatch.setattr("ui.shell.cached.is_digit", lambda images: np.zeros(len(images), bool))
    easel.draw(*SLASHED_ZERO)
    app = picks(visit("draw", view="fool", model=WEAK), "fool-meant", 0)
    assert "### Refused as no digit, so it does not count." in text(app)
    assert not has_button(app, "fool-yes")


def test_an_easier_network_is_one_click_away(easel):
    easel.draw(*SEVEN)
    app = picks(visit("draw", view="fool", model="cnn-larger"), "fool-meant", 7)
    (button,) = (one for one in app.button if one.key == "fool-easier")
    assert button.label == "Too hard? “The slow learner” misreads 23 in 100"
    app = press(app, "fool-easier")
    assert address(app)["model"] == WEAK
    assert not has_button(app, "fool-easier")


def test_another_digit_begins_with_an_empty_canvas(easel, monkeypatch):
    emptied: list[str] = []
    monkeypatch.setattr("ui.widgets.canvas.canvas.start_empty", emptied.append)
    app = picks(visit("draw", view="fool"), "fool-meant", 7)
    assert not emptied
    picks(app, "fool-meant", 3)
    assert emptied == ["fool"]


@pytest.mark.parametrize("look", ["What mattered", "Most similar", "Where it lives"])
def test_one_step_leads_to_why_and_to_where_it_lives(easel, look):
    app = won(easel)
    app.pills(key="fool-why").select(look).run()
    assert not app.exception
    keys = {"What mattered": "drawn-occlusion", "Most similar": "drawn-similar"}
    assert has(app, keys.get(look, "drawn-map"))


def test_the_map_has_a_dot_for_the_visitors_digit(easel):
    easel.draw(*SEVEN)
    app = visit("draw", view="fool")
    app.pills(key="fool-why").select("Where it lives").run()
    data = sent(app, "drawn-map")
    assert len(data["own"]) == 2
    assert all(0 <= place <= 65_535 for place in data["own"])
    assert not data["selectable"]
    assert "amid the 8 most like it, pixel by pixel: 8 are 7s." in text(app)


def test_two_digits_are_one_too_many(easel):
    easel.draw([(40, 60), (36, 250)], [(240, 60), (236, 250)])
    app = picks(visit("draw", view="fool"), "fool-meant", 1)
    assert "### Draw just one digit" in text(app)


def test_a_kept_drawing_is_seen_again(easel, monkeypatch):
    opened: list[Drawing] = []
    monkeypatch.setattr(
        "ui.widgets.canvas.canvas.open_drawing", lambda name, drawing: opened.append(drawing)
    )
    app = won(easel)
    kept = easel.drawing
    easel.draw(*SEVEN)
    app = press(picks(app, "fool-meant", 7), "fool-again-1")
    assert opened == [kept]
    assert sent(app, "fool-meant")["chosen"] == 0
    assert address(app)["model"] == WEAK
