"""Steps back and on: every press counts, once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.widgets.step_buttons.step_buttons import _counted, _Presses, _since, _Walk

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


def test_what_the_browser_counts_is_read():
    assert _counted({"steps": {"counter": 0.25, "count": -3}}) == _Presses(0.25, -3)


@given(ANYTHING, ANYTHING)
def test_whatever_else_it_says_is_no_press(counter, count):
    said = _counted({"steps": {"counter": counter, "count": count}})
    assert said is None or (type(said.counter), type(said.count)) == (float, int)


@pytest.mark.parametrize("state", [None, {}, {"steps": None}, {"steps": 3}, {"steps": {}}])
def test_nothing_is_no_press(state):
    assert _counted(state) is None


def test_only_what_is_new_counts():
    assert _since(None, _Presses(0.25, 2)) == 2
    assert _since(_Presses(0.25, 2), _Presses(0.25, 5)) == 3
    assert _since(_Presses(0.25, 2), _Presses(0.25, 2)) == 0
    assert _since(_Presses(0.25, 2), _Presses(0.25, -1)) == -3


def test_a_page_opened_anew_counts_from_nothing():
    assert _since(_Presses(0.25, 7), _Presses(0.5, 1)) == 1


@given(st.integers(), st.integers())
def test_nobody_goes_far_at_once(before, count):
    assert -100 <= _since(_Presses(0.25, before), _Presses(0.25, count)) <= 100


def test_what_was_followed_is_not_followed_again():
    steps = []
    walk = _Walk()
    assert walk.catch_up(_Presses(0.25, 2), steps.append)
    assert not walk.catch_up(_Presses(0.25, 2), steps.append)
    assert not walk.catch_up(None, steps.append)
    assert walk.catch_up(_Presses(0.25, 3), steps.append)
    assert steps == [2, 1]


def test_a_step_that_was_ended_half_way_is_gone_with_the_next():
    steps = []

    def ended(by):
        raise InterruptedError

    walk = _Walk(_Presses(0.25, 7))
    with pytest.raises(InterruptedError):
        walk.catch_up(_Presses(0.25, 8), ended)
    assert walk.catch_up(_Presses(0.25, 9), steps.append)
    assert steps == [2]
