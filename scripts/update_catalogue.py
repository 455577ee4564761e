"""Bring the catalogues of texts in step with the code.

    python -m scripts.update_catalogue       # every language there is
    python -m scripts.update_catalogue fr    # the same, after beginning a new one

New texts are added without a translation, texts that are gone are dropped, and a text that was only
reworded keeps its translation, marked "fuzzy" until somebody has looked at it. Translations are
never changed, and if nothing has changed in the code, nothing changes in the files.
"""

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from mnist_core.language import catalogues
from mnist_core.models import store
from mnist_core.networks import recipes

ROOT = Path(__file__).parents[1]
ROOMS = ("pages", "ui", "mnist_core")
# Of the functions of `mnist_core.language.translation`: how many of their arguments are texts.
_TEXTS = {"_": 1, "n_": 2, "p_": 2, "to_translate": 1}
GLOSSARY = ROOT / "ui" / "glossary" / "glossary.toml"
_WIDTH = 100
_LEFT_OUT = tuple(
    f'"{header}'
    for header in (
        "Project-Id-Version",
        "Report-Msgid-Bugs-To",
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
        "Generated-By",
    )
)


def texts_in_code() -> Catalog:
    """All texts that the code asks a translation for, and the files each is in."""
    found = Catalog(fuzzy=False)
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            # Most files have none, and are not worth taking apart.
            if "language.translation" in path.read_text("utf-8"):
                name = path.relative_to(ROOT).as_posix()
                for line, text, comments, context in _in_file(path):
                    found.add(text, None, [(name, line)], auto_comments=comments, context=context)
    for number, (place, text, context) in enumerate((*_glossary(), *_networks())):
        found.add(text, None, [(place, number)], context=context)
    return found


def updated(catalogue: Catalog, template: Catalog) -> Catalog:
    """A catalogue with exactly the texts of a template, each with the translation it had."""
    catalogue.update(template, update_creation_date=False)
    catalogue.obsolete.clear()
    return catalogue


def read(path: Path) -> Catalog:
    """The catalogue of a language; an empty one where there is no file yet."""
    if not path.exists():
        return Catalog(locale=path.stem, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=path.stem)


def write(path: Path, catalogue: Catalog) -> None:
    """Write a catalogue without what would change by itself: line numbers, dates, versions."""
    name = catalogues.own_name(path.stem)
    catalogue.header_comment = f"# {name}. New texts: python -m scripts.update_catalogue"
    with path.open("wb") as file:
        write_po(file, catalogue, width=_WIDTH, sort_by_file=True, include_lineno=False)
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(_LEFT_OUT)), "utf-8")


def main(new: list[str]) -> None:
    """Update every catalogue, and begin those of new languages."""
    template = texts_in_code()
    for code in dict.fromkeys((*catalogues.codes()[1:], *new)):
        path = catalogues.FOLDER / f"{code}.po"
        catalogue = updated(read(path), template)
        write(path, catalogue)
        missing = sum(not message.string for message in catalogue if message.id)
        unsure = sum(message.fuzzy for message in catalogue if message.id)
        sys.stdout.write(f"{path.name}: {missing} without a translation, {unsure} to be checked\n")


def _in_file(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    """The line, the text or its two forms, what is said to translators, and the context.

    Babel's own extraction does not look into f-strings.

    Raises:
        ValueError: a text is an f-string itself, which cannot be looked up.
    """
    source = path.read_text("utf-8")
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        name, arguments = node.func.id, node.args
        if name in _TEXTS and any(isinstance(one, ast.JoinedStr) for one in arguments):
            raise ValueError(f"{path.name}, line {node.lineno}: an f-string cannot be translated.")
        count = _TEXTS.get(name, 0)
        texts = [
            one.value
            for one in arguments[:count]
            if isinstance(one, ast.Constant) and isinstance(one.value, str)
        ]
        # What is looked up by a variable is marked elsewhere.
        if count and len(texts) == count:
            context = texts[0] if name == "p_" else None
            text = tuple(texts) if name == "n_" else texts[-1]
            above = lines[node.lineno - 2].strip()
            comment = above.partition("# Translators: ")[2]
            yield node.lineno, text, [comment] if comment else [], context


def _glossary() -> Iterator[tuple[str, str, str | None]]:
    """Its groups and words, each with its context, and their meanings."""
    place = GLOSSARY.relative_to(ROOT).as_posix()
    for group, words in tomllib.loads(GLOSSARY.read_text("utf-8")).items():
        yield place, group, "glossary"
        for word, meaning in words.items():
            yield place, word, "glossary"
            yield place, meaning, None


def _networks() -> Iterator[tuple[str, str, str | None]]:
    """What pages say of the networks that came with the app, and of those that it can train."""
    place = "mnist_core/networks/recipes.py"
    for recipe in recipes.RECIPES:
        yield place, recipe.title, "network"
        yield place, recipe.summary, None
    place = "saved_models"
    for card in (card for card in store.list_models() if card.shipped):
        yield place, card.recipe.title, "network"
        yield place, card.recipe.summary, None
        if card.also_learned:
            yield place, card.also_learned, None


if __name__ == "__main__":
    main(sys.argv[1:])
