"""The curves of trainings, accuracy and loss side by side, with a text alternative."""

from collections.abc import Callable

import plotly.graph_objects as go
import streamlit as st

from mnist_core.charts.curve_descriptions import alternative_text
from mnist_core.charts.learning_curves import Quantity


def curve_charts(draw: Callable[[Quantity], go.Figure], *, key: str) -> None:
    """Show the two charts that `draw` makes; see `mnist_core.charts.learning_curves`."""
    quantities: tuple[Quantity, ...] = ("accuracy", "loss")
    for column, quantity in zip(st.columns(2), quantities, strict=True):
        figure = draw(quantity)
        column.plotly_chart(
            figure,
            key=f"{key}-{quantity}",
            config={"displayModeBar": False},
            alt=alternative_text(figure),
        )
