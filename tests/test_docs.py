"""README and docs say what is so."""

import ast
import re
from pathlib import Path

import pytest

from mnist_core.models import store
from scripts import draw_architecture
from scripts.update_readme import README, recipe_table, settings_table

ROOT = README.parent
TEXT = README.read_text("utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/scaling.md"]


def test_the_table_of_recipes_is_that_of_the_cards():
    assert recipe_table() in TEXT, "run: python -m scripts.update_readme"
    assert recipe_table().count("\n") == 1 + len(
        [card for card in store.list_models() if card.shipped]
    )


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_and_picture_that_is_linked_is_there(document):
    path = ROOT / document
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8"))
    for link in links:
        assert (path.parent / link).exists(), link


def test_the_table_of_settings_is_that_of_the_code():
    assert settings_table() in TEXT, "run: python -m scripts.update_readme"


def test_no_setting_is_read_elsewhere():
    places = [*(ROOT / "mnist_core").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]
    reading = [path.stem for path in places if '"MNIST_' in path.read_text("utf-8")]
    assert reading == ["server_settings"]


def test_the_picture_of_the_rooms_is_drawn_from_the_imports():
    picture = draw_architecture.PICTURE.read_text("utf-8")
    assert picture == draw_architecture.svg(), "run: python -m scripts.draw_architecture"


def test_architecture_is_at_most_four_screens():
    assert len(ARCHITECTURE.splitlines()) <= 200


ROOMS = "|".join(["ui", "pages", *(path.name for path in (ROOT / "mnist_core").iterdir())])


@pytest.mark.parametrize("name", re.findall(rf"`((?:{ROOMS})(?:\.\w+)+)`", ARCHITECTURE))
def test_what_the_architecture_names_is_there(name):
    """`drawing.mnist_image.to_mnist` is in the core, `ui.draw.freehand.show` in the app."""
    parts = name.split(".")
    home = ROOT if parts[0] in ("ui", "pages") else ROOT / "mnist_core"
    place = home.joinpath(*parts)
    if place.is_dir() or place.with_suffix(".py").exists():
        return
    module = ast.parse(place.parent.with_suffix(".py").read_text("utf-8"))
    kinds = (ast.FunctionDef, ast.ClassDef)
    assert parts[-1] in [node.name for node in ast.walk(module) if isinstance(node, kinds)]


def test_no_picture_is_heavy():
    pictures = list((ROOT / "docs" / "images").glob("*.png"))
    assert len(pictures) >= 5
    assert all(picture.stat().st_size < 250_000 for picture in pictures)


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_each_command_that_is_named_exists(document):
    makefile = Path(ROOT / "Makefile").read_text("utf-8")
    for command in set(re.findall(r"make ([a-z]+)\b", (ROOT / document).read_text("utf-8"))):
        assert f"\n{command}:" in makefile
