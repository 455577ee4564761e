"""A chart on the page: drawn by the browser from plain values, so that a click costs little.

Plotly's charts take the browser 100 ms and more to make, each.
"""

from dataclasses import asdict
from pathlib import Path

from mnist_core.charts.plain_chart import Chart
from ui.shell.component import component

_HERE = Path(__file__).parent

_CHART = component(
    _HERE,
    "chart",
    '<figure class="chart"><ul class="legend"></ul>'
    '<svg role="img" tabindex="0"></svg>'
    '<figcaption class="readout" aria-live="polite"></figcaption></figure>',
)


def chart(drawn: Chart, *, key: str, alternative: str, height: int = 320) -> None:
    """Show a chart; whoever points at it, or moves in it with the arrow keys, is told the numbers.

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
