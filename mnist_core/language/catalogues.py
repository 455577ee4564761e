"""The catalogues: which languages there are, what each calls itself, and its texts.

A catalogue is a gettext file, `<code>.po`, in this folder; `python -m scripts.update_catalogue`
keeps them in step with the code. They are read as they are: there is nothing to compile.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

SOURCE = "en"
"""The language of the texts in the code."""

FOLDER = Path(__file__).parent


@cache
def codes() -> tuple[str, ...]:
    """The codes of all languages, English first: `("en", "de")`."""
    return (SOURCE, *sorted(path.stem for path in FOLDER.glob("*.po")))


@cache
def own_name(code: str) -> str:
    """What speakers of a language call it: "de" -> "Deutsch", "fr" -> "Français"."""
    name = locale(code).get_display_name() or code
    return name[0].upper() + name[1:]


@cache
def locale(code: str) -> "Locale":
    """How numbers are written in a language, and more.

    Raises:
        babel.UnknownLocaleError: there is no such language.
    """
    # Not at the top: most visitors read English, and it is quick only the second time.
    from babel import Locale

    return Locale.parse(code)


@cache
def texts(code: str) -> NullTranslations:
    """The texts of a language, read once in a process; what has no translation stays English.

    Args:
        code: one of `codes()`.
    """
    if code == SOURCE:
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (FOLDER / f"{code}.po").open("rb") as file:
        catalogue = read_po(file, locale=code)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
