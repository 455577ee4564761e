"""The shape of the data as charts: a colour and a place for each digit."""

import numpy as np
from numpy.typing import ArrayLike

from mnist_core.charts.digit_colours import DIGIT_COLOURS
from mnist_core.charts.plain_chart import Chart, Column, axis, axis_at
from mnist_core.data.dataset import CLASSES

SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Where the ends of a whisker, of a box, and its middle line are."""

_LABELS = axis_at("label", -0.6, CLASSES - 0.4, range(CLASSES))
# Above the highest, so that nothing touches the edge.
_ROOM = 0.06


def counts_chart(counts: ArrayLike) -> Chart:
    """How many images there are of each digit; `counts` of shape `(10,)`."""
    columns = tuple(
        Column(digit, (0, count), f"{count:,} images are labelled {digit}.", DIGIT_COLOURS[digit])
        for digit, count in enumerate(np.asarray(counts).tolist())
    )
    highest = max(column.box[1] for column in columns)
    return Chart(_LABELS, axis("images", 0, highest * (1 + _ROOM)), columns=columns)


def spread_chart(quantiles: ArrayLike, title: str, unit: str) -> Chart:
    """How a measure is spread in each digit: half of the images in the box, nine in ten inside.

    Args:
        quantiles: shape `(10, 5)`, at `SHARES`.
        title: of the axis, with its unit.
        unit: what stands behind a number in a sentence.
    """
    values = np.asarray(quantiles, np.float64)
    columns = tuple(
        Column(
            digit,
            (lower, upper),
            f"{digit}: half of them from {lower:.1f} to {upper:.1f}{unit}, the middle one "
            f"{middle:.1f}; nine in ten from {low:.1f} to {high:.1f}.".replace("-", "−"),
            DIGIT_COLOURS[digit],
            (low, high),
            middle,
        )
        for digit, (low, lower, middle, upper, high) in enumerate(values.tolist())
    )
    low, high = float(values.min()), float(values.max())
    room = (high - low) * _ROOM or 1.0
    return Chart(_LABELS, axis(title, low - room, high + room), columns=columns)
