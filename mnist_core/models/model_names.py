"""The names of models: what a new one is called, and which are taken."""

from collections.abc import Collection
from pathlib import Path

from mnist_core.models import store


def free(recipe_name: str, root: Path, avoid: Collection[str] = ()) -> str:
    """A name that no model has yet, such as `cnn-32-32-run-2`; none of those to avoid."""
    names, number = in_use(root).union(avoid), 1
    while (name := f"{recipe_name}-run-{number}") in names:
        number += 1
    return name


def in_use(root: Path) -> set[str]:
    """The names of the models in a directory, and of all that can be opened."""
    here = {path.name for path in root.glob("*") if path.is_dir()}
    return here | {folder.name for folder in store.directories() if root != store.SHIPPED}
