"""Bars of what a network read before a lesson and after it, each with its 95% interval."""

from collections.abc import Sequence
from dataclasses import dataclass

from mnist_core.analysis.evaluation import wilson_interval
from mnist_core.language.translation import _
from ui.shell.component import component

_BEFORE_AFTER = component(__file__)


@dataclass(frozen=True)
class Compared:
    """A set of digits, read before and after.

    Attributes:
        title: what they are.
        words: what the difference means.
        count: how many there are, at least one.
        before: how many were read correctly.
        after: how many are now; None while that is not known.
        figures: what stands beside the two bars, such as "81 of 90".
    """

    title: str
    words: str
    count: int
    before: int
    after: int | None
    figures: tuple[str, str]


def before_after(compared: Sequence[Compared], *, key: str) -> None:
    """Show the bars of each set, side by side."""
    groups = [
        {"title": one.title, "words": one.words, "bars": _bars(one)}
        for one in compared
        if one.count
    ]
    _BEFORE_AFTER(key=key, data={"groups": groups})


def _bars(one: Compared) -> list[dict[str, object]]:
    named = ((_("before"), one.before, one.figures[0]), (_("after"), one.after, one.figures[1]))
    return [
        _bar(name, correct, one.count, figure, is_after=name == named[1][0])
        for name, correct, figure in named
        if correct is not None
    ]


def _bar(name: str, correct: int, count: int, figure: str, *, is_after: bool) -> dict[str, object]:
    low, high = wilson_interval(correct, count)
    return {
        "name": name,
        "share": round(correct / count, 4),
        "low": round(low, 4),
        "high": round(high, 4),
        "figure": figure,
        "isAfter": is_after,
    }
