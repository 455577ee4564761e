"""Mistakes, "Is the label wrong?": the audited images, their votes, and the accuracies."""

import pytest

from mnist_core.analysis.label_audit import AUDITED, accuracy
from mnist_core.data import dataset
from mnist_core.models import store
from tests.visiting import address, has, sent, text, visit


def test_the_tiles_carry_the_votes_and_what_the_network_says():
    app = visit("mistakes", view="labels", model="cnn-larger")
    assert not app.exception
    said = store.test_probabilities("cnn-larger").argmax(axis=1)
    captions = sent(app, "audited")["captions"]
    assert len(captions) == 15
    for audit, caption in zip(AUDITED, captions, strict=True):
        lines = caption.split("\n")
        assert lines[:3] == [
            f"label {audit.given}: {audit.for_given}",
            f"other {audit.other}: {audit.for_other}",
            f"neither: {audit.neither}",
        ]
        assert lines[3].startswith(f"says {said[audit.index]}: ")


def test_every_accuracy_with_and_without_them():
    app = visit("mistakes", view="labels")
    table = sent(app, "accuracies")
    assert table["titles"][:3] == ["network", "all 10,000", "without the 15"]
    labels = dataset.load("test").labels
    cards = sorted(store.list_models(), key=lambda card: card.mistakes)
    assert [row[0] for row in table["rows"]] == [card.title for card in cards]
    for row, card in zip(table["rows"], cards, strict=True):
        found = accuracy(store.test_probabilities(card.name).argmax(axis=1), labels)
        assert row[1] == f"{card.test_accuracy * 100:.2f}%"
        assert row[2] == f"{found.undisputed * 100:.2f}%"


def test_it_begins_with_the_first_and_an_address_opens_another():
    assert "Test image 947 is labelled" in text(visit("mistakes", view="labels"))
    app = visit("mistakes", view="labels", index="6651")
    assert "Of 5 people 0 chose 0, 5 chose 6, 0 neither." in text(app)
    assert sent(app, "audited")["selected"] == 10
    assert address(app)["index"] == "6651"


def test_the_close_up_of_the_matrix_marks_them_too_and_only_them():
    assert "**Is the label wrong?** Of 5 people" in text(visit("mistakes", index="947"))
    assert "Is the label wrong?**" not in text(visit("mistakes", index="948"))


@pytest.mark.parametrize("index", ["10000", "-1", "nine"])
def test_an_index_that_cannot_be_had_gives_the_page_and_a_sentence(index):
    app = visit("mistakes", view="labels", index=index)
    assert not app.exception
    assert "showing the first that people looked at." in app.info[0].value
    assert has(app, "audited")
