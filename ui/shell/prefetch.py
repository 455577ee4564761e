"""Computes what a visitor will probably ask for next, while the page shows the last answer."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import ParamSpec

Arguments = ParamSpec("Arguments")

# One thread, so that most of the processors stay with those who wait for an answer; a short queue,
# as a prefetch that has to wait for a crowd comes too late to be of use.
_EXECUTOR = ThreadPoolExecutor(1, thread_name_prefix="prefetch")
_QUEUE_SLOTS = BoundedSemaphore(8)


def prefetch(
    function: Callable[Arguments, object], *args: Arguments.args, **kwargs: Arguments.kwargs
) -> None:
    """Call a function of `ui.shell.cached` in the background; does nothing if the queue is full.

    An error is ignored here: it comes again when the answer is really asked for.
    """
    if _QUEUE_SLOTS.acquire(blocking=False):
        computed = _EXECUTOR.submit(function, *args, **kwargs)
        computed.add_done_callback(lambda _: _QUEUE_SLOTS.release())
