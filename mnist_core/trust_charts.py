"""How far a network can be trusted, as Plotly figures: pure functions of what was measured."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from mnist_core.calibration import Reliability
from mnist_core.robustness import Change

# As in `curves`: they stand out from light and from dark paper; marks and dashes differ, too.
_GREY = "#8a8a8a"
_LINES = (
    ("#4a6fd6", "circle", "solid"),
    ("#d97706", "square", "dash"),
    ("#0a9a76", "diamond", "dot"),
)
_HEIGHT = 340
# More points than a screen has columns are of no use.
_MOST_POINTS = 400


def reliability_diagram(series: Mapping[str, Reliability]) -> go.Figure:
    """How often a network is right (in %) by how sure it is, beside the line where both agree.

    Args:
        series: up to three, by their name in the legend.
    """
    figure = go.Figure()
    figure.add_scatter(
        name="as sure as right",
        x=[0, 100],
        y=[0, 100],
        mode="lines",
        line={"color": _GREY, "dash": "dot", "width": 2},
        hoverinfo="skip",
    )
    for (name, found), (colour, symbol, dash) in zip(series.items(), _LINES, strict=False):
        filled = found.counts > 0
        figure.add_scatter(
            name=name,
            x=100 * found.confidence[filled],
            y=100 * found.accuracy[filled],
            customdata=found.counts[filled],
            mode="lines+markers",
            line={"color": colour, "width": 2, "dash": dash},
            marker={"symbol": symbol, "size": 9},
            hovertemplate="%{customdata:,} images: %{x:.1f} % sure, %{y:.1f} % right",
        )
    return _laid_out(
        figure,
        {"title": "how sure it is, %", "range": [0, 102]},
        {"title": "how often it is right, %", "range": [0, 102]},
    )


def silence_curve(left: NDArray[np.float64]) -> go.Figure:
    """The share read rightly (in %) when the least sure answers are left out.

    Args:
        left: shape `(n,)`, from `calibration.accuracy_left`.
    """
    # The last tenth of the images says nothing but that the surest answers are right.
    silent = np.unique(np.linspace(0, int(len(left) * 0.9), _MOST_POINTS).astype(int))
    figure = go.Figure()
    figure.add_scatter(
        x=100 * silent / len(left),
        y=100 * left[silent],
        mode="lines",
        line={"color": _LINES[0][0], "width": 2},
        hovertemplate="silent on %{x:.1f} %: %{y:.2f} % of the others right<extra></extra>",
    )
    return _laid_out(
        figure,
        {"title": "images on which it says “I don't know”, %", "range": [0, 92]},
        {"title": "right among the others, %"},
    )


def robustness_chart(change: Change, networks: Mapping[str, Mapping[float, float]]) -> go.Figure:
    """Accuracy (in %) against how much the images are changed.

    Args:
        change: the kind.
        networks: what is known so far, by network: accuracies in 0..1 by level.
    """
    figure = go.Figure()
    for (name, known), (colour, symbol, dash) in zip(networks.items(), _LINES, strict=False):
        levels: Sequence[float] = sorted(known)
        figure.add_scatter(
            name=name,
            x=levels,
            y=[100 * known[level] for level in levels],
            mode="lines+markers",
            line={"color": colour, "width": 2, "dash": dash},
            marker={"symbol": symbol, "size": 8},
            hovertemplate="%{y:.1f} % at %{x}",
        )
    margin = (change.levels[-1] - change.levels[0]) * 0.03
    figure.add_vline(x=change.untouched, line={"color": _GREY, "dash": "dot", "width": 1})
    return _laid_out(
        figure,
        {
            "title": f"{change.title.lower()}: {change.unit}",
            "range": [change.levels[0] - margin, change.levels[-1] + margin],
            "zeroline": False,
        },
        {"title": "read rightly, %", "range": [0, 102]},
    )


def _laid_out(figure: go.Figure, xaxis: dict[str, object], yaxis: dict[str, object]) -> go.Figure:
    figure.update_layout(
        height=_HEIGHT,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        # Also where there is a single line: it says whose.
        showlegend=any(line.name for line in figure.data),
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        xaxis={"fixedrange": True, **xaxis},
        yaxis={"fixedrange": True, **yaxis},
    )
    return figure
