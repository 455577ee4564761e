"""The values of components, beside what Streamlit's own function makes of them."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from streamlit.components.v2.bidi_component import main as bidi_component
from streamlit.components.v2.presentation import make_bidi_component_presenter

from tests.visiting import visit
from ui.shell import component_values

_EVENT = some.dictionaries(
    some.sampled_from(["event", "value", "other"]),
    some.one_of(some.none(), some.text(max_size=3), some.integers()),
)
_SENT = some.one_of(some.none(), _EVENT, some.lists(some.one_of(_EVENT, some.integers())))
_STATE = some.one_of(some.none(), some.dictionaries(some.text(max_size=2), some.integers()))


class _Widgets(dict[str, Any]):
    """Streamlit's store of widgets: what was sent, and what is known of each."""

    def __init__(self, sent: object, *, is_there: bool, value_type: str) -> None:
        super().__init__({"events": sent} if is_there else {})
        self.widget_metadata = {"events": SimpleNamespace(value_type=value_type)}


@given(_STATE, _SENT, some.booleans(), some.sampled_from(["json_trigger_value", "json_value"]))
def test_they_are_what_streamlit_shows(
    state: object, sent: object, is_there: bool, value_type: str
) -> None:
    widgets = _Widgets(sent, is_there=is_there, value_type=value_type)
    session = SimpleNamespace(_new_widget_state=widgets)
    wanted = make_bidi_component_presenter("events")(state, session)  # type: ignore[arg-type]
    assert component_values.presenter("events")(state, session) == wanted
    widgets.widget_metadata.clear()
    assert component_values.presenter("events")(state, session) == state


def test_a_value_is_an_attribute_too_and_what_was_not_sent_is_none() -> None:
    widgets = _Widgets(
        [{"event": "picked", "value": 3}], is_there=True, value_type="json_trigger_value"
    )
    found: Any = component_values.presenter("events")(
        {"raw": 1}, SimpleNamespace(_new_widget_state=widgets)
    )
    assert (found.picked, found.raw, found.never_sent) == (3, 1, None)


def test_streamlit_asks_this_one_for_every_component_of_a_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = list[object]()
    present = component_values.presenter
    assert vars(bidi_component)["make_bidi_component_presenter"] is present

    def note(*about: Any) -> Any:
        seen.append(about)
        return present(*about)

    monkeypatch.setattr(bidi_component, "make_bidi_component_presenter", note)
    assert not visit("browse").exception
    assert len(seen) > 5
