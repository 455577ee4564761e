"""A table of short texts.

It looks as `st.table` does. That reads the text of every cell as Markdown: it takes time at every
click, and makes a quotation of "> 99.9%".
"""

from collections.abc import Mapping, Sequence

from ui.shell.component import component

_PLAIN_TABLE = component(__file__, uses=("table",))


def plain_table(columns: Mapping[str, Sequence[str]], *, key: str, introduction: str = "") -> None:
    """Show columns of the same length side by side.

    Args:
        columns: title -> the texts below it.
        key: as of any widget.
        introduction: what the table shows, in a sentence or two above it.

    Raises:
        ValueError: a column is longer than another.
    """
    rows = list(zip(*columns.values(), strict=True))
    data = {"titles": list(columns), "rows": rows, "introduction": introduction}
    _PLAIN_TABLE(key=key, data=data)
