"""A small chart as plain values: what the page draws by itself, without a charting library."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class Axis:
    """One side of a chart.

    Attributes:
        title: what is measured, with its unit.
        low: where it begins.
        high: where it ends, above `low`.
        ticks: where a number stands.
        names: what stands there, one for each tick.
    """

    title: str
    low: float
    high: float
    ticks: tuple[float, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """Points, joined in their order.

    Attributes:
        name: in the legend.
        x: the places along the lower axis.
        y: as many, along the left axis.
        says: as many sentences, one for whoever points at the point; none, and it cannot be
            pointed at.
        colour: as in CSS; it stands out from light and from dark paper.
        dash: "solid", "dash" or "dot".
        symbol: "circle", "square" or "diamond" at every point; "" for none.
    """

    name: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    says: tuple[str, ...]
    colour: str
    dash: str = "solid"
    symbol: str = ""


@dataclass(frozen=True)
class Column:
    """A bar that stands at a place, or a box with whiskers and a line in its middle.

    Attributes:
        place: along the lower axis.
        box: where its lower and upper side are.
        says: a sentence for whoever points at it.
        colour: as in CSS.
        whisker: where its ends are.
        middle: where the line in the box is.
    """

    place: float
    box: tuple[float, float]
    says: str
    colour: str
    whisker: tuple[float, float] | None = None
    middle: float | None = None


@dataclass(frozen=True)
class Chart:
    """Lines and columns on two axes.

    Attributes:
        x: the lower axis.
        y: the left axis.
        lines: drawn in their order.
        columns: likewise, below the lines.
        upright: where a dotted line stands, if any.
    """

    x: Axis
    y: Axis
    lines: tuple[Line, ...] = ()
    columns: tuple[Column, ...] = ()
    upright: float | None = None


def axis(title: str, low: float, high: float, *, most: int = 6) -> Axis:
    """An axis with round numbers along it.

    Args:
        title: what is measured, with its unit.
        low: where it begins.
        high: where it ends.
        most: how many numbers there are at the most; at least 2.

    Raises:
        ValueError: it does not end above its beginning.
    """
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise ValueError("An axis must end above its beginning.")
    rough = (high - low) / most
    size = 10 ** math.floor(math.log10(rough))
    step = next(part * size for part in _STEPS if part * size >= rough)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return axis_at(title, low, high, [number * step for number in range(first, last + 1)])


def axis_at(title: str, low: float, high: float, ticks: Sequence[float]) -> Axis:
    """An axis with numbers at these places."""
    names = tuple(f"{tick:,.6g}".replace("-", "−") for tick in ticks)
    return Axis(title, low, high, tuple(float(tick) for tick in ticks), names)
