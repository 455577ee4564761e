"""The Runs view of the Train page: table, filters, comparison, notes, names, deleting, files."""

import shutil
from dataclasses import replace

import pytest

from mnist_core import card as cards
from mnist_core import keeping, store
from mnist_core.runs import SORTS, differences
from tests.visiting import address, text, visit
from ui.network_table import layer_words

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
    return app.dataframe[0].value


def test_every_run_is_in_the_table_the_best_first(own):
    shown = table(runs())
    assert set(shown["run"]) == {card.name for card in store.list_models()}
    assert list(shown["accuracy"]) == sorted(shown["accuracy"], reverse=True)
    row = shown.set_index("run").loc["mine"]
    assert row["mistakes"] == CARD.mistakes
    low, high = (float(part.removesuffix(" %")) for part in row["95 %"].split(" to "))
    assert low < CARD.test_accuracy * 100 < high


def test_runs_are_filtered_and_sorted(own):
    app = runs(network="cnn-larger", sort="name")
    assert list(table(app)["run"]) == ["cnn-larger", "mine"]
    app = runs(which="here")
    assert list(table(app)["run"]) == ["mine"]
    app = runs(which="starred")
    assert "no such training" in text(app)
    keeping.star("mine", True)
    app.run()
    assert list(table(app)["run"]) == ["mine"]


def test_two_runs_are_laid_over_each_other_with_their_differences(own):
    app = runs(run="mlp-784")
    app.multiselect[0].set_value(["mlp-784", "cnn-32-32"]).run()
    assert not app.exception
    assert address(app)["run"] == "mlp-784&cnn-32-32"
    found = app.dataframe[1].value.set_index("")
    assert found.loc["optimizer"].tolist() == ["adam", "adadelta"]
    assert "Dense 784, relu" in found.loc["layers"]["mlp-784"]


def test_a_run_and_its_twin_differ_by_luck(own):
    app = runs()
    app.multiselect[0].set_value(["mine", "cnn-larger"]).run()
    assert "luck" in text(app)


def test_a_run_gets_a_star_a_note_and_another_name(own):
    app = runs(open="mine")
    app.toggle(key="run-star-mine").set_value(True).run()
    app.text_input(key="run-note-mine").set_value("with <b>love</b>").run()
    assert keeping.notes("mine") == keeping.Notes("with <b>love</b>", True)
    app.text_input(key="run-name-mine").set_value("My best One!").run()
    assert not app.exception
    assert address(app)["open"] == "my-best-one"
    assert keeping.notes("my-best-one").starred


@pytest.mark.parametrize("name", ["../../etc", "cnn-larger", "", "%%%", "ü"])
def test_a_name_that_cannot_be_is_a_sentence(own, name):
    app = runs(open="mine")
    app.text_input(key="run-name-mine").set_value(name).run()
    assert not app.exception
    assert app.warning or "etc" in address(app)["open"]
    assert len([card for card in store.list_models() if not card.shipped]) == 1


def test_a_run_is_deleted_and_brought_back(own):
    app = runs(open="mine")
    app.button(key="run-delete").click().run()
    assert not app.exception
    assert "mine" not in set(table(app)["run"])
    assert "was deleted" in text(app)
    app.button(key="run-undo").click().run()
    assert "mine" in set(table(app)["run"])
    assert "was deleted" not in text(app)


def test_what_came_with_the_app_cannot_be_changed():
    app = runs(open="cnn-larger")
    assert "run-delete" not in {button.key for button in app.button}
    assert not app.text_input


def test_all_files_can_be_taken_home():
    app = runs(open="cnn-larger")
    labels = [element.proto.label for element in app.get("download_button")]
    assert labels == ["Model (.keras)", "Card (.json)", "Keras script (.py)", "Notebook (.ipynb)"]


def test_a_run_is_opened_as_a_design():
    app = runs(open="cnn-larger")
    app.button(key="run-design").click().run()
    assert address(app)["view"] == "own"
    assert "59,933 parameters" in text(app)


@pytest.mark.parametrize("query", [{"run": "../x"}, {"open": "<i>"}, {"sort": "x"}, {"which": "9"}])
def test_hostile_addresses_are_sentences(query):
    app = runs(**query)
    assert app.info
    assert not any(said in text(app) for said in query.values() if len(said) > 2)


def test_differences_are_those_of_cards():
    other = replace(CARD, settings=replace(CARD.settings, seed=7, label_noise=0.25))
    found = {one.what: one.values for one in differences([CARD, other], layer_words)}
    assert found == {"wrong labels": ("0 %", "25 %"), "seed": (str(CARD.settings.seed), "7")}
    assert differences([CARD, cards.decode(cards.encode(CARD))], layer_words) == []


def test_start_values_are_told_by_their_names():
    other = replace(CARD, recipe=replace(CARD.recipe, initializer="he"), shipped=False)
    assert cards.decode(cards.encode(other)) == other
    (found,) = differences([CARD, other], layer_words)
    assert (found.what, found.values) == ("start values", ("Glorot uniform", "He normal"))


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_sorts_all_cards(sort):
    found = sorted(store.list_models(), key=SORTS[sort])
    assert {card.name for card in found} == {card.name for card in store.list_models()}
    if sort == "newest":
        assert [card.created for card in found] == sorted(
            (card.created for card in found), reverse=True
        )
