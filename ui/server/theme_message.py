"""The colours and sizes of `.streamlit/config.toml`, as each run of a page sends them."""

from functools import cache
from typing import Any

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session


def write_once() -> None:
    """Have each part of the theme written once a server.

    Streamlit 1.67 begins every run, a click's as well, with a message that has the whole theme, for
    which it asks for each of some 300 options anew: a twentieth of what a click costs.
    """
    module: Any = app_session
    populate = module._populate_theme_msg

    @cache
    def written(section: str) -> CustomThemeConfig:
        message = CustomThemeConfig()
        populate(message, section)
        return message

    def merge(message: CustomThemeConfig, section: str = "theme") -> None:
        # One that says nothing must not be there at all.
        if written(section).ByteSize():
            message.MergeFrom(written(section))

    module._populate_theme_msg = merge
