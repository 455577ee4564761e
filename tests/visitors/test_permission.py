import pytest
from streamlit.testing.v1 import AppTest

from mnist_core.models import store
from tests.visiting import has, text, visit

ANN, BOB = "a" * 32, "b" * 32
WORD = "Rhabarber ü 7"


@pytest.fixture(autouse=True)
def needs_word(monkeypatch):
    monkeypatch.setenv("MNIST_HOSTED", "on")
    monkeypatch.setenv("MNIST_TRAINING_WORD", WORD)


def train_page(code: str) -> AppTest:
    app = visit("train", {"visitor/code": code})
    assert not app.exception
    return app


def types(app: AppTest, word: str) -> AppTest:
    next(one for one in app.text_input if "word" in one.label).set_value(word).run()
    assert not app.exception
    return app


def test_the_word_is_typed_once_and_holds_for_the_next_visit():
    app = train_page(ANN)
    assert "Training needs a word" in text(app)
    assert not has(app, "first-networks")
    types(app, f" {WORD} ")
    assert has(app, "first-networks")
    assert has(train_page(ANN), "first-networks"), "the same browser, a new session"
    assert not has(train_page(BOB), "first-networks")
    kept = b"".join(one.read_bytes() for one in store.local_directory().rglob("*") if one.is_file())
    assert WORD.encode() not in kept
    assert ANN.encode() not in kept


def test_another_word_has_to_be_typed_anew(monkeypatch):
    types(train_page(ANN), WORD)
    monkeypatch.setenv("MNIST_TRAINING_WORD", "another")
    assert not has(train_page(ANN), "first-networks")


def test_a_wrong_word_is_none_and_tries_are_counted(capfd, caplog):
    app = train_page(ANN)
    for number in range(10):
        types(app, f"guess {number} \x00\ud83d"[:20].encode("utf-8", "replace").decode())
        assert "That is not the word." in text(app)
    types(app, WORD)
    assert "This server takes 10 tries in ten minutes from one visitor" in text(app)
    assert not has(app, "first-networks")
    assert "This server takes" in text(types(train_page(ANN), WORD)), "another page of hers"
    assert has(types(train_page(BOB), WORD), "first-networks"), "nobody else is held up"
    said = capfd.readouterr()
    assert WORD not in said.out + said.err + caplog.text
    assert "guess 3" not in said.out + said.err + caplog.text


def test_the_owner_of_the_computer_needs_none(monkeypatch):
    monkeypatch.delenv("MNIST_HOSTED")
    assert has(train_page(ANN), "first-networks")
