"""Reads the part of an address after the "?" without trusting it.

A value that is not allowed becomes the default and a sentence for the page, never an error. The
sentence does not repeat the visitor's own text.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from mnist_core.language.translation import _

# Nine digits are enough for any element, and quick to read.
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")

Texts = tuple[str, ...]
"""What the address gives for one name: nothing, one text, or several if the name is repeated."""

Default = TypeVar("Default", int, None)


class AddressValues:
    """The values of one page's address.

    Every reader takes `refusal`, why a value is not allowed (a sentence without its full stop), and
    `instead`, what is shown then.

    Args:
        requested: what the address asks for, by name.

    Attributes:
        problems: sentences on what was asked for and is not allowed.
        shown: the texts of what is shown, by name, for every name that was read.
    """

    def __init__(self, requested: Mapping[str, Texts]) -> None:
        self.problems: list[str] = []
        self.shown: dict[str, Texts] = {}
        self._requested = requested

    def asks_for(self, name: str) -> bool:
        """Whether the address gives anything for this name, allowed or not."""
        return bool(self._requested.get(name))

    def imply(self, name: str, value: str) -> None:
        """Show this for a name that the address does not give: its other values imply it."""
        self.shown[name] = (value,)

    def one_of(self, name: str, options: Sequence[str], *, refusal: str, instead: str) -> str:
        """One of the options; the first if the address gives none."""
        texts = self._requested.get(name, ())
        is_allowed = len(texts) == 1 and texts[0] in options
        if texts and not is_allowed:
            self._refuse(refusal, instead)
        value = texts[0] if is_allowed else options[0]
        self.shown[name] = (value,)
        return value

    def some_of(
        self, name: str, options: Sequence[str], *, at_most: int, refusal: str, instead: str
    ) -> list[str]:
        """Up to `at_most` of the options, each once, in the order of the address.

        The address repeats the name for each of them.
        """
        texts = self._requested.get(name, ())
        values = tuple(dict.fromkeys(text for text in texts if text in options))[:at_most]
        if len(values) < len(texts):
            self._refuse(refusal, instead)
        self.shown[name] = values
        return list(values)

    def whole_number(
        self, name: str, low: int, high: int, *, default: Default, refusal: str, instead: str
    ) -> int | Default:
        """A whole number from `low` to `high`; `{}` in `refusal` becomes a number out of range."""
        texts = self._requested.get(name, ())
        value: int | Default = default
        if len(texts) == 1 and _WHOLE_NUMBER.fullmatch(texts[0]):
            number = int(texts[0])
            if low <= number <= high:
                value = number
            else:
                self._refuse(refusal.format(number), instead)
        elif texts:
            wanted = _("The address should give one whole number for “{name}”", name=name)
            self._refuse(wanted, instead)
        self.shown[name] = () if value is None else (str(value),)
        return value

    def text(self, name: str) -> str | None:
        """Any text, None if the address gives none; the caller checks it."""
        self.shown[name] = self._requested.get(name, ())[:1]
        return next(iter(self.shown[name]), None)

    def _refuse(self, refusal: str, instead: str) -> None:
        shown = _("{problem}; showing {instead}.", problem=refusal, instead=instead)
        self.problems.append(shown)
