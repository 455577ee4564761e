"""Choosing what a page shows: `view` in the address."""

from collections.abc import Callable, Mapping
from typing import Any

from ui.pickers.choice_picker import choice_picker
from ui.shell.address import Address

Views = Mapping[str, tuple[str, Callable[..., Any]]]
"""What a page can show: name in the address -> title, and the function that shows it."""


def view_picker(here: Address, views: Views, *, instead: str) -> Callable[..., Any]:
    """Offer the views in a row.

    Args:
        here: the page's address.
        views: the first is shown when the address asks for none.
        instead: what the first is called when the address asks for one that does not exist.

    Returns:
        The function that shows the chosen view.
    """
    titles = {name: title for name, (title, _) in views.items()}
    refusal = "There is no such view"
    name = choice_picker(here, "view", "View", titles, refusal=refusal, instead=instead)
    return views[name][1]
