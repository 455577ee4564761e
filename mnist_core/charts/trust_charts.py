"""Charts of how far a network can be trusted: pure functions of what was measured."""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from mnist_core.analysis.calibration import Reliability
from mnist_core.analysis.robustness import Perturbation
from mnist_core.charts.plain_chart import Chart, Line, axis, axis_at
from mnist_core.system.text_format import percent, whole

# These stand out from light and from dark paper; dashes and markers differ, too.
_GREY = "#8a8a8a"
_LOOKS = (
    ("#4a6fd6", "solid", "circle"),
    ("#d97706", "dash", "square"),
    ("#0a9a76", "dot", "diamond"),
)
# Nobody can tell more points apart on a screen.
_MOST_POINTS = 200
_PERCENT_TICKS = (0, 20, 40, 60, 80, 100)

_Point = tuple[float, float, str]


def reliability_diagram(series: Mapping[str, Reliability]) -> Chart:
    """Chart how often up to three networks are correct by how sure they are, both in %."""
    lines = [Line("as sure as correct", (0, 100), (0, 100), (), _GREY, "dot")]
    for (name, found), look in zip(series.items(), _LOOKS, strict=False):
        bins = zip(found.confidence, found.accuracy, found.counts.tolist(), strict=True)
        points = [
            (
                100 * float(sure),
                100 * float(correct),
                f"{whole(count)} images: {percent(sure, 1)} sure, {percent(correct, 1)} correct.",
            )
            for sure, correct, count in bins
            if count
        ]
        lines.append(_line(name, points, look))
    return Chart(
        axis_at("how sure it is, %", 0, 102, _PERCENT_TICKS),
        axis_at("how often it is correct, %", 0, 102, _PERCENT_TICKS),
        tuple(lines),
    )


def abstention_curve(accuracies: NDArray[np.float64]) -> Chart:
    """Chart `calibration.selective_accuracy`, shape `(n,)`, in %."""
    total = len(accuracies)
    # On the last tenth of the images only the surest answers are left: nothing to see.
    silent = np.unique(np.linspace(0, int(total * 0.9), _MOST_POINTS).astype(int))
    points = [
        (
            100 * count / total,
            100 * accuracy,
            f"“I don't know” on {percent(count / total, 1)}: {percent(accuracy)} of the others "
            "correct.",
        )
        for count, accuracy in zip(silent.tolist(), accuracies[silent].tolist(), strict=True)
    ]
    low, high = min(y for _, y, _ in points), max(y for _, y, _ in points)
    margin = max(high - low, 0.01) * 0.06
    return Chart(
        axis_at("images on which it says “I don't know”, %", 0, 92, _PERCENT_TICKS[:-1]),
        axis("% correct among the others", low - margin, high + margin),
        (_line("", points, (*_LOOKS[0][:2], "")),),
    )


def robustness_chart(
    perturbation: Perturbation, networks: Mapping[str, Mapping[float, float]]
) -> Chart:
    """Chart accuracies, given in 0..1 by network and level, against how much images are changed."""
    lines = []
    for (name, known), look in zip(networks.items(), _LOOKS, strict=False):
        points = [
            (
                level,
                100 * accuracy,
                f"{name}: {percent(accuracy, 1)} correct at {_signed(level)} {perturbation.unit}.",
            )
            for level, accuracy in sorted(known.items())
        ]
        lines.append(_line(name, points, look))
    levels = perturbation.levels
    margin = (levels[-1] - levels[0]) * 0.03
    title = f"{perturbation.title.lower()}: {perturbation.unit}"
    return Chart(
        axis_at(title, levels[0] - margin, levels[-1] + margin, levels),
        axis_at("% correct", 0, 102, _PERCENT_TICKS),
        tuple(lines),
        reference=perturbation.neutral,
    )


def _line(name: str, points: Iterable[_Point], look: tuple[str, str, str]) -> Line:
    x, y, tooltips = tuple(zip(*points, strict=True)) or ((), (), ())
    return Line(name, x, y, tooltips, *look)


def _signed(level: float) -> str:
    return f"{level:g}".replace("-", "−")
