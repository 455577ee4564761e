"""The sliders of "Why?": their values, whatever a browser sends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.models import store
from tests.visiting import sent, visit
from ui.widgets.transform_sliders.transform_sliders import _SLIDERS, _read_values

NEUTRAL = {"turn": 0, "right": 0, "down": 0, "size": 1}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(list(_SLIDERS)), inner),
    max_leaves=5,
)


def test_new_sliders_are_neutral_and_the_answer_is_the_networks():
    app = visit("mistakes", view="why", model="mlp-784", index="8")
    assert not app.exception
    data = sent(app, "transform-sliders")
    assert (data["image"], data["values"]) == (8, NEUTRAL)
    answers = store.test_probabilities("mlp-784")[8]
    assert data["answer"].startswith(f"Now it says {answers.argmax()}, ")
    assert sent(app, "transformed-bars")["chances"] == pytest.approx(answers.tolist(), abs=1e-4)


def test_the_values_for_this_image_are_read():
    values = {"turn": -45, "right": 3.0, "down": -10, "size": 1.6}
    assert _read_values({"transform": {"image": 8, "values": values}}, 8) == values


def test_another_image_begins_unchanged():
    sent = {"transform": {"image": 8, "values": {"turn": -45}}}
    assert _read_values(sent, 9) == NEUTRAL


@pytest.mark.parametrize("state", [None, {}, {"transform": None}, {"transform": {"image": 8}}])
def test_without_values_they_are_neutral(state):
    assert _read_values(state, 8) == NEUTRAL


@pytest.mark.parametrize(("sent", "value"), [(10**400, 90), (-(10**400), -90), (1e308, 90)])
def test_numbers_beyond_all_reason_stop_at_the_end(sent, value):
    state = {"transform": {"image": 8, "values": {"turn": sent}}}
    assert _read_values(state, 8)["turn"] == value


def test_not_a_number_is_neutral():
    state = {"transform": {"image": 8, "values": {"turn": float("nan")}}}
    assert _read_values(state, 8)["turn"] == 0


@given(ANYTHING)
def test_whatever_the_browser_sends_each_value_is_within_its_range(sent):
    for state in ({"transform": sent}, {"transform": {"image": 8, "values": sent}}):
        values = _read_values(state, 8)
        for name, slider in _SLIDERS.items():
            assert slider.low <= values[name] <= slider.high
