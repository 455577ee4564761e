"""The ten colours of the ten digits."""

DIGIT_COLOURS = (
    "#5b84be",
    "#f01b8c",
    "#86ad3d",
    "#5b22cf",
    "#9e6c26",
    "#1db9fe",
    "#99116e",
    "#f092a7",
    "#624f07",
    "#9f50ff",
)
"""One colour for each digit, in every chart.

People with any kind of colour blindness can tell any two apart, and all of them show on light and
on dark paper. Still write the digit beside its colour.
"""
