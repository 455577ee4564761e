"""What all tests share: no test may touch real models, or leave a process behind."""

import gc
import os
import signal
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.pages_manager import PagesManager

from mnist_core.jobs import worker
from mnist_core.jobs.launch import Start
from mnist_core.models import staging, store
from tests.samples import staged
from tests.serving import at_work_in, end_all

# Three processes on two processors wait for each other's threads more than they gain by them.
os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")
# Tests and browsers keep all processors busy: trainings that gave way to them would never end.
os.environ["MNIST_NICENESS"] = "0"

# No test here measures time: on a busy machine a first call may take long.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(autouse=True, scope="module")
def little_to_search() -> None:
    """Streamlit collects garbage at every run of a page.

    That would take a second each time among all that TensorFlow and the tests before have brought.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def models_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test keeps the models it trains in an empty directory of its own."""
    directory = tmp_path / "models"
    monkeypatch.setenv("MNIST_MODELS", str(directory))
    return directory


@pytest.fixture(autouse=True, scope="session")
def components_are_found_once() -> Iterator[None]:
    """Every AppTest looks through all installed packages for components; here only the first.

    That is nine tenths of the time that a visit to a page takes.
    """
    with pytest.MonkeyPatch.context() as patch:
        once = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", once)
        yield


@pytest.fixture(autouse=True)
def app_has_run_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages without a browser are those of a server whose app has run before.

    AppTest makes each run the first of a fresh server, which Streamlit treats in the old way; see
    `ui.shell.navigation`. What a first visitor gets is tested in a browser.
    """

    class LaterSession(PagesManager):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            PagesManager.uses_pages_directory = False
            super().__init__(*args, **kwargs)

    monkeypatch.setattr("streamlit.testing.v1.app_test.PagesManager", LaterSession)


@pytest.fixture
def model(models_directory: Path) -> Callable[..., str]:
    """Put a model into the store, so many seconds old: `model("one", age=60)` is its name."""

    def make(name: str, age: float = 0.0) -> str:
        with staging.directory(models_directory) as folder:
            staging.commit(folder, staged(folder, name))
        written = time.time() - age
        os.utime(models_directory / name / store.CARD, (written, written))
        return name

    return make


@pytest.fixture(autouse=True)
def no_spare_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages start no process that imports TensorFlow, but where a test is about that."""
    monkeypatch.setenv("MNIST_SPARE_MINUTES", "0")


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """For what a worker does in pytest's own process, which is to end as before."""
    monkeypatch.setattr(signal, "signal", lambda *_what: None)


@pytest.fixture
def start_here(here: None) -> Callable[..., Start]:
    """Start a worker in this very process, which has TensorFlow, for what needs no other.

    `submit(..., start=start_here())` returns when the job is over; `start_here(change)` does
    something to its directory before.
    """

    class Ended:
        pid = os.getpid()

        def wait(self) -> None:
            pass

    def after(change: Callable[[Path], object] = lambda path: None) -> Start:
        def start(path: Path) -> Any:
            change(path)
            worker.main(path)
            return Ended()

        return start

    return after


@pytest.fixture(scope="session", autouse=True)
def no_process_left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Trainings outlive whoever asked for them; here they end with the tests."""
    yield
    end_all(at_work_in(tmp_path_factory.getbasetemp()))


# Files that take long: begun first, so that none is left to run alone at last.
_LONG = (
    *("test_proxy_worker", "test_warm_pool", "test_worker", "test_keras_source", "test_recipes"),
    *("test_loop", "test_photo_digits", "test_export", "test_fine_tuning"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first, the ones with a browser last.

    The order is more than courtesy: Playwright keeps an event loop running in this thread once it
    has been started.
    """

    def is_long(item: pytest.Item) -> bool:
        return item.path.stem in _LONG or item.get_closest_marker("trains") is not None

    items.sort(key=lambda item: ("e2e" in item.path.parts, not is_long(item)))
