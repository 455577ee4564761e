"""A table to sort, pick from and download: what the browser is sent, and what it may say."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.visiting import picks, sent, text
from ui.widgets.sortable_table.sortable_table import Column, sortable_table


def _page():
    import streamlit as st

    from ui.widgets.sortable_table.sortable_table import Column, sortable_table

    sortable_table(
        [
            Column("run", ["a", "<b>"]),
            Column("rate", [0.00015, None], ".4g", help="How far it goes."),
            Column("parameters", [59933, 7], ","),
        ],
        key="one",
        label="Runs",
        file="runs",
        selected=1,
        on_pick=lambda position: st.session_state.update(picked=position),
    )
    st.write(f"picked {st.session_state.get('picked')}")


def test_numbers_are_sent_twice_to_be_read_and_to_be_sorted():
    data = sent(AppTest.from_function(_page).run(), "one")
    assert data["titles"] == ["run", "rate", "parameters"]
    assert data["rows"] == [["a", "0.00015", "59,933"], ["<b>", "", "7"]]
    assert data["numbers"] == {"1": [0.00015, None], "2": [59933, 7]}
    assert data["helps"] == ["", "How far it goes.", ""]
    assert data["selected"] == 1


@pytest.mark.parametrize("said", [2, -1, True, 0.0, "0", None, [0], {}])
def test_only_a_row_that_is_there_is_picked(said):
    app = AppTest.from_function(_page).run()
    assert "picked 0" in text(picks(app, "one", 0))
    app = picks(app, "one", said)
    assert not app.exception
    assert "picked 0" in text(app)


def test_columns_of_different_lengths_are_no_table():
    with pytest.raises(ValueError, match="shorter"):
        sortable_table(
            [Column("a", ["b"]), Column("c", [])], key="one", label="", file="", selected=None
        )
