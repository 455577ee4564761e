"""What a visitor sees of a mistake of ours: a sentence with a number that the log has, too."""

import re
import secrets
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import streamlit as st
import streamlit.runtime.state

from mnist_core.system import events
from mnist_core.system.process_states import MOST_ERRORS, SeenError
from ui.shell import address

# A part of a page that redraws itself meets the same error four times a second.
_SAME_SECONDS = 60.0
_OURS = Path(__file__).parents[2] / "ui"
_STATE = Path(streamlit.runtime.state.__file__).parent
_SESSION_PROXY = "session_state_proxy.py"
_LONGEST = 8_000
# What a message quotes may be a visitor's.
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”|‘[^’]*’|\d{5,}|[0-9a-f]{16,}", re.DOTALL)


class ErrorReports:
    """Notes errors, and tells visitors their numbers; `report` is Streamlit's `on_script_error`.

    Args:
        now: the clock, in seconds since 1970.
        when_seen: called after an error was noted.
    """

    def __init__(
        self, now: Callable[[], float] = time.time, when_seen: Callable[[], None] = lambda: None
    ) -> None:
        self._now, self._when_seen = now, when_seen
        # By where they came from; replaced, never changed: several threads read it.
        self._seen: dict[str, SeenError] = {}
        self.count = 0
        """How many there were."""

    @property
    def seen(self) -> tuple[SeenError, ...]:
        """The errors so far, the latest last, each once a minute."""
        return tuple(self._seen.values())

    def report(self, error: Exception) -> bool:
        """Note an error, and show a sentence in its place; whether nothing else is to be shown."""
        if is_of_browser(error):
            events.refused("malformed-value")
            st.error("Your browser sent something that makes no sense here. Load the page again.")
            return True
        number = self.note(error, address.path())
        st.error(
            "Something went wrong here. It is our mistake, and it has been written down as error "
            f"**{number}**. If it happens again, tell whoever runs this server that number.",
            icon=":material/error:",
        )
        # Pressing it runs the page again, and the visit goes on.
        st.button("Try again", key=f"error-{number}", icon=":material/refresh:")
        return True

    def note(self, error: Exception, page: str) -> str:
        """Record an error as an event, unless it is the same as a moment ago; return its id."""
        self.count += 1
        stack = described(error)
        before = self._seen.get(stack)
        if before is not None and self._now() - before.time < _SAME_SECONDS:
            times = before.times + 1
            seen = SeenError(before.id, before.time, before.kind, before.page, times)
            self._seen = {**self._seen, stack: seen}
            return before.id
        seen = SeenError(secrets.token_hex(4), self._now(), type(error).__name__, page)
        others = [(key, one) for key, one in self._seen.items() if key != stack]
        self._seen = dict([*others[-MOST_ERRORS + 1 :], (stack, seen)])
        events.record("error", id=seen.id, kind=seen.kind, page=page or "home", traceback=stack)
        self._when_seen()
        return seen.id


def is_of_browser(error: BaseException) -> bool:
    """Whether Streamlit 1.67 failed at a widget's value that no browser sends by itself.

    It takes in what was sent before, during and after our script runs. What our script asks of the
    session without having put it there is a mistake of ours.
    """
    if not isinstance(error, TypeError | KeyError | ValueError):
        return False
    files = [Path(one.filename) for one in traceback.extract_tb(error.__traceback__)]
    ours = [number for number, file in enumerate(files) if _OURS in file.parents]
    theirs = files[ours[-1] + 1 :] if ours else files
    reads_session = bool(ours) and theirs[:1] and theirs[0].name == _SESSION_PROXY
    return not reads_session and any(file.parent == _STATE for file in theirs)


def described(error: BaseException) -> str:
    """The traceback of an error, with nothing in it that a visitor may have written."""
    parts = traceback.TracebackException.from_exception(error).format()
    # Frames are our own text; what follows them is the message.
    kept = [part if part.startswith("  ") else _QUOTED.sub("…", part) for part in parts]
    return "".join(kept)[-_LONGEST:]
