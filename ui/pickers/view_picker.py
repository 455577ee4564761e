"""What a page shows: its first look, or one of its deeper views; `view` in the address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mnist_core.language.translation import _
from ui.shell.address import Address
from ui.widgets.explore_deeper.explore_deeper import explore_deeper


@dataclass(frozen=True)
class View:
    """One view of a page.

    Attributes:
        title: a few words; the way back to a first look is called like it.
        show: called with what the page gives to all its views.
        about: what one finds there, in a short sentence; a first look needs none.
    """

    title: str
    show: Callable[..., Any]
    about: str = ""


@dataclass(frozen=True)
class Views:
    """All views of a page.

    Attributes:
        first: name in the address, and the first look: what everybody sees.
        deeper: what a group of views has in common -> name in the address -> the view. All groups
            are named on the closed line "Explore deeper".
        implied: parameter -> the view it belongs to, for addresses that give it, but no view.
    """

    first: tuple[str, View]
    deeper: Mapping[str, Mapping[str, View]]
    implied: Mapping[str, str] = field(default_factory=dict)


def view_picker(here: Address, views: Views, *, instead: str) -> Callable[..., Any]:
    """Read which view the address asks for, and offer the others.

    "Explore deeper" is a closed line below a first look; above a deeper view it is a row.

    Args:
        here: the page's address.
        views: all there are.
        instead: what the first look is called when the address asks for a view that does not exist.

    Returns:
        The function that shows the chosen view.
    """
    first, first_look = views.first
    deeper = {name: view for group in views.deeper.values() for name, view in group.items()}
    asks_for_none = not here.asks_for("view")
    name = here.one_of(
        "view", (first, *deeper), refusal=_("There is no such view"), instead=_(instead)
    )
    if asks_for_none:
        implied = (view for parameter, view in views.implied.items() if here.asks_for(parameter))
        if found := next(implied, None):
            name = found
            here.imply("view", name)

    def offer() -> None:
        explore_deeper(
            (first, _(first_look.title)),
            {
                _(group): {name: (_(view.title), _(view.about)) for name, view in members.items()}
                for group, members in views.deeper.items()
            },
            name,
            key=f"{here.page}-view",
            on_choose=lambda other: here.choose(view=other, page=None),
        )

    if name != first:
        offer()
        return deeper[name].show

    def show_first_look(*arguments: Any) -> None:
        first_look.show(*arguments)
        offer()

    return show_first_look
