"""What the browser says was drawn is believed only as far as it can be a drawing."""

import base64
import json
import random
import struct
import zlib
from contextlib import suppress
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ui.widgets.canvas import strokes
from ui.widgets.canvas.strokes import Stroke, UnreadableDrawing

SIDE = 32
# As the component sends it; of a stroke's many properties only these count.
STROKE = {
    "type": "Path",
    "version": "7.4.0",
    "strokeWidth": 20,
    "stroke": "#1f1d1a",
    "fill": None,
    "path": [["M", 5, 5.5], ["Q", 6, 7, 8, 9], ["L", 10, 11]],
}


def png(side: int = SIDE, mode: str = "RGBA", kind: str = "PNG") -> bytes:
    """A picture with some opaque ink."""
    pixels = np.zeros((side, side, 4), np.uint8)
    pixels[5:20, 8:12] = (31, 29, 26, 200)
    file = BytesIO()
    Image.fromarray(pixels).convert(mode).save(file, kind)
    return file.getvalue()


def url(data: bytes, kind: str = "image/png") -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def sent(objects: object = (STROKE,), data: object = None) -> dict[str, object]:
    """What the component sends, by way of JSON as in life."""
    raw = {"version": "7.4.0", "objects": list(objects) if isinstance(objects, tuple) else objects}
    message: dict[str, object] = json.loads(json.dumps({"raw": raw}))
    return message | {"data": url(png()) if data is None else data}


def test_a_drawing_is_its_strokes_and_its_opacity() -> None:
    drawing = strokes.read(sent(), SIDE)
    path = (("M", 5.0, 5.5), ("Q", 6.0, 7.0, 8.0, 9.0), ("L", 10.0, 11.0))
    assert drawing.strokes == (Stroke(20.0, path),)
    assert drawing.ink is not None
    assert drawing.ink.dtype == np.uint8
    assert drawing.ink[5:20, 8:12].min() == 200
    assert drawing.ink.sum() == 15 * 4 * 200


def test_no_strokes_are_no_drawing_whatever_the_picture() -> None:
    drawing = strokes.read(sent((), "anything"), SIDE)
    assert drawing.strokes == ()
    assert drawing.ink is None


def test_strokes_go_back_to_the_canvas_as_they_came() -> None:
    drawing = strokes.read(sent(), SIDE)
    back = strokes.as_fabric(drawing.strokes, "#ecebe6")
    assert json.loads(json.dumps(back)) == back
    assert strokes.read(sent(tuple(back)), SIDE).strokes == drawing.strokes
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
        strokes.read({"raw": {"objects": objects}, "data": url(png())}, SIDE)


NO_PICTURES: list[object] = [
    "",
    7,
    [],
    {},
    "https://example.org/digit.png",
    "data:image/png;base64,",
    "data:image/png;base64,%%%",
    "data:image/png;base64,é",
    url(png(), "image/svg+xml"),
    url(png(kind="GIF")),
    url(b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    url(png()[:60]),
    url(png(SIDE + 1)),
    url(png(mode="RGB")),
    url(png(mode="L")),
    url(png() + bytes(2_000_000)),
]


@pytest.mark.parametrize("data", NO_PICTURES, ids=lambda data: repr(data)[:40])
def test_what_is_no_picture_of_the_canvas_is_refused_in_a_sentence(data: object) -> None:
    with pytest.raises(UnreadableDrawing, match=r"^The picture .*\.$"):
        strokes.read(sent(data=data), SIDE)


def test_a_png_that_claims_to_be_huge_is_not_decoded() -> None:
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)
    data = png()
    claim = data[:12] + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    with pytest.raises(UnreadableDrawing):
        strokes.read(sent(data=url(claim + data[33:])), SIDE)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_any_damage_to_a_png_is_noticed_or_harmless() -> None:
    dice = random.Random(0)
    data = png()
    harmless = 0
    for _ in range(1500):
        damaged = bytearray(data)
        for _ in range(dice.choice((1, 1, 5))):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        try:
            drawing = strokes.read(sent(data=url(bytes(damaged))), SIDE)
        except UnreadableDrawing:
            continue
        assert drawing.ink is not None
        assert drawing.ink.shape == (SIDE, SIDE)
        harmless += 1
    assert harmless < 750


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
        drawing = strokes.read(message, SIDE)
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


def test_a_path_without_points_is_refused() -> None:
    with pytest.raises(UnreadableDrawing):
        strokes.centre_line(Stroke(20.0, ()))
