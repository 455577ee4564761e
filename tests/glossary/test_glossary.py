"""Every word a page explains is in the glossary, in a sentence."""

import ast
from pathlib import Path

import pytest

from ui.glossary.glossary import GROUPS, WORDS, explain, search

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*(ROOT / "pages").glob("*.py"), *(ROOT / "ui").rglob("*.py")])


@pytest.mark.parametrize("term", WORDS)
def test_an_explanation_is_one_short_sentence(term):
    assert WORDS[term].endswith(".")
    assert ". " not in WORDS[term]
    assert 20 < len(WORDS[term]) < 180


def test_every_word_is_in_one_group_in_alphabetical_order():
    assert list(GROUPS) == ["Data", "Networks", "Training", "Judging"]
    terms = [term for words in GROUPS.values() for term in words]
    assert len(terms) == len(set(terms)) == len(WORDS)
    for words in GROUPS.values():
        assert list(words) == sorted(words, key=str.casefold)


def test_a_word_is_found_by_its_name_or_its_meaning_whatever_its_case():
    assert search("  OverFit ") == {"Judging": {"overfitting": WORDS["overfitting"]}}
    found = search("learning rate")
    assert list(found) == ["Training"]
    assert {"learning rate", "schedule", "Adadelta"} <= set(found["Training"])


def test_an_empty_search_finds_everything_and_a_hopeless_one_nothing():
    assert search(" ") == GROUPS
    assert search("sorcery") == {}


def test_terms_are_explained_in_order():
    assert explain("epoch", "seed").split("\n\n") == [
        f"**Epoch**: {WORDS['epoch']}",
        f"**Seed**: {WORDS['seed']}",
    ]


def test_a_word_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="sorcery"):
        explain("epoch", "sorcery")


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_pages_only_explain_words_that_are_there(source):
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "explain":
            for argument in node.args:
                if isinstance(argument, ast.Constant):
                    assert argument.value in WORDS, f"{source.name}:{node.lineno}"
