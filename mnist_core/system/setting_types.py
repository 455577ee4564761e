"""The kinds of settings that an environment variable can be; the table is `server_settings`."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network

Network = IPv4Network | IPv6Network

_ON, _OFF = ("1", "on", "yes", "true"), ("0", "off", "no", "false")


@dataclass(frozen=True)
class Setting:
    """An environment variable.

    Attributes:
        name: of the variable.
        meaning: of its value, with its unit.
        without: what holds where it is not set, in words.
    """

    name: str
    meaning: str
    without: str = ""

    def __call__(self) -> object:
        """The value that holds now."""
        raise NotImplementedError

    def default_in_words(self) -> str:
        """What holds where it is not set."""
        return self.without

    def value_in_words(self) -> str:
        """What holds now, as whoever runs the server may read it."""
        return str(self()) or self.default_in_words().replace("`", "")


@dataclass(frozen=True)
class WholeNumber(Setting):
    """A setting with a whole number of at least `smallest`."""

    default: int = 0
    smallest: int = 0

    def __call__(self) -> int:
        """The number that holds now.

        Raises:
            RuntimeError: the variable holds something else; the message names it.
        """
        text = os.environ.get(self.name)
        if not text:
            return self.found()
        try:
            set_to = int(text)
        except ValueError as error:
            raise RuntimeError(f"{self.name} must be a whole number, not {text!r}.") from error
        if set_to < self.smallest:
            raise RuntimeError(f"{self.name} must be at least {self.smallest}, not {set_to}.")
        return set_to

    def found(self) -> int:
        """What holds where it is not set."""
        return self.default

    def default_in_words(self) -> str:
        """The default as it would be set."""
        return f"`{self.default}`"


@dataclass(frozen=True)
class ByMachine(WholeNumber):
    """A whole number that follows from the machine, unless it is set.

    Attributes:
        of_machine: what follows.
    """

    of_machine: Callable[[], int] = lambda: 0

    def found(self) -> int:
        """What follows from the machine."""
        return self.of_machine()

    def default_in_words(self) -> str:
        """What it follows from."""
        return self.without


@dataclass(frozen=True)
class Text(Setting):
    """A setting with a text, such as an address."""

    def __call__(self) -> str:
        """The text that holds now; empty where there is none."""
        return os.environ.get(self.name, "")


@dataclass(frozen=True)
class Secret(Text):
    """A text that nobody may read but who set it; it is never printed."""

    def value_in_words(self) -> str:
        """Whether there is one."""
        return "(set, not shown)" if self() else self.default_in_words().replace("`", "")


@dataclass(frozen=True)
class Switch(Setting):
    """A setting that is on or off; off where it is not set."""

    def __call__(self) -> bool:
        """Whether it is on.

        Raises:
            RuntimeError: the variable holds neither word; the message names it.
        """
        text = os.environ.get(self.name, "").strip().lower()
        if text and text not in (*_ON, *_OFF):
            raise RuntimeError(f"{self.name} must be on or off, not {text!r}.")
        return text in _ON

    def value_in_words(self) -> str:
        """On or off."""
        return "on" if self() else "off"


@dataclass(frozen=True)
class Networks(Setting):
    """A setting with addresses of computers or networks, separated by commas."""

    def __call__(self) -> tuple[Network, ...]:
        """The networks; a single computer is a network of its own.

        Raises:
            RuntimeError: one of them is no address; the message names it.
        """
        texts = os.environ.get(self.name, "").replace(",", " ").split()
        try:
            return tuple(ip_network(text, strict=False) for text in texts)
        except ValueError as error:
            raise RuntimeError(
                f"{self.name} must be addresses such as 10.0.0.1 or 10.0.0.0/8, separated by "
                "commas."
            ) from error

    def value_in_words(self) -> str:
        """The networks, separated by commas."""
        return ", ".join(map(str, self())) or self.default_in_words().replace("`", "")
