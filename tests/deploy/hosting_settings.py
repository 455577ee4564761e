"""Whether the variables that hosting files set are there at all."""

import os
from collections.abc import Mapping

from streamlit import config

from mnist_core.system import server_settings


def problems(variables: Mapping[str, str], monkeypatch) -> list[str]:
    """What is wrong with these variables: no such setting, or no such value."""
    ours = {name: value for name, value in variables.items() if name.startswith("MNIST_")}
    options = {
        "STREAMLIT_" + option.replace(".", "_").upper(): option
        for option in map(_with_underscores, config.get_config_options())
    }
    wrong = [name for name in variables if name.startswith("STREAMLIT_") and name not in options]
    with monkeypatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("MNIST_")]:
            patch.delenv(name)
        for name, value in ours.items():
            patch.setenv(name, value)
        return wrong + server_settings.unknown() + server_settings.problems()


def _with_underscores(option: str) -> str:
    return "".join(f"_{letter}" if letter.isupper() else letter for letter in option)
