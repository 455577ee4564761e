"""A table of short texts.

It looks as `st.table` does. That reads the text of every cell as Markdown: it takes time at every
click, and makes a quotation of "> 99.9%".
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from ui.shell.component import component

_HERE = Path(__file__).parent

_PLAIN_TABLE = component(
    _HERE,
    "plain_table",
    '<p class="above" id="above" hidden></p><div class="frame">'
    '<table aria-labelledby="above"><thead></thead><tbody></tbody></table></div>',
)


def plain_table(columns: Mapping[str, Sequence[str]], *, key: str, above: str = "") -> None:
    """Show columns of the same length side by side.

    Args:
        columns: title -> the texts below it.
        key: as of any widget.
        above: what the table tells, in a sentence or two.

    Raises:
        ValueError: a column is longer than another.
    """
    rows = list(zip(*columns.values(), strict=True))
    _PLAIN_TABLE(key=key, data={"titles": list(columns), "rows": rows, "above": above})
