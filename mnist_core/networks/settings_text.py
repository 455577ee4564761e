"""Changes of settings as a short text that a link can carry: `epochs:2,learning_rate:10`."""

from dataclasses import asdict, replace
from typing import Any, get_type_hints

import msgspec

from mnist_core.networks.settings import Settings

_LONGEST = 300
_KINDS = {name: kind for name, kind in get_type_hints(Settings).items() if name != "digits"}
_SPOKEN = {"training_images": "images to learn from", "label_noise": "wrong labels"}


def to_text(base: Settings, changed: Settings) -> str:
    """What is different, by name; the digits to learn cannot be told like this."""
    before, after = asdict(base), asdict(changed)
    different = (name for name in _KINDS if before[name] != after[name])
    return ",".join(f"{name}:{_short(after[name])}" for name in different)


def from_text(base: Settings, text: str) -> Settings:
    """The settings with what the text changes, which may be anything.

    Raises:
        ValueError: there is no such setting, or it cannot have this value; the message is a
            sentence for the visitor.
    """
    changes: dict[str, Any] = {}
    for part in text[:_LONGEST].split(","):
        name, _, value = part.partition(":")
        if name not in _KINDS:
            raise ValueError("The link changes a setting that does not exist.")
        try:
            changes[name] = msgspec.convert(value, _KINDS[name], strict=False)
        except msgspec.ValidationError as error:
            raise ValueError(f"The link has an impossible {_words(name)}.") from error
    return replace(base, **changes)


def in_words(base: Settings, changed: Settings) -> list[str]:
    """What is different, a few words each: "learning rate 10 instead of 0.008"."""
    before, after = asdict(base), asdict(changed)
    return [
        f"{_words(name)} {_spoken(after[name])} instead of {_spoken(before[name])}"
        for name in after
        if before[name] != after[name]
    ]


def _words(name: str) -> str:
    return _SPOKEN.get(name, name.replace("_", " "))


def _short(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _spoken(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    if isinstance(value, int):
        return f"{value:,}"
    text = _short(value)
    # A range of pixels.
    return text.replace("-", " to ") if text[0].isdigit() and "e" not in text else text
