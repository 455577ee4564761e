"""Every word a page explains is in the glossary, in a sentence."""

import ast
from pathlib import Path

import pytest

from ui.shell.glossary import WORDS, explain

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*(ROOT / "pages").glob("*.py"), *(ROOT / "ui").rglob("*.py")])


@pytest.mark.parametrize("term", WORDS)
def test_an_explanation_is_one_short_sentence(term):
    assert WORDS[term].endswith(".")
    assert ". " not in WORDS[term]
    assert 20 < len(WORDS[term]) < 180


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
