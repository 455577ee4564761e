"""README and docs say what is so."""

import re
from pathlib import Path

import pytest

from mnist_core.models import store
from scripts.update_readme import README, table

ROOT = README.parent
TEXT = README.read_text("utf-8")


def test_the_table_of_recipes_is_that_of_the_cards():
    assert table() in TEXT, "run: python -m scripts.update_readme"
    assert table().count("\n") == 1 + len([card for card in store.list_models() if card.shipped])


@pytest.mark.parametrize(
    "document", ["README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/scaling.md"]
)
def test_every_file_and_picture_that_is_linked_is_there(document):
    path = ROOT / document
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8"))
    for link in links:
        assert (path.parent / link).exists(), link


def test_every_setting_by_environment_is_documented():
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "mnist_core").glob("*.py"))
    names = set(re.findall(r'"(MNIST_[A-Z_]+)"', code))
    assert len(names) >= 3
    assert all(f"`{name}`" in TEXT for name in names)


def test_every_module_of_the_core_and_ui_is_in_the_picture_of_the_house():
    house = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    for folder in ("mnist_core", "ui"):
        for path in (ROOT / folder).glob("[a-z]*.py"):
            assert path.name in house, f"{folder}/{path.name}"


def test_no_picture_is_heavy():
    pictures = list((ROOT / "docs" / "images").glob("*.png"))
    assert len(pictures) >= 5
    assert all(picture.stat().st_size < 250_000 for picture in pictures)


def test_each_command_of_the_readme_exists():
    makefile = Path(ROOT / "Makefile").read_text("utf-8")
    for command in set(re.findall(r"`make ([a-z]+)`", TEXT)):
        assert f"\n{command}:" in makefile
