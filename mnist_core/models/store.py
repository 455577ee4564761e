"""Trained models on disk, one directory each.

Models that came with the app are in `saved_models/` and are never changed. What people train goes
into `saved_models/local/`, or to the directory in the environment variable `MNIST_MODELS`.
"""

import hashlib
import os
import re
import stat
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mnist_core.data.dataset import CLASSES, TEST_IMAGES
from mnist_core.models import card as cards
from mnist_core.models.card import ModelCard
from mnist_core.models.inference import Predictor
from mnist_core.networks.recipes import with_current_words
from mnist_core.system import server_settings

SHIPPED = Path(__file__).parents[2] / "saved_models"
CARD, KERAS, LITERT = "card.json", "model.keras", "model.tflite"
PROBABILITIES = "test_probabilities.npy"

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_NAME = 64


class BrokenModel(Exception):
    """A model's files are damaged; the message is a sentence for the visitor."""


def local_directory() -> Path:
    """The directory of the models that people train here."""
    return Path(server_settings.models_directory() or SHIPPED / "local")


def list_models() -> list[ModelCard]:
    """The cards of all models whose card can be read: shipped ones first, each group by name."""
    return scan()[0]


def scan() -> tuple[list[ModelCard], dict[str, str]]:
    """`list_models`, and the names of the models whose card cannot be read, with a sentence why."""
    found, broken = list[ModelCard](), dict[str, str]()
    for folder in directories():
        try:
            found.append(read_card(folder))
        except BrokenModel as error:
            broken[folder.name] = str(error)
    return found, broken


def open_model(name: str) -> Predictor:
    """Open a model to read digits with.

    Raises:
        ValueError: there is no such model.
        BrokenModel: its files are damaged.
    """
    data = _read(name, LITERT)
    try:
        return Predictor(data)
    except (ValueError, RuntimeError) as error:
        raise _damaged(name, LITERT) from error


def test_probabilities(name: str) -> NDArray[np.float32]:
    """The model's probabilities for the test images: float32 `(10000, 10)`, read-only.

    For errors see `open_model`.
    """
    data = _read(name, PROBABILITIES)
    try:
        answers: NDArray[np.float32] = np.load(BytesIO(data), allow_pickle=False)
    except (ValueError, EOFError) as error:
        raise _damaged(name, PROBABILITIES) from error
    if answers.shape != (TEST_IMAGES, CLASSES):
        raise _damaged(name, PROBABILITIES, "has another shape")
    answers.setflags(write=False)
    return answers


def keras_file(name: str) -> bytes:
    """The bytes of the model's `model.keras`; for errors see `open_model`."""
    return _read(name, KERAS)


def is_name(text: str) -> bool:
    """Whether a model may be called this: small letters, digits and single hyphens."""
    return len(text) <= _LONGEST_NAME and _NAME.fullmatch(text) is not None


def directories() -> list[Path]:
    """The directories of all models, broken ones too: shipped ones first, each group by name."""
    roots = dict[tuple[int, int], Path]()
    for root in (SHIPPED, local_directory()):
        with suppress(FileNotFoundError, NotADirectoryError):
            facts = root.stat()
            # If both are the same directory, each model is listed once.
            if stat.S_ISDIR(facts.st_mode):
                roots[facts.st_dev, facts.st_ino] = root
    found = list[Path]()
    for root in roots.values():
        with os.scandir(root) as entries:
            texts = [each.path for each in entries if is_name(each.name) and each.is_dir()]
        found += [_path(text) for text in sorted(texts)]
    return [folder for folder in found if folder != SHIPPED / "local"]


# At every click all models are listed: to make a path takes longer than to look what is there.
@lru_cache(maxsize=1_000)
def _path(text: str) -> Path:
    return Path(text)


def folder_of(name: str) -> Path:
    """The directory of a model, looked up in the list: a visitor's text never becomes a path.

    Raises:
        ValueError: there is no such model.
    """
    for folder in directories():
        if folder.name == name:
            return folder
    raise ValueError(f"There is no model called {name!r}.")


def read_card(folder: Path) -> ModelCard:
    """The card in a model's directory.

    Raises:
        BrokenModel: there is none, or it cannot be read.
    """
    try:
        facts = _card_file(folder).stat()
        return _decoded(folder, SHIPPED, facts.st_mtime_ns, facts.st_size, facts.st_ino)
    except FileNotFoundError as error:
        raise BrokenModel(f"The model {folder.name} has no card ({CARD} is missing).") from error
    except (OSError, ValueError, RecursionError) as error:
        raise BrokenModel(f"The card of the model {folder.name} cannot be read.") from error


@lru_cache(maxsize=1_000)
def _card_file(folder: Path) -> Path:
    return folder / CARD


# A card that is written anew has other facts.
@lru_cache(maxsize=1_000)
def _decoded(folder: Path, shipped: Path, *_facts: int) -> ModelCard:
    card = cards.decode(_card_file(folder).read_bytes())
    recipe = with_current_words(card.recipe)
    return replace(card, name=folder.name, shipped=folder.parent == shipped, recipe=recipe)


def _read(name: str, file: str) -> bytes:
    folder = folder_of(name)
    facts = read_card(folder).files.get(file)
    try:
        data = (folder / file).read_bytes()
    except OSError as error:
        raise _damaged(name, file) from error
    if facts is None or hashlib.sha256(data).hexdigest() != facts.sha256:
        raise _damaged(name, file, "is not what its card says")
    return data


def _damaged(name: str, file: str, why: str = "cannot be read") -> BrokenModel:
    return BrokenModel(f"The model {name} is damaged: {file} {why}.")
