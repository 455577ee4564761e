"""The curves of a training as a Plotly figure: a pure function of what was reported."""

from collections.abc import Mapping, Sequence
from math import ceil, floor, inf
from typing import Literal

import plotly.graph_objects as go

from mnist_core.networks.settings import EpochFigures
from mnist_core.training.progress import Progress

Quantity = Literal["accuracy", "loss"]

# Blue is what it learns from, orange what it is examined on, grey what others reached; all of
# them stand out from light and from dark paper.
_TRAINING, _SETTLED, _TEST, _PUBLISHED = "#7d9bea", "#4a6fd6", "#d97706", "#8a8a8a"
_EARLIER = "#b0598f"
# For several trainings at once (Okabe and Ito, less the black); the marks tell them apart, too.
_RUN_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b58900", "#56b4e9")
_RUN_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x")
MOST_RUNS = len(_RUN_COLOURS)
_HEIGHT = 300
_MOST_POINTS = 240
_PACE_SECONDS = 1.0
# Pixels more for each line beyond so many.
_LEGEND_LINE, _SHORT_LEGEND = 16, 2
# Accuracies below this are the first moments of a training, and would flatten all the rest.
_LOW_ACCURACY = 80.0
# Of a network that guesses among ten.
_FIRST_LOSS = 2.3
# What stands at the left side, and what that is called where nobody sees it.
_PERCENT, _LOSS = "read rightly, %", "loss"
_TEST_PERCENT, _TEST_LOSS = "test images read rightly, %", "test loss"
_SPOKEN = {
    _PERCENT: "Accuracy, epoch by epoch",
    _LOSS: "Loss, epoch by epoch",
    _TEST_PERCENT: "Accuracy on the test images, epoch by epoch, the best in the end first",
    _TEST_LOSS: "Loss on the test images, epoch by epoch, the best in the end first",
}


def learning_curve(
    quantity: Quantity,
    *,
    epochs: int,
    reports: Sequence[Progress] = (),
    history: Sequence[EpochFigures] = (),
    published: Sequence[EpochFigures] = (),
    earlier: tuple[str, Sequence[EpochFigures]] | None = None,
    before: tuple[str, float] | None = None,
) -> go.Figure:
    """How accuracy (in %) or loss moved, over the epochs.

    Args:
        quantity: which of the two.
        epochs: how many there will be; the axis is that long from the start.
        reports: the training so far, several an epoch.
        history: the figures of the finished epochs.
        published: what the tutorial printed, laid under it.
        earlier: name and figures of another training, laid under it, too.
        before: the model that it goes on from, and what that one reached on the test images:
            accuracy 0..1, or loss.
    """
    figure = go.Figure()
    name, figures_before = earlier or ("", ())
    # Only as far as there is something to compare.
    shown = [figures for figures in figures_before if figures.epoch <= epochs]
    if earlier is not None:
        _line(figure, f"{name}, test images", shown, f"test_{quantity}", _EARLIER, "diamond")
    if before is not None:
        _level(figure, quantity, *before, epochs)
    if published:
        _line(figure, "the tutorial, test images", published, f"test_{quantity}", _PUBLISHED)
    _running_line(figure, quantity, reports)
    settled = [figures for figures in history if figures.settled_loss is not None]
    _line(
        figure,
        "training images, after the epoch",
        settled,
        f"settled_{quantity}",
        _SETTLED,
        "circle",
    )
    _line(figure, "test images", history, f"test_{quantity}", _TEST, "square")
    percent = quantity == "accuracy"
    figure.update_layout(
        # On a phone each line has its own line in the legend, which leaves the curves less room.
        height=_HEIGHT + _LEGEND_LINE * max(0, len(figure.data) - _SHORT_LEGEND),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        hovermode="x",
        # Keeps a visitor's zoom while the curve grows.
        uirevision=quantity,
        xaxis={"title": "epoch", "range": [0, epochs * 1.02], "dtick": _tick(epochs)},
        yaxis={
            "title": _PERCENT if percent else _LOSS,
            "range": _accuracy_range(reports, history, shown, before) if percent else None,
            "rangemode": "tozero",
            "fixedrange": True,
        },
    )
    return figure


def _line(
    figure: go.Figure,
    name: str,
    history: Sequence[EpochFigures],
    field: str,
    colour: str,
    symbol: str | None = None,
) -> None:
    """A point an epoch; dotted and without marks where no symbol is given."""
    scale = 100 if field.endswith("accuracy") else 1
    figure.add_scatter(
        name=name,
        legendgroup=name,
        x=[figures.epoch for figures in history],
        y=[getattr(figures, field) * scale for figures in history],
        mode="lines+markers" if symbol else "lines",
        line={"color": colour, "dash": "solid" if symbol else "dot", "width": 2},
        marker={"size": 7, "symbol": symbol},
        hovertemplate=_hover(scale),
    )


def _level(figure: go.Figure, quantity: Quantity, name: str, reached: float, epochs: int) -> None:
    """Where another model stands, as a dotted line all along."""
    scale = 100 if quantity == "accuracy" else 1
    figure.add_scatter(
        name=f"{name} before, test images",
        x=[0, epochs],
        y=[reached * scale] * 2,
        mode="lines",
        line={"color": _PUBLISHED, "dash": "dot", "width": 2},
        hovertemplate=_hover(scale),
    )


def _running_line(
    figure: go.Figure,
    quantity: Quantity,
    reports: Sequence[Progress],
    run: str | None = None,
    colour: str = _TRAINING,
) -> None:
    """A point a report; thin, and hidden with its run's other line, where there are several."""
    scale = 100 if quantity == "accuracy" else 1
    points = thinned([report for report in reports if report.step])
    figure.add_scatter(
        name="training images, while learning" if run is None else f"{run}, while learning",
        x=[report.epoch - 1 + report.step / report.steps for report in points],
        y=[getattr(report, quantity) * scale for report in points],
        mode="lines",
        line={"color": colour, "width": 2 if run is None else 1},
        showlegend=run is None,
        legendgroup=run,
        hovertemplate=_hover(scale),
    )


def comparison_curves(
    quantity: Quantity,
    runs: Mapping[str, Sequence[EpochFigures]],
    *,
    epochs: int = 1,
    learning: Mapping[str, Sequence[Progress]] | None = None,
) -> go.Figure:
    """The figures of several trainings on the test images, over the epochs.

    Args:
        quantity: accuracy in %, or loss.
        runs: name -> figures by epoch, at most `MOST_RUNS`.
        epochs: the axis is at least that long.
        learning: name -> reports, for a thin line of the figures while learning.
    """
    figure = go.Figure()
    longest = epochs
    for (name, history), colour, symbol in zip(
        runs.items(), _RUN_COLOURS, _RUN_SYMBOLS, strict=False
    ):
        if learning:
            _running_line(figure, quantity, learning.get(name, ()), name, colour)
        _line(figure, name, history, f"test_{quantity}", colour, symbol)
        longest = max([longest, *(figures.epoch for figures in history)])
    figure.update_layout(
        height=_HEIGHT,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        hovermode="x",
        xaxis={"title": "epoch", "range": [0, longest * 1.02 + 0.2], "dtick": _tick(longest)},
        yaxis={
            "title": _TEST_PERCENT if quantity == "accuracy" else _TEST_LOSS,
            "range": _judged_range(quantity, runs) if learning else None,
        },
        showlegend=True,
    )
    return figure


def in_words(figure: go.Figure) -> str:
    """What one of these charts shows, for people who do not see it: where each line stands."""
    title = figure.layout.yaxis.title.text
    scale = 100 if title in (_PERCENT, _TEST_PERCENT) else 1
    if title in (_PERCENT, _LOSS):
        # The test images, which matter most, are drawn last.
        lines = [trace for trace in reversed(figure.data) if trace.x]
    else:
        # While they learn, they are not compared.
        lines = [trace for trace in figure.data if trace.showlegend is not False]
        lines.sort(key=lambda trace: _rank(trace, scale))
    said = "; ".join(_line_in_words(trace, scale) for trace in lines)
    return f"{_SPOKEN[title]}: {said or 'no figures yet'}."


def _rank(trace: go.Scatter, scale: int) -> float:
    """The better its end, the less; what has no figures comes last."""
    if not trace.y:
        return inf
    last = float(trace.y[-1])
    return -last if scale == 100 else last


def _line_in_words(trace: go.Scatter, scale: int) -> str:
    if not trace.x:
        return f"{trace.name}, no figures"
    last = _figure_in_words(trace.y[-1], scale)
    if trace.x[0] == 0:
        # The level of another model: the same in all epochs.
        return f"{trace.name}, {last}"
    epoch = trace.x[-1]
    words = f"{trace.name}, {last} {'after' if epoch == ceil(epoch) else 'in'} epoch {ceil(epoch)}"
    best = (max if scale == 100 else min)(trace.y)
    if "markers" not in trace.mode or best == trace.y[-1]:
        return words
    at = trace.x[trace.y.index(best)]
    return f"{words} (best: {_figure_in_words(best, scale)} after epoch {at})"


def _figure_in_words(value: float, scale: int) -> str:
    return f"{value:.2f}%" if scale == 100 else f"{value:.3f}"


def images_per_second(reports: Sequence[Progress], batch_size: int) -> float | None:
    """How quick a training is, from its latest reports within an epoch; None before there are."""
    if not reports:
        return None
    last = reports[-1]
    # A second or more apart, so that one slow step does not make the figure jump.
    for before in reversed(reports[:-1]):
        if before.epoch != last.epoch or before.figures:
            break
        if last.step > before.step and last.seconds - before.seconds >= _PACE_SECONDS:
            return (last.step - before.step) * batch_size / (last.seconds - before.seconds)
    return None


def thinned(reports: Sequence[Progress]) -> list[Progress]:
    """Evenly chosen reports, the last one among them, few enough for a browser to draw often."""
    stride = -(-len(reports) // _MOST_POINTS) or 1
    return list(reports[::-1][::stride][::-1])


def _accuracy_range(
    reports: Sequence[Progress],
    history: Sequence[EpochFigures],
    earlier: Sequence[EpochFigures],
    before: tuple[str, float] | None,
) -> list[float]:
    judged = [figures.test_accuracy * 100 for figures in (*history, *earlier)]
    # Nothing else is there to see yet; soon after, how it began says nothing any more.
    beginning = [reports[-1].accuracy * 100] if reports and not history else []
    lowest = min([*judged, *beginning], default=100.0)
    # Half an epoch in, a network that is still low will not be high soon. How low it was in the
    # epochs before says nothing any more.
    settled = [
        report.accuracy * 100
        for report in reports
        if report.step * 2 > report.steps and report.epoch > len(history)
    ]
    if before is not None:
        # What goes on moves little: a point more or less is all there is to see.
        return [floor(min(lowest, 100 * before[1], *settled)) - 0.5, 100.2]
    low = min(lowest, *settled) < _LOW_ACCURACY if settled else lowest < _LOW_ACCURACY
    return [0.0, 101.0] if low else [_LOW_ACCURACY, 100.5]


def _judged_range(quantity: Quantity, runs: Mapping[str, Sequence[EpochFigures]]) -> list[float]:
    """What the figures on the test images need; how all of them began would flatten these."""
    judged = [
        getattr(figures, f"test_{quantity}") for history in runs.values() for figures in history
    ]
    if quantity == "loss":
        return [0.0, 1.25 * max(judged, default=_FIRST_LOSS)]
    if not judged:
        return [_LOW_ACCURACY, 100.5]
    return [floor(100 * min(judged)) - 0.5, min(ceil(100 * max(judged)) + 0.5, 100.5)]


def _tick(epochs: int) -> int:
    return next((step for step in (1, 2, 5, 10) if epochs / step <= 12), 20)


def _hover(scale: int) -> str:
    return "%{y:.2f}%" if scale == 100 else "%{y:.3f}"
