"""What stands after the "?" in the address: what a page shows, so that it can be shared.

A page's choices are kept in the session as the text the address has for them. An address that a
visitor typed, followed or went back to is taken over; a choice made on the page goes into the
address at the end of the run. What an address asks for and cannot have becomes the default and a
sentence for the page, never an error. The visitor's own text is neither shown nor used.

    here = address.of("browse")
    name = here.choice("set", SETS, no="There is no such set", instead="train")
    st.radio("Set", **here.steers("set", name, options=SETS))
    here.settle()
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeVar

import streamlit as st

# Enough for any element; a number of a thousand digits is not worth reading.
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")

_KEPT = "address/kept"
_STAY = "address/stay"

Said = tuple[str, ...]
"""What the address gives for one name: nothing, one text, or several if the name is repeated."""

Default = TypeVar("Default", int, None)


@dataclass
class _Widget:
    """A widget that steers, as the page made it last.

    Attributes:
        name: what it steers, as in the address.
        first: what it began with.
        shown: the same, or what it has told since.
        nothing: the option that stands for None.
        forget: names that lose their meaning when it changes.
    """

    name: str
    first: Any
    shown: Any
    nothing: Any
    forget: tuple[str, ...]


@dataclass
class _Memory:
    """What the session keeps for a page, also while another page is open.

    Attributes:
        said: what is asked for, by name.
        written: what the address held after the last run, for every name that run read.
        names: all that the page has read so far, in this view or another.
        widgets: those that steer, by key; Streamlit drops them when the page is left.
        editions: how often a widget was replaced by another, by what it steers.
        chosen: the visitor has just chosen something on the page.
    """

    said: dict[str, Said] = field(default_factory=dict)
    written: dict[str, Said] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    widgets: dict[str, _Widget] = field(default_factory=dict)
    editions: dict[str, int] = field(default_factory=dict)
    chosen: bool = False


@dataclass
class _Stay:
    """The page that a visitor is on.

    Attributes:
        path: the page's.
        read: whose part of the address it has read since it was opened.
    """

    path: str
    read: set[str] = field(default_factory=set)


class Address:
    """A page's part of the address during one run; made by `of`.

    Attributes:
        notes: sentences on what the address asks for and cannot have.
        page: the page's name.
    """

    def __init__(self, page: str, memory: _Memory) -> None:
        self.notes: list[str] = []
        self.page = page
        self._memory = memory
        self._shown: dict[str, Said] = {}

    def choice(self, name: str, options: Sequence[str], *, no: str, instead: str) -> str:
        """One of a few words; the first if the address gives none.

        Args:
            name: as in the address.
            options: the words allowed.
            no: why another word is not taken, without the full stop.
            instead: what is shown then.
        """
        said = self._memory.said.get(name, ())
        fits = len(said) == 1 and said[0] in options
        if said and not fits:
            self.notes.append(f"{no}; showing {instead}.")
        value = said[0] if fits else options[0]
        self._shown[name] = (value,)
        return value

    def text(self, name: str) -> str | None:
        """Any text, None if the address gives none: for something that checks it itself."""
        said = self._memory.said.get(name, ())
        self._shown[name] = said[:1]
        return said[0] if said else None

    def several(
        self, name: str, options: Sequence[str], *, most: int, no: str, instead: str
    ) -> list[str]:
        """Some of a few words, each once, in the order of the address; none if it gives none.

        Args:
            name: as in the address, where it stands once for each word.
            options: the words allowed.
            most: how many are taken.
            no: why others are not taken, without the full stop.
            instead: what is shown then.
        """
        said = self._memory.said.get(name, ())
        values = tuple(dict.fromkeys(one for one in said if one in options))[:most]
        if len(values) < len(said):
            self.notes.append(f"{no}; showing {instead}.")
        self._shown[name] = values
        return list(values)

    def whole(
        self, name: str, low: int, high: int, *, default: Default, no: str, instead: str
    ) -> int | Default:
        """A whole number from `low` to `high`.

        Args:
            name: as in the address.
            low: the smallest allowed.
            high: the largest allowed.
            default: taken when the address gives none.
            no: why a number out of range is not taken, without the full stop; `{}` is the number.
            instead: what is shown then.
        """
        said = self._memory.said.get(name, ())
        number = int(said[0]) if len(said) == 1 and _WHOLE_NUMBER.fullmatch(said[0]) else None
        fits = number is not None and low <= number <= high
        if said and not fits:
            why = (
                f"The address should give one whole number for “{name}”"
                if number is None
                else no.format(number)
            )
            self.notes.append(f"{why}; showing {instead}.")
        value = number if number is not None and fits else default
        self._shown[name] = () if value is None else (str(value),)
        return value

    def steers(
        self,
        name: str,
        value: Any,
        *,
        options: Sequence[Any] | None = None,
        begins: str = "value",
        nothing: Any = None,
        forget: Sequence[str] = (),
    ) -> dict[str, Any]:
        """What to give a widget so that it shows this value and changes it.

        Args:
            name: as in the address.
            value: what the widget is to show; None if nothing is chosen.
            options: the widget's, which then gets them, and the `index` to begin with, too.
            begins: what the widget calls the value to begin with, where it has no options.
            nothing: the option that stands for None in the widget.
            forget: names that lose their meaning when this one changes.
        """
        option = nothing if value is None else value
        key = self._key(name)
        if key in st.session_state and st.session_state[key] != option:
            # Another widget: the browser, which does not know yet, may send what the old one
            # shows with the next click, and that would be taken for a choice.
            self._memory.editions[name] = self._memory.editions.get(name, 0) + 1
            key = self._key(name)
        # Not by way of the session: a run that is ended early would leave the browser with the
        # widget, but without its value.
        first = self._memory.widgets[key].first if key in self._memory.widgets else option
        self._memory.widgets[key] = _Widget(name, first, option, nothing, tuple(forget))
        given: dict[str, Any] = {"key": key, "on_change": self._follow, "args": (key,)}
        if options is None:
            return given | {begins: first}
        return given | {"options": options, "index": _place(first, options)}

    def _key(self, name: str) -> str:
        edition = self._memory.editions.get(name, 0)
        return f"{self.page}-{name}-{edition}" if edition else f"{self.page}-{name}"

    def choose(self, **choices: object) -> None:
        """Show something else from the next run on; for callbacks. None takes a choice back."""
        self._memory.chosen = True
        for name, value in choices.items():
            self._memory.said[name] = _as_said(value)

    def settle(self) -> None:
        """Put what is shown into the address, once all of it has been read.

        What another view of the page had there goes: it means nothing here.

        An address that says nothing stays as it is while nothing is chosen: `/browse` alone is a
        fine address, and the way back from it stays open.
        """
        memory = self._memory
        if any(memory.said.get(name) for name in self._shown):
            memory.said = {name: said for name, said in self._shown.items() if said}
        memory.names |= self._shown.keys()
        others = {name: said for name, said in _in_address().items() if name not in memory.names}
        wanted = others | {name: memory.said.get(name, ()) for name in self._shown}
        wanted = {name: said for name, said in wanted.items() if said}
        if wanted != _in_address():
            st.query_params.from_dict(wanted)
        memory.written = {name: wanted.get(name, ()) for name in self._shown}

    def _follow(self, key: str) -> None:
        """Take over what this widget tells; nothing where it was taken over before."""
        widget, option = self._memory.widgets.get(key), st.session_state.get(key)
        if widget and option != widget.shown:
            widget.shown = option
            choice = None if option == widget.nothing else option
            self.choose(**{widget.name: choice}, **dict.fromkeys(widget.forget))


def of(page: str) -> Address:
    """This page's part of the address; ask once a run."""
    slot = f"address/{page}"
    if slot not in st.session_state:
        st.session_state[slot] = _Memory()
    memory: _Memory = st.session_state[slot]
    here = Address(page, memory)
    memory.widgets = {key: one for key, one in memory.widgets.items() if key in st.session_state}
    for key in memory.widgets:
        # Streamlit ends a callback where another click has come: what it missed is made good.
        here._follow(key)
    read = st.session_state.setdefault(_STAY, _Stay("")).read
    _take_over(memory, arrived=page not in read)
    read.add(page)
    return here


def enter(path: str) -> None:
    """Note which page is shown; at the start of each run of a whole page."""
    if path != st.session_state.setdefault(_STAY, _Stay(path)).path:
        st.session_state[_STAY] = _Stay(path)


def keep() -> None:
    """Note the address as the page leaves it; at the end of each run of the whole page."""
    st.session_state[_KEPT] = _in_address()


def rerun() -> NoReturn:
    """Run the whole page again, from a part of it that redraws itself.

    When the browser asked for that part, it may not yet have heard what the page put into the
    address last; the page would take the older address for one that the visitor went back to.
    """
    kept = st.session_state.get(_KEPT)
    if kept is not None and kept != _in_address():
        st.query_params.from_dict(kept)
    st.rerun()


def _take_over(memory: _Memory, *, arrived: bool) -> None:
    """Bring what is asked for up to date with the address, unless the visitor has just chosen.

    Who arrives without a word in the address finds the page as it was left.
    """
    said = _in_address()
    known = {name: said.get(name, ()) for name in memory.written}
    if memory.chosen:
        memory.chosen = False
    elif (arrived and said) or (not arrived and known != memory.written):
        memory.said = said


def _place(option: object, options: Sequence[Any]) -> int | None:
    if option is None:
        return None
    return options.index(option) if option in options else 0


def _as_said(value: object) -> Said:
    if isinstance(value, list | tuple):
        return tuple(str(one) for one in value)
    return () if value is None else (str(value),)


def _in_address() -> dict[str, Said]:
    return {name: tuple(st.query_params.get_all(name)) for name in st.query_params}
