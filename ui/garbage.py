"""Keeps Streamlit's clearing up out of the way of the answer."""

import gc


def spare_imports() -> None:
    """Take all that is loaded by now out of the garbage collection, once per process.

    Streamlit collects all garbage after every run, however short, and until that is done the last
    elements wait to be sent. Going through the modules, which live as long as the server, is nearly
    all of that work.
    """
    if gc.get_freeze_count() == 0:
        gc.collect()
        gc.freeze()
