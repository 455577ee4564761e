"""Which network makes which mistakes, worked out by hand and on the shipped answers."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.analysis.comparison import compare, hardness, rank_by_mistakes
from mnist_core.data import dataset
from mnist_core.models import store

LABELS = np.array([0, 1, 2, 3, 4])
BAD = np.array([0, 9, 9, 9, 4])
BETTER = np.array([0, 1, 2, 8, 5])
digits = st.lists(st.integers(0, 9), min_size=7, max_size=7)


@pytest.fixture(scope="module")
def shipped():
    names = [card.name for card in store.list_models() if card.shipped]
    return {name: store.test_probabilities(name).argmax(axis=1) for name in names}


def test_fixed_newly_broken_and_failed_by_both():
    found = compare(BAD, BETTER, LABELS)
    assert found.fixed.tolist() == [1, 2]
    assert found.broken.tolist() == [4]
    assert found.both.tolist() == [3]


@given(digits, digits, digits)
def test_the_three_parts_are_the_mistakes_of_both_and_do_not_overlap(first, second, labels):
    found, truth = compare(first, second, labels), np.array(labels)
    for wrong, parts in (
        (np.array(first) != truth, (found.fixed, found.both)),
        (np.array(second) != truth, (found.broken, found.both)),
    ):
        assert sorted(np.concatenate(parts)) == np.flatnonzero(wrong).tolist()
    turned = compare(second, first, labels)
    assert turned.fixed.tolist() == found.broken.tolist()


def test_a_network_compared_with_itself_fixes_and_breaks_nothing():
    found = compare(BAD, BAD, LABELS)
    assert len(found.fixed) == len(found.broken) == 0
    assert found.both.tolist() == [1, 2, 3]


def test_hardness_counts_the_networks_that_fail():
    assert hardness([BAD, BETTER], LABELS).tolist() == [0, 1, 1, 2, 1]


def test_the_ranking_begins_with_most_mistakes_and_has_each_change():
    first, second = rank_by_mistakes({"better": BETTER, "bad": BAD}, LABELS)
    assert (first.name, first.mistakes, first.change) == ("bad", 3, None)
    assert (second.name, second.mistakes) == ("better", 2)
    assert second.change is not None
    assert second.change.fixed.tolist() == [1, 2]


def test_on_the_shipped_networks_the_figures_are_those_of_their_cards(shipped):
    labels = dataset.load("test").labels
    steps = rank_by_mistakes(shipped, labels)
    assert [step.mistakes for step in steps] == sorted(
        (card.mistakes for card in store.list_models()), reverse=True
    )
    assert steps[0].name == "mlp-800-sgd"
    for lower, upper in pairwise(steps):
        change = upper.change
        assert lower.mistakes - len(change.fixed) + len(change.broken) == upper.mistakes
    failures = hardness(list(shipped.values()), labels)
    assert failures.sum() == sum(step.mistakes for step in steps)
    assert failures.max() == len(shipped)


@pytest.mark.parametrize("wrong", [BAD[:3], BAD[np.newaxis]])
def test_what_does_not_fit_is_an_error(wrong):
    with pytest.raises(ValueError, match=r"inhomogeneous|do not fit"):
        compare(wrong, BETTER, LABELS)
