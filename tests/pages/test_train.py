"""The Train page, shown jobs in every state; none of them is really trained."""

import json
import shutil
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from mnist_core.data import dataset
from mnist_core.handwriting import fine_tuning_set
from mnist_core.jobs import admission, queue, queue_position
from mnist_core.jobs.directory import JobDirectory
from mnist_core.jobs.reports import Event
from mnist_core.jobs.spec import Result, Spec
from mnist_core.jobs.warm_pool import WarmPool
from mnist_core.models import card as cards
from mnist_core.models import store
from mnist_core.models.card import FineTuned
from mnist_core.networks import recipes, training_time
from mnist_core.networks.settings import EpochFigures, RunControl
from mnist_core.system import cpu
from mnist_core.system.text_format import duration
from mnist_core.training import live_snapshots
from mnist_core.training.live_snapshots import LiveSnapshot
from mnist_core.training.progress import Progress
from tests.visiting import has, picks, sent, visit
from ui.shell import cached
from ui.training_run import watched_training
from ui.training_run.result import comparison_with_before

APP = Path(__file__).parents[2] / "streamlit_app.py"
RECIPE = recipes.get("cnn-larger")
FIGURES = EpochFigures(1, 0.5, 0.91, 0.4, 0.952, 0.3, 0.96, 12.0)


@pytest.fixture
def submitted(monkeypatch, models_directory):
    """What the page submits; a stand-in for the queue that starts no process."""
    asked = []

    def submit(recipe, settings, **_how):
        asked.append((recipe, settings))
        return make_job(models_directory, RECIPE.settings, number=len(asked) - 1).id

    def submit_series(recipe, series, **how):
        return [submit(recipe, settings, **how) for settings in series]

    monkeypatch.setattr(admission, "submit", submit)
    monkeypatch.setattr(admission, "submit_series", submit_series)
    return asked


def make_job(models, settings, *events, number=0, result=None, visitor=None, own_digit=None):
    job = JobDirectory(models / ".jobs" / f"20260101-00000{number}-000000-00000000")
    job.path.parent.mkdir(parents=True, exist_ok=True)
    job.create(Spec(RECIPE, settings, time.time(), visitor=visitor), own_digit=own_digit)
    for event in events:
        job.reports.add(event)
    if result:
        job.save_result(result)
    return job


def progress(step=30, figures=None, seconds_left=75.0, rate=None):
    return Progress(1, 10, step, 300, 0.25, 0.917, 20.0, seconds_left, figures, rate)


def open_page(**query):
    app = AppTest.from_file(str(APP), default_timeout=120)
    app.switch_page("pages/train.py")
    # "More" is open, as it was when the visitor was here before.
    app.session_state["training/more"] = True
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def shown_text(app):
    kinds = (app.markdown, app.info, app.error, app.warning, app.success, app.caption)
    return "\n".join(element.value for kind in kinds for element in kind)


def button(app, label):
    return next(button for button in app.button if label in button.label)


def open_networks(app):
    """Open the list of networks, which is closed and empty while one watches a training."""
    app.session_state["more-networks-True"] = True
    return app.run()


def test_a_visitor_chooses_a_network_and_sees_its_layers():
    app = open_page()
    assert app.title[0].value == "How does a network learn?"
    app.selectbox[0].set_value("cnn-32-32").run()
    table = shown_text(app)
    assert "| Conv 32, 3 × 3, relu |" in table
    assert "| 4,608 |  |" in table
    assert "| Dense 10, softmax |" in table
    assert "600,810" in shown_text(app)
    assert "99.14%" in shown_text(app)
    assert app.query_params["recipe"] == "cnn-32-32"


def test_the_three_networks_are_offered_first_and_one_press_trains_one(submitted):
    app = open_page()
    cards = sent(app, "first-networks")["cards"]
    assert [card["accuracy"] for card in cards] == ["99.2%", "98.2%", "99.2%"]
    assert [card["time"][:5] for card in cards] == ["about"] * 3
    assert all(card["blocks"][0]["words"] == "the image" for card in cards)
    app = picks(app, "first-networks", 0)
    ((recipe, settings),) = submitted
    assert (recipe.name, settings) == ("quick", recipes.get("quick").settings)
    assert app.query_params["job"].startswith("2026")
    # The training takes their place.
    assert not has(app, "first-networks")
    assert has(app, f"show-{app.query_params['job']}")


def test_a_digit_drawn_before_is_read_by_the_training(models_directory, monkeypatch):
    own = dataset.load("test").images[0]
    asked = []
    monkeypatch.setattr(watched_training, "last_drawn", lambda: own)

    def submit(*_what, own_digit, **_how):
        asked.append(own_digit)
        job = make_job(models_directory, RECIPE.settings, own_digit=own_digit)
        said = np.eye(10, dtype=np.float32)[[0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 7]]
        weights = np.ones((5, 5, 1, 8), np.float32)
        live_snapshots.write(job.live_snapshot, LiveSnapshot(3, 0.5, 0.97, said, weights))
        sampled = replace(progress(), sampled_accuracy=0.97)
        job.reports.add(Event("training", sampled))
        return job.id

    monkeypatch.setattr(admission, "submit", submit)
    app = picks(open_page(), "first-networks", 0)
    assert (asked[0] == own).all()
    shown = sent(app, f"show-{app.query_params['job']}")
    assert shown["figure"] == "97.0%"
    answers = [tile["answer"] for tile in shown["reads"]["tiles"]]
    assert answers == [*(f"{digit} ✓" for digit in range(9)), "9 → 8 ✗", "7 ✓"]
    assert shown["reads"]["title"] == "It reads these now: 10 of 11"
    assert "Your last digit, probably 7" in shown["reads"]["tiles"][-1]["alternative"]
    assert shown["looks"]["count"] == 8
    assert shown["curve"]["marks"] == []


def test_more_is_closed_at_first(models_directory):
    job = make_job(models_directory, RECIPE.settings, Event("training", progress()))
    app = visit("train", job=job.id)
    assert not app.metric
    assert not app.get("plotly_chart")


def test_the_tabs_name_says_how_a_training_ended(models_directory):
    shutil.copytree(store.SHIPPED / "cnn-larger", models_directory / "cnn-larger-run-1")
    result = Result("done", model="cnn-larger-run-1")
    job = make_job(models_directory, RECIPE.settings, result=result)
    told = sent(open_page(job=job.id), f"tell-{job.id}")
    assert told["is_over"]
    assert told["title"] == "99.3% · Digit Lab"


def test_the_settings_start_as_in_the_tutorial():
    app = open_page(recipe="cnn-32-32")
    values = {widget.label: widget.value for widget in app.number_input}
    assert values == {
        "Epochs": 12,
        "Images to learn from": 60_000,
        "Learning rate": 1.0,
        "Batch size": 128,
        "Deliberately wrong labels, %": 0.0,
        "Seed": 0,
    }
    assert {box.label: box.value for box in app.selectbox}["Optimizer"] == "adadelta"


def test_train_submits_the_chosen_settings(submitted):
    app = open_page(recipe="mlp-784")
    knobs = {widget.label: widget for widget in app.number_input}
    knobs["Epochs"].set_value(2)
    knobs["Images to learn from"].set_value(2000)
    knobs["Seed"].set_value(7)
    button(app, "Train").click().run()
    assert not app.exception
    ((recipe, settings),) = submitted
    assert recipe.name == "mlp-784"
    assert (settings.epochs, settings.training_images, settings.seed) == (2, 2000, 7)
    assert (settings.optimizer, settings.learning_rate, settings.batch_size) == ("adam", 0.001, 200)
    assert app.query_params["job"].startswith("2026")


def test_the_expected_time_is_shown_before_training(monkeypatch):
    app = open_page(recipe="mlp-784")
    seconds = training_time.expected_seconds(
        recipes.get("mlp-784"), recipes.get("mlp-784").settings
    )
    assert f"About {duration(seconds)} on this computer." in shown_text(app)
    monkeypatch.setenv("MNIST_MAX_EPOCHS", "5")
    app.run()
    assert button(app, "Train").disabled
    assert "on this computer" not in shown_text(app)


def test_a_double_click_on_train_makes_one_training(submitted, monkeypatch):
    # However busy the machine is.
    monkeypatch.setattr(watched_training, "_DOUBLE_CLICK_SECONDS", 600.0)
    app = open_page(recipe="mlp-784")
    for _ in range(2):
        button(app, "Train").click().run()
        open_networks(app)
    assert len(submitted) == 1
    assert app.query_params["job"].startswith("20260101-000000")
    # Other settings are another wish.
    next(one for one in app.number_input if one.label == "Seed").set_value(7)
    button(app, "Train").click().run()
    assert len(submitted) == 2


def test_a_double_click_on_a_series_makes_one_series(submitted, monkeypatch):
    monkeypatch.setattr(watched_training, "_DOUBLE_CLICK_SECONDS", 600.0)
    app = open_page(recipe="mlp-784")
    for _ in range(2):
        app.button(key="recipe-seeds").click().run()
        open_networks(app)
    assert len(submitted) == 5


@pytest.mark.parametrize("end", ["later", "stopping", "over", "gone"])
def test_the_same_training_can_be_run_again(submitted, models_directory, monkeypatch, end):
    app = open_page(recipe="mlp-784")
    button(app, "Train").click().run()
    (path,) = (models_directory / ".jobs").glob("20260101-*")
    job = JobDirectory(path)
    if end == "later":
        monkeypatch.setattr(watched_training, "_DOUBLE_CLICK_SECONDS", 0.0)
    elif end == "stopping":
        job.control.request_stop()
    elif end == "over":
        job.save_result(Result("stopped"))
    else:
        job.remove()
    open_networks(app).button(key="recipe-train").click().run()
    assert not app.exception
    assert len(submitted) == 2


def test_who_looks_at_the_page_may_train_soon(monkeypatch):
    ready, asked = [], []
    monkeypatch.setattr(WarmPool, "prepare", lambda pool: ready.append(pool))

    def submit(*_what, start, **_how):
        asked.append(start)
        raise queue.QueueFull("All full.")

    monkeypatch.setattr(admission, "submit", submit)
    app = open_page()
    button(app, "Train").click().run()
    assert asked == [ready[0].start]


@pytest.mark.parametrize(
    "refusal", [queue.QueueFull("All full."), OSError("No room."), ValueError("Impossible.")]
)
def test_a_refusal_is_a_sentence(monkeypatch, refusal):
    def refuse(recipe, settings, **_how):
        raise refusal

    monkeypatch.setattr(admission, "submit", refuse)
    app = open_page()
    button(app, "Train").click().run()
    assert not app.exception
    assert app.error[0].value == str(refusal)


def test_a_running_training_shows_how_far_it_is(models_directory):
    job = make_job(
        models_directory,
        RECIPE.settings,
        Event("loading"),
        Event("training", progress(300, FIGURES)),
        Event("training", progress(30)),
    )
    queue_position.mark_started(job)
    app = open_page(job=job.id)
    metrics = {metric.label: metric.value for metric in app.metric}
    assert metrics["Training accuracy"] == "91.7%"
    assert metrics["Test accuracy, epoch 1"] == "95.20%"
    assert sent(app, f"show-{job.id}")["left"] == "1 min 15 s left"
    stop = button(app, "Stop")
    assert not stop.disabled
    stop.click().run()
    assert job.control.is_stop_requested
    assert button(app, "Stopping").disabled


def test_who_did_not_begin_a_training_is_asked_before_its_buttons_are_shown(models_directory):
    job = make_job(models_directory, RECIPE.settings, Event("training", progress(30)), visitor="me")
    app = open_page(job=job.id)
    assert "perhaps by somebody else" in shown_text(app)
    assert not any("Stop" in found.label or "Pause" in found.label for found in app.button)
    button(app, "Show its controls anyway").click().run()
    button(app, "Stop").click().run()
    assert job.control.is_stop_requested


def test_who_began_a_training_has_its_buttons_at_once(models_directory, monkeypatch):
    monkeypatch.setattr("ui.shell.visitor.owner", lambda: "me")
    job = make_job(models_directory, RECIPE.settings, Event("training", progress(30)), visitor="me")
    app = AppTest.from_file(str(APP), default_timeout=120)
    app.switch_page("pages/train.py")
    app.query_params["job"] = job.id
    app.run()
    assert "perhaps by somebody else" not in shown_text(app)
    assert not button(app, "Stop").disabled


def test_the_first_visitor_of_a_server_restores_the_queue(monkeypatch):
    asked = []
    monkeypatch.setattr(queue, "requeue_after_restart", lambda: asked.append(1) or [])
    cached.requeue_after_restart.clear()
    open_page()
    open_page()
    assert asked == [1]


def test_a_paused_training_says_whether_it_waits_or_was_put_aside(models_directory):
    paused = Event("training", replace(progress(), paused=True))
    here = make_job(models_directory, RECIPE.settings, paused)
    queue_position.mark_started(here)
    here.control.write(RunControl(paused=True))
    assert "Paused. It will continue exactly where it stopped." in shown_text(
        open_page(job=here.id)
    )

    gone = make_job(models_directory, RECIPE.settings, paused, number=1, result=Result("paused"))
    app = open_page(job=gone.id)
    assert "Paused, and out of the way so that others can train." in shown_text(app)
    assert "It will continue exactly" not in shown_text(app)
    assert not button(app, "Resume").disabled


def test_the_learning_rate_of_the_moment_is_shown_where_it_moves_by_itself(models_directory):
    scheduled = replace(RECIPE.settings, schedule="one-cycle", learning_rate=0.002)
    event = Event("training", progress(rate=0.00013457))
    app = open_page(job=make_job(models_directory, scheduled, event).id)
    metrics = {metric.label: metric.value for metric in app.metric}
    assert metrics["Learning rate now"] == "0.00013"
    field = next(one for one in app.number_input if one.key.startswith("rate-"))
    assert (field.label, field.value) == ("Speed (peak learning rate)", 0.002)
    assert "scaled so that its peak would be this" in field.help

    app = open_page(job=make_job(models_directory, RECIPE.settings, event, number=1).id)
    assert "Learning rate now" not in {metric.label for metric in app.metric}
    field = next(one for one in app.number_input if one.key.startswith("rate-"))
    assert field.label == "Speed (learning rate)"
    assert f"learning rate {RECIPE.settings.learning_rate:g}" in shown_text(app)


@pytest.mark.parametrize(
    ("known", "scheduler", "told"),
    [(True, "", False), (False, "", True), (False, "tcp://x", False)],
)
def test_a_reduced_precision_that_the_processor_lacks(
    monkeypatch, models_directory, known, scheduler, told
):
    monkeypatch.setattr(cpu, "has_bfloat16", lambda: known)
    monkeypatch.setenv("MNIST_SCHEDULER", scheduler)
    app = open_page(recipe="quick")
    assert ("float32) is used instead" in shown_text(app)) == told
    (exactness,) = (box for box in app.selectbox if box.label == "Precision of the arithmetic")
    exactness.set_value("float32").run()
    assert "is used instead" not in shown_text(app)
    rough = replace(RECIPE.settings, precision="bfloat16")
    job = make_job(models_directory, rough, Event("training", progress()))
    app = open_page(recipe="cnn-larger", job=job.id)
    assert ("float32) is used instead" in shown_text(app)) == told


def fine_tuning(models, *events, number=0, result=None, settings=None, before="cnn-larger"):
    job = JobDirectory(models / ".jobs" / f"20260101-00000{number}-000000-00000000")
    job.path.parent.mkdir(parents=True, exist_ok=True)
    settings = settings or fine_tuning_set.settings(10)
    job.create(Spec(RECIPE, settings, time.time(), before, learns_drawings=True))
    for event in events:
        job.reports.add(event)
    if result:
        job.save_result(result)
    return job


def test_a_fine_tuning_cannot_be_paused_but_resumed(models_directory):
    learning = fine_tuning(models_directory, Event("training", progress()))
    app = open_page(job=learning.id)
    assert not button(app, "Stop").disabled
    assert not any("Pause" in found.label for found in app.button)
    # Paused all the same, from a page of before.
    queue_position.mark_started(learning)
    learning.control.write(RunControl(paused=True))
    button(open_page(job=learning.id), "Resume").click().run()
    assert not learning.control.read().paused


def curves(app):
    """The names of the lines in the two charts."""
    charts = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    return [{trace["name"] for trace in chart["data"]} for chart in charts]


def test_a_fine_tuning_is_shown_as_what_it_is(models_directory):
    job = fine_tuning(models_directory, Event("training", progress(300, FIGURES)))
    app = open_page(job=job.id)
    assert "“A deeper convolution” learns from somebody's drawings" in shown_text(app)
    assert "10 drawings, each shown 60 times" in shown_text(app)
    for names in curves(app):
        assert "“A deeper convolution” before, test images" in names
        assert "the tutorial, test images" not in names
    assert not [box for box in app.selectbox if box.label == "Compare with an earlier run"]
    assert "falls below the dotted line, it is forgetting what it knew" in shown_text(app)
    assert "dropout" not in shown_text(app)


def test_without_the_model_it_was_before_no_dotted_line_is_named(models_directory):
    job = fine_tuning(models_directory, Event("training", progress(300, FIGURES)), before="gone")
    app = open_page(job=job.id)
    assert not any("before" in name for names in curves(app) for name in names)
    assert "dotted" not in shown_text(app)
    assert "if their curve falls, it is forgetting what it knew" in shown_text(app)


def fine_tuned(models, *, lost=0.0012, held_out_right=(6, 9), state="done"):
    """The page of a fine-tuning that is over."""
    shutil.copytree(store.SHIPPED / "cnn-larger", models / "mine")
    card = store.read_card(models / "mine")
    learned = FineTuned("cnn-larger", card.test_accuracy + lost, 10, (7, 10), 10, held_out_right)
    early = state == "stopped"
    own = replace(card, name="mine", fine_tuned=learned, shipped=False, stopped_early=early)
    (models / "mine" / "card.json").write_bytes(cards.encode(own))
    event = Event("training", progress(300, FIGURES))
    return open_page(job=fine_tuning(models, event, result=Result(state, model="mine")).id)


def test_a_finished_fine_tuning_says_what_was_learned_and_forgotten(models_directory):
    app = fine_tuned(models_directory)
    assert "Stopped" not in shown_text(app)
    metrics = {metric.label: (metric.value, metric.delta) for metric in app.metric}
    assert metrics["Drawings it never saw"] == ("9 of 10", "+3 since before")
    assert metrics["Drawings it learned from"] == ("10 of 10", "+3 since before")
    assert metrics["MNIST's test images"][1] == "-12 images since before"
    assert not any("tutorial" in label for label in metrics)
    assert "more of this handwriting than before. It reads 12 fewer of 10,000" in shown_text(app)
    assert "Next, try" not in shown_text(app)
    assert not any("Repeat with seed" in button.label for button in app.button)


def test_a_fine_tuning_that_was_stopped_says_so(models_directory):
    assert "Stopped and kept. **What “A deeper convolution” learned" in shown_text(
        fine_tuned(models_directory, state="stopped")
    )


@pytest.mark.parametrize(
    ("lost", "held_out_right", "sentence"),
    [
        (-0.0003, (6, 9), "more of this handwriting than before. On balance it forgot nothing"),
        (
            0.0003,
            (9, 7),
            "2 fewer of this handwriting than before: more drawings might help. It reads 3 fewer",
        ),
        (
            0.0,
            (9, 9),
            "It reads no more of this handwriting than before: more drawings might help. On",
        ),
    ],
)
def test_a_fine_tuning_says_no_more_than_was_measured(
    models_directory, lost, held_out_right, sentence
):
    assert sentence in shown_text(
        fine_tuned(models_directory, lost=lost, held_out_right=held_out_right)
    )


def test_a_continued_training_is_compared_with_its_start(models_directory):
    job = JobDirectory(models_directory / ".jobs" / "20260101-000000-000000-00000000")
    job.path.parent.mkdir(parents=True)
    job.create(Spec(RECIPE, RECIPE.settings, time.time(), "cnn-larger"))
    job.reports.add(Event("training", progress()))
    for names in curves(open_page(job=job.id)):
        assert "“A deeper convolution” before, test images" in names
        assert "the tutorial, test images" not in names


def test_what_a_model_reads_with_all_its_looks_is_not_compared_with_an_epoch(models_directory):
    shutil.copytree(store.SHIPPED / "cnn-larger", models_directory / "mine")
    card = store.read_card(models_directory / "mine")
    flat = tuple(replace(FIGURES, epoch=epoch) for epoch in (1, 2, 3))
    better = replace(card, name="mine", test_accuracy=0.9999, history=flat, shipped=False)
    (models_directory / "mine" / "card.json").write_bytes(cards.encode(better))
    done = Result("done", model="mine")
    app = open_page(job=make_job(models_directory, card.settings, result=done).id)
    assert "It reads 99.99% of the test images" in shown_text(app)
    assert "It reached a plateau after epoch 1, at 95.20%" in shown_text(app)
    assert "still improving" not in shown_text(app)


def test_a_queued_training_shows_its_position(models_directory):
    make_job(models_directory, RECIPE.settings, Event("loading"))
    job = make_job(models_directory, RECIPE.settings, number=1)
    app = open_page(job=job.id)
    assert "Position 2 in the queue" in shown_text(app)
    assert "1 other training on this computer" in shown_text(app)


def test_a_finished_training_shows_its_figures_beside_the_published_ones(models_directory):
    shutil.copytree(store.SHIPPED / "cnn-larger", models_directory / "cnn-larger-run-1")
    card = next(card for card in store.list_models() if card.name == "cnn-larger")
    job = make_job(
        models_directory,
        RECIPE.settings,
        Event("training", progress(300, FIGURES)),
        result=Result("done", model="cnn-larger-run-1"),
    )
    app = open_page(job=job.id)
    metrics = {metric.label: metric.value for metric in app.metric}
    assert sent(app, f"show-{job.id}")["figure"] == f"{card.test_accuracy:.2%}"
    assert metrics["Error"] == f"{1 - card.test_accuracy:.2%}"
    assert metrics["The tutorial (T3)"] == "99.17%"
    assert "It is called **cnn-larger-run-1**" in shown_text(app)
    assert not any("Stop" in button.label for button in app.button)
    chart = app.get("plotly_chart")[0].proto
    assert "One hidden layer, test images" not in chart.spec
    app.selectbox(key=f"compare-{job.id}").set_value("One hidden layer").run()
    assert "One hidden layer, test images" in app.get("plotly_chart")[0].proto.spec


def test_a_finished_training_is_trained_on_for_as_many_epochs_as_asked(models_directory, submitted):
    shutil.copytree(store.SHIPPED / "cnn-larger", models_directory / "cnn-larger-run-1")
    result = Result("done", model="cnn-larger-run-1")
    job = make_job(models_directory, RECIPE.settings, result=result, number=1)
    app = open_page(job=job.id)
    app.number_input(key=f"more-epochs-{job.id}").set_value(3)
    app.button(key=f"keep-training-{job.id}").click().run()
    assert not app.exception
    ((recipe, settings),) = submitted
    assert recipe.layers == RECIPE.layers
    assert (settings.epochs, settings.seed) == (3, 1)
    # Or once more with another seed.
    button(open_page(job=job.id), "Repeat with seed 1").click().run()
    assert submitted[1:] == [
        (recipe, replace(store.read_card(store.SHIPPED / "cnn-larger").settings, seed=1))
    ]


def went_on_from(models, before, mistakes):
    """The page of a training that went on from a model and ended with so many mistakes."""
    shutil.copytree(store.SHIPPED / "cnn-larger", models / "mine")
    card = store.read_card(models / "mine")
    own = replace(card, name="mine", mistakes=mistakes, started_from=before, shipped=False)
    (models / "mine" / "card.json").write_bytes(cards.encode(own))
    job = JobDirectory(models / ".jobs" / "20260101-000000-000000-00000000")
    job.path.parent.mkdir(parents=True)
    job.create(Spec(RECIPE, RECIPE.settings, time.time(), before))
    job.save_result(Result("done", model="mine"))
    return open_page(job=job.id)


def test_a_continued_training_says_whether_it_got_better(models_directory):
    before = next(card for card in store.list_models() if card.name == "cnn-larger").mistakes
    app = went_on_from(models_directory, "cnn-larger", before + 98)
    assert comparison_with_before("A deeper convolution", before, before + 98) in shown_text(app)


def test_a_training_continued_from_a_deleted_model_is_compared_with_none(models_directory):
    app = went_on_from(models_directory, "gone", 100)
    assert "**Done** after" in shown_text(app)
    assert "which it continued from" not in shown_text(app)


@pytest.mark.parametrize(
    ("before", "now", "words", "by_chance"),
    [
        (862, 960, "read 91.38%. It is now **0.98 points worse** (98 more mistakes).", False),
        (900, 500, "read 91.00%. It is now **4.00 points better** (400 fewer mistakes).", False),
        (80, 79, "read 99.20%. It is now **0.01 points better** (1 fewer mistake).", True),
        # The standard error of this difference is 12.9 mistakes, and of the next one 13.0.
        (90, 78, "0.12 points better", True),
        (92, 78, "0.14 points better", False),
        (80, 80, "read 99.20% too: just as many mistakes, so it got neither", False),
    ],
)
def test_a_difference_is_stated_and_whether_it_may_be_chance(before, now, words, by_chance):
    sentence = comparison_with_before("it", before, now)
    assert words in sentence
    assert ("chance" in sentence) == by_chance


def test_a_finished_training_leads_to_its_note_and_name_and_downloads(models_directory):
    shutil.copytree(store.SHIPPED / "cnn-larger", models_directory / "mine")
    card = replace(store.read_card(models_directory / "mine"), name="mine")
    (models_directory / "mine" / "card.json").write_bytes(cards.encode(card))
    result = Result("done", model="mine")
    app = open_page(job=make_job(models_directory, RECIPE.settings, result=result).id)
    links = {link.proto.label: link.proto for link in app.get("page_link")}
    link = links["Name, note, star or download it"]
    assert (link.page, link.query_string) == ("train", "view=runs&open=mine")
    runs = open_page(view="runs", open="mine")
    assert next(box for box in runs.selectbox if box.label == "Run").value == "mine"


@pytest.mark.parametrize("state", ["done", "failed", "stopped"])
def test_a_training_that_is_over_can_be_dismissed(models_directory, state):
    job = make_job(models_directory, RECIPE.settings, result=Result(state, message="So it is."))
    app = open_page(view="own", job=job.id)
    app.button(key="dismiss").click().run()
    assert not app.exception
    assert "job" not in app.query_params
    assert app.query_params["view"] == "own"
    for _ in range(2):
        assert not [one for one in app.button if one.key == "dismiss"]
        app.run()
    # Its address still leads to it.
    assert open_page(job=job.id).button(key="dismiss")


def test_a_training_under_way_cannot_be_dismissed(models_directory):
    job = make_job(models_directory, RECIPE.settings, Event("training", progress()))
    assert not [one for one in open_page(job=job.id).button if one.key == "dismiss"]


ENDINGS = [
    (Result("stopped"), "nothing to keep"),
    (Result("done", model="gone"), "no longer here"),
    (Result("failed", message="The disk is full."), "did not finish. The disk is full."),
    (Result("interrupted", message="It was restarted."), "did not finish. It was restarted."),
]


@pytest.mark.parametrize(("result", "sentence"), ENDINGS)
def test_every_other_ending_is_a_sentence(models_directory, result, sentence):
    job = make_job(models_directory, RECIPE.settings, Event("loading"), result=result)
    app = open_page(job=job.id)
    assert sentence in shown_text(app)
    assert button(app, "Train")


@pytest.mark.parametrize(
    "job", ["nonsense", "../..", "<script>alert(1)</script>", "%00", "9" * 5000]
)
def test_a_hostile_job_in_the_address_is_a_sentence_without_its_text(job):
    app = open_page(job=job)
    assert "no such training" in shown_text(app)
    assert job not in shown_text(app)
    assert "job" not in app.query_params


def test_a_hostile_recipe_in_the_address_is_a_sentence():
    app = open_page(recipe="<b>resnet</b>")
    assert "no recipe of that name" in shown_text(app)
    assert "resnet" not in shown_text(app)
    assert app.selectbox[0].value == "mlp-784"


def test_the_training_is_found_again_after_a_look_at_another_page(models_directory):
    job = make_job(models_directory, RECIPE.settings, Event("training", progress()))
    app = open_page(job=job.id)
    app.switch_page("pages/home.py").run()
    app.query_params.clear()
    app.switch_page("pages/train.py").run()
    assert {metric.label for metric in app.metric} >= {"Loss"}
    assert app.query_params["job"] == job.id


def test_a_training_that_was_started_is_shown_even_if_a_click_ended_that_run(
    submitted, monkeypatch, models_directory
):
    app = open_page(recipe="mlp-784")
    with monkeypatch.context() as interrupted:
        interrupted.setattr(watched_training, "watch", lambda job_id: st.stop())
        button(app, "Train").click().run()
    assert len(submitted) == 1
    app.run()
    (job,) = (path.name for path in (models_directory / ".jobs").glob("20260101-*"))
    assert "about to start" in sent(app, f"show-{job}")["state"]
