"""Widgets that show a value of the address and change it.

Streamlit's own `bind="query-params"` cannot do this: it leaves defaults out of the address, drops a
refused value without a word, uses the widget's key as the parameter's name, and forbids anything
else to set that parameter. With the key fixed, no widget could be replaced either, and a busy
browser's late message would undo what the page has chosen meanwhile.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st


@dataclass
class _Widget:
    """A widget as the page made it last.

    Attributes:
        name: of its parameter in the address.
        initial: the value it was created with.
        current: the value it is known to have.
        none_option: the option that stands for None.
        clears: parameters that lose their meaning when it changes.
    """

    name: str
    initial: Any
    current: Any
    none_option: Any
    clears: tuple[str, ...]


class AddressWidgets:
    """The widgets of one page that follow its address; kept in the session.

    Args:
        page: the page's name, with which their keys begin.
        choose: takes what a visitor chose, by the name in the address.
    """

    def __init__(self, page: str, choose: Callable[..., None]) -> None:
        self._page = page
        self._choose = choose
        self._widgets: dict[str, _Widget] = {}
        self._generations: dict[str, int] = {}

    def bind(
        self,
        name: str,
        value: Any,
        *,
        options: Sequence[Any] | None = None,
        initial_argument: str = "value",
        none_option: Any = None,
        clears: Sequence[str] = (),
    ) -> dict[str, Any]:
        """The arguments with which a widget shows this value and changes it.

        Args:
            name: of the parameter in the address.
            value: what the widget is to show; None if nothing is chosen.
            options: the widget's; it is then given them and an `index` to begin with.
            initial_argument: what a widget without options calls its initial value.
            none_option: the option that stands for None.
            clears: parameters that lose their meaning when this one changes.
        """
        option = none_option if value is None else value
        key = self._key(name)
        if key in st.session_state and st.session_state[key] != option:
            # A new widget: a browser that has not heard of the change yet sends the old value with
            # its next click, and under the same key it would count as a choice.
            self._generations[name] = self._generations.get(name, 0) + 1
            key = self._key(name)
        # The initial value stays, or Streamlit would make another widget. It is not set by way of
        # the session: a run that is ended early would leave the browser's widget without it.
        initial = self._widgets[key].initial if key in self._widgets else option
        self._widgets[key] = _Widget(name, initial, option, none_option, tuple(clears))
        arguments: dict[str, Any] = {"key": key, "on_change": self._follow, "args": (key,)}
        if options is None:
            return arguments | {initial_argument: initial}
        index = options.index(initial) if initial in options else 0
        return arguments | {"options": options, "index": None if initial is None else index}

    def catch_up(self) -> None:
        """Take over changes whose callback Streamlit ended because another click had come."""
        # Streamlit drops widgets when a visitor leaves the page.
        self._widgets = {key: one for key, one in self._widgets.items() if key in st.session_state}
        for key in self._widgets:
            self._follow(key)

    def _key(self, name: str) -> str:
        generation = self._generations.get(name, 0)
        return f"{self._page}-{name}-{generation}" if generation else f"{self._page}-{name}"

    def _follow(self, key: str) -> None:
        """Take over a widget's value, unless it is known already."""
        widget, option = self._widgets.get(key), st.session_state.get(key)
        if widget and option != widget.current:
            widget.current = option
            choice = None if option == widget.none_option else option
            self._choose(**{widget.name: choice}, **dict.fromkeys(widget.clears))
