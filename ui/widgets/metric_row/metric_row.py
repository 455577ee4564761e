"""Figures side by side where there is room, two in a line on a phone."""

from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True)
class Metric:
    """One figure.

    Attributes:
        label: what it is.
        value: as people read it.
        help: what the label means.
        width: in pixels; the same whatever the value, so that nothing moves.
    """

    label: str
    value: str
    help: str | None
    width: int


def metric_row(*metrics: Metric) -> None:
    """Show some figures."""
    with st.container(horizontal=True):
        for one in metrics:
            st.metric(one.label, one.value, help=one.help, width=one.width)
