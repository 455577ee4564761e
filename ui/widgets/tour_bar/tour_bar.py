"""One line above a page: where one is on the tour, what to do, and the way on."""

from collections.abc import Callable
from typing import Any

from mnist_core.language.translation import _, current
from ui.shell.component import component

_TOUR_BAR = component(__file__, uses=("scroll_to_top",))


def tour_bar(
    words: str,
    *,
    count: str,
    is_done: bool,
    go: str,
    cookies: tuple[str, str, str],
    on_go: Callable[[], None],
    on_leave: Callable[[], None],
) -> None:
    """Show the bar.

    Args:
        words: what this stop is about, and what to do.
        count: which stop it is.
        is_done: it was done.
        go: what the button that leads on says; there is none if this is empty.
        cookies: the cookie's name, its value, and its value once the tour is left.
        on_go: called when that button is pressed, before the page runs again.
        on_leave: likewise when the tour is left.
    """
    data: dict[str, Any] = {
        "words": words,
        "count": count,
        "done": is_done,
        "go": go,
        "cookies": cookies,
    }
    data["names"] = {"tour": _("Tour"), "leave": _("Leave the tour"), "language": current()}
    _TOUR_BAR(key="tour-bar", data=data, on_go_change=on_go, on_leave_change=on_leave)
