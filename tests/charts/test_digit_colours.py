"""Everybody can tell the colours of the app apart, in both themes, and read text in them."""

import tomllib
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from mnist_core.charts.digit_colours import DIGIT_COLOURS

ROOT = Path(__file__).parents[2]
THEMES = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]

# How the three kinds of colour blindness see linear RGB, at their full strength:
# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
# Deficiency" (2009).
SIGHTS = {
    "usual": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
TABLEAU_10 = (
    *("#4e79a7", "#f28e2b", "#e15759", "#76b7b2", "#59a14f"),
    *("#edc948", "#b07aa1", "#ff9da7", "#9c755f", "#bab0ac"),
)
# Björn Ottosson, "A perceptual color space for image processing" (2020).
TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
TO_OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
# A tenth of the way from black to white.
APART = 0.1


def _linear(colour):
    channels = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def _closest(colours, sight):
    seen = [
        TO_OKLAB @ np.cbrt(TO_CONES @ np.clip(np.array(sight) @ _linear(colour), 0, 1))
        for colour in colours
    ]
    return min(np.linalg.norm(one - other) for one, other in combinations(seen, 2))


def _contrast(one, other):
    luminances = sorted(
        float(_linear(colour) @ (0.2126, 0.7152, 0.0722)) for colour in (one, other)
    )
    return (luminances[1] + 0.05) / (luminances[0] + 0.05)


@pytest.mark.parametrize("sight", SIGHTS)
def test_the_ten_colours_stay_apart_for_everybody(sight):
    assert len(DIGIT_COLOURS) == 10
    assert _closest(DIGIT_COLOURS, SIGHTS[sight]) > APART


def test_the_simulator_sees_that_usual_colours_do_not():
    assert _closest(TABLEAU_10, SIGHTS["deuteranopia"]) < APART / 2


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colour", DIGIT_COLOURS)
def test_every_colour_shows_on_both_papers(theme, colour):
    assert _contrast(colour, THEMES[theme]["backgroundColor"]) >= 2.6


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("paper", ["backgroundColor", "secondaryBackgroundColor"])
@pytest.mark.parametrize("ink", ["textColor", "linkColor"])
def test_text_can_be_read_in_both_themes(theme, paper, ink):
    assert _contrast(THEMES[theme][ink], THEMES[theme][paper]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_white_can_be_read_on_the_accent_and_the_accent_can_be_seen(theme):
    assert _contrast("#ffffff", THEMES[theme]["primaryColor"]) >= 4.5
    assert _contrast(THEMES[theme]["primaryColor"], THEMES[theme]["backgroundColor"]) >= 3
