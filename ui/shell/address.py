"""Keeps what a page shows in step with its address, so that it can be shared and bookmarked.

A page's choices are kept in the session as the texts its address has for them. An address that a
visitor typed, followed or went back to replaces them; a choice made on the page goes into the
address at the end of the run.

    here = address.of("browse")
    name = here.one_of("set", SETS, refusal="There is no such set", instead="train")
    st.radio("Set", **here.widgets.bind("set", name, options=SETS))
    here.finish(notices)
"""

from typing import NoReturn

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.shell import language
from ui.shell.address_values import AddressValues, Texts
from ui.shell.address_widgets import AddressWidgets

_LAST_ADDRESS = "address/last"
_PATH = "address/path"
_HAS_ARRIVED = "address/has-arrived"


class _Memory:
    """What the session keeps for a page, also while another page is open.

    Attributes:
        requested: what is to be shown, by name.
        written: what the address held after the last run, for every name that run read.
        names: all names that the page has ever read, in this view or another.
        has_choice: the visitor has chosen something on the page since the last run.
        widgets: those that follow the address.
    """

    def __init__(self, page: str) -> None:
        self.requested: dict[str, Texts] = {}
        self.written: dict[str, Texts] = {}
        self.names: set[str] = set()
        self.has_choice = False
        self.widgets = AddressWidgets(page, self.choose)

    def choose(self, **choices: object) -> None:
        """Show something else from the next run on; for callbacks. None takes a choice back."""
        self.has_choice = True
        for name, value in choices.items():
            several = value if isinstance(value, list | tuple) else (value,)
            self.requested[name] = tuple(str(one) for one in several if one is not None)

    def take_over(self, *, has_arrived: bool) -> None:
        """Take what the address asks for, unless the visitor has just chosen something.

        Whoever comes back to the page without a word in the address finds it as it was left.
        """
        asked = _in_address()
        known = {name: asked.get(name, ()) for name in self.written}
        if self.has_choice:
            # The browser may have sent its click before it heard of the last change of the address.
            self.has_choice = False
        elif (asked and has_arrived) or (known != self.written and not has_arrived):
            self.replace(asked)

    def replace(self, requested: dict[str, Texts]) -> None:
        """Replace all that is to be shown.

        In the same dictionary: callbacks hold the address of an earlier run, and read in it what is
        to be shown by now.
        """
        self.requested.clear()
        self.requested.update(requested)


class Address(AddressValues):
    """A page's part of the address during one run; made by `of`.

    Attributes:
        page: the page's name.
        widgets: those that follow the address.
        choose: shows something else from the next run on; see `_Memory.choose`.
    """

    def __init__(self, page: str, memory: _Memory) -> None:
        super().__init__(memory.requested)
        self.page = page
        self.widgets = memory.widgets
        self.choose = memory.choose
        self._memory = memory

    def finish(self, notices: DeltaGenerator) -> None:
        """Write what is shown into the address, and say in `notices` what was not allowed.

        To be called once everything has been read. What another view of the page had in the address
        goes. An address that asks for nothing stays empty while nothing is chosen, so that the way
        back from it stays open.
        """
        memory, asked = self._memory, _in_address()
        if any(memory.requested.get(name) for name in self.shown):
            memory.replace({name: texts for name, texts in self.shown.items() if texts})
        memory.names |= self.shown.keys()
        wanted = {name: texts for name, texts in asked.items() if name not in memory.names}
        for name in self.shown:
            if texts := memory.requested.get(name):
                wanted[name] = texts
        if wanted != asked:
            _write(wanted)
        memory.written = {name: wanted.get(name, ()) for name in self.shown}
        for problem in self.problems:
            notices.info(problem)


def of(page: str) -> Address:
    """This page's part of the address; ask once a run."""
    slot = f"address/of/{page}"
    if slot not in st.session_state:
        st.session_state[slot] = _Memory(page)
    memory: _Memory = st.session_state[slot]
    memory.widgets.catch_up()
    memory.take_over(has_arrived=st.session_state.get(_HAS_ARRIVED, True))
    st.session_state[_HAS_ARRIVED] = False
    return Address(page, memory)


def begin_run(path: str) -> None:
    """Notice when another page is opened; at the start of each run of a whole page."""
    if path != st.session_state.get(_PATH):
        st.session_state[_PATH] = path
        st.session_state[_HAS_ARRIVED] = True


def path() -> str:
    """Of the page that is open; "" is Home's."""
    found: str = st.session_state.get(_PATH, "")
    return found


def end_run() -> None:
    """Remember the address as the page leaves it; at the end of each run of a whole page."""
    st.session_state[_LAST_ADDRESS] = _in_address()


def rerun() -> NoReturn:
    """Run the whole page again from within a fragment.

    When the browser asked for the fragment it may not yet have heard what the page last wrote into
    the address; the page would take the older address for one that the visitor went back to.
    """
    last = st.session_state.get(_LAST_ADDRESS)
    if last is not None and last != _in_address():
        _write(last)
    st.rerun()


def _in_address() -> dict[str, Texts]:
    """What the address asks of the page; its language is no choice of what the page shows."""
    names = [name for name in st.query_params if name != language.PARAMETER]
    return {name: tuple(st.query_params.get_all(name)) for name in names}


def _write(wanted: dict[str, Texts]) -> None:
    st.query_params.from_dict({**wanted, **language.link()})
