"""Series: found again from the notes on their trainings, and what they say."""

import time
from dataclasses import replace

import pytest

from mnist_core import series
from mnist_core.job_directory import JobDirectory, Result, Spec
from tests.samples import QUICK, SMALL


def make_job(models, number, settings=QUICK, *, name="one", result=None, damaged=False):
    job = JobDirectory(models / ".jobs" / f"20260101-0000{number:02}-000000-00000000")
    job.path.parent.mkdir(parents=True, exist_ok=True)
    job.create(Spec(SMALL, settings, time.time(), series=name))
    if result:
        job.note_result(result)
    if damaged:
        (job.path / "spec.json").write_text("{")
    return job


def seeds(count):
    return [replace(QUICK, seed=seed) for seed in range(count)]


def test_series_are_found_from_the_notes_the_latest_first(models_directory):
    for number, settings in enumerate(seeds(3)):
        make_job(models_directory, number, settings, name="one")
    make_job(models_directory, 5, name=None)
    for number, rate in enumerate((0.1, 0.2)):
        make_job(models_directory, 7 + number, replace(QUICK, learning_rate=rate), name="two")
    two, one = series.known()
    assert (one.name, two.name) == ("one", "two")
    assert [settings.seed for settings in one.members.values()] == [0, 1, 2]
    assert list(one.members) == sorted(one.members)
    assert (one.differing, two.differing) == (("seed",), ("learning_rate",))
    assert [state.settings for state in series.states(one)] == seeds(3)


def test_what_is_damaged_or_gone_is_left_out(models_directory):
    first, second, third = (
        make_job(models_directory, number, settings) for number, settings in enumerate(seeds(3))
    )
    (second.path / "spec.json").write_text("{")
    (found,) = series.known()
    assert list(found.members) == [first.id, third.id]
    third.remove()
    assert [state.id for state in series.states(found)] == [first.id]
    first.remove()
    assert series.known() == []


def test_the_series_of_a_model(models_directory):
    for number, settings in enumerate(seeds(2)):
        result = Result("done", model=f"small-run-{number + 1}")
        make_job(models_directory, number, settings, result=result)
    card = FakeCard(name="small-run-2", settings=replace(QUICK, seed=1))
    found = series.of_model(card)
    assert found is not None
    assert found.name == "one"
    assert series.of_model(FakeCard("small-run-1", replace(QUICK, seed=1))) is None


class FakeCard:
    """As much of a card as is looked at."""

    def __init__(self, name, settings):
        self.name, self.settings, self.recipe = name, settings, SMALL


def test_luck_is_the_spread_over_seeds_of_each_way_of_training():
    faster = [replace(settings, learning_rate=0.01) for settings in seeds(2)]
    reached = [0.98, 0.982, 0.984, 0.97, 0.99]
    found = series.spreads(list(zip([*seeds(3), *faster], reached, strict=True)))
    assert {len(spread.accuracies) for spread in found} == {3, 2}
    of_three = next(spread for spread in found if len(spread.accuracies) == 3)
    assert of_three.mean == pytest.approx(0.982)
    assert of_three.deviation == pytest.approx(0.002)
    assert series.by_luck(of_three) == pytest.approx(1.96 * 2**0.5 * 0.002)
    assert series.spreads([(QUICK, 0.9)]) == []


def test_a_difference_is_certain_when_the_intervals_lie_apart():
    assert series.is_certain(0.985, 0.975)
    assert not series.is_certain(0.982, 0.981)
    assert not series.is_certain(0.9, 0.98)
