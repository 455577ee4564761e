"""Deletes what visitors made long ago: once an hour, in the background."""

import streamlit as st

from mnist_core.models import store
from ui.shell.prefetch import prefetch

_AN_HOUR = 3600


def delete_old() -> None:
    """Have what is older than `MNIST_KEEP_DAYS` deleted; to be called at each visit."""
    prefetch(_delete_old)


@st.cache_resource(ttl=_AN_HOUR, max_entries=1, show_spinner=False)
def _delete_old() -> bool:
    # Imported when it is needed: the first page is there sooner.
    from mnist_core.jobs import clean_up

    clean_up.delete_old(store.local_directory())
    return True
