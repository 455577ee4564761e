"""A page and its address, kept in step."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.shell.address_bar import another_view, bare_view, tab
from ui.shell import address


def test_an_empty_address_shows_the_defaults_and_stays_empty():
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
    ("query", "shown", "sentence"),
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
def test_what_is_not_allowed_becomes_the_default_and_a_sentence(query, shown, sentence):
    with tab(**query) as browser:
        page = browser.run()
        assert page.shown == shown
        assert len(page.here.problems) == 1
        assert page.here.problems[0].endswith(sentence)
        assert browser.notices == page.here.problems
        # The address now says what is shown, so the sentence comes once.
        assert browser.address == {"set": "train", "index": "0"}
        assert browser.run().here.problems == []


def test_a_callback_of_an_earlier_run_reads_what_is_chosen_by_now():
    with tab(index="7") as browser:
        page = browser.run()
        page.here.choose(index=8)
        limits = {"default": None, "refusal": "No {}", "instead": "none"}
        assert page.here.whole_number("index", 0, 99, **limits) == 8


_TEXT = some.text(max_size=30) | some.integers().map(str)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    some.dictionaries(
        some.sampled_from(("set", "index", "digit", "other")), some.lists(_TEXT, max_size=3)
    )
)
def test_any_address_gives_a_page_and_never_the_visitors_own_words(query):
    with tab(**{name: tuple(texts) for name, texts in query.items() if texts}) as browser:
        page = browser.run()
        name, index, digit = page.shown
        assert name in ("train", "test")
        assert index in range(10)
        assert digit is None or digit in range(10)
        for problem in page.here.problems:
            assert all(letter.isascii() or letter in "“”" for letter in problem)
            assert len(problem) < 100
        assert browser.run().shown == page.shown


def test_a_choice_can_be_taken_back():
    with tab(digit="3") as browser:
        browser.run().here.choose(digit=None)
        assert browser.run().shown == ("train", 0, None)
        assert "digit" not in browser.address


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


def test_a_choice_counts_even_if_the_browser_sends_the_address_before_the_last_one():
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


def test_a_view_without_a_widget_follows_the_way_back():
    with tab(index="3") as browser:
        bare_view(browser).here.choose(index=4)
        assert bare_view(browser).index == 4
        browser.go(index="3")
        assert bare_view(browser).index == 3
        browser.go()
        assert bare_view(browser).index == 0
        assert browser.address == {}


def test_a_view_without_a_widget_is_as_it_was_left_or_as_a_link_asks():
    with tab(index="3") as browser:
        bare_view(browser)
        browser.leave()
        assert bare_view(browser).index == 3
        browser.leave()
        browser.go(index="5")
        assert bare_view(browser).index == 5


def test_from_a_view_without_a_widget_to_one_with_some():
    with tab(set="test", index="7") as browser:
        browser.run()
        assert bare_view(browser).index == 7
        browser.go(set="test", index="2")
        assert browser.run().shown == ("test", 2, None)


def test_another_view_removes_what_means_nothing_to_it():
    with tab(set="test", index="7", digit="4", job="20261122") as browser:
        browser.run()
        browser.run().here.choose(view="another")
        another_view(browser)
        assert browser.address == {"set": "test", "job": "20261122"}
        assert browser.run().shown == ("test", 0, None)


@pytest.mark.parametrize(
    ("texts", "words", "problems"),
    [
        ((), [], 0),
        (("b",), ["b"], 0),
        (("c", "a"), ["c", "a"], 0),
        (("a", "a"), ["a"], 1),
        (("a", "b", "c"), ["a", "b"], 1),
        (("<script>", "b"), ["b"], 1),
    ],
)
def test_several_words_of_a_few(texts, words, problems):
    with tab() as browser:
        browser.go(**{"with": texts} if texts else {})
        view = another_view(browser)
        assert view.words == words
        assert len(view.here.problems) == problems
        assert browser.address.get("with", "") == "&".join(words)
        assert another_view(browser).here.problems == []


def test_parameters_of_others_are_left_alone():
    with tab(index="7", job="20261122") as browser:
        browser.run().here.choose(index=8)
        browser.run()
        assert browser.address["job"] == "20261122"


def test_a_fragment_that_reruns_the_page_keeps_its_address():
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
