"""The dial of "Why?": where its sliders stand, whatever a browser says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.models import store
from tests.visiting import sent, visit
from ui.widgets.transform_dial.transform_dial import _KNOBS, _turned

AT_REST = {"turn": 0, "right": 0, "down": 0, "size": 1}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(list(_KNOBS)), inner),
    max_leaves=5,
)


def test_new_sliders_stand_at_rest_and_the_answer_is_the_networks():
    app = visit("mistakes", view="why", model="mlp-784", index="8")
    assert not app.exception
    knobs = sent(app, "dial-knobs")
    assert (knobs["image"], knobs["values"]) == (8, AT_REST)
    answers = store.test_probabilities("mlp-784")[8]
    assert knobs["said"].startswith(f"Now it says {answers.argmax()}, ")
    assert sent(app, "dial-bars")["chances"] == pytest.approx(answers.tolist(), abs=1e-4)


def test_where_the_sliders_of_this_image_stand():
    values = {"turn": -45, "right": 3.0, "down": -10, "size": 1.6}
    assert _turned({"turned": {"image": 8, "values": values}}, 8) == values


def test_another_image_begins_as_it_is():
    said = {"turned": {"image": 8, "values": {"turn": -45}}}
    assert _turned(said, 9) == AT_REST


@pytest.mark.parametrize("state", [None, {}, {"turned": None}, {"turned": {"image": 8}}])
def test_who_says_nothing_finds_them_at_rest(state):
    assert _turned(state, 8) == AT_REST


@pytest.mark.parametrize(("said", "stands"), [(10**400, 90), (-(10**400), -90), (1e308, 90)])
def test_numbers_beyond_all_reason_stop_at_the_end(said, stands):
    state = {"turned": {"image": 8, "values": {"turn": said}}}
    assert _turned(state, 8)["turn"] == stands


def test_no_number_is_at_rest():
    state = {"turned": {"image": 8, "values": {"turn": float("nan")}}}
    assert _turned(state, 8)["turn"] == 0


@given(ANYTHING)
def test_whatever_the_browser_says_each_stands_within_its_ends(said):
    for state in ({"turned": said}, {"turned": {"image": 8, "values": said}}):
        stands = _turned(state, 8)
        for name, knob in _KNOBS.items():
            assert knob.low <= stands[name] <= knob.high
