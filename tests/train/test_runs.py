"""The Runs view of the Train page: table, filters, comparison, notes, names, deleting, files."""

import shutil
import time
from dataclasses import replace

import pytest
import streamlit as st

from mnist_core.jobs import admission, queue
from mnist_core.jobs.directory import JobDirectory
from mnist_core.jobs.spec import Result, Spec
from mnist_core.models import card as cards
from mnist_core.models import notes, store
from mnist_core.models.card import FineTuned
from mnist_core.networks.settings import RateChange
from mnist_core.training.run_differences import (
    SORTS,
    differences,
    epochs_finished,
    unusual_run,
    unusual_settings,
)
from tests.visiting import address, columns, picks, sent, text, visit
from ui.shell.layer_words import layer_words

CARD = store.read_card(store.SHIPPED / "cnn-larger")


@pytest.fixture
def own(models_directory):
    """A run of a visitor's, called mine."""
    models_directory.mkdir(exist_ok=True)
    shutil.copytree(store.SHIPPED / "cnn-larger", models_directory / "mine")
    return "mine"


def runs(**query):
    app = visit("train", view="runs", **query)
    assert not app.exception
    return app


def table(app):
    return columns(app, "runs-table")


def row_of(app, name):
    shown = table(app)
    return {title: cells[shown["run"].index(name)] for title, cells in shown.items()}


def test_every_run_is_in_the_table_the_best_first(own):
    app = runs()
    shown = table(app)
    assert set(shown["run"]) == {card.name for card in store.list_models()}
    assert shown["accuracy, %"] == sorted(shown["accuracy, %"], reverse=True)
    row = row_of(app, "mine")
    assert row["mistakes"] == CARD.mistakes
    low, high = (float(part.removesuffix("%")) for part in row["95% interval"].split(" to "))
    assert low < CARD.test_accuracy * 100 < high
    assert row["time, s"] == round(CARD.seconds)
    assert row["trained (UTC)"] == CARD.created[:16].replace("T", " ")


def test_times_sort_as_numbers_and_name_their_unit_and_their_zone():
    shown = table(runs())
    assert all(isinstance(cell, int) for cell in shown["time, s"])
    assert all(isinstance(cell, float) for cell in shown["learning rate"])
    assert "trained (UTC)" in shown


def test_runs_are_filtered_and_sorted(own):
    app = runs(network="cnn-larger", sort="name")
    assert table(app)["run"] == ["cnn-larger", "mine"]
    app = runs(which="here")
    assert table(app)["run"] == ["mine"]
    app = runs(which="starred")
    assert "no such training" in text(app)
    notes.star("mine", True)
    app.run()
    assert table(app)["run"] == ["mine"]


def test_two_runs_are_laid_over_each_other_with_their_differences(own):
    app = runs(run="mlp-784")
    app.multiselect[0].set_value(["mlp-784", "cnn-32-32"]).run()
    assert not app.exception
    assert address(app)["run"] == "mlp-784&cnn-32-32"
    what, dense, convolution = columns(app, "runs-differences").values()
    optimizer = what.index("optimizer")
    assert (dense[optimizer], convolution[optimizer]) == ("adam", "adadelta")
    found = columns(app, "runs-differences")
    assert "Dense 784, relu" in found["mlp-784"][what.index("layers")]


def test_all_differences_are_in_sight(own):
    app = runs(run="mlp-784")
    app.multiselect[0].set_value(["mlp-784", "cnn-32-32"]).run()
    assert not sent(app, "runs-differences")["is_short"]
    assert sent(app, "runs-table")["is_short"]


def test_a_run_and_its_twin_differ_by_luck(own):
    app = runs()
    app.multiselect[0].set_value(["mine", "cnn-larger"]).run()
    assert "luck" in text(app)


def test_a_run_gets_a_star_a_note_and_another_name(own):
    app = runs(open="mine")
    app.toggle(key="run-star-mine").set_value(True).run()
    app.text_input(key="run-note-mine").set_value("with <b>love</b>").run()
    assert notes.get("mine") == notes.Notes("with <b>love</b>", True)
    app.text_input(key="run-name-mine").set_value("My best One!").run()
    assert not app.exception
    assert address(app)["open"] == "my-best-one"
    assert notes.get("my-best-one").starred


@pytest.mark.parametrize("name", ["../../etc", "cnn-larger", "", "%%%", "ü"])
def test_a_name_that_cannot_be_is_a_sentence(own, name):
    app = runs(open="mine")
    app.text_input(key="run-name-mine").set_value(name).run()
    assert not app.exception
    assert app.warning or "etc" in address(app)["open"]
    assert len([card for card in store.list_models() if not card.shipped]) == 1


def test_a_name_that_still_means_another_run_is_a_sentence(own, model):
    notes.rename("mine", "first")
    model("second")
    app = runs(open="second")
    app.text_input(key="run-name-second").set_value("mine").run()
    assert not app.exception
    assert "Another model used to be called mine" in app.warning[0].value
    assert "second" in set(table(app)["run"])


def test_a_run_is_deleted_and_brought_back(own):
    app = runs(open="mine")
    app.button(key="run-delete").click().run()
    assert not app.exception
    assert "mine" not in set(table(app)["run"])
    assert "was deleted" in text(app)
    app.button(key="run-undo").click().run()
    assert "mine" in set(table(app)["run"])
    assert "was deleted" not in text(app)


def test_the_other_runs_stay_compared_when_one_is_deleted_or_renamed(own):
    app = runs(open="mine", run="mine")
    app.multiselect[0].set_value(["mlp-784", "mine", "cnn-32-32"]).run()
    app.text_input(key="run-name-mine").set_value("other").run()
    assert not app.exception
    assert address(app)["run"] == "mlp-784&other&cnn-32-32"
    assert app.multiselect[0].value == ["mlp-784", "other", "cnn-32-32"]
    app.button(key="run-delete").click().run()
    assert not app.exception
    assert address(app)["run"] == "mlp-784&cnn-32-32"
    assert app.multiselect[0].value == ["mlp-784", "cnn-32-32"]


def marked(app):
    """The name of the run that is marked in the table."""
    return table(app)["run"][sent(app, "runs-table")["selected"]]


def click_on(app, name):
    picks(app, "runs-table", table(app)["run"].index(name))
    assert not app.exception


def test_a_click_on_a_row_opens_its_run(own):
    app = runs(open="mine")
    assert marked(app) == "mine"
    click_on(app, "mlp-784")
    assert address(app)["open"] == "mlp-784"
    assert marked(app) == "mlp-784"
    assert "run-delete" not in keys(app)
    # However the table is sorted from now on, the same one is marked.
    app.selectbox(key="train-sort").set_value("name").run()
    assert address(app)["open"] == "mlp-784"
    assert marked(app) == "mlp-784"
    click_on(app, "mine")
    assert (address(app)["open"], address(app)["sort"]) == ("mine", "name")
    assert "run-delete" in keys(app)


def test_who_chooses_a_run_otherwise_sees_it_marked_too(own):
    app = runs(open="mine")
    click_on(app, "mlp-784")
    (box,) = (box for box in app.selectbox if box.label == "Run")
    box.set_value("cnn-larger").run()
    assert marked(app) == "cnn-larger"
    click_on(app, "mlp-784")
    assert address(app)["open"] == "mlp-784"


def test_a_table_with_other_runs_marks_the_first(own):
    app = runs(open="mine")
    app.selectbox(key="train-network").set_value("mlp-784").run()
    assert marked(app) == table(app)["run"][0]


def test_what_is_special_is_told_in_a_column(remade):
    assert row_of(runs(), "cnn-larger")["what is special"] == ""
    remade(settings=replace(CARD.settings, label_noise=0.2, digits=(0, 1, 7), augmentation="bent"))
    assert row_of(runs(), "mine")["what is special"] == "20% wrong labels, digits 0 1 7, bent"


def broken(models, number, result, hours=0.0):
    job = JobDirectory(models / ".jobs" / f"20260101-00000{number}-000000-00000000")
    job.path.parent.mkdir(parents=True, exist_ok=True)
    job.create(Spec(CARD.recipe, CARD.settings, time.time() - 3600 * hours))
    job.save_result(result)
    return job.id


def test_trainings_that_did_not_finish_are_found_for_a_day(models_directory):
    assert not any("did not finish" in one.value for one in runs().caption)
    broken(models_directory, 0, Result("failed"), hours=25)
    failed = broken(models_directory, 1, Result("failed", message="No room."), hours=2)
    broken(models_directory, 2, Result("done", model="gone"))
    cut = broken(models_directory, 3, Result("interrupted"))
    app = runs()
    assert any("did not finish" in one.value for one in app.caption)
    links = [link.proto for link in app.get("page_link") if CARD.recipe.title in link.proto.label]
    assert [link.query_string for link in links] == [f"job={cut}", f"job={failed}"]
    assert links[0].label.endswith(" UTC · interrupted")
    assert links[1].label.endswith(" UTC · failed")
    assert links[1].help == "No room."
    seen = visit("train", job=failed)
    assert not seen.exception
    assert "No room." in text(seen)


def test_what_came_with_the_app_cannot_be_changed():
    app = runs(open="cnn-larger")
    assert "run-delete" not in {button.key for button in app.button}
    assert not app.text_input


def test_all_files_can_be_taken_home():
    app = runs(open="cnn-larger")
    table_of_runs, *labels = [element.proto.label for element in app.get("download_button")]
    assert table_of_runs == "This table as a file (CSV)"
    assert labels == ["Model (.keras)", "Card (.json)", "Keras script (.py)", "Notebook (.ipynb)"]


@pytest.fixture
def remade(own, models_directory):
    """Give the run called mine another card."""

    def change(**changes):
        made = replace(CARD, name="mine", shipped=False, **changes)
        (models_directory / own / store.CARD).write_bytes(cards.encode(made))

    return change


LEARNED = FineTuned("cnn-larger", 0.99, 10, (7, 10), 10, (6, 9))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"fine_tuned": LEARNED}, "somebody's drawings"),
        ({"rate_changes": (RateChange(1, 5, 0.1),)}, "changed by hand"),
        ({"stopped_early": True}, "was stopped before"),
        ({"started_from": "mlp-784"}, "continued from"),
    ],
)
def test_a_script_says_how_its_run_went_otherwise(remade, monkeypatch, change, words):
    remade(**change)
    given = []
    monkeypatch.setattr(st, "download_button", lambda label, data, *_a, **_k: given.append(data()))
    runs(open="mine")
    *_, script, notebook = given
    assert words in script
    assert words in notebook


def test_a_committee_is_exported_too():
    app = runs(open="committee")
    labels = [element.proto.label for element in app.get("download_button")]
    assert {"Keras script (.py)", "Notebook (.ipynb)"} <= set(labels)


@pytest.fixture
def submitted(monkeypatch, models_directory):
    """A stand-in for the queue that starts no process; what was asked for."""
    asked = []

    def submit(recipe, settings, *, started_from, **_how):
        asked.append((recipe, settings, started_from))
        job = JobDirectory(models_directory / ".jobs" / "20260101-000000-000000-00000000")
        job.path.parent.mkdir(parents=True, exist_ok=True)
        job.create(Spec(recipe, settings, time.time(), started_from))
        return job.id

    monkeypatch.setattr(admission, "submit", submit)
    return asked


def keys(app):
    return {button.key for button in app.button}


@pytest.mark.parametrize("name", [card.name for card in store.list_models() if card.shipped])
def test_every_model_that_came_with_the_app_is_trained_on(submitted, name):
    app = runs(open=name)
    app.number_input(key=f"more-epochs-{name}").set_value(2)
    app.button(key=f"keep-training-{name}").click().run()
    assert not app.exception
    ((recipe, settings, started_from),) = submitted
    card = store.read_card(store.SHIPPED / name)
    assert (recipe, started_from) == (card.recipe, name)
    assert settings == replace(card.settings, epochs=2, seed=card.settings.seed + 1)
    # It is watched now, on another view.
    assert address(app)["view"] == "train"
    state = sent(app, f"show-{address(app)['job']}")["state"]
    assert f"{card.title}, trained further" in state


def test_a_run_is_repeated_with_other_dice_from_where_it_began(remade, submitted):
    remade(started_from="cnn-larger")
    app = runs(open="mine")
    app.button(key="repeat-mine").click().run()
    assert not app.exception
    assert submitted == [(CARD.recipe, replace(CARD.settings, seed=1), "cnn-larger")]


def test_a_repeated_run_begins_with_a_model_that_was_renamed(remade, models_directory, submitted):
    shutil.copytree(store.SHIPPED / "cnn-larger", models_directory / "before")
    remade(started_from="before")
    notes.rename("before", "since")
    runs(open="mine").button(key="repeat-mine").click().run()
    assert submitted[0][2] == "since"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"fine_tuned": LEARNED}, "drawings that are not kept"),
        ({"taught_by": "committee"}, "the answers of “A committee of three”"),
        ({"started_from": "gone"}, "no longer here"),
    ],
)
def test_what_cannot_be_repeated_is_a_sentence_and_can_be_trained_on(remade, change, sentence):
    remade(**change)
    app = runs(open="mine")
    assert any(sentence in caption.value for caption in app.caption)
    assert "repeat-mine" not in keys(app)
    assert "keep-training-mine" in keys(app)


def test_what_is_too_large_here_is_neither_repeated_nor_trained_on(monkeypatch):
    monkeypatch.setenv("MNIST_MAX_PARAMETERS", "1000")
    app = runs(open="cnn-larger")
    assert any("1,000 is the limit here" in caption.value for caption in app.caption)
    assert not {"repeat-cnn-larger", "keep-training-cnn-larger"} & keys(app)


def test_more_epochs_than_are_allowed_are_not_offered(monkeypatch):
    monkeypatch.setenv("MNIST_MAX_EPOCHS", "4")
    app = runs(open="cnn-larger")
    epochs = app.number_input(key="more-epochs-cnn-larger")
    assert (epochs.value, epochs.max) == (4, 4)
    assert "repeat-cnn-larger" not in keys(app)


def test_a_full_line_is_a_sentence(monkeypatch):
    def refuse(*_what, **_how):
        raise queue.QueueFull("All full.")

    monkeypatch.setattr(admission, "submit", refuse)
    app = runs(open="cnn-larger")
    app.button(key="keep-training-cnn-larger").click().run()
    assert not app.exception
    assert "All full." in text(app)
    assert address(app)["view"] == "runs"


@pytest.mark.parametrize(("name", "lacks"), [("cnn-best", True), ("cnn-larger", False)])
def test_a_copy_for_a_design_says_what_it_lacks(name, lacks):
    captions = [caption.value for caption in runs(open=name).caption]
    assert any("looks at an image once" in caption for caption in captions) is lacks


def test_a_run_is_opened_as_a_design():
    app = runs(open="cnn-larger")
    app.button(key="run-change-layers").click().run()
    assert address(app)["view"] == "own"
    assert "59,933 parameters" in text(app)


@pytest.mark.parametrize("query", [{"run": "../x"}, {"open": "<i>"}, {"sort": "x"}, {"which": "9"}])
def test_hostile_addresses_are_sentences(query):
    app = runs(**query)
    assert app.info
    assert not any(said in text(app) for said in query.values() if len(said) > 2)


def test_differences_are_those_of_cards():
    other = replace(CARD, settings=replace(CARD.settings, seed=7, label_noise=0.25))
    found = differences([CARD, other], layer_words)
    assert found == {"wrong labels": ["0%", "25%"], "seed": [str(CARD.settings.seed), "7"]}
    assert differences([CARD, cards.decode(cards.encode(CARD))], layer_words) == {}


def test_who_learned_from_drawings_began_with_a_network():
    other = replace(CARD, fine_tuned=LEARNED)
    found = differences([CARD, other], layer_words)
    assert found == {
        "continued from": ["nothing", "cnn-larger"],
        "drawings learned": ["none", "10"],
    }


def test_all_epochs_of_a_committee_were_finished():
    committee = store.read_card(store.SHIPPED / "committee")
    assert epochs_finished(committee) == committee.settings.epochs == 15
    assert epochs_finished(replace(committee, stopped_early=True)) == 0
    assert epochs_finished(CARD) == len(CARD.history)
    best = store.read_card(store.SHIPPED / "cnn-best")
    assert "epochs finished" not in differences([committee, best], layer_words)


def test_initial_weights_are_told_by_their_names():
    other = replace(CARD, recipe=replace(CARD.recipe, initializer="he"), shipped=False)
    assert cards.decode(cards.encode(other)) == other
    found = differences([CARD, other], layer_words)
    assert found == {"initial weights": ["Glorot uniform", "He normal"]}


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_sorts_all_cards(sort):
    found = sorted(store.list_models(), key=SORTS[sort])
    assert {card.name for card in found} == {card.name for card in store.list_models()}
    if sort == "newest":
        assert [card.created for card in found] == sorted(
            (card.created for card in found), reverse=True
        )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, ""),
        ({"label_noise": 0.005}, "0.5% wrong labels"),
        ({"digits": (7,)}, "digit 7"),
        ({"digits": (0, 1, 2, 3, 4, 5, 6, 7)}, "without 8 9"),
        ({"augmentation": "hands"}, "bent and redrawn"),
        ({"schedule": "one-cycle"}, "rate rises, then falls"),
        ({"optimizer": "sgd", "momentum": 0.9}, "momentum 0.9"),
        ({"loss": "squared-error", "precision": "bfloat16"}, "squared error"),
        ({"pixel_range": "0-255"}, "pixels 0 to 255"),
    ],
)
def test_unusual_settings_are_told_in_a_word_or_two(change, words):
    assert ", ".join(unusual_settings(replace(CARD.settings, **change))) == words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, ""),
        ({"fine_tuned": LEARNED}, "after cnn-larger, learned 10 drawings"),
        ({"started_from": "mlp-784", "stopped_early": True}, "after mlp-784, stopped early"),
        ({"taught_by": "committee"}, "taught by committee"),
        ({"rate_changes": (RateChange(1, 5, 0.1),)}, "rate changed by hand"),
    ],
)
def test_what_befell_a_run_is_told_too(change, words):
    assert ", ".join(unusual_run(replace(CARD, **change))) == words
