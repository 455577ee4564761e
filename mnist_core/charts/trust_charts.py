"""How far a network can be trusted, as charts: pure functions of what was measured."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from mnist_core.analysis.calibration import Reliability
from mnist_core.analysis.robustness import Perturbation
from mnist_core.charts.plain_chart import Chart, Line, axis, axis_at
from mnist_core.system.wording import percent

# As in `curves`: they stand out from light and from dark paper; marks and dashes differ, too.
_GREY = "#8a8a8a"
_LOOKS = (
    ("#4a6fd6", "solid", "circle"),
    ("#d97706", "dash", "square"),
    ("#0a9a76", "dot", "diamond"),
)
# More points than that nobody can tell apart on a screen.
_MOST_POINTS = 200
_PER_CENT = (0, 20, 40, 60, 80, 100)


def reliability_diagram(series: Mapping[str, Reliability]) -> Chart:
    """How often a network is right (in %) by how sure it is, beside the line where both agree.

    Args:
        series: up to three, by their name in the legend.
    """
    agree = Line("as sure as right", (0, 100), (0, 100), (), _GREY, "dot")
    lines = [agree]
    for (name, found), look in zip(series.items(), _LOOKS, strict=False):
        filled = found.counts > 0
        points = [
            (
                100 * sure,
                100 * right,
                f"{count:,} images: {percent(sure, 1)} sure, {percent(right, 1)} right.",
            )
            for sure, right, count in zip(
                found.confidence[filled].tolist(),
                found.accuracy[filled].tolist(),
                found.counts[filled].tolist(),
                strict=True,
            )
        ]
        lines.append(_line(name, points, look))
    return Chart(
        axis_at("how sure it is, %", 0, 102, _PER_CENT),
        axis_at("how often it is right, %", 0, 102, _PER_CENT),
        tuple(lines),
    )


def abstention_curve(left: NDArray[np.float64]) -> Chart:
    """The share read rightly (in %) when the least sure answers are left out.

    Args:
        left: shape `(n,)`, from `calibration.selective_accuracy`.
    """
    # The last tenth of the images says nothing but that the surest answers are right.
    silent = np.unique(np.linspace(0, int(len(left) * 0.9), _MOST_POINTS).astype(int))
    points = [
        (
            100 * number / len(left),
            100 * right,
            f"Silent on {percent(number / len(left), 1)}: {percent(right, 2)} of the others right.",
        )
        for number, right in zip(silent.tolist(), left[silent].tolist(), strict=True)
    ]
    low, high = min(y for _, y, _ in points), max(y for _, y, _ in points)
    room = max(high - low, 0.01) * 0.06
    colour, dash, _ = _LOOKS[0]
    return Chart(
        axis_at("images on which it says “I don't know”, %", 0, 92, _PER_CENT[:-1]),
        axis("right among the others, %", low - room, high + room),
        (_line("", points, (colour, dash, "")),),
    )


def robustness_chart(change: Perturbation, networks: Mapping[str, Mapping[float, float]]) -> Chart:
    """Accuracy (in %) against how much the images are changed.

    Args:
        change: the kind.
        networks: what is known so far, by network: accuracies in 0..1 by level.
    """
    lines = []
    for (name, known), look in zip(networks.items(), _LOOKS, strict=False):
        points = [
            (
                level,
                100 * known[level],
                f"{name}: {percent(known[level], 1)} at {_signed(level)} {change.unit}.",
            )
            for level in sorted(known)
        ]
        lines.append(_line(name, points, look))
    margin = (change.levels[-1] - change.levels[0]) * 0.03
    return Chart(
        axis_at(
            f"{change.title.lower()}: {change.unit}",
            change.levels[0] - margin,
            change.levels[-1] + margin,
            change.levels,
        ),
        axis_at("read rightly, %", 0, 102, _PER_CENT),
        tuple(lines),
        upright=change.neutral,
    )


def _line(
    name: str, points: Sequence[tuple[float, float, str]], look: tuple[str, str, str]
) -> Line:
    x, y, says = zip(*points, strict=True) if points else ((), (), ())
    return Line(name, tuple(x), tuple(y), tuple(says), *look)


def _signed(level: float) -> str:
    return f"{level:g}".replace("-", "−")
