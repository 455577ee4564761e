"""A table of short texts: what the browser is sent."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.visiting import sent
from ui.widgets.plain_table.plain_table import plain_table


def _page():
    from ui.widgets.plain_table.plain_table import plain_table

    plain_table({"network": ["a", "b"], "says": ["1 ✓", "*2*"]}, key="one")


def test_rows_under_their_titles_as_they_are():
    app = AppTest.from_function(_page).run()
    assert sent(app, "one") == {
        "titles": ["network", "says"],
        "rows": [["a", "1 ✓"], ["b", "*2*"]],
        "introduction": "",
    }


def test_columns_of_different_lengths_are_no_table():
    with pytest.raises(ValueError, match="shorter"):
        plain_table({"network": ["a", "b"], "says": ["1 ✓"]}, key="one")
