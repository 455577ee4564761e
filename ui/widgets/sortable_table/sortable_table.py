"""A table to sort by its headings, to pick a row from, and to download.

It does what we need of `st.dataframe`, for which the web process would import pandas and pyarrow.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from mnist_core.system.csv_file import csv_file
from ui.shell.component import component, when_picked

_SORTABLE_TABLE = component(__file__, uses=("table",))

Cell = str | float | None


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        title: its heading.
        cells: from top to bottom: texts, or numbers and None where there is none.
        format: how numbers are written, as `format` takes it.
        help: what the heading means; empty where that is clear.
    """

    title: str
    cells: Sequence[Cell]
    format: str = ""
    help: str = ""

    @property
    def has_numbers(self) -> bool:
        """Whether it is sorted as numbers."""
        return not any(isinstance(cell, str) for cell in self.cells)

    @property
    def texts(self) -> list[str]:
        """The cells as they are shown."""
        return [
            cell if isinstance(cell, str) else "" if cell is None else format(cell, self.format)
            for cell in self.cells
        ]


def sortable_table(
    columns: Sequence[Column],
    *,
    key: str,
    label: str,
    file: str,
    named: int = 0,
    is_short: bool = False,
    selected: int | None = None,
    on_pick: Callable[[int], None] | None = None,
) -> None:
    """Show columns of the same length side by side, and offer them as a file.

    Args:
        columns: from left to right.
        key: as of any widget.
        label: what the table shows, for people who do not see it.
        file: of the download, without the ending.
        named: the column that says which row is which.
        is_short: a dozen rows are in sight, and more of them scroll.
        selected: the position of the row to mark; None if there is nothing to pick.
        on_pick: called with the position of another row before the page runs again.

    Raises:
        ValueError: a column is longer than another.
    """
    rows = list(zip(*(column.texts for column in columns), strict=True))
    data = {
        "titles": [column.title for column in columns],
        "helps": [column.help for column in columns],
        "rows": rows,
        "numbers": {
            str(position): list(column.cells)
            for position, column in enumerate(columns)
            if column.has_numbers
        },
        "named": named,
        "label": label,
        "is_short": is_short,
        "selected": selected,
    }
    _SORTABLE_TABLE(key=key, data=data, on_picked_change=when_picked(key, len(rows), on_pick))
    st.download_button(
        "This table as a file (CSV)",
        partial(_as_file, columns),
        f"{file}.csv",
        "text/csv",
        key=f"{key}-download",
        icon=":material/download:",
        on_click="ignore",
    )


def _as_file(columns: Sequence[Column]) -> bytes:
    cells = zip(*(column.cells for column in columns), strict=True)
    return csv_file([column.title for column in columns], cells)
