"""Values of an address that anybody may have typed."""

import pytest

from ui.shell.address_values import AddressValues


def _word(texts):
    values = AddressValues({"word": texts})
    word = values.one_of("word", ("a", "b"), refusal="There is no such word", instead="a")
    return word, values


def test_the_first_option_is_the_default_and_is_no_problem():
    word, values = _word(())
    assert word == "a"
    assert values.problems == []
    assert values.shown == {"word": ("a",)}


@pytest.mark.parametrize("texts", [("c",), ("",), ("A",), ("a", "b"), ("b", "b")])
def test_a_word_that_is_not_allowed_becomes_the_default_and_a_sentence(texts):
    word, values = _word(texts)
    assert word == "a"
    assert values.problems == ["There is no such word; showing a."]


@pytest.mark.parametrize(
    ("texts", "number", "problems"),
    [
        ((), 5, []),
        (("0",), 0, []),
        (("9",), 9, []),
        (("-0",), 0, []),
        (("10",), 5, ["There is no 10; showing 5."]),
        (("-1",), 5, ["There is no -1; showing 5."]),
        (("1e3",), 5, ["The address should give one whole number for “index”; showing 5."]),
        (("9" * 5000,), 5, ["The address should give one whole number for “index”; showing 5."]),
        (("1", "1"), 5, ["The address should give one whole number for “index”; showing 5."]),
    ],
)
def test_a_whole_number_is_small_plain_and_in_range(texts, number, problems):
    values = AddressValues({"index": texts})
    found = values.whole_number("index", 0, 9, default=5, refusal="There is no {}", instead="5")
    assert found == number
    assert values.problems == problems
    assert values.shown == {"index": (str(number),)}


def test_a_number_without_a_default_is_left_out_of_the_address():
    values = AddressValues({})
    assert values.whole_number("i", 0, 9, default=None, refusal="no {}", instead="all") is None
    assert values.shown == {"i": ()}


def test_any_text_is_handed_to_whoever_checks_it():
    values = AddressValues({"run": ("<script>", "other")})
    assert values.text("run") == "<script>"
    assert values.text("nothing") is None
    assert values.shown == {"run": ("<script>",), "nothing": ()}
    assert values.problems == []
