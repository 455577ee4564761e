"""The curves of trainings, accuracy and loss side by side, with a text alternative."""

from collections.abc import Callable

import plotly.graph_objects as go
import streamlit as st

from mnist_core.charts.curve_descriptions import alternative_text
from mnist_core.charts.learning_curves import Quantity

_QUANTITIES: tuple[Quantity, ...] = ("accuracy", "loss")


def curve_charts(draw: Callable[[Quantity], go.Figure], *, key: str) -> None:
    """Show both charts.

    Args:
        draw: makes the chart of one of them, see `mnist_core.charts.learning_curves`.
        key: tells these charts from others.
    """
    for column, quantity in zip(st.columns(2), _QUANTITIES, strict=True):
        figure = draw(quantity)
        column.plotly_chart(
            figure,
            key=f"{key}-{quantity}",
            config={"displayModeBar": False},
            alt=alternative_text(figure),
        )
