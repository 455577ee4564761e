"""Fingers are found by their hue and their place; whoever covers a digit is told so."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from mnist_core.drawing import photo_digits
from mnist_core.drawing.photo_obstacles.fingers import Hands

SKIN = [(245, 205, 175), (205, 150, 115), (95, 60, 42)]
SEVEN = [(340, 200), (470, 195), (390, 430)]
PAPER = (228, 230, 226)


def photo(finger=None, skin=SKIN[0], light=1.0):
    picture = Image.new("RGB", (800, 600), PAPER)
    pen = ImageDraw.Draw(picture)
    pen.line(SEVEN, fill=(25, 25, 60), width=14, joint="curve")
    if finger:
        pen.ellipse(finger, fill=skin)
    return (np.asarray(picture) * light).astype(np.uint8)


BELOW, OVER, FROM_THE_LEFT = (300, 470, 400, 800), (320, 330, 430, 800), (-200, 100, 260, 210)


@pytest.mark.parametrize("skin", SKIN)
@pytest.mark.parametrize("finger", [BELOW, FROM_THE_LEFT])
def test_a_finger_beside_a_digit_changes_nothing(finger, skin):
    (alone,) = photo_digits.find(photo())
    (held,) = photo_digits.find(photo(finger, skin, light=0.7))
    assert np.abs(np.array(alone.box) - held.box).max() <= 4


@pytest.mark.parametrize("skin", SKIN)
def test_a_finger_on_a_digit_is_named(skin):
    with pytest.raises(photo_digits.NoDigit, match="cover a part"):
        photo_digits.find(photo(OVER, skin))


@pytest.mark.parametrize(
    "patch", [(130, 130, 130), (245, 220, 90), (110, 200, 120)], ids=["shadow", "yellow", "green"]
)
def test_what_has_another_hue_is_no_finger(patch):
    assert not Hands.on(photo(BELOW, patch)).mask.any()


def test_a_brown_table_is_no_finger():
    picture = photo()
    picture[:, :330] = (120, 80, 50)
    assert not Hands.on(picture).mask.any()
