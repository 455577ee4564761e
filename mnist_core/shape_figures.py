"""The shape of the data as Plotly figures: a colour and a place for each digit."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from mnist_core.dataset import CLASSES
from mnist_core.figures import DIGIT_COLOURS

SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Where the ends of a whisker, of a box, and its middle line are."""

_HEIGHT = 320


def counts_chart(counts: ArrayLike) -> Any:
    """How many images there are of each digit; `counts` of shape `(10,)`."""
    figure = _figure("images")
    figure.add_bar(
        x=_digits(),
        y=np.asarray(counts).tolist(),
        marker_color=list(DIGIT_COLOURS),
        hovertemplate="%{y:,} images are labelled %{x}<extra></extra>",
    )
    return figure


def spread_chart(quantiles: ArrayLike, title: str) -> Any:
    """How a measure is spread in each digit: half of the images in the box, nine in ten inside.

    Args:
        quantiles: shape `(10, 5)`, at `SHARES`.
        title: of the axis, with its unit.
    """
    figure = _figure(title)
    for digit, (low, lower, middle, upper, high) in enumerate(np.asarray(quantiles).tolist()):
        figure.add_box(
            x=[str(digit)],
            name=str(digit),
            lowerfence=[low],
            q1=[lower],
            median=[middle],
            q3=[upper],
            upperfence=[high],
            marker_color=DIGIT_COLOURS[digit],
            hoverinfo="y",
        )
    figure.update_layout(showlegend=False)
    return figure


def _digits() -> list[str]:
    return [str(digit) for digit in range(CLASSES)]


def _figure(title: str) -> Any:
    # Plotly takes half a second to import; only who draws pays for it.
    import plotly.graph_objects as go

    figure = go.Figure()
    figure.update_layout(
        height=_HEIGHT,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis={"title": "label", "type": "category", "fixedrange": True},
        yaxis={"title": title, "fixedrange": True},
    )
    return figure
