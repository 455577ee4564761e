"""Saving a new model in one step: in a staging directory, which is then renamed."""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from filelock import FileLock

from mnist_core.models import browser_weights, model_names, store
from mnist_core.models import card as cards
from mnist_core.models.browser_weights import NotForBrowsers
from mnist_core.models.card import FileFacts, ModelCard
from mnist_core.system import atomic_file

_STAGING = ".staging-"
_STAGING_LIVES_SECONDS = 24 * 3600
# The largest model takes some 8 MB, twice that while it is written.
_FREE_BYTES = 50_000_000


def check_can_save(root: Path, name: str | None = None) -> None:
    """Check before a training that its model can be saved.

    Args:
        root: the directory of models it is to go to.
        name: what it is to be called; None for any free name.

    Raises:
        ValueError: the name is not allowed, or in use.
        OSError: the directory cannot be written, or the disk is nearly full.
    """
    if name is not None and not store.is_name(name):
        raise ValueError("A model's name may have small letters, digits and hyphens, up to 64.")
    if name is not None and name in model_names.in_use(root):
        raise ValueError(f"There is a model called {name} already.")
    try:
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=root):
            free = shutil.disk_usage(root).free
    except OSError as error:
        raise OSError("The place where models are saved cannot be written to.") from error
    if free < _FREE_BYTES:
        raise OSError(
            f"The disk is nearly full: {free // 1_000_000} MB are left, "
            f"and a training needs {_FREE_BYTES // 1_000_000} MB."
        )


@contextmanager
def directory(root: Path) -> Iterator[Path]:
    """A hidden directory beside the models to write a new one in; removed unless committed."""
    root.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(root)
    folder = Path(tempfile.mkdtemp(prefix=_STAGING, dir=root))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def commit(folder: Path, card: ModelCard, *, avoid: Collection[str] = ()) -> ModelCard:
    """Write the card into a staging directory, read it back, and rename the directory.

    Args:
        folder: from `directory`, with the model's other files in it.
        card: everything but the facts of the files; an empty name becomes a free one, such as
            `cnn-32-32-run-2`.
        avoid: free names that must not be taken, see `trash.former_names`.

    Raises:
        FileExistsError: there is a model of that name.
        OSError: the disk is full, or cannot be written.
        BrokenModel: what was written does not read back.
    """
    if card.name and not store.is_name(card.name):
        raise ValueError(f"A model cannot be called {card.name!r}.")
    names = (store.KERAS, store.LITERT, store.PROBABILITIES)
    contents = {name: (folder / name).read_bytes() for name in names}
    files = {
        name: FileFacts(len(data), hashlib.sha256(data).hexdigest())
        for name, data in contents.items()
    }
    card = replace(card, files=files)
    with suppress(NotForBrowsers):
        packed = browser_weights.pack(contents[store.KERAS], card)
        (folder / browser_weights.FILE).write_bytes(packed)
    # Two trainings may end at the same moment, and must not take the same name.
    with FileLock(folder.parent / ".lock"):
        name = card.name or model_names.free(card.recipe.name, folder.parent, avoid)
        card = replace(card, name=name)
        _move_into_place(folder, card)
    return card


def _move_into_place(folder: Path, card: ModelCard) -> None:
    target = folder.parent / card.name
    if target.exists():
        raise FileExistsError(f"There is a model called {card.name} already.")
    (folder / store.CARD).write_bytes(cards.encode(card))
    for path in folder.iterdir():
        # Open for writing: Windows flushes nothing else.
        with path.open("r+b") as file:
            os.fsync(file.fileno())
    if replace(store.read_card(folder), name=card.name) != card:
        raise store.BrokenModel(f"The model {card.name} did not read back as it was written.")
    folder.chmod(0o755)
    folder.rename(target)
    atomic_file.flush_directory(folder.parent)


def _remove_abandoned(root: Path) -> None:
    """Remove what workers left behind that were killed while writing."""
    for folder in root.glob(f"{_STAGING}*"):
        # Another worker may finish with its own at this moment.
        with suppress(FileNotFoundError):
            if time.time() - folder.stat().st_mtime > _STAGING_LIVES_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
