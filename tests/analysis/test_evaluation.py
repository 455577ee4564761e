import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from mnist_core.analysis.evaluation import evaluate, most_confident_first, wilson_interval


def certain(*predictions):
    return np.eye(10, dtype=np.float32)[list(predictions)]


def test_three_images_counted_by_hand():
    probabilities = np.full((3, 10), 0.05)
    probabilities[0, 7] = probabilities[1, 2] = probabilities[2, 6] = 0.55
    report = evaluate(probabilities, np.array([7, 2, 5], np.uint8))
    assert report.accuracy == pytest.approx(2 / 3)
    assert report.error == pytest.approx(1 / 3)
    assert report.mistakes.tolist() == [2]
    assert report.loss == pytest.approx(-(2 * np.log(0.55) + np.log(0.05)) / 3)
    assert report.confusion[7, 7] == report.confusion[2, 2] == report.confusion[5, 6] == 1
    assert report.confusion.sum() == 3


def test_a_certain_mistake_costs_a_finite_loss():
    report = evaluate(certain(3), [4])
    assert report.loss == pytest.approx(-np.log(1e-7))


@given(
    hnp.arrays(np.float64, st.tuples(st.integers(1, 30), st.just(10)), elements=st.floats(0, 1)),
    st.data(),
)
def test_the_figures_agree_with_each_other(probabilities, data):
    labels = data.draw(hnp.arrays(np.uint8, len(probabilities), elements=st.integers(0, 9)))
    report = evaluate(probabilities, labels)
    assert report.confusion.sum() == len(labels)
    assert np.trace(report.confusion) == len(labels) - len(report.mistakes)
    assert report.accuracy + report.error == pytest.approx(1)
    assert report.confusion.sum(axis=1).tolist() == np.bincount(labels, minlength=10).tolist()
    predictions = probabilities.argmax(axis=1)
    assert report.mistakes.tolist() == np.flatnonzero(predictions != labels).tolist()


@pytest.mark.parametrize(
    ("probabilities", "labels"),
    [
        (np.zeros((0, 10)), np.zeros(0, int)),
        (np.zeros((2, 9)), [1, 2]),
        (np.zeros(10), [1]),
        (certain(1, 2), [1]),
        (certain(1), [10]),
        (certain(1), [-1]),
        (certain(1), [1.0]),
        (certain(1) * np.nan, [1]),
    ],
)
def test_what_does_not_fit_is_refused(probabilities, labels):
    with pytest.raises(ValueError, match=r"\.$"):
        evaluate(probabilities, labels)


def test_the_surest_come_first_and_ties_stay_in_file_order():
    probabilities = np.full((4, 10), 0.01)
    probabilities[:, 0] = [0.5, 0.9, 0.7, 0.9]
    assert most_confident_first(probabilities, [0, 1, 2, 3]).tolist() == [1, 3, 2, 0]
    assert most_confident_first(probabilities, [2, 0]).tolist() == [2, 0]
    assert most_confident_first(probabilities, []).tolist() == []


@pytest.mark.parametrize(
    ("right", "count", "low", "high"),
    # Of R's prop.test(correct = FALSE), as in Newcombe (1998), table I, and for MNIST's size.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (9900, 10_000, 0.9879, 0.9918),
    ],
)
def test_the_wilson_interval_of_an_accuracy(right, count, low, high):
    assert wilson_interval(right, count) == pytest.approx((low, high), abs=1e-4)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_what_was_measured(counts):
    right, count = counts
    low, high = wilson_interval(right, count)
    assert 0 <= low <= right / count <= high <= 1


@pytest.mark.parametrize(("right", "count"), [(1, 0), (0, 0), (-1, 5), (6, 5)])
def test_impossible_counts_have_no_interval(right, count):
    with pytest.raises(ValueError, match="no accuracy"):
        wilson_interval(right, count)
