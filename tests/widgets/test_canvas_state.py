"""The canvas of a session that was lost, as the browser says it is: which may be anything."""

from typing import Any
from unittest.mock import Mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ui.widgets.canvas import canvas_state
from ui.widgets.canvas.canvas_state import CanvasState, is_accepted
from ui.widgets.canvas.strokes import Stroke

PATH = [["M", 10, 20], ["L", 30, 40]]
LINE = {"type": "Path", "strokeWidth": 20, "path": PATH}
SHOWN = {"drawing": {"raw": {"objects": [LINE]}}, "backgroundFit": None}
REMEMBERED = (Stroke(18.0, (("M", 1.0, 2.0), ("L", 3.0, 4.0))),)


def found(monkeypatch: pytest.MonkeyPatch, shown: Any, remembered: Any = ()) -> CanvasState:
    """The state in a new session whose browser shows this, by the keys of its canvases."""
    monkeypatch.setattr(canvas_state, "st", Mock(session_state={}))
    monkeypatch.setattr("ui.shell.lost_session.browser_states", lambda prefix: shown)
    monkeypatch.setattr(
        canvas_state, "_remembered", lambda name: Mock(get=lambda: remembered, set=Mock())
    )
    return canvas_state.read("draw")


def test_what_the_browser_shows_is_the_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    state = found(monkeypatch, {"canvas/draw/1": {}, "canvas/draw/4": SHOWN}, REMEMBERED)
    assert state.key == "canvas/draw/4"
    assert [stroke.path[0] for stroke in state.drawing.strokes] == [("M", 10.0, 20.0)]
    assert state.start == state.drawing.strokes


def test_on_another_page_it_is_what_the_visit_remembers(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(monkeypatch, {}, REMEMBERED).drawing.strokes == REMEMBERED
    assert found(monkeypatch, {}).drawing.strokes == ()


def test_what_cannot_be_read_is_replaced_by_an_empty_canvas(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken = {"drawing": {"raw": {"objects": [{"type": "Path"}]}}, "backgroundFit": None}
    state = found(monkeypatch, {"canvas/draw/4": broken}, REMEMBERED)
    assert (state.key, state.drawing.strokes) == ("canvas/draw/5", ())


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.just(PATH),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["drawing", "raw", "objects", "type", "path"]), inner)
    ),
    max_leaves=12,
)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dictionaries(st.text(max_size=5).map(lambda text: f"canvas/draw/{text}"), _JSON))
def test_anything_may_come(monkeypatch: pytest.MonkeyPatch, shown: Any) -> None:
    state = found(monkeypatch, {**shown, "canvas/draw/7": next(iter(shown.values()), None)})
    assert state.drawing.strokes == state.start
    assert all(is_accepted(one) in (True, False) for one in shown.values())
