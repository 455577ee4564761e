"""A whole number to type: what the browser sends is believed only where it makes sense."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ui.shell import component
from ui.widgets.number_field import number_field
from ui.widgets.number_field.number_field import _Chosen, _read_chosen

ANYTHING = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(),
    lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner),
    max_leaves=5,
)


class Page:
    """A page with a number from 0 to 9, and the browser's end of it."""

    def __init__(self, monkeypatch):
        self.session_state, self.chosen, self.runs = {}, [], 0
        self.sent, self.receive = None, None
        streamlit = SimpleNamespace(session_state=self.session_state, rerun=self._rerun)
        monkeypatch.setattr(number_field, "st", streamlit)
        monkeypatch.setattr(component, "st", streamlit)
        monkeypatch.setattr(number_field, "_NUMBER_FIELD", self._mount)

    def run(self):
        self.runs += 1
        value = self.chosen[-1] if self.chosen else 0
        number_field.number_field("Number", value, 0, 9, key="n", on_choose=self.chosen.append)

    def send(self, chosen):
        self.session_state["n"] = {"chosen": chosen}

    def _mount(self, *, data, on_chosen_change, **_):
        self.sent, self.receive = data, on_chosen_change

    def _rerun(self):
        self.run()


@pytest.fixture
def page(monkeypatch):
    page = Page(monkeypatch)
    page.run()
    return page


def test_a_number_is_chosen_once_and_answered(page):
    assert page.sent["handled"] is None
    page.send({"counter": 0.5, "count": 1, "number": 7})
    page.receive()
    page.run()
    assert (page.chosen, page.runs) == ([7], 2)
    assert page.sent["value"] == 7
    assert page.sent["handled"] == {"counter": 0.5, "count": 1}


def test_the_same_number_may_be_chosen_again(page):
    for count in (1, 2):
        page.send({"counter": 0.5, "count": count, "number": 7})
        page.receive()
    assert page.chosen == [7, 7]


def test_a_number_whose_callback_was_never_called_counts_in_the_next_run(page):
    page.send({"counter": 0.5, "count": 1, "number": 7})
    page.run()
    assert page.chosen == [7]
    assert page.sent["value"] == 7


def test_a_choice_that_was_interrupted_is_made_in_the_next_run(page):
    page.send({"counter": 0.5, "count": 1, "number": 7})
    with pytest.raises(InterruptedError):
        number_field.number_field("Number", 0, 0, 9, key="n", on_choose=_end)
    page.run()
    assert page.chosen == [7]


def _end(number):
    raise InterruptedError


@pytest.mark.parametrize("number", [-1, 10, 10**400])
def test_a_number_out_of_range_is_handled_and_not_taken(page, number):
    page.send({"counter": 0.5, "count": 1, "number": number})
    page.run()
    assert page.chosen == []
    assert page.sent["handled"] == {"counter": 0.5, "count": 1}


@given(ANYTHING, ANYTHING, ANYTHING)
def test_whatever_the_browser_sends_it_is_numbers_or_nothing(counter, count, number):
    found = _read_chosen({"chosen": {"counter": counter, "count": count, "number": number}})
    assert found is None or (type(found.count), type(found.number)) == (int, int)
    # What does not equal itself would be handled again and again.
    assert found == _read_chosen({"chosen": {"counter": counter, "count": count, "number": number}})


@given(ANYTHING)
def test_whatever_else_it_sends_is_no_choice(sent):
    assert _read_chosen({"chosen": sent}) is None
    assert _read_chosen(None) is None


def test_a_number_and_its_count_are_read():
    sent = {"chosen": {"counter": 0.25, "count": 3, "number": -4}}
    assert _read_chosen(sent) == _Chosen(0.25, 3, -4)
    assert _read_chosen({"chosen": {"counter": float("nan"), "count": 3, "number": 4}}) is None
    assert _read_chosen({"chosen": {"counter": 0.25, "count": 10**9999, "number": 4}}) is None
