"""Texts in the language of whoever reads them.

    _("It reads your {digit}.", digit=7)
    n_("{n} mistake", "{n} mistakes", count)

The English text is the key; `de.po` and its like have the others. Placeholders are filled in after
the translation, so that a language may put them elsewhere; an f-string cannot be translated. Texts
that a module holds as constants are marked with `to_translate` and translated where they are shown.

Which language that is, only the app can know: it says so once with `ask`. Where there is no visitor
(a worker, a test, the command line) it is English.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from mnist_core.language import catalogues, numerals
from mnist_core.language.catalogues import SOURCE

_forced: ContextVar[str | None] = ContextVar("language", default=None)


def _nobody_reads() -> str:
    return SOURCE


# The one thing here that is set: by the app, as it starts.
_who_reads: Callable[[], str] = _nobody_reads


def ask(who_reads: Callable[[], str]) -> None:
    """Ask this, from now on, for the language of whoever reads what is being made.

    Args:
        who_reads: returns a code; it is called for each text, in whatever thread needs one. A code
            of no known language counts as English.
    """
    global _who_reads
    _who_reads = who_reads


def current() -> str:
    """The code of the language that texts are in now."""
    code = _forced.get() or _who_reads()
    return code if code in catalogues.codes() else SOURCE


@contextmanager
def using(code: str) -> Iterator[None]:
    """Have texts in this language within a `with`, whoever reads."""
    before = _forced.set(code)
    try:
        yield
    finally:
        _forced.reset(before)


def _(message: str, /, **values: object) -> str:
    """A text in the current language.

    Args:
        message: the English text. With `values`, `{name}` stands for one of them.
        values: what is filled in, as it is to be read: numbers by way of `text_format`.
    """
    text = catalogues.texts(current()).gettext(message)
    return text.format(**values) if values else text


def n_(one: str, many: str, n: int, /, **values: object) -> str:
    """A text that depends on a number, which `{n}` stands for: "60,000", or "60.000" in German.

    Args:
        one: the English text for 1.
        many: the English text for all other numbers.
        n: the number.
        values: what else is filled in.
    """
    code = current()
    text = catalogues.texts(code).ngettext(one, many, n)
    return text.format(n=numerals.localised(f"{n:,}", code), **values)


def p_(context: str, message: str, /, **values: object) -> str:
    """A text that English uses for more than one thing: the context says for which.

    Args:
        context: a word for translators, such as "page".
        message: the English text.
        values: what is filled in.
    """
    text = catalogues.texts(current()).pgettext(context, message)
    return text.format(**values) if values else text


def to_translate(message: str) -> str:
    """The text as it is: marks a constant that is translated later, with `_(CONSTANT)`."""
    return message
