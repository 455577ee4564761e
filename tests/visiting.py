"""The app's pages without a browser, through Streamlit's AppTest.

AppTest does not know our own components, but keeps what was sent to them: `sent(app, "large")`;
what they say, a test says for them: `says(app, "browse-index", chosen={...})`.
"""

import json
from typing import Any

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.testing.v1 import AppTest

from tests.serving import APP

# A page is there as soon as it has run; on a busy machine that may take long.
_PATIENCE_SECONDS = 120


MORE_OF_TRAINING: dict[str, Any] = {"training/more": True}
"""The session of somebody who has opened "More" below a training."""


def visit(page: str = "home", /, session: dict[str, Any] | None = None, **query: str) -> AppTest:
    """Open the app at a page, with this query, as a first-time visitor, or with this session."""
    app = AppTest.from_file(APP, default_timeout=_PATIENCE_SECONDS)
    for name, value in (session or {}).items():
        app.session_state[name] = value
    app.switch_page(f"pages/{page}.py")
    for name, said in query.items():
        app.query_params[name] = said
    return app.run()


def buttons(app: AppTest) -> list[str]:
    """What the buttons of the page say, without those that every page has for its languages."""
    return [button.label for button in app.button if not (button.key or "").startswith("lang-")]


def sent(app: AppTest, key: str) -> dict[str, Any]:
    """The data that the component with this key was given."""
    proto = _component(app, key)
    data: dict[str, Any] = json.loads(proto.json or proto.mixed.json)
    return data


def columns(app: AppTest, key: str) -> dict[str, list[Any]]:
    """The columns of the table with this key by their titles; numbers as numbers."""
    data = sent(app, key)
    texts = [list(column) for column in zip(*data["rows"], strict=True)]
    values = [data["numbers"].get(str(number), cells) for number, cells in enumerate(texts)]
    return dict(zip(data["titles"], values, strict=True))


def says(app: AppTest, key: str, **state: Any) -> AppTest:
    """Let the component with this key say this, and run the page."""
    widgets = app._tree.get_widget_states()
    widgets.widgets.add(id=_component(app, key).id, json_value=json.dumps(state))
    return app._run(widgets)


def picks(app: AppTest, key: str, position: Any) -> AppTest:
    """Let the component with this key say that the thing at this place was picked."""
    widgets = app._tree.get_widget_states()
    trigger = _make_trigger_id(_component(app, key).id, "events")
    said = [{"event": "picked", "value": position}]
    widgets.widgets.add(id=trigger, json_trigger_value=json.dumps(said))
    return app._run(widgets)


def _component(app: AppTest, key: str) -> Any:
    (element,) = (one for one in app.get("bidi_component") if one.key == key)
    return element.proto


def components(app: AppTest) -> dict[str, tuple[str, dict[str, str], dict[str, Any]]]:
    """Every component of ours on the page by its key: its name, its parts, the data it was sent."""
    found: dict[str, tuple[str, dict[str, str], dict[str, Any]]] = {}
    for element in app.get("bidi_component"):
        proto: Any = element.proto
        parts = {"html": proto.html_content, "css": proto.css_content, "js": proto.js_content}
        library, _, name = proto.component_name.rpartition(".")
        if library != "digit_lab":
            continue
        found[str(element.key)] = (
            name,
            parts,
            json.loads(proto.json or proto.mixed.json or "null"),
        )
    return found


def has(app: AppTest, key: str) -> bool:
    """Whether there is a component with this key."""
    return any(element.key == key for element in app.get("bidi_component"))


def text(app: AppTest) -> str:
    """Everything the page says in headings, paragraphs and notes."""
    kinds = (app.title, app.subheader, app.markdown, app.info, app.warning, app.error)
    return "\n".join(element.value for kind in kinds for element in kind)


def address(app: AppTest) -> dict[str, str]:
    """What stands after the "?"."""
    return {
        name: said if isinstance(said, str) else "&".join(said)
        for name, said in app.query_params.items()
    }
