"""Charts of the shape of the data, with a colour for each digit."""

import numpy as np
from numpy.typing import ArrayLike

from mnist_core.charts.digit_colours import DIGIT_COLOURS
from mnist_core.charts.plain_chart import Bar, Chart, axis, axis_at
from mnist_core.data.dataset import CLASSES
from mnist_core.system.text_format import whole

SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""The quantiles of a box plot: whisker, box, median, box, whisker."""

_LABELS = axis_at("label", -0.6, CLASSES - 0.4, range(CLASSES))
# Free space beyond the highest bar, as a part of the axis.
_MARGIN = 0.06


def counts_chart(counts: ArrayLike) -> Chart:
    """Chart the number of images of each digit; `counts` of shape `(10,)`."""
    bars = tuple(
        Bar(digit, (0, count), f"{whole(count)} images are labelled {digit}.", DIGIT_COLOURS[digit])
        for digit, count in enumerate(np.asarray(counts).tolist())
    )
    highest = max(bar.box[1] for bar in bars)
    return Chart(_LABELS, axis("images", 0, highest * (1 + _MARGIN)), bars=bars)


def spread_chart(quantiles: ArrayLike, title: str, unit: str) -> Chart:
    """Chart quantiles `(10, 5)` of a measure, at `SHARES`, as a box plot for each digit.

    The title is the axis's; the unit follows a number in a sentence.
    """
    values = np.asarray(quantiles, np.float64)
    bars = tuple(
        Bar(
            digit,
            (lower, upper),
            f"{digit}: half of them lie between {lower:.1f} and {upper:.1f}{unit} (median "
            f"{middle:.1f}), nine in ten between {low:.1f} and {high:.1f}.".replace("-", "−"),
            DIGIT_COLOURS[digit],
            (low, high),
            middle,
        )
        for digit, (low, lower, middle, upper, high) in enumerate(values.tolist())
    )
    low, high = float(values.min()), float(values.max())
    margin = (high - low) * _MARGIN or 1.0
    return Chart(_LABELS, axis(title, low - margin, high + margin), bars=bars)
