"""What a component's browser side has sent, as `st.session_state` shows it, at little cost."""

from collections.abc import Callable
from functools import cache
from typing import Any

from streamlit.components.v2.bidi_component import main as bidi_component


class ComponentValue(dict[str, Any]):
    """The values of a component by name, also as attributes; None for one that has not been sent.

    A copy: what is written into it changes nothing.
    """

    def __getattr__(self, name: str) -> Any:
        return self.get(name)


def presenter(
    aggregator_id: str, component_id: str | None = None, allowed_state_keys: set[str] | None = None
) -> Callable[[object, Any], object]:
    """Merge what a component has triggered into its state, as Streamlit's own function does.

    Args:
        aggregator_id: of the widget that has what was triggered.
        component_id: not used: nobody writes into the values.
        allowed_state_keys: not used, likewise.

    Returns:
        A function of the state and of Streamlit's `SessionState`.
    """
    del component_id, allowed_state_keys

    def present(state: object, session_state: Any) -> object:
        widgets = session_state._new_widget_state
        about = widgets.widget_metadata.get(aggregator_id)
        if not isinstance(state, dict) or getattr(about, "value_type", "") != "json_trigger_value":
            return state
        sent = widgets.get(aggregator_id)
        events = {
            one["event"]: one.get("value")
            for one in (sent if isinstance(sent, list) else [sent])
            if isinstance(one, dict) and isinstance(one.get("event"), str)
        }
        return ComponentValue({**events, **state})

    return present


@cache
def show_values_as_copies() -> None:
    """Have the values of components shown as plain copies; once a process.

    Streamlit 1.67 makes a new class at each look at a component's value, many in a click, so that a
    page may write into it. None does, and classes are dear to make and to collect.
    """
    bidi_component.make_bidi_component_presenter = presenter  # type: ignore[attr-defined]
