"""Tables as CSV, for spreadsheets that visitors open them in."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

# A cell that begins like this is taken for a formula, and carried out
# (owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(titles: Sequence[str], rows: Iterable[Sequence[str | float | None]]) -> bytes:
    """A table as CSV in UTF-8, with the mark by which spreadsheets tell that it is UTF-8.

    None is an empty cell. A text that a spreadsheet would take for a formula gets an apostrophe
    before it, as somebody would type it there.
    """
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([_harmless(cell) for cell in row] for row in (titles, *rows))
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str | float | None) -> str | float | None:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
