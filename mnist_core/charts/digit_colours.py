"""The ten colours of the ten digits."""

DIGIT_COLOURS = (
    "#069596",
    "#ff46be",
    "#026744",
    "#7f4aff",
    "#9d7a50",
    "#c47afc",
    "#b718c1",
    "#ba0109",
    "#84aa0e",
    "#6b4c86",
)
"""One colour for each digit, in every chart.

People with any kind of colour blindness can tell any two apart, and each has a contrast of at least
2.6 : 1 with light and with dark paper; a search for ten with 3 : 1 found none that stay apart.
Still write the digit beside its colour.
"""
