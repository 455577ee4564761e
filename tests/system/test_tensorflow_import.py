"""What makes the import quick, and what it leaves behind; without TensorFlow itself."""

import gc
import sys
from importlib import import_module
from importlib.util import find_spec

import pytest

from mnist_core.system import tensorflow_import


def test_keras_finds_no_pandas_and_what_is_there_already_stays(monkeypatch):
    assert find_spec("pandas"), "Streamlit brings it: there is something to leave out"
    there = object()
    monkeypatch.setitem(sys.modules, "sklearn", there)
    monkeypatch.delitem(sys.modules, "pandas", raising=False)
    # For monkeypatch to put back whatever is set now.
    monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", "0")
    try:
        tensorflow_import.prepare_process()
        with pytest.raises(ModuleNotFoundError):
            import_module("pandas")
        assert sys.modules["sklearn"] is there
    finally:
        sys.modules.pop("pandas")


def test_what_is_imported_is_never_searched_for_garbage():
    frozen = gc.get_freeze_count()
    try:
        with tensorflow_import.without_garbage_collection():
            assert not gc.isenabled()
            kept = [[number] for number in range(1000)]
        assert gc.isenabled()
        assert gc.get_freeze_count() >= frozen + len(kept)
        with pytest.raises(ImportError), tensorflow_import.without_garbage_collection():
            raise ImportError
        assert gc.isenabled()
    finally:
        gc.unfreeze()
