"""Names that a package exports, imported when they are first asked for (PEP 562)."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def exports(package: str, sources: Mapping[str, str]) -> Callable[[str], Any]:
    """The `__getattr__` of a package; it raises AttributeError for names it does not export.

    Args:
        package: the package's name, for the error message.
        sources: where each name is found: `module` for a module, `module:name` for something in
            one.
    """

    def get(name: str) -> Any:
        if name not in sources:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module, _, attribute = sources[name].partition(":")
        found = import_module(module)
        return getattr(found, attribute) if attribute else found

    return get
