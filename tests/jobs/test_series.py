"""Series: found from the specs of their trainings, and compared."""

import time
from dataclasses import replace

import numpy as np
import pytest

from mnist_core.jobs import series
from mnist_core.jobs.directory import JobDirectory
from mnist_core.jobs.series import Spread
from mnist_core.jobs.spec import Result, Spec
from tests.samples import QUICK, SMALL


def make_job(models, number, settings=QUICK, *, name="one", result=None):
    job = JobDirectory(models / ".jobs" / f"20260101-0000{number:02}-000000-00000000")
    job.path.parent.mkdir(parents=True, exist_ok=True)
    job.create(Spec(SMALL, settings, time.time(), series=name))
    if result:
        job.save_result(result)
    return job


def seeds(count):
    return [replace(QUICK, seed=seed) for seed in range(count)]


def test_series_are_found_from_their_specs_the_latest_first(models_directory):
    for number, settings in enumerate(seeds(3)):
        make_job(models_directory, number, settings, name="one")
    make_job(models_directory, 5, name=None)
    for number, rate in enumerate((0.1, 0.2)):
        make_job(models_directory, 7 + number, replace(QUICK, learning_rate=rate), name="two")
    two, one = series.list_series()
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
    (found,) = series.list_series()
    assert list(found.members) == [first.id, third.id]
    third.remove()
    assert [state.id for state in series.states(found)] == [first.id]
    first.remove()
    assert series.list_series() == []


def test_the_series_of_a_model(models_directory):
    for number, settings in enumerate(seeds(2)):
        result = Result("done", model=f"small-run-{number + 1}")
        make_job(models_directory, number, settings, result=result)
    card = FakeCard(name="small-run-2", settings=replace(QUICK, seed=1))
    found = series.of_model(card)
    assert found is not None
    assert found.name == "one"
    assert series.of_model(FakeCard("small-run-1", replace(QUICK, seed=1))) is None


def test_a_model_of_the_same_name_and_seed_is_not_of_the_series(models_directory):
    for number, settings in enumerate(seeds(2)):
        result = Result("done", model=f"small-run-{number + 1}")
        make_job(models_directory, number, settings, result=result)
    # The series' own model is gone; its name is another's.
    assert series.of_model(FakeCard("small-run-1", replace(QUICK, epochs=2))) is None
    assert series.of_model(FakeCard("small-run-1", QUICK)) is not None
    make_job(models_directory, 3, name=None, result=Result("done", model="small-run-1"))
    assert series.of_model(FakeCard("small-run-1", QUICK)) is None


def test_a_model_that_was_trained_in_float32_instead_is_of_its_series(models_directory):
    rough = replace(QUICK, precision="bfloat16")
    for number, settings in enumerate((rough, replace(rough, seed=1))):
        make_job(models_directory, number, settings, result=Result("done", model=f"m-{number}"))
    assert series.of_model(FakeCard("m-0", QUICK)) is not None


class FakeCard:
    """As much of a card as is looked at."""

    def __init__(self, name, settings):
        self.name, self.settings, self.recipe = name, settings, SMALL


def test_the_spread_over_seeds_is_that_of_each_way_of_training():
    faster = [replace(settings, learning_rate=0.01) for settings in seeds(2)]
    reached = [0.98, 0.982, 0.984, 0.97, 0.99]
    found = series.spreads(list(zip([*seeds(3), *faster], reached, strict=True)))
    assert {len(spread.accuracies) for spread in found} == {3, 2}
    of_three = next(spread for spread in found if len(spread.accuracies) == 3)
    assert of_three.mean == pytest.approx(0.982)
    assert of_three.deviation == pytest.approx(0.002)
    assert series.spreads([(QUICK, 0.9)]) == []


def test_the_same_seed_twice_counts_once():
    assert series.spreads([(QUICK, 0.9), (QUICK, 0.9)]) == []
    (found,) = series.spreads([(QUICK, 0.9), (QUICK, 0.9), (replace(QUICK, seed=1), 0.8)])
    assert sorted(found.accuracies) == [0.8, 0.9]


@pytest.mark.parametrize(
    ("count", "student"), [(3, 4.303), (4, 3.182), (5, 2.776), (10, 2.262), (30, 2.262)]
)
def test_few_seeds_say_little_about_chance(count, student):
    spread = Spread(QUICK, (0.9,) * count, 0.9, 0.002)
    assert series.difference_by_chance(spread) == pytest.approx(student * 2**0.5 * 0.002)


def test_two_seeds_say_nothing_about_chance():
    assert series.difference_by_chance(Spread(QUICK, (0.9, 0.91), 0.905, 0.007)) is None


@pytest.mark.parametrize("count", [3, 5])
def test_chance_alone_exceeds_the_difference_in_five_of_a_hundred_cases(count):
    random = np.random.default_rng(0)
    series_of = random.normal(0.98, 0.001, (20_000, count))
    apart = np.abs(np.diff(random.normal(0.98, 0.001, (20_000, 2))))[:, 0]
    far = np.array(
        [
            series.difference_by_chance(
                Spread(QUICK, tuple(reached), reached.mean(), reached.std(ddof=1))
            )
            for reached in series_of
        ]
    )
    assert (apart > far).mean() == pytest.approx(0.05, abs=0.006)


def test_one_is_clearly_better_if_the_intervals_do_not_overlap():
    assert series.is_clearly_better(0.985, 0.975)
    assert not series.is_clearly_better(0.982, 0.981)
    assert not series.is_clearly_better(0.9, 0.98)


def test_a_network_that_is_hardly_better_than_guessing_has_not_learned():
    assert not series.beats_guessing(QUICK, 0.1135)
    assert not series.beats_guessing(QUICK, 0.15)
    assert series.beats_guessing(QUICK, 0.16)
    # Of two digits, a fifth of the test images is all there is to read.
    assert series.beats_guessing(replace(QUICK, digits=(5, 8)), 0.18)
    assert series.beats_guessing(replace(QUICK, digits=(7,)), 0.1028)
