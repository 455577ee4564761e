"""Every text is in every catalogue, translated, and with the same placeholders."""

import re

import pytest
from babel.messages.catalog import Catalog

from mnist_core.language import catalogues
from scripts import update_catalogue

_PLACEHOLDER = re.compile(r"\{[a-z_0-9]*\}")
OTHERS = catalogues.codes()[1:]


@pytest.fixture(scope="module")
def in_code():
    return update_catalogue.texts_in_code()


def _faults(catalogue: Catalog, in_code: Catalog) -> list[str]:
    known = {(message.id, message.context) for message in catalogue if message.id}
    wanted = {(message.id, message.context) for message in in_code if message.id}
    faults = [f"not in the catalogue: {text}" for text, _ in wanted - known]
    faults += [f"no longer in the code: {text}" for text, _ in known - wanted]
    faults += [f"no longer in the code: {text}" for text in catalogue.obsolete]
    for message in catalogue:
        if message.id and (problem := _problem(message)):
            faults.append(f"{problem}: {message.id}")
    return faults


def _problem(message) -> str:
    originals = (message.id,) if isinstance(message.id, str) else message.id
    found = (message.string,) if isinstance(message.string, str) else message.string
    if message.fuzzy:
        return "to be checked (fuzzy)"
    if not found or not all(found):
        return "not translated"
    # One of several forms may say "a" for "1", as in English.
    most = set(_PLACEHOLDER.findall(originals[-1]))
    least = most - {"{n}"} if len(originals) > 1 else most
    for text in found:
        if not least <= set(_PLACEHOLDER.findall(text)) <= most:
            return "other placeholders"
    return ""


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_is_translated(code, in_code):
    faults = _faults(update_catalogue.read(catalogues.FOLDER / f"{code}.po"), in_code)
    assert not faults, "Run python -m scripts.update_catalogue, then translate.\n" + "\n".join(
        faults
    )


def test_what_is_missing_gone_unsure_or_filled_in_otherwise_is_found():
    code, german = Catalog(), Catalog()
    for text in ("one", "two {x}", "three", "four"):
        code.add(text)
    code.add(("{n} hand", "{n} hands"))
    german.add("two {x}", "zwei {y}")
    german.add("three", "drei", flags=["fuzzy"])
    german.add("four", "")
    german.add("five", "fünf")
    german.add(("{n} hand", "{n} hands"), ("eine Hand", ""))
    assert sorted(fault.partition(":")[0] for fault in _faults(german, code)) == [
        "no longer in the code",
        "not in the catalogue",
        "not translated",
        "not translated",
        "other placeholders",
        "to be checked (fuzzy)",
    ]


@pytest.mark.parametrize("code", OTHERS)
def test_updating_again_changes_nothing(code, in_code, tmp_path):
    path = catalogues.FOLDER / f"{code}.po"
    again = tmp_path / path.name
    updated = update_catalogue.updated(update_catalogue.read(path), in_code)
    update_catalogue.write(again, updated)
    assert again.read_text("utf-8") == path.read_text("utf-8")
