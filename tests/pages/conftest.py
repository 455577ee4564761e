"""What the tests of a class share: a room, and the right to steer it."""

from pathlib import Path

import pytest

from mnist_core.classroom.room import Right
from mnist_core.classroom.store import ClassStore


@pytest.fixture
def classes(models_directory: Path) -> ClassStore:
    return ClassStore(models_directory)


@pytest.fixture
def right(classes: ClassStore) -> Right:
    return classes.create()
