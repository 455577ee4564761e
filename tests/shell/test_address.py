"""The address bar, read without trust and kept in step."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

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
        for name, said in query.items():
            self.query_params[name] = said if isinstance(said, tuple) else (said,)

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
        return {name: "&".join(said) for name, said in self.query_params.items()}


@contextmanager
def tab(**query) -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch:
        browser = Browser(**query)
        patch.setattr(address, "st", browser)
        patch.setattr(address_widgets, "st", browser)
        yield browser


def test_an_address_that_says_nothing_shows_the_defaults_and_stays_as_it_is():
    with tab() as browser:
        page = browser.run()
        assert page.shown == ("train", 0, None)
        assert page.here.problems == []
        assert browser.address == {}


def test_an_address_is_read_and_completed():
    with tab(index="7") as browser:
        page = browser.run()
        assert page.shown == ("train", 7, None)
        assert browser.address == {"set": "train", "index": "7"}


@pytest.mark.parametrize(
    ("query", "shown", "note"),
    [
        ({"index": "99999"}, ("train", 0, None), "There is no 99999 here; showing 0."),
        ({"index": "-1"}, ("train", 0, None), "There is no -1 here; showing 0."),
        ({"index": "9" * 5000}, ("train", 0, None), "one whole number for “index”; showing 0."),
        ({"index": "٣"}, ("train", 0, None), "one whole number for “index”; showing 0."),
        ({"index": "3.0"}, ("train", 0, None), "one whole number for “index”; showing 0."),
        ({"index": " 3"}, ("train", 0, None), "one whole number for “index”; showing 0."),
        ({"index": ""}, ("train", 0, None), "one whole number for “index”; showing 0."),
        ({"index": ("3", "4")}, ("train", 0, None), "one whole number for “index”; showing 0."),
        ({"set": "../etc"}, ("train", 0, None), "No such set; showing train."),
        ({"set": ("test", "train")}, ("train", 0, None), "No such set; showing train."),
        ({"digit": "12"}, ("train", 0, None), "There is no 12; showing all."),
    ],
)
def test_what_cannot_be_had_becomes_the_default_and_a_sentence(query, shown, note):
    with tab(**query) as browser:
        page = browser.run()
        assert page.shown == shown
        assert len(page.here.problems) == 1
        assert page.here.problems[0].endswith(note)
        # The address now says what is shown, so the sentence comes once.
        assert browser.address == {"set": "train", "index": "0"}
        assert browser.run().here.problems == []


_TEXT = some.text(max_size=30) | some.integers().map(str)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    some.dictionaries(
        some.sampled_from(("set", "index", "digit", "other")), some.lists(_TEXT, max_size=3)
    )
)
def test_any_address_gives_a_page_and_never_the_visitors_own_words(query):
    with tab(**{name: tuple(said) for name, said in query.items() if said}) as browser:
        page = browser.run()
        name, index, digit = page.shown
        assert name in ("train", "test")
        assert index in range(10)
        assert digit is None or digit in range(10)
        for note in page.here.problems:
            assert all(letter.isascii() or letter in "“”" for letter in note)
            assert len(note) < 100
        assert browser.run().shown == page.shown


def test_a_widget_changes_the_address_and_what_depends_on_it_is_forgotten():
    with tab(index="7") as browser:
        browser.use(browser.run(), "test")
        assert browser.run().shown == ("test", 0, None)
        assert browser.address == {"set": "test", "index": "0"}


def test_a_widget_that_lets_go_takes_its_choice_back():
    with tab(digit="3") as browser:
        browser.run().here.choose(digit=None)
        assert browser.run().shown == ("train", 0, None)
        assert "digit" not in browser.address


def test_a_widget_may_have_an_option_for_nothing():
    with tab() as browser:
        here = browser.run().here
        widget = here.widgets.bind("digit", None, none_option="all")
        browser.mount(widget)
        assert browser.session_state[widget["key"]] == "all"
        for option, digit in ((4, 4), ("all", None)):
            browser.session_state[widget["key"]] = option
            widget["on_change"](*widget["args"])
            assert browser.run().shown == ("train", 0, digit)


def test_the_way_back_is_followed():
    with tab() as browser:
        browser.run().here.choose(index=5)
        browser.run()
        browser.run().here.choose(index=6)
        assert browser.run().shown == ("train", 6, None)
        browser.go(set="train", index="5")
        assert browser.run().shown == ("train", 5, None)
        browser.go()
        assert browser.run().shown == ("train", 0, None)
        assert browser.address == {}


def test_a_choice_counts_although_the_address_of_the_last_one_is_still_on_its_way():
    with tab() as browser:
        page = browser.run()
        page.here.choose(index=1)
        browser.run()
        page.here.choose(index=2)
        browser.go()  # what the browser still had when it sent the second click
        assert browser.run().shown == ("train", 2, None)
        assert browser.address == {"set": "train", "index": "2"}


def test_the_address_is_written_only_when_it_changes():
    with tab(index="7") as browser:
        for _ in range(3):
            browser.run()
        assert browser.query_params.writes == 1


def test_a_page_remembers_what_it_showed_while_another_was_open():
    with tab(set="test", index="7") as browser:
        browser.run()
        browser.leave()
        assert browser.run().shown == ("test", 7, None)
        assert browser.address == {"set": "test", "index": "7"}


def test_a_link_counts_more_than_what_the_page_remembers():
    with tab(set="test", index="7") as browser:
        browser.run()
        browser.leave()
        browser.go(index="3")
        assert browser.run().shown == ("train", 3, None)


def _bare_view(browser):
    """A view of the same page with an element, and no widget that steers."""
    address.begin_run("browse")
    here = address.of("browse")
    index = here.whole_number("index", 0, 9, default=0, refusal="There is no {} here", instead="0")
    here.finish(browser)
    for key in [key for key in browser.session_state if not key.startswith("address/")]:
        del browser.session_state[key]
    return SimpleNamespace(here=here, index=index)


def test_a_view_without_a_widget_follows_the_way_back():
    with tab(index="3") as browser:
        _bare_view(browser).here.choose(index=4)
        assert _bare_view(browser).index == 4
        browser.go(index="3")
        assert _bare_view(browser).index == 3
        browser.go()
        assert _bare_view(browser).index == 0
        assert browser.address == {}


def test_a_view_without_a_widget_is_found_again_as_it_was_left_or_as_a_link_wants_it():
    with tab(index="3") as browser:
        _bare_view(browser)
        browser.leave()
        assert _bare_view(browser).index == 3
        browser.leave()
        browser.go(index="5")
        assert _bare_view(browser).index == 5


def test_from_a_view_without_a_widget_to_one_with_some():
    with tab(set="test", index="7") as browser:
        browser.run()
        assert _bare_view(browser).index == 7
        browser.go(set="test", index="2")
        assert browser.run().shown == ("test", 2, None)


def _another_view(browser):
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


def test_another_view_clears_away_what_means_nothing_to_it():
    with tab(set="test", index="7", digit="4", job="20261122") as browser:
        browser.run()
        browser.run().here.choose(view="another")
        _another_view(browser)
        assert browser.address == {"set": "test", "job": "20261122"}
        assert browser.run().shown == ("test", 0, None)


@pytest.mark.parametrize(
    ("said", "words", "notes"),
    [
        ((), [], 0),
        (("b",), ["b"], 0),
        (("c", "a"), ["c", "a"], 0),
        (("a", "a"), ["a"], 1),
        (("a", "b", "c"), ["a", "b"], 1),
        (("<script>", "b"), ["b"], 1),
    ],
)
def test_several_words_of_a_few(said, words, notes):
    with tab() as browser:
        browser.go(**{"with": said} if said else {})
        view = _another_view(browser)
        assert view.words == words
        assert len(view.here.problems) == notes
        assert browser.address.get("with", "") == "&".join(words)
        assert _another_view(browser).here.problems == []


def test_a_widget_for_several_words_steers_the_address():
    with tab() as browser:
        widget = _another_view(browser).widget
        assert browser.session_state[widget["key"]] == []
        for chosen in (["b", "a"], []):
            browser.session_state[widget["key"]] = chosen
            widget["on_change"](*widget["args"])
            assert _another_view(browser).words == chosen
            assert browser.address.get("with", "") == "&".join(chosen)


def test_names_of_others_are_left_alone():
    with tab(index="7", job="20261122") as browser:
        browser.run().here.choose(index=8)
        browser.run()
        assert browser.address["job"] == "20261122"


def test_a_widget_shows_what_the_address_says_and_is_left_alone_when_it_does():
    with tab(set="test") as browser:
        page = browser.run()
        assert browser.session_state[page.widget["key"]] == "test"


def test_a_page_that_runs_itself_again_keeps_its_address():
    with tab(index="3") as browser:
        browser.rerun = list
        browser.run()
        address.end_run()
        before, writes = browser.address, browser.query_params.writes
        address.rerun()
        assert browser.query_params.writes == writes
        browser.go()
        address.rerun()
        assert browser.address == before


def test_what_an_old_widget_still_shows_is_no_choice():
    with tab(set="test") as browser:
        before = browser.run()
        before.here.choose(set="train")
        after = browser.run()
        assert after.widget["key"] != before.widget["key"]
        assert browser.session_state[after.widget["key"]] == "train"
        # The next click comes from a browser that has not heard of it.
        browser.session_state[before.widget["key"]] = "test"
        before.widget["on_change"](*before.widget["args"])
        assert browser.run().shown[0] == "train"


def test_a_choice_counts_although_its_callback_was_ended():
    with tab(index="7") as browser:
        browser.session_state[browser.run().widget["key"]] = "test"
        assert browser.run().shown == ("test", 0, None)
        browser.run().here.choose(index=4)
        assert browser.run().shown == ("test", 4, None)


@pytest.mark.parametrize(("value", "index"), [("b", 1), (None, None), ("gone", 0)])
def test_a_widget_with_options_begins_with_the_place_of_one(value, index):
    with tab() as browser:
        widget = browser.run().here.widgets.bind("word", value, options=("a", "b"))
        assert widget["index"] == index


def test_a_widget_goes_on_beginning_with_what_it_began_with():
    with tab(set="test") as browser:
        browser.use(browser.run(), "train")
        page = browser.run()
        assert page.shown[0] == "train"
        assert page.widget["value"] == "test"
