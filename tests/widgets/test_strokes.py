"""What the browser says was drawn is believed only as far as it can be a drawing."""

import json
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.widgets.canvas import strokes
from ui.widgets.canvas.strokes import SIDE, Drawing, Stroke, UnreadableDrawing

# As the component sends it; of a stroke's many properties only these count.
STROKE = {
    "type": "Path",
    "version": "7.4.0",
    "strokeWidth": 20,
    "stroke": "#1f1d1a",
    "fill": None,
    "path": [["M", 5, 5.5], ["Q", 6, 7, 8, 9], ["L", 10, 11]],
}


def sent(objects: object = (STROKE,)) -> dict[str, object]:
    """What the component sends, by way of JSON as in life."""
    raw = {"version": "7.4.0", "objects": list(objects) if isinstance(objects, tuple) else objects}
    message: dict[str, object] = json.loads(json.dumps({"raw": raw}))
    return message | {"data": None}


def drawing_of(*points: tuple[float, float]) -> Drawing:
    path = tuple(("L" if number else "M", *point) for number, point in enumerate(points))
    return Drawing((Stroke(20.0, path),))


def test_a_drawing_is_its_strokes() -> None:
    drawing = strokes.read(sent())
    path = (("M", 5.0, 5.5), ("Q", 6.0, 7.0, 8.0, 9.0), ("L", 10.0, 11.0))
    assert drawing.strokes == (Stroke(20.0, path),)
    assert drawing.brush == 20


@pytest.mark.parametrize("picture", ["data:,", "data:image/png;base64,AAAA", 7, [], {}])
def test_what_a_browser_says_of_its_pixels_does_not_count(picture: object) -> None:
    drawing = strokes.read(sent() | {"data": picture})
    assert len(drawing.strokes) == 1


def test_the_ink_is_what_the_strokes_draw() -> None:
    ink = drawing_of((100, 100), (200, 100)).ink
    assert ink is not None
    assert ink.shape == (SIDE, SIDE)
    assert ink.dtype == np.uint8
    assert np.flatnonzero(ink[:, 150] > 127)[[0, -1]].tolist() == pytest.approx([90, 109], abs=1)
    assert np.flatnonzero(ink[100] > 127)[[0, -1]].tolist() == pytest.approx([90, 209], abs=1)
    assert np.unique(ink).size > 2


def test_no_strokes_are_no_ink() -> None:
    drawing = strokes.read(sent(()))
    assert drawing.strokes == ()
    assert drawing.lines == ()
    assert drawing.ink is None


def test_ink_beyond_the_canvas_is_no_ink() -> None:
    inside, beyond = (
        drawing_of((160, 60), (160, 250)),
        drawing_of((160, 60), (160, 250), (700, 250)),
    )
    cut = drawing_of((160, 60), (160, 250), (SIDE, 250))
    assert np.array_equal(beyond.lines[0], cut.lines[0])
    assert beyond.strokes[0].path[-1] == ("L", 700, 250)
    unseen = drawing_of((-400, 20), (-20, 300))
    assert unseen.lines == ()
    assert unseen.ink is None
    both = Drawing(inside.strokes + unseen.strokes)
    assert len(both.lines) == 1


def test_strokes_go_back_to_the_canvas_as_they_came() -> None:
    drawing = strokes.read(sent())
    back = strokes.as_fabric(drawing.strokes, "#ecebe6")
    assert json.loads(json.dumps(back)) == back
    assert strokes.read(sent(tuple(back))).strokes == drawing.strokes
    assert back[0]["stroke"] == "#ecebe6"


NO_STROKES: list[object] = [
    None,
    {},
    "objects",
    [None],
    [7],
    [[STROKE]],
    [{}],
    [STROKE | {"type": "Image", "src": "https://example.org"}],
    [STROKE | {"strokeWidth": "20"}],
    [STROKE | {"strokeWidth": None}],
    [STROKE | {"strokeWidth": 1e99}],
    [STROKE | {"path": None}],
    [STROKE | {"path": "M 1 2"}],
    [STROKE | {"path": []}],
    [STROKE | {"path": [7]}],
    [STROKE | {"path": [[]]}],
    [STROKE | {"path": [["M"]]}],
    [STROKE | {"path": [["M", 1]]}],
    [STROKE | {"path": [["M", 1, 2, 3]]}],
    [STROKE | {"path": [["A", 1, 2]]}],
    [STROKE | {"path": [[["M"], 1, 2]]}],
    [STROKE | {"path": [["M", 1, "2"]]}],
    [STROKE | {"path": [["M", 1, float("nan")]]}],
    [STROKE | {"path": [["M", float("inf"), 1]]}],
    [STROKE | {"path": [["M", 10**400, 1]]}],
    [STROKE | {"path": [["L", 1, 2]] * 60_000}],
    [STROKE | {"path": []}] * 60_000,
]


@pytest.mark.parametrize("objects", NO_STROKES, ids=lambda objects: repr(objects)[:60])
def test_what_is_no_stroke_is_refused_in_a_sentence(objects: object) -> None:
    with pytest.raises(UnreadableDrawing, match=r"^\w.*\.$"):
        strokes.read({"raw": {"objects": objects}, "data": None})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["raw", "data", "objects", "type", "path", "strokeWidth"]), inner
        )
    ),
)


@given(JSON)
def test_any_json_is_a_drawing_or_refused(message: object) -> None:
    with suppress(UnreadableDrawing):
        drawing = strokes.read(message)
        assert drawing.strokes == ()
        assert drawing.ink is None


def test_the_middle_of_the_brush_follows_its_curves() -> None:
    path = (("M", 0.0, 0.0), ("L", 10.0, 0.0), ("Q", 20.0, 0.0, 20.0, 10.0), ("L", 20.0, 30.0))
    line = strokes.centre_line(Stroke(20.0, path))
    assert line.shape == (7, 2)
    assert line[[0, 1, -2, -1]].tolist() == [[0, 0], [10, 0], [20, 10], [20, 30]]
    # Half way along the curve, at half the weight of its corner.
    assert line[3].tolist() == [17.5, 2.5]


def test_a_curve_of_four_points_ends_where_it_says() -> None:
    line = strokes.centre_line(Stroke(1.0, (("M", 1.0, 1.0), ("C", 2.0, 5.0, 6.0, 5.0, 7.0, 1.0))))
    assert line[-1].tolist() == [7, 1]
    assert line[2].tolist() == [4, 4]


@given(
    st.lists(
        st.sampled_from([("M", 2), ("L", 2), ("Q", 4), ("C", 6)]).flatmap(
            lambda kind: st.tuples(
                st.just(kind[0]), *[st.floats(-10_000, 10_000) for _ in range(kind[1])]
            )
        ),
        min_size=1,
        max_size=20,
    )
)
def test_every_path_that_can_be_read_gives_points(path) -> None:
    line = strokes.centre_line(Stroke(20.0, tuple(path)))
    assert line.shape[0] >= len(path)
    assert np.isfinite(line).all()
    assert np.abs(line).max() <= 10_001
    assert all(
        part.min() >= 0 and part.max() <= SIDE
        for part in Drawing((Stroke(20.0, tuple(path)),)).lines
    )


def test_a_path_without_points_is_refused() -> None:
    with pytest.raises(UnreadableDrawing):
        strokes.centre_line(Stroke(20.0, ()))
