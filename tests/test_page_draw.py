"""The page Draw, with a canvas that a test draws on."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from streamlit.testing.v1 import AppTest

from mnist_core import dataset, recipes, store

PAGE = Path(__file__).parents[1] / "app_pages" / "draw.py"


@dataclass
class Stage:
    """What stands in for the browser.

    Attributes:
        canvas: what is drawn.
        shown: what each element of the page was given, by its name.
    """

    canvas: NDArray[np.uint8] | None = None
    shown: dict[str, tuple[Any, ...]] = field(default_factory=dict)

    def run(self, **address: str) -> AppTest:
        self.shown.clear()
        app = AppTest.from_file(PAGE, default_timeout=30)
        for name, text in address.items():
            app.query_params[name] = text
        app.run()
        assert not app.exception, app.exception
        return app


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The page's modules come to life in its first run; then their parts can be replaced."""
    stage = Stage()
    stage.run()
    monkeypatch.setattr("ui.views.draw_free.drawing_canvas", lambda brush: stage.canvas)
    monkeypatch.setattr("ui.views.draw_free.live_reader", lambda *given: None)
    for name in ("show_answer", "probability_bars", "large_digit"):

        def show(*given: object, element: str = name, **_: object) -> None:
            stage.shown[element] = given

        monkeypatch.setattr(f"ui.views.draw_free.{name}", show)
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
    assert not stage.shown["large_digit"][0].any()


@pytest.mark.parametrize("name", [recipe.name for recipe in recipes.RECIPES])
def test_every_shipped_model_reads_a_test_image(stage: Stage, name: str) -> None:
    stage.canvas = enlarged(0)
    app = stage.run(model=name)
    (probabilities,) = stage.shown["show_answer"]
    assert probabilities.argmax() == dataset.load("test").labels[0] == 7
    assert stage.shown["probability_bars"][0] is probabilities
    (image,) = stage.shown["large_digit"]
    assert np.abs(image - dataset.load("test").images[0] / 255).mean() < 0.005
    assert not app.info
    assert not app.warning


@pytest.mark.parametrize("value", [0, 7, 255])
def test_a_canvas_without_a_digit_is_said_in_a_sentence(stage: Stage, value: int) -> None:
    stage.canvas = np.full((320, 320), value, np.uint8)
    app = stage.run()
    assert app.warning[0].value.startswith("There is no ink")
    assert stage.shown == {}


def test_a_damaged_model_is_said_in_a_sentence(stage: Stage, models_directory: Path) -> None:
    shutil.copytree(store.SHIPPED / "cnn-larger", models_directory / "damaged")
    file = models_directory / "damaged" / "model.tflite"
    file.write_bytes(file.read_bytes()[:-100])
    stage.canvas = enlarged(0)
    app = stage.run(model="damaged")
    assert "damaged" in app.warning[0].value
    assert stage.shown == {}
    app.selectbox[0].select("cnn-larger").run()
    assert not app.warning
    assert stage.shown["show_answer"][0].argmax() == 7


def test_a_model_that_goes_away_is_said_in_a_sentence(
    stage: Stage, models_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(store.SHIPPED / "cnn-larger", models_directory / "going")

    def draw(brush: int) -> NDArray[np.uint8]:
        # Between choosing the network and reading the drawing.
        shutil.rmtree(models_directory / "going")
        return enlarged(0)

    monkeypatch.setattr("ui.views.draw_free.drawing_canvas", draw)
    app = stage.run(model="going")
    assert "going" in app.warning[0].value
    assert stage.shown == {}


def test_the_brush_is_as_thick_as_suits_mnist(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    brushes: list[int] = []
    monkeypatch.setattr("ui.views.draw_free.drawing_canvas", brushes.append)
    app = stage.run()
    app.slider[0].set_value(30).run()
    assert brushes == [20, 30]
