"""Scrolls the page to what has just been begun: the button for it may stand far below."""

from pathlib import Path

from ui.shell.component import component

_HERE = Path(__file__).parent

_INTO_VIEW = component(_HERE, "into_view", '<div class="here"></div>')


def into_view(what: str) -> None:
    """Bring this place of the page into sight, once for each text that is given.

    Args:
        what: stands for what was begun, such as its id.
    """
    _INTO_VIEW(key="into-view", data={"what": what})
