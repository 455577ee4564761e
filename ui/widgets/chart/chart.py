"""A chart on the page: drawn by the browser from plain values, so that a click costs little.

Plotly's charts take the browser 100 ms and more to make, each.
"""

from dataclasses import asdict

from mnist_core.charts.plain_chart import Chart
from ui.shell.component import component

_CHART = component(__file__)


def chart(drawn: Chart, *, key: str, alternative: str, height: int = 320) -> None:
    """Show a chart that gives the numbers under the pointer, or under the arrow keys.

    Args:
        drawn: what is in it.
        key: as of any widget.
        alternative: what it shows, in words.
        height: in screen pixels, without legend and readout.
    """
    data = asdict(drawn) | {
        "alternative": alternative,
        "height": height,
        "hint": "Point at the chart to read its numbers.",
    }
    _CHART(key=key, data=data)
