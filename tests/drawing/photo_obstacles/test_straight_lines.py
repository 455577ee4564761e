"""Lines that a printer drew are found, askew and interrupted; what is thick or short is none."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from mnist_core.drawing.photo_obstacles.straight_lines import straight_lines


def ink(*lines, width=4):
    picture = Image.new("L", (800, 600))
    for line in lines:
        ImageDraw.Draw(picture).line(line, fill=255, width=width)
    mask = np.asarray(picture) > 0
    return mask, mask.astype(np.float32)


@pytest.mark.parametrize("rise", [-90, 0, 40])
def test_a_line_is_found_where_it_is(rise):
    (line,) = straight_lines(*ink((100, 300, 700, 300 + rise)))
    assert (line.start, line.end) == pytest.approx((100, 700), abs=6)
    assert line.row(400) == pytest.approx(300 + rise / 2, abs=2)
    assert line.thickness == pytest.approx(4, abs=1)


def test_a_line_goes_on_behind_writing():
    mask, strength = ink((100, 300, 700, 300))
    mask[250:350, 300:420] = mask[260:340, 60:110] = True
    (line,) = straight_lines(mask, strength)
    assert (line.start, line.end) == pytest.approx((110, 700), abs=6)
    assert (line.first, line.last) == pytest.approx((60, 700), abs=6)


def test_what_is_thick_short_or_steep_is_no_line():
    assert straight_lines(*ink((100, 300, 700, 300), width=40)) == []
    assert straight_lines(*ink((100, 300, 130, 300))) == []
    assert straight_lines(*ink((100, 100, 500, 500))) == []
