"""Trained models on disk. A model is a directory that is there whole or not at all.

Models that came with the app lie in `saved_models/` and are never changed. What people train goes
into `saved_models/local/`, or where the environment variable `MNIST_MODELS` says.
"""

import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mnist_core import card as cards
from mnist_core.card import FileFacts, ModelCard
from mnist_core.dataset import CLASSES, TEST_IMAGES
from mnist_core.inference import Predictor

SHIPPED = Path(__file__).parents[1] / "saved_models"
CARD, KERAS, LITERT, PROBABILITIES = (
    "card.json",
    "model.keras",
    "model.tflite",
    "test_probabilities.npy",
)

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_NAME = 64
_STAGING = ".staging-"
_STAGING_LIVES_SECONDS = 24 * 3600
# The largest model takes some 8 MB, twice that while it is written.
_ROOM_BYTES = 50_000_000


class BrokenModel(Exception):
    """A model's files are damaged; the message is a sentence for the visitor."""


def local_directory() -> Path:
    """Where the models go that people train here."""
    return Path(os.environ.get("MNIST_MODELS") or SHIPPED / "local")


def list_models() -> list[ModelCard]:
    """The cards of all models whose card can be read: shipped ones first, each group by name."""
    return [found for found in map(_try_card, _directories()) if isinstance(found, ModelCard)]


def broken_models() -> dict[str, str]:
    """The models whose card cannot be read, with a sentence why."""
    found = {folder.name: _try_card(folder) for folder in _directories()}
    return {name: str(why) for name, why in found.items() if isinstance(why, BrokenModel)}


def open_model(name: str) -> Predictor:
    """The model of this name, ready to read digits.

    Raises:
        ValueError: there is no such model.
        BrokenModel: its files are damaged.
    """
    data = _read(name, LITERT)
    try:
        return Predictor(data)
    except (ValueError, RuntimeError) as error:
        raise BrokenModel(f"The model {name} is damaged: {LITERT} cannot be read.") from error


def test_probabilities(name: str) -> NDArray[np.float32]:
    """What the model says of the 10,000 test images: shape `(10000, 10)`, read-only.

    Raises:
        ValueError: there is no such model.
        BrokenModel: its files are damaged.
    """
    data = _read(name, PROBABILITIES)
    try:
        answers: NDArray[np.float32] = np.load(BytesIO(data), allow_pickle=False)
    except (ValueError, EOFError) as error:
        raise BrokenModel(
            f"The model {name} is damaged: {PROBABILITIES} cannot be read."
        ) from error
    if answers.shape != (TEST_IMAGES, CLASSES):
        raise BrokenModel(f"The model {name} is damaged: {PROBABILITIES} has another shape.")
    answers.setflags(write=False)
    return answers


def is_name(text: str) -> bool:
    """Whether a model may be called this: small letters, digits and single hyphens."""
    return len(text) <= _LONGEST_NAME and _NAME.fullmatch(text) is not None


def check_room(root: Path, name: str | None = None) -> None:
    """See before a training that its model can be kept.

    Args:
        root: where the model is to go.
        name: what it is to be called, if that is known.

    Raises:
        ValueError: the name is not allowed, or taken.
        OSError: the directory cannot be written, or the disk is as good as full.
    """
    if name is not None and not is_name(name):
        raise ValueError("A model's name may have small letters, digits and hyphens, up to 64.")
    if name is not None and (root / name).exists():
        raise ValueError(f"There is a model called {name} already.")
    try:
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=root):
            free = shutil.disk_usage(root).free
    except OSError as error:
        raise OSError("The place where models are kept cannot be written to.") from error
    if free < _ROOM_BYTES:
        raise OSError(
            f"The disk is nearly full: {free // 1_000_000} MB are free, "
            f"a training wants {_ROOM_BYTES // 1_000_000} MB."
        )


@contextmanager
def staging(root: Path) -> Iterator[Path]:
    """A hidden directory beside the models to write a new one in; removed unless committed."""
    root.mkdir(parents=True, exist_ok=True)
    _sweep(root)
    folder = Path(tempfile.mkdtemp(prefix=_STAGING, dir=root))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def commit(folder: Path, card: ModelCard) -> ModelCard:
    """Write the card into a staging directory, read all back, and give it its name in one step.

    Args:
        folder: from `staging`, with the model's other files in it.
        card: everything but the facts of the files.

    Raises:
        FileExistsError: there is a model of that name.
        OSError: the disk is full, or cannot be written.
        BrokenModel: what was written does not read back.
    """
    target = folder.parent / card.name
    if not is_name(card.name):
        raise ValueError(f"A model cannot be called {card.name!r}.")
    if target.exists():
        raise FileExistsError(f"There is a model called {card.name} already.")
    files = {name: _facts(folder / name) for name in (KERAS, LITERT, PROBABILITIES)}
    card = replace(card, files=files)
    (folder / CARD).write_bytes(cards.encode(card))
    for path in folder.iterdir():
        _to_disk(path)
    if replace(_card(folder), name=card.name) != card:
        raise BrokenModel(f"The model {card.name} did not read back as it was written.")
    folder.chmod(0o755)
    folder.rename(target)
    _to_disk(folder.parent)
    return card


def free_name(recipe_name: str, root: Path) -> str:
    """A name no model here has yet, such as `cnn-32-32-run-2`."""
    taken = {folder.name for folder in _directories()} | {
        path.name for path in root.glob("*") if path.is_dir()
    }
    number = 1
    while (name := f"{recipe_name}-run-{number}") in taken:
        number += 1
    return name


def _directories() -> list[Path]:
    folders: list[Path] = []
    for root in (SHIPPED, local_directory()):
        if root.is_dir():
            found = (path for path in root.iterdir() if path.is_dir() and is_name(path.name))
            folders += sorted(path for path in found if path != SHIPPED / "local")
    return folders


def _directory(name: str) -> Path:
    """The directory of a model that is really there: a visitor's text never becomes a path."""
    for folder in _directories():
        if folder.name == name:
            return folder
    raise ValueError(f"There is no model called {name!r}.")


def _try_card(folder: Path) -> ModelCard | BrokenModel:
    try:
        return _card(folder)
    except BrokenModel as error:
        return error


def _card(folder: Path) -> ModelCard:
    try:
        found = cards.decode((folder / CARD).read_bytes())
    except FileNotFoundError as error:
        raise BrokenModel(f"The model {folder.name} has no card ({CARD} is missing).") from error
    except (OSError, ValueError) as error:
        raise BrokenModel(f"The card of the model {folder.name} cannot be read.") from error
    return replace(found, name=folder.name, shipped=folder.parent == SHIPPED)


def _read(name: str, file: str) -> bytes:
    folder = _directory(name)
    facts = _card(folder).files.get(file)
    try:
        data = (folder / file).read_bytes()
    except OSError as error:
        raise BrokenModel(f"The model {name} is damaged: {file} cannot be read.") from error
    if facts is None or hashlib.sha256(data).hexdigest() != facts.sha256:
        raise BrokenModel(f"The model {name} is damaged: {file} is not what its card says.")
    return data


def _facts(path: Path) -> FileFacts:
    data = path.read_bytes()
    return FileFacts(len(data), hashlib.sha256(data).hexdigest())


def _to_disk(path: Path) -> None:
    """Have the system write it out now. Windows cannot do this for a directory."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(root: Path) -> None:
    """Remove what workers left behind that were killed while writing."""
    for folder in root.glob(f"{_STAGING}*"):
        if time.time() - folder.stat().st_mtime > _STAGING_LIVES_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
