"""The accuracy of a running training as plain numbers."""

import pytest

from mnist_core.charts.accuracy_curve import accuracy_curve, height
from mnist_core.networks import recipes
from mnist_core.networks.settings import EpochFigures
from mnist_core.training.progress import Progress

FIGURES = EpochFigures(1, 0.5, 0.9, 0.4, 0.96, 0.3, 0.97, 12.0)


def report(epoch, step, accuracy=0.9, *, sampled=None, figures=None):
    return Progress(
        epoch, 2, step, 100, 0.3, accuracy, 0.0, None, figures, sampled_accuracy=sampled
    )


def test_heights_divide_the_mistakes_by_the_same():
    assert height(0.0) == 0
    assert height(0.99) - height(0.9) == pytest.approx(height(0.9), abs=1e-3)
    assert height(1.0) == height(0.999) == 1
    drawn = [height(share / 100) for share in range(100)]
    assert drawn == sorted(drawn)


def test_new_digits_are_sampled_in_between_and_all_tested_at_the_end():
    reports = [
        report(1, 50, sampled=0.5),
        report(1, 80),
        report(1, 100, figures=FIGURES),
        report(2, 50, sampled=0.97),
    ]
    curve = accuracy_curve(reports, 2)
    assert curve.new == ((0.25, height(0.5)), (0.5, height(0.96)), (0.75, height(0.97)))
    assert curve.tested == ((0.5, height(0.96)),)
    assert curve.latest == 0.97
    assert curve.epochs == (0.5, 1.0)
    assert curve.published == ()


def test_before_the_first_report_there_is_only_what_to_compare_with():
    published = recipes.get("mlp-784").published_curve
    curve = accuracy_curve([], 2, published=published, level=0.98)
    assert (curve.training, curve.new, curve.latest) == ((), (), None)
    assert curve.published == tuple(
        (one.epoch / 2, height(one.test_accuracy)) for one in published[:2]
    )
    assert accuracy_curve([], 2, level=0.98).published == ((0, height(0.98)), (1, height(0.98)))


def test_while_learning_it_is_the_accuracy_of_late():
    # 40% of the first ten steps, 100% of the next ten.
    curve = accuracy_curve([report(1, 10, 0.4), report(1, 20, 0.7)], 2)
    assert curve.training == ((0.05, height(0.4)), (0.1, height(1.0)))
    # A new epoch begins afresh.
    curve = accuracy_curve([report(1, 100, 0.4), report(2, 10, 0.9)], 2)
    assert curve.training[-1] == (0.55, height(0.9))
