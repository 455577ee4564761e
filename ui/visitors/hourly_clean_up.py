"""Deletes what visitors made long ago: once an hour, in the background."""

import threading
from functools import lru_cache

from mnist_core.models import store
from mnist_core.system.rate_limit import RateLimit

_HOUR = 3600.0
# Whoever comes first waits for the first page.
_LATER_SECONDS = 60.0


def delete_old() -> None:
    """Have what is older than `MNIST_KEEP_DAYS` deleted; to be called at each visit."""
    if _times().take({"": 1}) == 0:
        later = threading.Timer(_LATER_SECONDS, _delete_old)
        later.daemon = True
        later.start()


@lru_cache(maxsize=1)
def _times() -> RateLimit:
    return RateLimit(_HOUR)


def _delete_old() -> None:
    # Imported when it is needed: the first page is there sooner.
    from mnist_core.jobs import clean_up

    clean_up.delete_old(store.local_directory())
