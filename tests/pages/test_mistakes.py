"""What does it get wrong? The count, the matrix, the gallery, one of them large."""

import shutil

import numpy as np
import pytest

from mnist_core.analysis import evaluation
from mnist_core.data import dataset
from mnist_core.models import store
from mnist_core.system.text_format import with_article
from tests.visiting import address, buttons, has, picks, says, sent, text, visit

MODEL = "mlp-1024-128-64"


def _table(**query):
    return visit("mistakes", **{"view": "matrix"} | query)


@pytest.fixture(scope="module")
def labels():
    return dataset.load("test").labels


@pytest.fixture(scope="module")
def answers():
    return store.test_probabilities(MODEL)


@pytest.fixture(scope="module")
def report(answers, labels):
    return evaluation.evaluate(answers, labels)


def test_it_begins_with_the_best_network_and_its_surest_mistake():
    app = visit("mistakes")
    assert not app.exception
    best = max(store.list_models(), key=lambda card: card.test_accuracy)
    for figure in (best.test_accuracy, 1 - best.test_accuracy):
        assert f"{figure * 100:.2f}%" in text(app)
    assert f"{best.mistakes} mistakes in 10,000" in text(app)
    assert sent(app, "gallery")["selected"] == 0
    assert not has(app, "confusion")


def test_the_first_look_steps_through_the_mistakes_and_its_tiles_follow(report, answers, labels):
    surest = evaluation.most_confident_first(answers, report.mistakes)
    app = visit("mistakes", model=MODEL, index=str(surest[9]))
    assert sent(app, "gallery")["selected"] == 9
    says(app, "mistake-steps", presses={"counter": 0.5, "count": 1})
    assert address(app)["index"] == str(surest[10])
    number = int(surest[10])
    read = with_article(int(answers[number].argmax()))
    assert f"{with_article(int(labels[number])).capitalize()}, read as {read}" in text(app)
    assert sent(app, "gallery")["selected"] == 0
    picks(app, "gallery", 3)
    assert address(app)["index"] == str(surest[13])


def test_a_correct_image_is_said_to_be_read_correctly_on_the_first_look(answers, labels):
    number = int(np.flatnonzero(answers.argmax(axis=1) == labels)[0])
    app = visit("mistakes", model=MODEL, index=str(number))
    assert f"{with_article(int(labels[number])).capitalize()}, read correctly" in text(app)
    assert sent(app, "gallery")["selected"] is None


def test_from_the_first_look_to_why_and_to_all_mistakes(report, answers):
    surest = evaluation.most_confident_first(answers, report.mistakes)
    app = visit("mistakes", model=MODEL)
    (why,) = (button for button in app.button if button.label == "Why?")
    why.click().run()
    assert address(app) == {"view": "why", "model": MODEL, "index": str(surest[0])}
    app = visit("mistakes", model=MODEL)
    (everything,) = (
        button for button in app.button if button.label == f"See all {len(report.mistakes)}"
    )
    everything.click().run()
    assert address(app)["view"] == "matrix"
    assert has(app, "confusion")


def test_the_matrix_is_the_confusion_of_the_shipped_answers(report):
    app = _table(model=MODEL)
    matrix = sent(app, "confusion")
    assert matrix["counts"] == report.confusion.ravel().tolist()
    assert f"{len(report.mistakes)} mistakes, most confident first" in text(app)


def test_the_matrix_shows_shares_and_the_address_keeps_it(report):
    app = _table(model=MODEL, numbers="row")
    share = report.confusion[4, 9] / report.confusion[4].sum()
    assert sent(app, "confusion")["texts"][49] == f"{share * 100:.1f}"
    picks(app, "mistakes-numbers", 2)
    share = report.confusion[4, 9] / report.confusion[:, 9].sum()
    assert sent(app, "confusion")["texts"][49] == f"{share * 100:.1f}"
    assert address(app)["numbers"] == "column"


def test_the_gallery_holds_the_mistakes_most_confident_first(report, answers, labels):
    surest = evaluation.most_confident_first(answers, report.mistakes)
    for page, start in ((None, 0), ("2", 100)):
        query = {"model": MODEL} | ({"page": page} if page else {})
        captions = sent(_table(**query), "gallery")["captions"]
        expected = surest[start : start + 100]
        assert [caption.split("\n")[0] for caption in captions] == [
            f"{labels[number]} → {answers[number].argmax()}" for number in expected
        ]


def test_one_large_with_its_ten_probabilities(report, answers, labels):
    number = int(report.mistakes[-1])
    app = _table(model=MODEL, index=str(number))
    label, read = with_article(labels[number]).capitalize(), with_article(answers[number].argmax())
    assert f"{label}, read as {read}" in text(app)
    assert sent(app, "large")["alternative"] == f"Test image {number}, labelled {labels[number]}"


def test_filters_by_label_and_by_prediction(report):
    app = _table(model=MODEL)
    picks(app, "mistakes-label", 5)
    row = report.confusion[4].sum() - report.confusion[4, 4]
    assert f"{row} mistakes on images labelled 4, most confident first" in text(app)
    picks(app, "mistakes-predicted", 10)
    cell = report.confusion[4, 9]
    assert f"{cell} mistakes on images labelled 4, read as 9" in text(app)
    assert len(sent(app, "gallery")["captions"]) == cell
    assert address(app)["label"] == "4"
    assert address(app)["predicted"] == "9"
    picks(app, "mistakes-label", 0)
    assert "label" not in address(app)
    assert sent(app, "mistakes-label")["chosen"] == 0
    assert sent(app, "mistakes-predicted")["chosen"] == 10


@pytest.mark.parametrize("position", [-1, 11, 10**30, 1.0, True, "1", None, {}])
def test_a_digit_that_is_not_in_the_list_changes_nothing(position):
    app = _table(model=MODEL, label="4")
    picks(app, "mistakes-label", position)
    assert not app.exception
    assert address(app)["label"] == "4"


def test_a_filter_that_nothing_passes_says_so(report):
    nobody = np.argwhere(report.confusion == 0)
    label, predicted = (int(digit) for digit in nobody[0])
    app = _table(model=MODEL, label=str(label), predicted=str(predicted))
    assert f"No {label} was read as {predicted}." in text(app)
    assert not has(app, "gallery")
    assert not has(app, "large")


def test_the_tutorials_discovery_is_one_click_away_and_described_honestly(answers):
    app = _table(model=MODEL, label="0")
    (find,) = (button for button in app.button if "test image 8" in button.label)
    find.click().run()
    assert address(app)["index"] == "8"
    answer = int(answers[8].argmax())
    read = "read correctly" if answer == 5 else f"read as {with_article(answer)}"
    assert f"A 5, {read}" in text(app)
    too = "does, too" if answers[8].argmax() == 6 else "does not"
    assert f"This network {too}." in text(app)


def test_the_tutorials_discovery_is_not_offered_for_other_tutorials():
    assert buttons(_table(model="mlp-784")) == []


def test_another_network_keeps_the_filter_and_forgets_the_image(report):
    app = _table(model=MODEL, label="4", index=str(report.mistakes[0]))
    app.selectbox(key="mistakes-model").set_value("mlp-784").run()
    assert address(app)["model"] == "mlp-784"
    assert address(app)["label"] == "4"
    assert "index" not in address(app)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"view": "<b>"}, "There is no such view; showing one mistake."),
        ({"numbers": "0"}, "The table has no such numbers; showing images."),
        ({"model": "../../etc"}, "There is no network of that name; showing the best one"),
        ({"label": "x"}, "The address should give one whole number for “label”"),
        ({"predicted": "11"}, "There is no digit 11; showing all answers."),
        ({"index": "10000"}, "There is no test image 10000; showing the most confident mistake."),
    ],
)
def test_an_address_that_is_not_allowed_gives_the_page_and_a_sentence(query, sentence):
    app = _table(**query)
    assert not app.exception
    assert len(app.info) == 1
    assert app.info[0].value.startswith(sentence)
    assert has(app, "gallery")


def test_a_damaged_model_is_a_sentence_and_the_others_still_open(models_directory):
    damaged = models_directory / "damaged"
    shutil.copytree(store.SHIPPED / "mlp-784", damaged)
    (damaged / store.PROBABILITIES).write_bytes(b"no numbers")
    app = _table(model="damaged")
    assert not app.exception
    assert "The model damaged is damaged" in app.error[0].value
    assert not has(app, "gallery")
    app.selectbox(key="mistakes-model").set_value("mlp-784").run()
    assert has(app, "gallery")
    assert not app.error


def test_without_any_network_it_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(store, "SHIPPED", tmp_path)
    app = _table()
    assert not app.exception
    assert "There is no trained network yet" in text(app)
