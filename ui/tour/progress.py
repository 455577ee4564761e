"""How far this visitor is: in the session, and in a cookie that outlives a reload."""

import re
import time
from collections.abc import Hashable
from dataclasses import dataclass, replace

import streamlit as st

from ui.shell.lost_session import Remembered

STOPS = 7
"""How many stops there are; the module `stops` is imported only for those who are on the tour."""
COOKIE = "digit-lab-tour"
"""Its value is the number of a stop from 1, followed by "-" while the tour is left."""

_PROGRESS = "tour/progress"
# The stop, whether the bar is shown, whether its task was done.
_OF_VISIT: Remembered[tuple[int, bool, bool] | None] = Remembered(
    "tour/kept", tuple[int, bool, bool] | None, None
)
_VALUE = re.compile(r"([1-8])(-?)")
# By then the page has restored what it shows, and written it into the address.
_ARRIVAL_SECONDS = 2.0


@dataclass(frozen=True)
class Progress:
    """Where a visitor is on the tour.

    Attributes:
        stop: the number of a stop from 0; `STOPS` at the end.
        active: the bar is shown.
        done: what the stop asks for was seen.
        arrived: when its page was first seen, by `time.monotonic`; None if it was not yet.
        before: the evidence that was there on arrival.
    """

    stop: int = 0
    active: bool = False
    done: bool = False
    arrived: float | None = None
    before: Hashable = None

    @property
    def cookie(self) -> str:
        """The value of the cookie."""
        return f"{self.stop + 1}{'' if self.active else '-'}"

    def looked(self, evidence: Hashable, *, anew: bool, now: float) -> "Progress":
        """The progress after a look at the evidence on the stop's page.

        Args:
            evidence: what shows that it was done; None if nothing does.
            anew: what is there on arrival counts for nothing.
            now: by `time.monotonic`.
        """
        if self.done:
            return self
        arrived = now if self.arrived is None else self.arrived
        if anew and now - arrived < _ARRIVAL_SECONDS:
            return replace(self, arrived=arrived, before=evidence)
        done = evidence is not None and not (anew and evidence == self.before)
        return replace(self, arrived=arrived, done=done)

    def next(self) -> "Progress":
        """At the next stop."""
        return Progress(min(self.stop + 1, STOPS), active=True)


def read() -> Progress:
    """This visitor's progress; after a reload, what the cookie says."""
    if _PROGRESS not in st.session_state and (known := _OF_VISIT.recovered()) is not None:
        st.session_state[_PROGRESS] = Progress(min(max(known[0], 0), STOPS), *known[1:])
    if _PROGRESS not in st.session_state:
        cookie = st.context.cookies.get(COOKIE)
        # It comes from outside; without a browser there is none.
        said = _VALUE.fullmatch(cookie) if isinstance(cookie, str) else None
        found = Progress(int(said[1]) - 1, active=not said[2]) if said else Progress()
        st.session_state[_PROGRESS] = found
    progress: Progress = st.session_state[_PROGRESS]
    return progress


def keep(progress: Progress) -> None:
    """Remember it."""
    before = read()
    st.session_state[_PROGRESS] = progress
    kept = (progress.stop, progress.active, progress.done)
    if kept != (before.stop, before.active, before.done):
        _OF_VISIT.write(kept)


def look(evidence: Hashable, *, anew: bool) -> Progress:
    """Look whether the stop was done, and remember it."""
    found = read().looked(evidence, anew=anew, now=time.monotonic())
    keep(found)
    return found
