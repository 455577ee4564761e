"""What fits a budget, what it costs a class, and which differences are luck."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from mnist_core.classroom import training_round
from mnist_core.classroom.networks_to_choose import OWN, TITLES, recipe_of
from mnist_core.classroom.training_round import Entry, Runner, ranking
from mnist_core.networks import size_limits, training_time


@pytest.mark.parametrize("kind", TITLES)
@pytest.mark.parametrize("seconds", [5, 10, 20, 30, 60])
def test_what_is_chosen_for_a_budget_fits_it(kind, seconds):
    recipe = recipe_of(kind)
    settings = training_round.settings_within(recipe, seconds, seed=7)
    size_limits.check(recipe, settings)
    assert settings.seed == 7
    expected = training_time.expected_seconds(recipe, settings, starting=0.0)
    assert expected <= seconds
    # Half of what would fit is not given away, unless the network has had enough.
    if settings.epochs < training_round.MOST_EPOCHS and kind != "cnn-32-32":
        assert expected > seconds / 3


def test_the_smallest_budget_still_trains_something():
    settings = training_round.settings_within(recipe_of("cnn-32-32"), 1)
    assert (settings.epochs, settings.training_images) == (1, training_round.SMALLEST_SHOWN)


def test_what_a_class_costs_follows_from_people_budget_and_computers():
    def cost(people, seconds, at_once):
        return training_round.round_seconds(people, seconds, at_once, starting=2.0)

    assert cost(30, 10, 1) == 360
    assert cost(30, 10, 8) == 48
    assert cost(1, 10, 8) == cost(8, 10, 8) == 12


@given(some.binary(max_size=200))
def test_an_entry_that_is_none_is_nobody_s_training(payload):
    assert training_round.read_entry(payload) is None


def test_an_entry_is_read_as_it_was_written():
    entry = Entry("20260101-000000-000000-" + "a" * 32, OWN, "before")
    assert training_round.read_entry(training_round.write_entry(entry)) == entry
    too_long = training_round.write_entry(replace_job(entry, "x" * 81))
    assert training_round.read_entry(too_long) is None


def replace_job(entry, job):
    return Entry(job, entry.kind, entry.before)


def over(person, correct):
    share = float(np.mean(correct))
    packed = training_round.pack_correct(np.asarray(correct))
    return Runner(person, "quick", "done", accuracy=share, correct=packed)


def reads(missed):
    correct = np.ones(10_000, bool)
    correct[list(missed)] = False
    return correct


def test_the_best_comes_first_and_equals_share_a_place():
    found = [over(1, reads(range(300))), over(2, reads(range(100))), over(3, reads(range(100)))]
    places = ranking([*found, Runner(4, "quick", "running"), Runner(5, "quick", "failed")])
    assert [(one.runner.person, one.rank) for one in places] == [(2, 1), (3, 1), (1, 3)]
    assert [one.is_luck for one in places] == [True, True, False]


def test_whether_a_difference_is_luck_depends_on_which_digits_differ():
    # Both are 20 digits behind. One misreads the same and 20 more; the other, other ones.
    best = over(1, reads(range(100)))
    same = over(2, reads(range(120)))
    others = over(3, reads(range(1_000, 1_120)))
    assert [one.is_luck for one in ranking([best, same, others])] == [True, False, True]


def test_the_training_before_counts_until_the_new_one_has_learned_something():
    before = over(1, reads(range(100)))
    waiting = Runner(1, "quick", "waiting", counts=before)
    assert [one.runner for one in ranking([waiting])] == [before]
    new = replace(over(1, reads(range(300))), counts=before)
    assert [one.runner for one in ranking([new])] == [new]


def test_the_pace_is_that_of_trainings_that_followed_each_other():
    pace = training_round.seconds_each
    assert pace([], 14) == pace([100, 113], 14) == 14
    # Nobody trained between 139 and 5,000.
    assert pace([126, 100, 113, 139, 5_000], 14) == 13


@pytest.mark.parametrize(
    ("ahead", "at_once", "left", "seconds"),
    [
        (0, 1, [], 0),
        (1, 1, [], 13),
        (1, 1, [4.0], 4),
        (5, 1, [4.0], 56),
        (1, 2, [4.0], 0),
        (3, 2, [9.0, 4.0], 17),
    ],
)
def test_ones_turn_comes_when_those_ahead_have_ended(ahead, at_once, left, seconds):
    assert training_round.seconds_to_wait(ahead, at_once, 13, left) == seconds
