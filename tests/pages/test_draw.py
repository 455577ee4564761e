"""The page Draw, with a canvas that a test draws on."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from streamlit.testing.v1 import AppTest

from mnist_core.data import dataset
from mnist_core.drawing import mnist_image
from mnist_core.models import store
from mnist_core.networks import recipes
from tests.serving import APP
from tests.visiting import sent, text
from ui.draw.closer_look import LOOKS
from ui.widgets.answer.answer import in_words
from ui.widgets.canvas.strokes import Drawing, Stroke

Line = list[tuple[float, float]]


@dataclass
class Stage:
    """What stands in for the browser.

    Attributes:
        canvas: what is drawn.
        strokes: the strokes it was drawn with, if they are known.
        shown: what each element of the page was given, by its name.
        options: the same for what was given by keyword.
    """

    canvas: NDArray[np.uint8] | None = None
    strokes: tuple[Stroke, ...] = ()
    shown: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    options: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def drawing(self) -> Drawing:
        drawing = Drawing(self.strokes)
        if not self.strokes:
            # Worked out once, and kept there: a test image has no strokes.
            vars(drawing)["ink"] = self.canvas
        return drawing

    def run(self, **address: str) -> AppTest:
        self.shown.clear()
        app = AppTest.from_file(APP, default_timeout=120)
        app.switch_page("pages/draw.py")
        for name, said in address.items():
            app.query_params[name] = said
        app.run()
        assert not app.exception, app.exception
        return app


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The page's modules come to life in its first run; then their parts can be replaced."""
    stage = Stage()
    stage.run()
    monkeypatch.setattr("ui.stage.stage.drawing_canvas", lambda *given, **_: None)
    monkeypatch.setattr("ui.stage.stage.live_reader", lambda *given: None)
    monkeypatch.setattr("ui.stage.stage.canvas.current_drawing", lambda name: stage.drawing)
    for name in ("show_answer", "probability_bars"):

        def show(*given: object, element: str = name, **options: object) -> None:
            stage.shown[element] = given
            stage.options[element] = options

        monkeypatch.setattr(f"ui.stage.stage.{name}", show)
    return stage


def enlarged(position: int) -> NDArray[np.uint8]:
    """A test image, drawn on a canvas of 320 x 320."""
    return np.pad(np.kron(dataset.load("test").images[position], np.ones((10, 10), np.uint8)), 20)


def test_an_empty_canvas_is_an_invitation(stage: Stage) -> None:
    app = stage.run()
    assert app.title[0].value == "Can it read yours?"
    assert not app.warning
    # The places of the answer are there, for what is read while the first line is drawn.
    assert stage.shown["show_answer"] == stage.shown["probability_bars"] == (None,)


@pytest.mark.parametrize("name", [recipe.name for recipe in recipes.SHIPPED])
def test_every_shipped_model_reads_a_test_image(stage: Stage, name: str) -> None:
    stage.canvas = enlarged(0)
    app = stage.run(model=name)
    (probabilities,) = stage.shown["probability_bars"]
    assert probabilities.argmax() == dataset.load("test").labels[0] == 7
    assert stage.shown["show_answer"] == (in_words(probabilities),)
    assert not app.info
    assert not app.warning


@pytest.mark.parametrize("value", [0, 7, 255])
def test_a_canvas_without_a_digit_is_explained_in_a_sentence(stage: Stage, value: int) -> None:
    stage.canvas = np.full((320, 320), value, np.uint8)
    app = stage.run()
    assert app.warning[0].value.startswith("There is no ink")
    assert stage.shown["show_answer"] == stage.shown["probability_bars"] == (None,)


def test_a_damaged_model_is_explained_in_a_sentence(stage: Stage, models_directory: Path) -> None:
    shutil.copytree(store.SHIPPED / "cnn-larger", models_directory / "damaged")
    file = models_directory / "damaged" / "model.tflite"
    file.write_bytes(file.read_bytes()[:-100])
    stage.canvas = enlarged(0)
    app = stage.run(model="damaged")
    assert "damaged" in app.warning[0].value
    assert all(stage.shown[name] == (None,) for name in ("show_answer", "probability_bars"))
    app.selectbox[0].select("cnn-larger").run()
    assert not app.warning
    assert stage.shown["probability_bars"][0].argmax() == 7


def test_a_model_that_goes_away_is_explained_in_a_sentence(
    stage: Stage, models_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(store.SHIPPED / "cnn-larger", models_directory / "going")

    def draw(*given: object, **_: object) -> None:
        # Between choosing the network and reading the drawing.
        shutil.rmtree(models_directory / "going")
        stage.canvas = enlarged(0)

    monkeypatch.setattr("ui.stage.stage.drawing_canvas", draw)
    app = stage.run(model="going")
    assert "going" in app.warning[0].value
    assert stage.shown["show_answer"] == stage.shown["probability_bars"] == (None,)


def test_the_brush_is_as_thick_as_suits_mnist(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    brushes: list[int] = []
    monkeypatch.setattr("ui.stage.stage.drawing_canvas", lambda brush, **_: brushes.append(brush))
    app = stage.run()
    app.slider[0].set_value(30).run()
    assert brushes == [20, 30]


def strokes_of(*lines: Line, brush: float = 20) -> tuple[Stroke, ...]:
    return tuple(
        Stroke(brush, tuple(("L" if i else "M", x, y) for i, (x, y) in enumerate(line)))
        for line in lines
    )


BARRED_SEVEN: tuple[Line, ...] = (
    [(80, 60), (220, 60), (150, 160), (120, 280)],
    [(110, 170), (200, 165)],
)
FOUR_AND_ONE: tuple[Line, ...] = (
    [(40, 60), (35, 150), (120, 155)],
    [(95, 50), (90, 240)],
    [(240, 60), (236, 250)],
)


def lay(stage: Stage, strokes: tuple[Stroke, ...]) -> None:
    """Put strokes on the canvas."""
    stage.strokes = strokes


def test_strokes_are_read_at_mnist_thickness(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[NDArray[np.float32]] = []

    def is_digit(images: NDArray[np.float32]) -> NDArray[np.bool_]:
        read.extend(images)
        return np.array([True])

    monkeypatch.setattr("ui.shell.cached.is_digit", is_digit)
    lay(stage, strokes_of(*BARRED_SEVEN))
    stage.run(model="cnn-larger")
    assert stage.shown["show_answer"][0].reading == "a 7"
    lines = [np.array(line, float) for line in BARRED_SEVEN]
    # A blank image may be among them, with which the page gets the networks ready.
    assert any(np.array_equal(one, mnist_image.from_strokes(lines, 20)) for one in read)


def test_two_digits_are_read_one_by_one(stage: Stage) -> None:
    lay(stage, strokes_of(*FOUR_AND_ONE))
    app = stage.run(model="cnn-larger")
    assert stage.shown["show_answer"][0].reading == "4 and 1"
    app.pills[0].select("How it is prepared").run()
    assert not app.exception, app.exception


def test_what_may_be_several_digits_that_touch_asks_for_more_room(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.shell.cached.is_digit", lambda images: np.zeros(len(images), bool))
    lay(stage, strokes_of([(20, 100), (100, 100), (100, 180), (200, 100), (300, 180), (300, 100)]))
    stage.run(model="cnn-larger")
    words = stage.shown["show_answer"][0]
    assert (words.reading, "a little more room" in words.certainty) == ("?", True)


def test_dots_are_said_to_be_no_digit(stage: Stage) -> None:
    lay(stage, strokes_of([(50, 50), (51, 50)], [(200, 90), (200, 91)]))
    stage.run()
    assert "I see no digit yet" in stage.shown["show_answer"][0].certainty
    assert stage.shown["probability_bars"] == (None,)


def test_what_does_not_look_like_a_digit_is_not_presented_as_one(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.shell.cached.is_digit", lambda images: np.zeros(len(images), bool))
    lay(stage, strokes_of(*BARRED_SEVEN))
    stage.run(model="cnn-larger")
    words = stage.shown["show_answer"][0]
    assert words.reading == "?"
    assert words.certainty == "That does not look like a digit. If it is one, maybe a 7."
    assert not stage.options["probability_bars"]["is_digit"]


def test_a_closer_look_is_worked_out_when_it_is_opened(stage: Stage) -> None:
    lay(stage, strokes_of(*BARRED_SEVEN))
    app = stage.run(model="cnn-larger")
    assert not app.metric
    for look in LOOKS:
        app.pills[0].select(look).run()
        assert not app.exception, app.exception
    headings = [one.value for one in app.markdown if one.value.startswith("### ")]
    assert headings == [f"### {look}" for look in LOOKS]
    assert {metric.label for metric in app.metric} >= {"A deeper convolution", "One hidden layer"}
    assert "step-redrawn" in {element.key for element in app.get("bidi_component")}
    assert "With MNIST's pen" in text(app)


def test_the_views_say_what_to_do_while_nothing_is_drawn(stage: Stage) -> None:
    app = stage.run()
    for look in LOOKS:
        app.pills[0].select(look).run()
    assert not app.exception
    assert text(app).count("Draw a digit first.") == len(LOOKS)


def test_a_digit_to_copy_is_another_each_time(stage: Stage) -> None:
    app = stage.run()
    seen = set()
    for _ in range(3):
        app.button("draw-another").click().run()
        seen.add(sent(app, "draw-to-copy")["alternatives"][0])
    assert len(seen) > 1
    assert all("of the training set" in words for words in seen)
