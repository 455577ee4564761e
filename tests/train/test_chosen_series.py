"""The Series view of the Train page, and all the ways to it; nothing is really trained."""

import shutil
import time
from dataclasses import replace

import pytest

from mnist_core.jobs import admission, queue_position, series
from mnist_core.jobs.directory import JobDirectory
from mnist_core.jobs.reports import Event
from mnist_core.jobs.spec import Result, Spec
from mnist_core.models import store
from mnist_core.networks import recipes
from mnist_core.networks.settings import EpochFigures
from mnist_core.training.progress import Progress
from tests.visiting import address, columns, text, visit
from ui.glossary.glossary import explain
from ui.train.series_buttons import three_rates
from ui.train.series_summary import series_summary

RECIPE = recipes.get("cnn-larger")
SETTINGS = replace(RECIPE.settings, epochs=2)
RATES = [replace(SETTINGS, learning_rate=rate) for rate in (0.0005, 0.0015, 0.0045)]
SEEDS = [replace(SETTINGS, seed=seed) for seed in range(5)]


def figures(epoch, accuracy):
    return EpochFigures(epoch, 0.5, 0.91, 0.4, accuracy, 0.3, 0.96, 12.0)


def progress(epoch, step, judged=None):
    return Progress(epoch, 2, step, 300, 0.25, 0.917, 20.0, 7.0, judged)


def make_series(models, ways, reached, name="abc", endings=None, visitor=None):
    """A series of which so many trainings are over, the next runs, the others wait.

    They are done, but for those whose numbers stand in `endings`.
    """
    found = []
    for number, settings in enumerate(ways):
        job = JobDirectory(models / ".jobs" / f"20260101-00000{number}-000000-00000000")
        job.path.parent.mkdir(parents=True, exist_ok=True)
        job.create(Spec(RECIPE, settings, time.time() + number, series=name, visitor=visitor))
        found.append(job)
        if number < len(reached):
            for epoch in (1, 2):
                judged = figures(epoch, reached[number] - 0.01 * (2 - epoch))
                job.reports.add(Event("training", progress(epoch, 300, judged)))
            done = Result("done", model=f"gone-{number}")
            job.save_result((endings or {}).get(number, done))
        elif number == len(reached):
            queue_position.join(job, queue_position.unfinished(job.path.parent))
            queue_position.mark_started(job)
            job.reports.add(Event("training", progress(1, 300, figures(1, 0.9))))
            job.reports.add(Event("training", progress(2, 30)))
    return found


def table(app):
    return columns(app, "series-table")


def test_without_a_series_it_says_how_to_get_one():
    app = visit("train", view="series")
    assert not app.exception
    assert "no series yet" in text(app)


def test_a_series_is_shown_while_it_runs(models_directory):
    make_series(models_directory, RATES, [0.98])
    app = visit("train", view="series")
    assert not app.exception
    rows = table(app)
    assert rows["training"] == [f"learning rate {rate}" for rate in ("0.0005", "0.0015", "0.0045")]
    assert rows["state"] == ["done", "epoch 2 of 2", "queued"]
    assert rows["accuracy, %"][:2] == [98.0, 90.0]
    assert rows["95% interval"][0] == "97.71% to 98.26%"
    assert rows["time, s"] == [20, 20, None]
    assert (
        app.get("progress")[0].proto.text
        == "1 of 3 done · learning rate 0.0015: epoch 2 of 2, 7 s left"
    )
    assert "Best" not in text(app)
    assert len(app.get("plotly_chart")) == 2


def test_a_series_that_is_over_says_what_is_luck(models_directory):
    reached = [0.98, 0.982, 0.984, 0.982, 0.982]
    make_series(models_directory, SEEDS, reached)
    app = visit("train", view="series", series="abc")
    assert not app.exception
    assert "Mean over 5 seeds: **98.20%**" in text(app)
    assert "**0.14 points**" in text(app)
    assert "two single trainings like these differ by up to 0.56 points" in text(app)
    (luck,) = (one for one in app.markdown if "standard deviation" in one.value)
    assert luck.proto.help == explain("standard deviation")
    assert not app.get("progress")
    assert {link.proto.label for link in app.get("page_link")} >= {f"seed {n}" for n in range(5)}


def test_the_times_of_series_say_that_they_are_utc(models_directory):
    make_series(models_directory, SEEDS, [], name="abc")
    app = visit("train", view="series")
    (box,) = (one for one in app.selectbox if one.label == "Series")
    (option,) = box.options
    assert option.endswith(f" UTC · {RECIPE.title}")


def test_all_that_is_left_can_be_stopped(models_directory):
    done, running, waiting = make_series(models_directory, RATES, [0.98])
    app = visit("train", view="series")
    app.button(key="series-stop-abc").click().run()
    assert not app.exception
    assert [job.control.is_stop_requested for job in (done, running, waiting)] == [
        False,
        True,
        True,
    ]


def test_who_did_not_begin_a_series_is_asked_before_it_can_be_stopped(models_directory):
    jobs_there = make_series(models_directory, RATES, [0.98], visitor="me")
    app = visit("train", view="series")
    assert not any(button.key == "series-stop-abc" for button in app.button)
    app.button(key="show-controls-abc").click().run()
    app.button(key="series-stop-abc").click().run()
    assert [job.control.is_stop_requested for job in jobs_there] == [False, True, True]


def test_what_did_not_finish_is_no_result(models_directory):
    shutil.copytree(store.SHIPPED / "cnn-larger", models_directory / "early")
    endings = {
        3: Result("stopped", model="early"),
        4: Result("interrupted", message="It was restarted."),
    }
    make_series(models_directory, SEEDS, [0.98, 0.982, 0.984, 0.5, 0.5], endings=endings)
    app = visit("train", view="series")
    assert not app.exception
    assert "Mean over 3 seeds: **98.20%**" in text(app)
    captions = [one.value for one in app.caption]
    assert "seed 3 did not finish and is not counted." in captions
    assert "seed 4 did not finish and is not counted. It was restarted." in captions
    assert not app.get("progress")


def test_what_was_stopped_is_not_done_while_the_others_run(models_directory):
    make_series(models_directory, SEEDS, [0.98, 0.982], endings={0: Result("stopped")})
    app = visit("train", view="series")
    assert app.get("progress")[0].proto.text.startswith("1 of 5 done")


def test_the_smallest_rates_are_told_apart(models_directory):
    slowest = three_rates(replace(SETTINGS, learning_rate=3e-7))
    make_series(models_directory, slowest, [0.1, 0.1, 0.1])
    rows = table(visit("train", view="series"))
    assert rows["training"] == [f"learning rate {rate}" for rate in ("1e-07", "3e-07", "9e-07")]


@pytest.mark.parametrize("name", ["nonsense", "../..", "<script>", "%00", "9" * 5000])
def test_a_hostile_series_in_the_address_is_a_sentence(models_directory, name):
    make_series(models_directory, RATES, [0.98])
    app = visit("train", view="series", series=name)
    assert not app.exception
    assert "no such series" in text(app)
    assert name not in text(app)


@pytest.fixture
def submitted(monkeypatch, models_directory):
    """A stand-in for the queue that starts no process; what was asked for."""
    asked = []

    def submit(recipe, ways, **_how):
        asked.append((recipe, list(ways)))
        return [job.id for job in make_series(models_directory, ways, [])]

    monkeypatch.setattr(admission, "submit_series", submit)
    return asked


@pytest.mark.parametrize("kind", ["seeds", "rates"])
@pytest.mark.parametrize("view", ["train", "own"])
def test_who_asks_for_a_series_is_shown_all_of_it(submitted, view, kind):
    app = visit("train", view=view)
    key = next(one.key for one in app.button if one.key and one.key.endswith(f"-{kind}"))
    app.button(key=key).click().run()
    assert not app.exception
    ((_, ways),) = submitted
    assert series.differing(ways) == (("seed",) if kind == "seeds" else ("learning_rate",))
    assert len(ways) == (5 if kind == "seeds" else 3)
    assert address(app)["view"] == "series"
    assert address(app)["series"] == "abc"
    assert address(app)["job"].startswith("20260101-000000")
    assert len(table(app)["training"]) == len(ways)


def test_the_training_that_is_watched_leads_to_its_series(models_directory):
    first, *_ = make_series(models_directory, RATES, [0.98])
    app = visit("train", job=first.id)
    links = {link.proto.label: link.proto.query_string for link in app.get("page_link")}
    assert links["Part of a series: compare them side by side"] == "view=series&series=abc"
    # The others in line are the same series: one link is enough.
    assert [label for label in links if label.endswith(", a series")] == [
        f"{RECIPE.title}, a series"
    ]


def test_a_kept_run_leads_to_its_series(models_directory):
    make_series(models_directory, [replace(RECIPE.settings, seed=seed) for seed in (0, 1)], [])
    shutil.copytree(store.SHIPPED / "cnn-larger", models_directory / "mine")
    seed = store.read_card(store.SHIPPED / "cnn-larger").settings.seed
    JobDirectory(models_directory / ".jobs" / f"20260101-00000{seed}-000000-00000000").save_result(
        Result("done", model="mine")
    )
    app = visit("train", view="runs", open="mine")
    links = {link.proto.label: link.proto.query_string for link in app.get("page_link")}
    assert links["Part of a series: compare them side by side"].endswith("series=abc")
    app = visit("train", view="runs", open="cnn-larger")
    assert not any("series" in link.proto.label for link in app.get("page_link"))


def test_what_a_series_says():
    over = dict(zip("abc", zip(RATES, (0.95, 0.98, 0.981), strict=True), strict=True))
    (said,) = series_summary(over, left=0)
    assert said.startswith("Best: **c**, 98.10%, 0.10 points ahead of b. Their 95% intervals")
    del over["b"]
    (said,) = series_summary(over, left=1)
    assert said.startswith("Best so far: **c**")
    assert "more than the choice of test images" in said
    same = {"a": (RATES[0], 0.98), "b": (RATES[1], 0.98)}
    assert series_summary(same, left=0) == ["Best: **a** and **b**, 98.00% each: a tie."]
    same["c"] = (RATES[2], 0.9700000001)
    assert series_summary(same, left=0) == ["Best: **a** and **b**, 98.00% each: a tie."]
    assert series_summary({"a": over["a"]}, left=2) == []
    two = {"a": (SEEDS[0], 0.98), "b": (SEEDS[1], 0.99)}
    assert series_summary(two, left=3) == [
        "Mean over 2 seeds: **98.50%**, from 98.00% to 99.00%. Two seeds are too few to tell how "
        "much is luck."
    ]


@pytest.mark.parametrize("reached", [(0.1032, 0.1135, 0.1032), (0.098, 0.098, 0.098)])
def test_where_none_learned_there_is_no_winner(reached):
    ways = [replace(SETTINGS, learning_rate=rate) for rate in (0.667, 2, 6)]
    over = dict(zip("abc", zip(ways, reached, strict=True), strict=True))
    (said,) = series_summary(over, left=0)
    assert said.startswith("**None of them learned to read.**")
    assert f"{max(reached) * 100:.2f}%" in said
    assert "ahead" not in said
    assert "Best" not in said
    (said,) = series_summary(over, left=1)
    assert said.startswith("**None of the finished ones learned to read.**")


def test_seeds_that_all_failed_say_nothing_of_luck():
    over = {"a": (SEEDS[0], 0.1028), "b": (SEEDS[1], 0.1135), "c": (SEEDS[2], 0.0974)}
    (said,) = series_summary(over, left=0)
    assert "None of them learned" in said
    assert "luck" not in said


def test_one_that_learned_among_failures_is_the_best():
    over = {"a": (RATES[0], 0.1135), "b": (RATES[1], 0.62), "c": (RATES[2], 0.1028)}
    (said,) = series_summary(over, left=0)
    assert said.startswith("Best: **b**, 62.00%, 50.65 points ahead of a.")


@pytest.mark.parametrize(
    ("ways", "line"),
    [
        (RATES, "3 learning rates · 60,000 images · 2 epochs · optimizer adam · batch size 200"),
        (SEEDS, "5 seeds · 60,000 images · 2 epochs · learning rate 0.001 · optimizer adam"),
        (
            [replace(way, training_images=500, label_noise=0.2) for way in SEEDS],
            "5 seeds · 500 images · 2 epochs",
        ),
    ],
)
def test_a_series_says_what_is_trained_and_how(models_directory, ways, line):
    make_series(models_directory, ways, [0.98] * len(ways))
    said = text(visit("train", view="series"))
    assert f"**{RECIPE.title}**, {line}" in said
    assert ("20% wrong labels" in said) == (ways[0].label_noise > 0)
