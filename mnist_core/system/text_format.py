"""Numbers, percentages, times and articles as people read them, in the language they read.

One function for each. The examples are in English; German has 99,14 and 60.000.
"""

from math import floor, log10

from mnist_core.language import numerals
from mnist_core.language.catalogues import SOURCE
from mnist_core.language.translation import _, current, n_

_TOO_MANY_ZEROS = 1e-6
_ALMOST_CERTAIN = 0.9995


def percent(share: float, decimals: int = 2) -> str:
    """0.9914 -> "99.14%"."""
    return numerals.percentage(f"{share * 100:.{decimals}f}", current())


def percent_sure(probability: float) -> str:
    """0.978 -> "97.8%"; no network is ever 100% sure."""
    return f"> {percent(0.999, 1)}" if probability > _ALMOST_CERTAIN else percent(probability, 1)


def whole_percent(probability: float) -> str:
    """0.976 -> "98%"; neither 0 nor 100 unless it is exactly that."""
    percentage = round(100 * probability)
    if percentage == 0 < probability:
        return f"< {percent(0.01, 0)}"
    if percentage == 100 and probability < 1:
        return f"> {percent(0.99, 0)}"
    return percent(percentage / 100, 0)


def whole(number: int) -> str:
    """60000 -> "60,000"."""
    return localised(f"{number:,}")


def localised(number: str) -> str:
    """A number that was written in English, such as "1.24": otherwise the same."""
    return numerals.localised(number, current())


def decimal(number: float, decimals: int) -> str:
    """(1234.56, 1) -> "1,234.6"."""
    return localised(f"{number:,.{decimals}f}")


def signs() -> dict[str, str]:
    """For a browser that writes numbers itself: `percent` such as "{}%", and `decimal`: "."."""
    code = current()
    return {
        "percent": numerals.percent_pattern(code),
        "decimal": numerals.decimal_sign(code),
    }


def with_article(word: str | int) -> str:
    """8 -> "an 8", 7 -> "a 7", 11 -> "an 11", "image" -> "an image".

    Args:
        word: a whole number below 1,000 or a word that is pronounced as it is spelled; in other
            languages only a number.
    """
    text = str(word)
    if current() != SOURCE:
        # Translators: a digit as a noun, subject or object of a sentence, such as "a 7".
        return _("a {digit}", digit=text)
    vowel = text[0] in "8aeiouAEIOU" or text in ("11", "18")
    return f"an {text}" if vowel else f"a {text}"


def duration(seconds: float) -> str:
    """In signs all languages share: 12.3 -> "12 s", 125 -> "2 min 5 s", 4000 -> "1 h 6 min"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def about(seconds: float) -> str:
    """An estimate of a time: 14.2 -> "about 14 s", 342 -> "about 6 min"."""
    time = duration(seconds) if seconds < 90 else f"{round(seconds / 60)} min"
    return _("about {time}", time=time)


def counted(number: int, noun: str) -> str:
    """(1, "epoch") -> "1 epoch", (2000, "image") -> "2,000 images". English only; others: `n_`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def mistakes_in(mistakes: int, images: int) -> str:
    """86 of 10,000 -> "86 mistakes in 10,000"."""
    return n_("{n} mistake in {images}", "{n} mistakes in {images}", mistakes, images=whole(images))


def rate_words(rate: float, digits: int = 2) -> str:
    """A learning rate without powers of ten: 0.0012345 -> "0.0012", 8e-05 -> "0.00008".

    Below a millionth it has too many zeros to count: 3e-9 -> "3e-09".

    Args:
        rate: the learning rate.
        digits: how many significant digits are written.
    """
    if rate < _TOO_MANY_ZEROS:
        return f"{rate:.{digits}g}"
    decimals = max(digits - 1 - floor(log10(rate)), 0)
    written = f"{rate:.{decimals}f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
