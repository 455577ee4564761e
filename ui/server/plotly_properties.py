"""What plotly knows of each property of a figure, in less memory."""

import zlib
from typing import Any

import msgspec
from plotly import validator_cache


class _Packed:
    """The description of each property, packed; read again when it is asked for.

    Those of one kind are packed together, such as all that begin with "scatter.".
    """

    def __init__(self, descriptions: dict[str, Any]) -> None:
        kinds: dict[str, dict[str, Any]] = {}
        for name, one in descriptions.items():
            kinds.setdefault(_kind(name), {})[name] = one
        self._packed = {
            kind: zlib.compress(msgspec.json.encode(found), level=1)
            for kind, found in kinds.items()
        }

    def get(self, name: str) -> Any:
        """The description of a property; None if there is none."""
        packed = self._packed.get(_kind(name))
        if packed is None:
            return None
        texts = msgspec.json.decode(zlib.decompress(packed), type=dict[str, msgspec.Raw])
        text = texts.get(name)
        return None if text is None else msgspec.json.decode(text)


def pack() -> None:
    """Keep the descriptions of all properties packed: 0.3 MB instead of 11.

    Streamlit has plotly read all of them when it starts, and plotly keeps them. Of these thousands
    our figures have a few dozen, each of which plotly looks up once, in about a millisecond.
    """
    cache: Any = validator_cache.ValidatorCache
    # Another version of plotly may keep them elsewhere.
    if isinstance(getattr(cache, "_json_cache", None), dict):
        cache._json_cache = _Packed(cache._json_cache)


def _kind(name: str) -> str:
    return name.partition(".")[0]
