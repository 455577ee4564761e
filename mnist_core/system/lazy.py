"""Names that a package offers, imported when they are first asked for (PEP 562)."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def exports(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """The `__getattr__` of a package that offers what other modules define.

    Args:
        package: the package's name, for the error message.
        homes: where each name is found: `module` for the module itself, `module:name` for
            something in it.

    Returns:
        A function that imports what a name stands for, and raises AttributeError for others.
    """

    def get(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module, _, attribute = homes[name].partition(":")
        found = import_module(module)
        return getattr(found, attribute) if attribute else found

    return get
