"""The accuracy of a running training, for a picture that is drawn again several times a second.

Plain numbers: a point is `(x, y)`, both 0..1 of the picture's width and height. The axis is
stretched towards 100%, so that 98% and 99% are as far apart as they feel, and never changes.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from mnist_core.charts.learning_curves import thinned
from mnist_core.networks.settings import EpochFigures
from mnist_core.system.text_format import percent
from mnist_core.training.progress import Progress

Point = tuple[float, float]

_TICKS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995)
# Of an epoch: long enough for a smooth line.
_LATE = 0.1
# An accuracy above this is drawn at the upper edge.
_HIGHEST = 0.998


@dataclass(frozen=True)
class AccuracyCurve:
    """What the picture shows.

    Attributes:
        ticks: heights with their labels, from the lowest.
        epochs: the positions of the epochs' ends.
        training: the accuracy on training images while learning.
        new: on images that it does not learn from: a sample of the test images, and all of them at
            the end of an epoch.
        tested: the latter alone.
        published: what the tutorial reports, or what the model had before it is trained on.
        latest: of `new`, 0..1; None before the first.
    """

    ticks: tuple[tuple[float, str], ...]
    epochs: tuple[float, ...]
    training: tuple[Point, ...]
    new: tuple[Point, ...]
    tested: tuple[Point, ...]
    published: tuple[Point, ...]
    latest: float | None


def accuracy_curve(
    reports: Sequence[Progress],
    epochs: int,
    *,
    published: Sequence[EpochFigures] = (),
    level: float | None = None,
) -> AccuracyCurve:
    """The accuracy so far.

    Args:
        reports: of the training, in order.
        epochs: how many there will be.
        published: the tutorial's figures by epoch, to compare with.
        level: one accuracy to compare with where there is no such curve, 0..1.
    """
    stepping = thinned([report for report in reports if report.step])
    judged = thinned([report for report in reports if _on_new(report) is not None])
    new = [(_done(report), value) for report in judged if (value := _on_new(report)) is not None]
    tested = [(_done(report), report.figures.test_accuracy) for report in reports if report.figures]
    compared = [(float(one.epoch), one.test_accuracy) for one in published if one.epoch <= epochs]
    if not compared and level is not None:
        compared = [(0.0, level), (float(epochs), level)]

    def points(values: Sequence[Point]) -> tuple[Point, ...]:
        return tuple((round(done / epochs, 4), height(value)) for done, value in values)

    return AccuracyCurve(
        ticks=tuple((height(tick), percent(tick, 1 if tick > 0.99 else 0)) for tick in _TICKS),
        epochs=tuple(round(epoch / epochs, 4) for epoch in range(1, epochs + 1)),
        training=points(_of_late(stepping)),
        new=points(new),
        tested=points(tested),
        published=points(compared),
        latest=new[-1][1] if new else None,
    )


def height(accuracy: float) -> float:
    """Where an accuracy is drawn, 0 (0%) to 1: equal steps divide the mistakes by the same."""
    wrong = max(1.0 - accuracy, 1.0 - _HIGHEST)
    return round(math.log(wrong) / math.log(1.0 - _HIGHEST), 4)


def _of_late(reports: Sequence[Progress]) -> list[Point]:
    """The accuracy while learning of each report, over the last part of its epoch.

    Reports have the mean of the whole epoch so far, which its first steps hold down.
    """
    points = []
    for place, report in enumerate(reports):
        step, right = 0, 0.0
        for before in reversed(reports[:place]):
            if before.epoch != report.epoch:
                break
            if report.step - before.step >= _LATE * report.steps:
                step, right = before.step, before.accuracy * before.step
                break
        if report.step > step:
            late = (report.accuracy * report.step - right) / (report.step - step)
            points.append((_done(report), min(max(late, 0.0), 1.0)))
    return points


def _done(report: Progress) -> float:
    return report.epoch - 1 + report.step / report.steps


def _on_new(report: Progress) -> float | None:
    return report.figures.test_accuracy if report.figures else report.sampled_accuracy
