"""Numbers the way a language writes them: 60,000 and 98.2 are 60.000 and 98,2 in German."""

from functools import cache

from mnist_core.language import catalogues
from mnist_core.language.catalogues import SOURCE


def localised(number: str, code: str) -> str:
    """A number as English writes it, in another language: "1,234.5" -> "1.234,5".

    Args:
        number: with commas between thousands and a point before decimals.
        code: of the language.
    """
    return number if code == SOURCE else number.translate(_signs(code))


def decimal_sign(code: str) -> str:
    """What stands before decimals."""
    return localised(".", code)


def percent_pattern(code: str) -> str:
    """What makes a percentage of a number: "{}%"."""
    return "{}%" if code == SOURCE else _pattern(code)


def percentage(number: str, code: str) -> str:
    """A number as English writes it, with the language's percent sign: "98.2" -> "98.2%".

    German has a space before the sign, which never ends a line.
    """
    return percent_pattern(code).format(localised(number, code))


@cache
def _signs(code: str) -> dict[int, str]:
    signs = catalogues.locale(code).number_symbols["latn"]
    return str.maketrans({",": signs["group"], ".": signs["decimal"]})


@cache
def _pattern(code: str) -> str:
    """Such as "{}%", from babel's "#,##0%"."""
    pattern: str = catalogues.locale(code).percent_formats[None].pattern
    return pattern.replace("#,##0", "{}")
