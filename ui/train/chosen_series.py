"""The view of all series: choose one, and compare its trainings."""

from datetime import UTC, datetime

import streamlit as st

from mnist_core.jobs import series
from mnist_core.jobs.series import Series
from ui.glossary.glossary import explain
from ui.shell import visitor
from ui.shell.address import Address
from ui.train.series_view import series_title, series_view
from ui.train.train_instead import train_instead
from ui.training_run.watched_training import SERIES
from ui.visitors import client

_OPENED = "series/opened-by-link"


def show(here: Address) -> None:
    """Show the view; `series` in the address chooses which one."""
    st.markdown(
        "The same network, trained several times with one thing changed: what difference does it "
        "make?",
        help=explain("training", "seed", "learning rate"),
    )
    known = {one.name: one for one in series.list_series() if _is_shown(one)}
    if not known:
        st.info(
            "There is no series yet. Open a network under “More networks”, or build one under “My "
            "network”, and press **Train a series**: five seeds show how much is luck, three "
            "learning rates which of them is best."
        )
        train_instead(here)
        return
    name = here.one_of(
        SERIES, tuple(known), refusal="There is no such series (any more)", instead="the latest"
    )
    if SERIES in st.query_params:
        # A link from this page to itself tells the server alone: the browser is told here.
        st.query_params[SERIES] = name
    st.selectbox(
        "Series",
        format_func=lambda name: _option(known[name]),
        **here.widgets.bind(SERIES, name, options=tuple(known)),
    )
    series_view(known[name])


def _is_shown(one: Series) -> bool:
    """Whether a series is the visitor's own, or the one whose address they were given."""
    asked = st.query_params.get(SERIES) == one.name or st.session_state.get(_OPENED) == one.name
    if asked:
        st.session_state[_OPENED] = one.name
    return asked or client.is_owner() or one.owner == visitor.owner()


def _option(one: Series) -> str:
    when = datetime.fromtimestamp(one.submitted, UTC)
    return f"{series_title(one)} · {when:%Y-%m-%d %H:%M} UTC · {one.recipe.title}"
