"""What is sent of a photo: frames in parts of it, and what is written on them."""

from base64 import b64decode
from io import BytesIO

import numpy as np
from PIL import Image
from streamlit.testing.v1 import AppTest

from tests.visiting import sent


def script() -> None:
    import numpy as np

    from ui.widgets.photo_boxes.photo_boxes import ReadBox, photo_boxes

    boxes = [ReadBox((10, 20, 50, 40), "3", "3: a 3"), ReadBox((0, 0, 100, 200), "?", "?")]
    photo_boxes(
        np.full((100, 200, 3), 99, np.uint8), boxes, key="it", selected=1, on_pick=lambda _: None
    )


def test_frames_are_parts_of_the_photo_and_stay_within_it() -> None:
    data = sent(AppTest.from_function(script).run(), "it")
    one, other = data["boxes"]
    assert one["place"] == [0.08, 0.09, 0.44, 0.12]
    assert other["place"] == [0, 0, 1, 1]
    assert (one["reading"], data["selected"]) == ("3", 1)
    picture = Image.open(BytesIO(b64decode(data["picture"])))
    assert picture.size == (200, 100)
    assert np.asarray(picture).mean() == 99
