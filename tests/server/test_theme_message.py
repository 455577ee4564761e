import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from ui.server import theme_message

_SECTIONS = ("theme", "theme.light", "theme.dark", "theme.sidebar", "theme.dark.sidebar")


def _messages() -> list[CustomThemeConfig]:
    found = []
    for section in _SECTIONS:
        within = CustomThemeConfig()
        app_session._populate_theme_msg(within.light, section)
        found.append(within)
    return found


def test_runs_send_what_streamlit_would_without_asking_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(app_session, "_populate_theme_msg", app_session._populate_theme_msg)
    expected = _messages()
    theme_message.write_once()
    assert _messages() == expected
    # The app's own; a part that says nothing stays away.
    assert expected[1].light.primary_color
    assert not expected[3].HasField("light")
    monkeypatch.delattr(config, "get_options_for_section")
    assert _messages() == expected
