"""What learning curves show, in words, for people who do not see them."""

from math import ceil, inf

import plotly.graph_objects as go

from mnist_core.charts.learning_curves import AXIS_TITLES, TEST_AXIS_TITLES
from mnist_core.system.text_format import percent


def alternative_text(figure: go.Figure) -> str:
    """Describe where each line of a chart of `learning_curves` ends.

    Several trainings are ranked, the best final value first, without their lines while learning.
    """
    title = figure.layout.yaxis.title.text
    is_accuracy = "accuracy" in title
    if title in AXIS_TITLES.values():
        # The test images, which matter most, are drawn last.
        lines = [trace for trace in reversed(figure.data) if trace.x]
        subject = f"{'Accuracy' if is_accuracy else 'Loss'} by epoch"
    else:
        assert title in TEST_AXIS_TITLES.values()
        lines = [trace for trace in figure.data if trace.showlegend is not False]
        lines.sort(key=lambda trace: _rank(trace, is_accuracy))
        subject = f"Test {'accuracy' if is_accuracy else 'loss'} by epoch, best final value first"
    words = "; ".join(_describe(trace, is_accuracy) for trace in lines)
    return f"{subject}: {words or 'no values yet'}."


def _rank(trace: go.Scatter, is_accuracy: bool) -> float:
    """Lower for a better final value; infinite without one."""
    if not trace.y:
        return inf
    return -float(trace.y[-1]) if is_accuracy else float(trace.y[-1])


def _describe(trace: go.Scatter, is_accuracy: bool) -> str:
    def value(y: float) -> str:
        return percent(y / 100) if is_accuracy else f"{y:.3f}"

    if not trace.x:
        return f"{trace.name}, no values yet"
    last, epoch = trace.y[-1], trace.x[-1]
    if trace.x[0] == 0:
        # The level of another model: the same in all epochs.
        return f"{trace.name}, {value(last)}"
    when = "after" if epoch == ceil(epoch) else "in"
    words = f"{trace.name}, {value(last)} {when} epoch {ceil(epoch)}"
    best = max(trace.y) if is_accuracy else min(trace.y)
    if "markers" not in trace.mode or best == last:
        return words
    return f"{words} (best: {value(best)} after epoch {trace.x[trace.y.index(best)]})"
