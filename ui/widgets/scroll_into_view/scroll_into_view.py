"""Scrolls the page to what has just started: the button for it may be far below."""

from ui.shell.component import component

_SCROLL_INTO_VIEW = component(__file__)


def scroll_into_view(event: str) -> None:
    """Bring this place of the page into view, once for each event, such as the id of a job."""
    _SCROLL_INTO_VIEW(key="scroll-into-view", data={"event": event})
