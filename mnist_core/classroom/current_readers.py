"""Who is looking at what just now, so that no more people begin than are wanted.

Kept in the memory of one web process: where several share a room, a reading too many is refused
when it is sent (`fooling_round.FoolingRound.may_read`).
"""

import threading
import time
from collections.abc import Callable, Mapping, Set

SECONDS = 10.0
"""Without another sign after so long, somebody does not look any more."""
MOST_SECONDS = 60.0
"""After so long nobody is waited for."""


class Looking:
    """Who is looking at which drawing.

    Args:
        clock: seconds, ascending.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        # Reader -> drawing, when he began, when there was a last sign. Ids of all rooms differ.
        self._at: dict[int, tuple[int, float, float]] = {}

    def look(self, person: int, drawing: int) -> None:
        """Count somebody as looking at this drawing, and at no other."""
        now = self._clock()
        with self._lock:
            before = self._at.get(person)
            begun = before[1] if before is not None and before[0] == drawing else now
            self._at[person] = drawing, begun, now

    def stop(self, person: int) -> None:
        """Count somebody as looking at nothing."""
        with self._lock:
            self._at.pop(person, None)

    def now(self) -> Mapping[int, Set[int]]:
        """Who is looking, by drawing."""
        now = self._clock()
        found: dict[int, set[int]] = {}
        with self._lock:
            self._at = {one: at for one, at in self._at.items() if now - at[2] <= SECONDS}
            for person, (drawing, begun, _) in self._at.items():
                if now - begun <= MOST_SECONDS:
                    found.setdefault(drawing, set()).add(person)
        return found
