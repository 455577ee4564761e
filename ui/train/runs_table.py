"""The columns that every table of trainings has."""

import streamlit as st

RESULT_COLUMNS = {
    "accuracy": st.column_config.NumberColumn("accuracy, %", format="%.2f"),
    "95%": st.column_config.TextColumn(
        "95% interval",
        help="With 10,000 other test images the accuracy would be a little different: in "
        "95 of 100 cases the network's true accuracy lies between these.",
    ),
    # Numbers, not words: a click on their heading would sort "12 s" before "9 s".
    "time": st.column_config.NumberColumn("time, s", format="%d"),
}
"""How the results of a training are shown, for `st.dataframe`."""
