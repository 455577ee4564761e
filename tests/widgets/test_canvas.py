"""The canvas between browser and session: what is reported, undone, cleared, kept, and made up.

The browser's part is played by the test. It gets what a real one gets, through a stand-in for
st_canvas, and reports what a real one does: its state, and then that it has changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.visiting import sent
from ui.widgets.canvas.strokes import Stroke

SIDE = 320


@dataclass
class Browser:
    """A browser with the canvas in it.

    Attributes:
        app: the session.
        mounted: what the canvas was given in the last run.
        seen: the ink that the page got in the last run.
        last: the strokes that were drawn last.
    """

    app: AppTest = field(default_factory=lambda: AppTest.from_function(page, default_timeout=120))
    mounted: dict[str, Any] = field(default_factory=dict)
    seen: np.ndarray | None = None
    last: tuple[Stroke, ...] = ()

    def run(self) -> None:
        self.app.run()
        assert not self.app.exception, self.app.exception

    def report(self, state: object) -> None:
        self.app.session_state["reported"] = state
        self.run()

    def draw(self, *strokes: dict[str, Any]) -> None:
        """Add strokes to what the canvas started from."""
        objects = [*self.mounted["initial_drawing"]["objects"], *strokes]
        drawing = {"raw": {"objects": objects}, "data": None}
        self.report({"drawing": drawing, "backgroundFit": None})

    def press(self, name: str) -> None:
        self.app.button(f"canvas-{name}").click()
        self.run()

    @property
    def start(self) -> list[int]:
        """Where the strokes begin that the canvas was given to start from."""
        objects = self.mounted["initial_drawing"]["objects"]
        return [stroke["path"][0][1] for stroke in objects]


def page() -> None:
    """A page with the canvas; what the browser reports arrives before its script runs."""
    import streamlit as st

    from tests.widgets.test_canvas import PLAYING
    from ui.widgets.canvas import canvas

    (tab,) = PLAYING
    if st.session_state.get("elsewhere"):
        tab.mounted = {}
        return
    reported = st.session_state.to_dict().get("reported")
    if reported is not None:
        del st.session_state["reported"]
        st.session_state[tab.mounted["key"]] = reported
        tab.mounted["on_change"]()
    tab.seen = canvas.drawing_canvas(20)
    tab.last = canvas.last_drawing().strokes


PLAYING: list[Browser] = []


@pytest.fixture
def tab(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    assert not AppTest.from_string("import ui.widgets.canvas.canvas").run().exception
    tab = Browser()

    def mount(**given: Any) -> None:
        import streamlit as st

        tab.mounted = given
        default = {"drawing": {"raw": given["initial_drawing"], "data": None}}
        st.session_state.setdefault(given["key"], default | {"backgroundFit": None})

    monkeypatch.setattr("ui.widgets.canvas.canvas.st_canvas", mount)
    PLAYING.append(tab)
    tab.run()
    yield tab
    PLAYING.clear()


def stroke(number: int) -> dict[str, Any]:
    return {"type": "Path", "strokeWidth": 20, "path": [["M", number, 0], ["L", 9, 9]]}


def far(x: float) -> dict[str, Any]:
    return {"type": "Path", "strokeWidth": 20, "path": [["M", x, 0], ["L", x, 9]]}


def test_an_empty_canvas_invites_and_gives_nothing(tab: Browser) -> None:
    assert tab.seen is None
    overlay = sent(tab.app, "overlay-draw")
    assert overlay["isEmpty"]
    assert overlay["words"] == "Draw a digit here"
    assert tab.app.button("canvas-undo").disabled
    assert tab.app.button("canvas-clear").disabled


def test_what_was_drawn_last_is_known_when_the_canvas_is_cleared(tab: Browser) -> None:
    tab.draw(stroke(1))
    tab.press("clear")
    assert tab.seen is None
    assert [one.path[0][1] for one in tab.last] == [1]


def test_what_is_drawn_arrives_as_light_ink_on_dark(tab: Browser) -> None:
    tab.draw(stroke(1))
    assert tab.seen is not None
    assert tab.seen.shape == (SIDE, SIDE)
    assert tab.seen[6, 9] == 255
    assert tab.seen[60, 60] == 0
    assert not sent(tab.app, "overlay-draw")["isEmpty"]
    assert not tab.app.button("canvas-undo").disabled


def test_a_stroke_does_not_make_the_browser_start_again(tab: Browser) -> None:
    before = tab.mounted["initial_drawing"], tab.mounted["key"]
    tab.draw(stroke(1))
    tab.draw(stroke(1), stroke(2))
    assert (tab.mounted["initial_drawing"], tab.mounted["key"]) == before


def test_undo_takes_back_one_stroke_at_a_time(tab: Browser) -> None:
    tab.draw(stroke(1), stroke(2), stroke(3))
    for left in ([1, 2], [1], []):
        revision = tab.mounted["initial_drawing"]["revision"]
        tab.press("undo")
        assert tab.start == left
        assert tab.mounted["initial_drawing"]["revision"] > revision
        assert (tab.seen is None) == (not left)
        tab.draw()
        assert tab.start == left
    assert tab.app.button("canvas-undo").disabled


def together(tab: Browser, button: str, *strokes: dict[str, Any]) -> None:
    """Draw and press a button in one run, the button's callback first."""
    objects = [*tab.mounted["initial_drawing"]["objects"], *strokes]
    state = {"drawing": {"raw": {"objects": objects}, "data": None}, "backgroundFit": None}
    tab.app.session_state[tab.mounted["key"]] = state
    tab.press(button)
    # The report's own callback.
    tab.report(state)


def test_a_stroke_that_arrives_with_undo_is_the_one_undone(tab: Browser) -> None:
    tab.draw(stroke(1))
    together(tab, "undo", stroke(1), stroke(2))
    assert tab.start == [1]
    tab.draw()
    tab.press("undo")
    assert tab.start == []


def test_a_stroke_that_arrives_with_clear_is_cleared(tab: Browser) -> None:
    tab.draw(stroke(1))
    together(tab, "clear", stroke(1), stroke(2))
    assert tab.start == []
    assert tab.seen is None


def test_a_stroke_beyond_the_canvas_can_be_undone_and_is_not_read(tab: Browser) -> None:
    tab.draw(far(900))
    assert tab.seen is None
    tab.press("undo")
    assert tab.start == []


def test_clear_empties_the_canvas_at_once(tab: Browser) -> None:
    tab.draw(stroke(1), stroke(2))
    revision = tab.mounted["initial_drawing"]["revision"]
    tab.press("clear")
    assert tab.seen is None
    assert tab.start == []
    assert tab.mounted["initial_drawing"]["revision"] > revision
    tab.draw(stroke(4))
    tab.press("undo")
    assert tab.start == []


def test_the_drawing_outlives_a_visit_to_another_page(tab: Browser) -> None:
    tab.draw(stroke(1), stroke(2))
    tab.app.session_state["elsewhere"] = True
    tab.run()
    del tab.app.session_state["canvas/draw/0"]
    tab.app.session_state["elsewhere"] = False
    tab.run()
    assert tab.start == [1, 2]
    assert tab.seen is not None
    tab.press("undo")
    assert tab.start == [1]


def test_a_drawing_comes_along_to_another_page_with_the_same_canvas(tab: Browser) -> None:
    tab.draw(stroke(1))
    before = tab.mounted["key"]
    # The session still knows the other page's canvas: it forgets it only after this run.
    tab.app.session_state["address/path"] = "draw"
    tab.run()
    assert tab.start == [1]
    assert tab.mounted["key"] != before
    tab.run()
    assert tab.start == [1]


NONSENSE = [
    {"drawing": None, "backgroundFit": None},
    {"drawing": "drawing", "backgroundFit": None},
    {"drawing": 7, "backgroundFit": None},
    {"drawing": {}, "backgroundFit": None},
    {"drawing": {"raw": None, "data": None}, "backgroundFit": None},
    {"drawing": {"raw": {"objects": [{"type": "Image"}]}, "data": None}, "backgroundFit": None},
    {},
]


@pytest.mark.parametrize("state", NONSENSE, ids=repr)
def test_nonsense_is_explained_and_the_drawing_stays(tab: Browser, state: object) -> None:
    tab.draw(stroke(1))
    key, ink = tab.mounted["key"], tab.seen
    tab.report(state)
    (warning,) = tab.app.warning
    assert warning.value.endswith(".")
    assert tab.seen is ink
    assert tab.start == [1]
    assert tab.mounted["key"] != key
    tab.draw(stroke(2))
    assert not tab.app.warning
    tab.press("undo")
    assert tab.start == [1]


def test_the_last_report_of_a_canvas_that_was_replaced_changes_nothing(tab: Browser) -> None:
    tab.draw(stroke(1))
    replaced = tab.mounted
    tab.report(NONSENSE[0])
    key, ink = tab.mounted["key"], tab.seen
    # The new one has not said anything yet when the old one, still on the screen, does.
    del tab.app.session_state[key]
    tab.mounted = replaced
    tab.draw(stroke(2))
    assert tab.mounted["key"] == key
    assert tab.start == [1]
    assert tab.seen is ink


@pytest.mark.parametrize("fit", [7, "", [], {}, {"naturalWidth": 1}], ids=repr)
def test_a_made_up_background_sets_up_another_canvas(tab: Browser, fit: object) -> None:
    tab.draw(stroke(1))
    key = tab.mounted["key"]
    tab.app.session_state[key] = {"drawing": {"raw": {}, "data": None}, "backgroundFit": fit}
    tab.run()
    assert tab.mounted["key"] != key
    assert tab.start == [1]


def test_the_component_is_there_and_survives_nonsense() -> None:
    def page() -> None:
        from ui.widgets.canvas.canvas import drawing_canvas

        assert drawing_canvas(20) is None

    app = AppTest.from_function(page, default_timeout=120)
    app.run()
    assert not app.exception
    for state in ({"drawing": "x", "backgroundFit": None}, {"drawing": {}, "backgroundFit": 7}):
        app.session_state["canvas/draw/0"] = state
        app.run()
        assert not app.exception


def test_colours_follow_the_theme_and_the_strokes_with_them(
    tab: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab.draw(stroke(1))
    assert tab.mounted["stroke_color"] == "#1f1d1a"
    tab.app.context["theme"] = "dark"
    tab.run()
    assert tab.mounted["stroke_color"] == "#ecebe6"
    (kept,) = tab.mounted["initial_drawing"]["objects"]
    assert kept["stroke"] == "#ecebe6"


def test_an_empty_canvas_is_new_and_a_late_stroke_of_the_old_one_is_lost(
    tab: Browser,
) -> None:
    from ui.widgets.canvas import canvas

    tab.draw(stroke(1))
    late = {"objects": [stroke(1), stroke(2)]}
    kept = tab.app.session_state["canvas/state/draw"]
    before = tab.mounted["key"]
    session = {"canvas/state/draw": kept}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("streamlit.session_state", session)
        canvas.start_empty("draw")
    tab.app.session_state["canvas/state/draw"] = session["canvas/state/draw"]
    tab.app.session_state[before] = {"drawing": {"raw": late, "data": None}}
    tab.run()
    assert tab.seen is None
    assert tab.mounted["key"] != before
    assert tab.start == []
    tab.draw(stroke(3))
    assert tab.seen is not None
