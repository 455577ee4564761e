"""How the networks of a class learn, each a line, and which of them read best.

Names are shown as text, whatever they contain.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mnist_core.charts.accuracy_curve import height
from mnist_core.language.translation import _
from mnist_core.system.text_format import percent
from ui.shell.component import component

_CLASS_CURVES = component(__file__)
_TICKS = (0.1, 0.5, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 0.995)
_BOTTOMS, _TOPS = (0.0, 0.5, 0.8, 0.9, 0.95), (0.95, 0.98, 0.99, 0.995)
_MOST_POINTS = 40
_KINDS = 6


@dataclass(frozen=True)
class Line:
    """A training as it learns.

    Attributes:
        points: seconds and accuracy, 0..1, in order.
        kind: the position of its network in the legend.
        is_over: whether it has ended.
        is_mine: whether it belongs to who looks.
    """

    points: Sequence[tuple[float, float]]
    kind: int
    is_over: bool
    is_mine: bool = False


@dataclass(frozen=True)
class Step:
    """A training that is over, in the ranking.

    Attributes:
        rank: 1 for the best.
        name: of whose it is.
        kind: the position of its network in the legend.
        accuracy: 0..1.
        interval: the ends of its 95% interval, 0..1.
        is_luck: whether its difference from the best could be luck.
        is_mine: whether it belongs to who looks.
    """

    rank: int
    name: str
    kind: int
    accuracy: float
    interval: tuple[float, float]
    is_luck: bool
    is_mine: bool = False


def class_curves(
    lines: Sequence[Line],
    steps: Sequence[Step],
    kinds: Sequence[str],
    *,
    key: str,
    seconds: float,
    status: str,
    finding: str,
    most_names: int = 10,
) -> None:
    """Show the picture.

    Args:
        lines: of all trainings.
        steps: those that are over, the best first.
        kinds: the names of all networks; those that nobody has are left out of the legend.
        key: as of any widget.
        seconds: the budget of each training.
        status: how far it is, in words, as large as the picture allows.
        finding: what the picture shows, for people who do not see it.
        most_names: how many of the best are named.
    """
    there = sorted({one.kind for one in lines} | {one.kind for one in steps})
    _CLASS_CURVES(
        key=key,
        data={
            "status": status,
            "finding": finding,
            "seconds": seconds,
            "bottom": height(_bottom(lines, steps)),
            "top": _top(lines, steps),
            "band": _("may be as good as the best"),
            "ticks": [[height(one), percent(one, 1 if one > 0.99 else 0)] for one in _TICKS],
            "lines": [_line(one) for one in lines if one.points],
            "ladder": [_step(one) for one in steps],
            "ranking": [_row(one) for one in steps[:most_names]],
            "kinds": [{"title": kinds[one], "kind": one % _KINDS} for one in there],
        },
    )


def _bottom(lines: Sequence[Line], steps: Sequence[Step]) -> float:
    """The accuracy at the lower edge: three in four are above it, so one failure hides nothing."""
    ends = [one.points[-1][1] for one in lines if one.points]
    ends += [one.interval[0] for one in steps]
    lowest = sorted(ends)[len(ends) // 4] if ends else 0.9
    return max((one for one in _BOTTOMS if one <= lowest - 0.03), default=0.0)


def _top(lines: Sequence[Line], steps: Sequence[Step]) -> float:
    """The height of the upper edge."""
    ends = [one.points[-1][1] for one in lines if one.points]
    ends += [one.interval[1] for one in steps]
    highest = max(ends, default=0.98) + 0.001
    return min((height(one) for one in _TOPS if one >= highest), default=1.0)


def _line(line: Line) -> dict[str, object]:
    every = max(1, -(-len(line.points) // _MOST_POINTS))
    points = [*line.points[:-1:every], line.points[-1]]
    state = "me" if line.is_mine else "over" if line.is_over else "running"
    return {
        "points": [[round(at, 1), height(accuracy)] for at, accuracy in points],
        "kind": line.kind % _KINDS,
        "state": state if line.is_over or not line.is_mine else "me running",
    }


def _step(step: Step) -> dict[str, object]:
    low, high = step.interval
    return {
        "at": height(step.accuracy),
        "low": height(low),
        "high": height(high),
        "kind": step.kind % _KINDS,
        "luck": step.is_luck,
        "me": step.is_mine,
    }


def _row(step: Step) -> dict[str, object]:
    return {
        "rank": f"{step.rank}",
        "name": step.name,
        "figure": percent(step.accuracy),
        "kind": step.kind % _KINDS,
        "luck": step.is_luck,
        "me": step.is_mine,
    }
