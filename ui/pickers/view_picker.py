"""What a page shows: its first look, or one of its deeper views; `view` in the address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mnist_core.language.translation import _
from ui.shell import address
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
    name = _read(here, views, instead)
    if name != views.first[0]:
        _offer(here, views, name)
        return _deeper(views)[name].show

    def show_first_look(*arguments: Any) -> None:
        views.first[1].show(*arguments)
        _offer(here, views, name)

    return show_first_look


def show_views(
    page: str, views: Views, *, instead: str, show: Callable[[View, Address, DeltaGenerator], None]
) -> None:
    """Show a page whose first look runs alone after a click in it, without what is around it.

    What is around it, the row of all pages for one, takes the server as long as the first look.

    Args:
        page: its name.
        views: all there are.
        instead: as for `view_picker`.
        show: shows a view, with the address and a place for what was not allowed in it.
    """
    here = address.of(page)
    name = _read(here, views, instead)
    if name != views.first[0]:
        notices = st.container()
        _offer(here, views, name)
        show(_deeper(views)[name], here, notices)
        here.finish(notices)
        return
    read_already = [here]

    @st.fragment
    def first_look() -> None:
        if read_already:
            here = read_already.pop()
        else:
            here = address.of(page)
            if _read(here, views, instead) != name:
                address.rerun()
        notices = st.container()
        show(views.first[1], here, notices)
        here.finish(notices)
        address.end_run()

    with st.container(key="first-look"):
        first_look()
    _offer(here, views, name)


def _deeper(views: Views) -> dict[str, View]:
    return {name: view for group in views.deeper.values() for name, view in group.items()}


def _read(here: Address, views: Views, instead: str) -> str:
    """The name of the view that the address asks for."""
    first, deeper = views.first[0], _deeper(views)
    asks_for_none = not here.asks_for("view")
    name = here.one_of(
        "view", (first, *deeper), refusal=_("There is no such view"), instead=_(instead)
    )
    if asks_for_none:
        implied = (view for parameter, view in views.implied.items() if here.asks_for(parameter))
        if found := next(implied, None):
            name = found
            here.imply("view", name)
    return name


def _offer(here: Address, views: Views, name: str) -> None:
    first, first_look = views.first
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
