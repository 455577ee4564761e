"""The learning curves of trainings as Plotly figures: pure functions of what was reported."""

from collections.abc import Mapping, Sequence
from functools import partial
from math import ceil, floor
from typing import Literal

import plotly.graph_objects as go

from mnist_core.networks.settings import EpochFigures
from mnist_core.training.progress import Progress

Quantity = Literal["accuracy", "loss"]
Point = tuple[float, float]

AXIS_TITLES = {"accuracy": "accuracy (% correct)", "loss": "loss"}
TEST_AXIS_TITLES = {"accuracy": "test accuracy (% correct)", "loss": "test loss"}

# Blue is training data, orange test data, grey what others reached; all of them stand out from
# light and from dark paper.
_TRAINING, _SETTLED, _TEST, _PUBLISHED = "#7d9bea", "#4a6fd6", "#d97706", "#8a8a8a"
_EARLIER = "#b0598f"
# For several trainings at once (Okabe and Ito, without black); the markers differ, too.
_RUN_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b58900", "#56b4e9")
_RUN_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x")
MOST_RUNS = len(_RUN_COLOURS)
_HEIGHT = 300
_MOST_POINTS = 240
# Each line of the legend beyond this many adds to the height, in pixels.
_LEGEND_LINE, _SHORT_LEGEND = 16, 2
# Accuracies below this are the first moments of a training, and would flatten all the rest.
_LOW_ACCURACY = 80.0
# Of a network that guesses among ten.
_FIRST_LOSS = 2.3
_LAYOUT = {
    "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
    "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
    "hovermode": "x",
}


def learning_curve(
    quantity: Quantity,
    *,
    epochs: int,
    reports: Sequence[Progress] = (),
    history: Sequence[EpochFigures] = (),
    published: Sequence[EpochFigures] = (),
    earlier: tuple[str, Sequence[EpochFigures]] | None = None,
    started_from: tuple[str, float] | None = None,
) -> go.Figure:
    """Draw the accuracy (in %) or the loss of one training over its epochs.

    Args:
        quantity: which of the two.
        epochs: the length of the axis from the start.
        reports: the training so far, several an epoch.
        history: the figures of the finished epochs.
        published: the tutorial's figures, to compare with.
        earlier: name and figures of an earlier training to compare with.
        started_from: name of the model that the training continues, and its test accuracy (0..1) or
            test loss.
    """
    figure = go.Figure()
    add, test = partial(_add_line, figure, quantity), f"test_{quantity}"
    name, figures_before = earlier or ("", ())
    compared = [figures for figures in figures_before if figures.epoch <= epochs]
    if earlier is not None:
        add(f"{name}, test images", _by_epoch(compared, test), _EARLIER, symbol="diamond")
    if started_from is not None:
        level = [(0, started_from[1]), (epochs, started_from[1])]
        add(f"{started_from[0]} before, test images", level, _PUBLISHED, dash="dot")
    if published:
        add("the tutorial, test images", _by_epoch(published, test), _PUBLISHED, dash="dot")
    add("training images, while learning", _by_step(reports, quantity), _TRAINING)
    settled = _by_epoch(history, f"settled_{quantity}")
    add("training images, after the epoch", settled, _SETTLED, symbol="circle")
    add("test images", _by_epoch(history, test), _TEST, symbol="square")
    accuracies = _accuracy_range(reports, history, compared, started_from)
    figure.update_layout(
        _LAYOUT,
        # On a phone each line has its own line in the legend, which leaves the curves less room.
        height=_HEIGHT + _LEGEND_LINE * max(0, len(figure.data) - _SHORT_LEGEND),
        # Keeps a visitor's zoom while the curve grows.
        uirevision=quantity,
        xaxis={"title": "epoch", "range": [0, epochs * 1.02], "dtick": _tick(epochs)},
        yaxis={
            "title": AXIS_TITLES[quantity],
            "range": accuracies if quantity == "accuracy" else None,
            "rangemode": "tozero",
            "fixedrange": True,
        },
    )
    return figure


def comparison_curves(
    quantity: Quantity,
    runs: Mapping[str, Sequence[EpochFigures]],
    *,
    epochs: int = 1,
    learning: Mapping[str, Sequence[Progress]] | None = None,
) -> go.Figure:
    """Draw the test accuracy (in %) or test loss of several trainings over their epochs.

    Args:
        quantity: which of the two.
        runs: figures of the finished epochs by name, at most `MOST_RUNS`.
        epochs: the axis is at least this long.
        learning: reports by name, for a thin line of the figures while learning.
    """
    figure = go.Figure()
    add, test = partial(_add_line, figure, quantity), f"test_{quantity}"
    looks = zip(runs.items(), _RUN_COLOURS, _RUN_SYMBOLS, strict=False)
    for (name, history), colour, symbol in looks:
        if learning:
            steps = _by_step(learning.get(name, ()), quantity)
            # Hidden together with the thick line of the same training.
            add(f"{name}, while learning", steps, colour, width=1, group=name, showlegend=False)
        add(name, _by_epoch(history, test), colour, symbol=symbol)
    judged = [figures for history in runs.values() for figures in history]
    longest = max([epochs, *(figures.epoch for figures in judged)])
    values = [getattr(figures, test) for figures in judged]
    figure.update_layout(
        _LAYOUT,
        height=_HEIGHT,
        xaxis={"title": "epoch", "range": [0, longest * 1.02 + 0.2], "dtick": _tick(longest)},
        yaxis={
            "title": TEST_AXIS_TITLES[quantity],
            "range": _test_range(quantity, values) if learning else None,
        },
        showlegend=True,
    )
    return figure


def thinned(reports: Sequence[Progress]) -> list[Progress]:
    """Evenly chosen reports including the last, few enough for a browser to draw often."""
    stride = -(-len(reports) // _MOST_POINTS) or 1
    return list(reports[::-1][::stride][::-1])


def _by_epoch(history: Sequence[EpochFigures], field: str) -> list[Point]:
    """A point for each epoch that has this figure."""
    values = [(figures.epoch, getattr(figures, field)) for figures in history]
    return [(epoch, value) for epoch, value in values if value is not None]


def _by_step(reports: Sequence[Progress], quantity: Quantity) -> list[Point]:
    """A point for each of a few reports."""
    return [
        (report.epoch - 1 + report.step / report.steps, getattr(report, quantity))
        for report in thinned([report for report in reports if report.step])
    ]


def _add_line(
    figure: go.Figure,
    quantity: Quantity,
    name: str,
    points: Sequence[Point],
    colour: str,
    *,
    symbol: str | None = None,
    dash: str = "solid",
    width: int = 2,
    group: str | None = None,
    showlegend: bool | None = None,
) -> None:
    """Add a line to the figure, accuracies in %; without markers if there is no symbol."""
    scale, hover = (100, "%{y:.2f}%") if quantity == "accuracy" else (1, "%{y:.3f}")
    figure.add_scatter(
        name=name,
        x=[x for x, _ in points],
        y=[y * scale for _, y in points],
        mode="lines+markers" if symbol else "lines",
        line={"color": colour, "dash": dash, "width": width},
        marker={"size": 7, "symbol": symbol},
        hovertemplate=hover,
        legendgroup=group or name,
        showlegend=showlegend,
    )


def _accuracy_range(
    reports: Sequence[Progress],
    history: Sequence[EpochFigures],
    earlier: Sequence[EpochFigures],
    started_from: tuple[str, float] | None,
) -> list[float]:
    shown = [figures.test_accuracy for figures in (*history, *earlier)]
    if reports and not history:
        shown.append(reports[-1].accuracy)
    # The first half of an epoch says little about the second, and earlier epochs say nothing.
    shown += [
        report.accuracy
        for report in reports
        if report.step * 2 > report.steps and report.epoch > len(history)
    ]
    lowest = 100 * min(shown, default=1.0)
    if started_from is not None:
        # A training that continues changes little: the axis shows single percentage points.
        return [floor(min(lowest, 100 * started_from[1])) - 0.5, 100.2]
    return [0.0, 101.0] if lowest < _LOW_ACCURACY else [_LOW_ACCURACY, 100.5]


def _test_range(quantity: Quantity, values: Sequence[float]) -> list[float]:
    """The range of the test figures; the first steps of learning would flatten these."""
    if quantity == "loss":
        return [0.0, 1.25 * max(values, default=_FIRST_LOSS)]
    if not values:
        return [_LOW_ACCURACY, 100.5]
    return [floor(100 * min(values)) - 0.5, min(ceil(100 * max(values)) + 0.5, 100.5)]


def _tick(epochs: int) -> int:
    return next((step for step in (1, 2, 5, 10) if epochs / step <= 12), 20)
