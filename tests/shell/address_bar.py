"""A visitor's tab without a browser: an address bar, a session, and the views of a page."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from ui.shell import address, address_widgets


class _Query(dict):
    """As much of `st.query_params` as the address uses."""

    def get_all(self, name):
        return list(self.get(name, ()))

    def from_dict(self, wanted):
        self.clear()
        self.update(wanted)
        self.writes = getattr(self, "writes", 0) + 1


class Browser:
    """A visitor's tab: an address bar, and a session that forgets widgets on a page change."""

    def __init__(self, **query):
        self.query_params = _Query()
        self.session_state = {}
        self.notices = []
        self.go(**query)

    def go(self, **query):
        """Type an address, follow a link, or go back."""
        self.query_params.clear()
        for name, texts in query.items():
            self.query_params[name] = texts if isinstance(texts, tuple) else (texts,)

    def leave(self):
        """Open another page: the address and the widgets are gone."""
        self.go()
        address.begin_run("home")
        for key in [key for key in self.session_state if not key.startswith("address/")]:
            del self.session_state[key]

    def run(self):
        """The page: a set, an element in it, and a digit that need not be chosen."""
        address.begin_run("browse")
        here = address.of("browse")
        name = here.one_of("set", ("train", "test"), refusal="No such set", instead="train")
        index = here.whole_number(
            "index", 0, 9, default=0, refusal="There is no {} here", instead="0"
        )
        digit = here.whole_number(
            "digit", 0, 9, default=None, refusal="There is no {}", instead="all"
        )
        widget = here.widgets.bind("set", name, clears=("index",))
        self.mount(widget)
        here.finish(self)
        return SimpleNamespace(here=here, shown=(name, index, digit), widget=widget)

    def mount(self, widget):
        """What Streamlit does with a widget: a new one begins with its value."""
        self.session_state.setdefault(widget["key"], widget["value"])

    def use(self, page, value):
        """Change the widget for the set."""
        self.session_state[page.widget["key"]] = value
        page.widget["on_change"](*page.widget["args"])

    def info(self, notice):
        """Take a notice that the page shows."""
        self.notices.append(notice)

    @property
    def address(self):
        return {name: "&".join(texts) for name, texts in self.query_params.items()}


@contextmanager
def tab(**query) -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch:
        browser = Browser(**query)
        patch.setattr(address, "st", browser)
        patch.setattr(address_widgets, "st", browser)
        yield browser


def bare_view(browser):
    """A view of the same page with an element, and no widget that follows the address."""
    address.begin_run("browse")
    here = address.of("browse")
    index = here.whole_number("index", 0, 9, default=0, refusal="There is no {} here", instead="0")
    here.finish(browser)
    for key in [key for key in browser.session_state if not key.startswith("address/")]:
        del browser.session_state[key]
    return SimpleNamespace(here=here, index=index)


def another_view(browser):
    """A view of the same page that knows the set, and up to two of a few words."""
    address.begin_run("browse")
    here = address.of("browse")
    here.one_of("set", ("train", "test"), refusal="No such set", instead="train")
    words = here.some_of(
        "with", ("a", "b", "c"), at_most=2, refusal="No such word", instead="the rest"
    )
    widget = here.widgets.bind("with", words)
    browser.mount(widget)
    here.finish(browser)
    return SimpleNamespace(here=here, words=words, widget=widget)
