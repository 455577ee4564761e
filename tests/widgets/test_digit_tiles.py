"""Digits on the page: every value arrives, and nothing the browser says is trusted."""

from base64 import b64decode
from io import BytesIO

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from hypothesis.extra import numpy as arrays
from PIL import Image
from streamlit.testing.v1 import AppTest

from tests.visiting import sent
from ui.shell.component import picked_position
from ui.widgets.digit_tiles import digit_tiles


def _ink(data: bytes) -> np.ndarray:
    picture = np.asarray(Image.open(BytesIO(data)).convert("RGBA"))
    assert not picture[..., :3].any()  # black: the browser fills the mask with the theme's colour
    return picture[..., 3]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(arrays.arrays(np.uint8, some.tuples(some.integers(1, 23), some.just(28), some.just(28))))
def test_every_pixel_of_every_image_is_in_the_sprite(images):
    ink = _ink(digit_tiles.sprite(images, 10))
    assert ink.shape == (-(-len(images) // 10) * 28, 280)
    for position, image in enumerate(images):
        row, column = divmod(position, 10)
        found = ink[row * 28 : row * 28 + 28, column * 28 : column * 28 + 28]
        assert np.array_equal(found, image)


def _gallery():
    import numpy as np
    import streamlit as st

    from ui.widgets.digit_tiles.digit_tiles import digit_grid

    images = np.zeros((3, 28, 28), np.uint8)
    names = ["one", "two", "<b>three</b>"]
    picked = digit_grid(images, names, key="grid", alternatives=names, selected=1)
    st.write(f"picked {picked}")


def test_the_gallery_sends_its_words_as_data():
    app = AppTest.from_function(_gallery).run()
    assert not app.exception
    data = sent(app, "grid")
    assert data["captions"] == data["alternatives"] == ["one", "two", "<b>three</b>"]
    assert data["selected"] == 1
    assert app.markdown[0].value == "picked None"


def _large():
    import numpy as np

    from ui.widgets.digit_tiles.digit_tiles import large_digit

    ramp = np.arange(784).reshape(28, 28)
    large_digit((ramp % 256).astype(np.uint8), key="bytes", alternative="a ramp")
    large_digit(ramp / 783, key="fractions", alternative="a ramp", as_fed=True)


def test_a_large_digit_keeps_its_values():
    app = AppTest.from_function(_large).run()
    assert not app.exception
    as_bytes, as_fractions = sent(app, "bytes"), sent(app, "fractions")
    ramp = np.arange(784)
    assert np.array_equal(np.frombuffer(b64decode(as_bytes["values"]), np.uint8), ramp % 256)
    assert (as_bytes["fractions"], as_bytes["as_fed"]) == (False, False)
    shown = np.frombuffer(b64decode(as_fractions["values"]), np.uint8)
    assert np.abs(shown / 255 - ramp / 783).max() <= 0.5 / 255 + 1e-9
    assert (as_fractions["fractions"], as_fractions["as_fed"]) == (True, True)


@pytest.mark.parametrize("position", [0, 99])
def test_a_position_that_exists_is_taken(position):
    assert picked_position({"picked": position}, 100) == position


NOT_POSITIONS: tuple[object, ...] = (None, -1, 100, 1.0, True, "1", [1], {})


@pytest.mark.parametrize("state", [None, {}, *({"picked": said} for said in NOT_POSITIONS)])
def test_anything_else_the_browser_says_is_not(state):
    assert picked_position(state, 100) is None
