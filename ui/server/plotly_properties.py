"""What plotly knows of each property of a figure, in less memory."""

from typing import Any

import msgspec
from plotly import validator_cache


class _Packed:
    """The description of each property as JSON; read again when it is asked for."""

    def __init__(self, descriptions: dict[str, Any]) -> None:
        self._texts = {name: msgspec.json.encode(one) for name, one in descriptions.items()}

    def get(self, name: str) -> Any:
        """The description of a property; None if there is none."""
        text = self._texts.get(name)
        return None if text is None else msgspec.json.decode(text)


def pack() -> None:
    """Keep the descriptions of all properties as text: 8 MB less.

    Streamlit has plotly read all of them when it starts, and plotly keeps them. Of these thousands
    our figures have a few dozen, each of which plotly looks up once.
    """
    cache: Any = validator_cache.ValidatorCache
    # Another version of plotly may keep them elsewhere.
    if isinstance(getattr(cache, "_json_cache", None), dict):
        cache._json_cache = _Packed(cache._json_cache)
