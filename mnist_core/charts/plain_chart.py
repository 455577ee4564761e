"""A small chart as plain values, which the page draws without a charting library."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class Axis:
    """One axis of a chart, from `low` up to `high`, with a text (in `names`) at each tick."""

    title: str
    low: float
    high: float
    ticks: tuple[float, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """Points, joined in their order.

    Attributes:
        name: in the legend; a line without one is not listed.
        x, y: the points.
        tooltips: a sentence for each point, or none at all.
        colour: as in CSS.
        dash: "solid", "dash" or "dot".
        symbol: "circle", "square" or "diamond" at every point; "" for none.
    """

    name: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    tooltips: tuple[str, ...]
    colour: str
    dash: str = "solid"
    symbol: str = ""


@dataclass(frozen=True)
class Bar:
    """A bar at `x` between two values, or the box of a box plot with whiskers and a median."""

    x: float
    box: tuple[float, float]
    tooltip: str
    colour: str
    whisker: tuple[float, float] | None = None
    median: float | None = None


@dataclass(frozen=True)
class Chart:
    """Lines above bars on two axes, with a dotted vertical line at `reference` if there is one."""

    x: Axis
    y: Axis
    lines: tuple[Line, ...] = ()
    bars: tuple[Bar, ...] = ()
    reference: float | None = None


def axis(title: str, low: float, high: float, *, most: int = 6) -> Axis:
    """An axis with at most `most` round numbers along it, or one more.

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
    """An axis with ticks at these values."""
    names = tuple(f"{tick:,.6g}".replace("-", "−") for tick in ticks)
    return Axis(title, low, high, tuple(float(tick) for tick in ticks), names)
