"""Steps back and forward: every press counts, once."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.shell import component
from ui.widgets.previous_next_buttons.previous_next_buttons import (
    _Presses,
    _read_presses,
    _steps_since,
)

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


def test_what_the_browser_counts_is_read():
    assert _read_presses({"presses": {"counter": 0.25, "count": -3}}) == _Presses(0.25, -3)


@given(ANYTHING, ANYTHING)
def test_whatever_else_it_sends_is_no_press(counter, count):
    found = _read_presses({"presses": {"counter": counter, "count": count}})
    assert found is None or (type(found.counter), type(found.count)) == (float, int)


@pytest.mark.parametrize("state", [None, {}, {"presses": None}, {"presses": 3}, {"presses": {}}])
def test_nothing_is_no_press(state):
    assert _read_presses(state) is None


def test_only_what_is_new_counts():
    assert _steps_since(None, _Presses(0.25, 2)) == 2
    assert _steps_since(_Presses(0.25, 2), _Presses(0.25, 5)) == 3
    assert _steps_since(_Presses(0.25, 2), _Presses(0.25, 2)) == 0
    assert _steps_since(_Presses(0.25, 2), _Presses(0.25, -1)) == -3


def test_a_page_opened_anew_counts_from_nothing():
    assert _steps_since(_Presses(0.25, 7), _Presses(0.5, 1)) == 1


@given(st.integers(), st.integers())
def test_nobody_goes_far_at_once(before, count):
    assert -100 <= _steps_since(_Presses(0.25, before), _Presses(0.25, count)) <= 100


@pytest.fixture
def session(monkeypatch):
    """A session in which the element "s" sends presses; `receive` adds the new ones to `steps`."""
    session = SimpleNamespace(state={}, steps=[], handle=None)
    monkeypatch.setattr(component, "st", SimpleNamespace(session_state=session.state))
    session.handle = lambda handled, new: session.steps.append(_steps_since(handled, new))
    session.receive = component.handle_once("s", _read_presses, lambda *both: session.handle(*both))
    return session


def press(session, count):
    session.state["s"] = {"presses": {"counter": 0.25, "count": count}}


def test_what_was_handled_is_not_handled_again(session):
    press(session, 2)
    assert session.receive()
    assert not session.receive()
    session.state["s"] = None
    assert not session.receive()
    press(session, 3)
    assert session.receive()
    assert session.steps == [2, 1]


def test_a_step_that_was_interrupted_is_made_with_the_next(session):
    def interrupt(handled, new):
        raise InterruptedError

    press(session, 7)
    session.receive()
    handle, session.handle = session.handle, interrupt
    press(session, 8)
    with pytest.raises(InterruptedError):
        session.receive()
    session.handle = handle
    press(session, 9)
    assert session.receive()
    assert session.steps == [7, 2]
