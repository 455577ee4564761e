"""Widgets that follow the address, also while the browser is late."""

import pytest

from tests.shell.address_bar import another_view, tab


def test_a_widget_changes_the_address_and_clears_what_depends_on_it():
    with tab(index="7") as browser:
        browser.use(browser.run(), "test")
        assert browser.run().shown == ("test", 0, None)
        assert browser.address == {"set": "test", "index": "0"}


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


def test_a_widget_for_several_words_changes_the_address():
    with tab() as browser:
        widget = another_view(browser).widget
        assert browser.session_state[widget["key"]] == []
        for chosen in (["b", "a"], []):
            browser.session_state[widget["key"]] = chosen
            widget["on_change"](*widget["args"])
            assert another_view(browser).words == chosen
            assert browser.address.get("with", "") == "&".join(chosen)


def test_a_widget_begins_with_what_the_address_asks_for():
    with tab(set="test") as browser:
        page = browser.run()
        assert browser.session_state[page.widget["key"]] == "test"


def test_the_late_value_of_a_replaced_widget_is_no_choice():
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


def test_a_choice_counts_even_if_its_callback_was_ended():
    with tab(index="7") as browser:
        browser.session_state[browser.run().widget["key"]] = "test"
        assert browser.run().shown == ("test", 0, None)
        browser.run().here.choose(index=4)
        assert browser.run().shown == ("test", 4, None)


@pytest.mark.parametrize(("value", "index"), [("b", 1), (None, None), ("gone", 0)])
def test_a_widget_with_options_begins_with_an_index(value, index):
    with tab() as browser:
        widget = browser.run().here.widgets.bind("word", value, options=("a", "b"))
        assert widget["index"] == index


def test_a_widget_keeps_its_initial_value():
    with tab(set="test") as browser:
        browser.use(browser.run(), "train")
        page = browser.run()
        assert page.shown[0] == "train"
        assert page.widget["value"] == "test"
