"""Watches a web process for whoever runs it: a line of JSON for each event, a file on its state.

observer = Observer(store.local_directory())
app = st.App(…, lifespan=observer.lifespan, on_script_error=observer.errors.report)
"""

import asyncio
import logging
import os
import platform
import secrets
import sys
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil
from streamlit import runtime
from streamlit.logger import get_logger

from mnist_core.classroom.schema import FILE, ClassesUnavailable
from mnist_core.classroom.store import ClassStore
from mnist_core.jobs.job_events import JobWatch
from mnist_core.system import events, machine, server_settings
from mnist_core.system.process_states import LIFE_SIGN_SECONDS, ProcessState, ProcessStates
from ui.server import freed_memory
from ui.server.error_reports import ErrorReports

_CLEAN_UP_SECONDS = 3600.0
_OF_MESSAGES = (
    "streamlit.web.server.starlette.starlette_websocket",
    "streamlit.components.v2.bidi_component.serialization",
)
_PACKAGES = ("streamlit", "numpy", "ai-edge-litert", "keras")


class Observer:
    """What is known of this process.

    Args:
        models: the directory of people's models, where all web processes say how they are.
    """

    def __init__(self, models: Path) -> None:
        self.errors = ErrorReports(when_seen=self.say)
        self.name = secrets.token_hex(8)
        self.states = ProcessStates(models)
        self.refusals: Counter[str] = Counter()
        self._began = time.time()
        self._models = models
        self._watch = JobWatch(models)
        self._process = psutil.Process()
        self._saying = threading.Lock()
        self._is_over = False

    @asynccontextmanager
    async def lifespan(self, _app: Any) -> AsyncIterator[None]:
        """Watch from the start of the server to its end."""
        handlers = self._listen()
        events.record("start", **_found())
        watching = asyncio.create_task(self._keep_watching())
        try:
            yield
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
            events.record("stop", refusals=dict(self.refusals), errors=self.errors.count)
            self.say(is_over=True)
            for handler in handlers:
                events.LOGGER.removeHandler(handler)

    def state(self, *, is_over: bool = False) -> ProcessState:
        """How this process is now."""
        return ProcessState(
            name=self.name,
            pid=os.getpid(),
            began=self._began,
            written=time.time(),
            people=open_pages(),
            memory_bytes=self._process.memory_info().rss,
            refusals=dict(self.refusals),
            errors=self.errors.seen,
            is_over=is_over,
        )

    def say(self, *, is_over: bool = False) -> None:
        """Write how this process is, as far as the disk takes it."""
        # A look that is under way when the server ends has nothing more to say afterwards.
        with self._saying, suppress(OSError):
            if not self._is_over:
                self._is_over = is_over
                self.states.write(self.state(is_over=is_over))

    def _listen(self) -> list[logging.Handler]:
        lines = logging.StreamHandler(sys.stderr)
        lines.setFormatter(events.JsonLines())
        handlers = [lines, _Counting(self.refusals)]
        events.LOGGER.setLevel(logging.INFO)
        events.LOGGER.propagate = False
        for handler in handlers:
            events.LOGGER.addHandler(handler)
        # Streamlit would print each error once more, with what a visitor may have written.
        get_logger("streamlit.error_util").addFilter(_is_not_of_a_page)
        # What is no message, or no value, is worth no traceback: anybody can send thousands.
        for name in _OF_MESSAGES:
            get_logger(name).addFilter(_without_traceback)
        return handlers

    async def _keep_watching(self) -> None:
        cleaned_up = float("-inf")
        while True:
            await asyncio.to_thread(self._look)
            if time.monotonic() - cleaned_up > _CLEAN_UP_SECONDS:
                cleaned_up = time.monotonic()
                await asyncio.to_thread(self.states.clean_up)
                await asyncio.to_thread(self._watch.clean_up)
                await asyncio.to_thread(self._delete_old_classes)
            await asyncio.sleep(LIFE_SIGN_SECONDS)

    def _delete_old_classes(self) -> None:
        # Where the database cannot be reached, there will be another hour.
        with suppress(ClassesUnavailable):
            if (self._models / FILE).exists():
                ClassStore(self._models).delete_old()

    def _look(self) -> None:
        freed_memory.give_back()
        self.say()
        # The disk may be gone for a while.
        with suppress(OSError):
            self._watch.look()


class _Counting(logging.Handler):
    """Counts refusals by the limit that was reached."""

    def __init__(self, counts: Counter[str]) -> None:
        super().__init__()
        self._counts = counts

    def emit(self, record: logging.LogRecord) -> None:
        """Count an event; the handler's lock is held."""
        if record.getMessage() == "refusal":
            self._counts[str(events.facts_of(record).get("limit"))] += 1


def open_pages() -> int:
    """How many browsers are connected to this process."""
    if not runtime.exists():
        return 0
    family = "active_sessions"
    stats = runtime.get_instance().stats_mgr.get_stats(family_names=[family])
    return int(sum(getattr(stat, "value", 0) for stat in stats.get(family, ())))


def _found() -> dict[str, Any]:
    """What a server is started with."""
    here = machine.here()
    known = {setting.name for setting in server_settings.ALL}
    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "packages": {name: version(name) for name in _PACKAGES},
        "memory_mb": here.memory_mb,
        "cores": here.cores,
        # Their values may be secret.
        "settings": sorted(name for name in os.environ if name in known),
        "problems": server_settings.problems(),
    }


def _without_traceback(record: logging.LogRecord) -> bool:
    record.exc_info = None
    return True


def _is_not_of_a_page(record: logging.LogRecord) -> bool:
    return not record.getMessage().startswith("Uncaught app execution")
