"""What a visitor will probably ask for next, worked out while he looks at what he has."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import ParamSpec

Asked = ParamSpec("Asked")

# Behind a crowd's wishes a guess would come too late to be of use.
_WAITING = 8
# One thread for all guesses, so that most of the processors stay with those who wait for an answer.
_THREAD = ThreadPoolExecutor(1, thread_name_prefix="ahead")
_PLACES = BoundedSemaphore(_WAITING)


def prepare(ask: Callable[Asked, object], *args: Asked.args, **kwargs: Asked.kwargs) -> None:
    """Call a function of `ui.shell.cached` in the background, so that its answer is there in time.

    Nothing happens when too many are waiting. What goes wrong is not looked at here: it goes wrong
    again, and is told, when the answer is really asked for.
    """
    if not _PLACES.acquire(blocking=False):
        return
    done = _THREAD.submit(ask, *args, **kwargs)
    done.add_done_callback(lambda _: _PLACES.release())
