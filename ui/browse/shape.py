"""The shape of the data: counts, averages, and how thick, slanting and wide the digits are."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from mnist_core.charts.shape_charts import SHARES, counts_chart, spread_chart
from mnist_core.data.dataset import Digits
from mnist_core.data.shape_statistics import ShapeStatistics
from ui.browse.element_picker import SETS, open_set, set_radio
from ui.shell import cached
from ui.shell.address import Address
from ui.shell.glossary import explain
from ui.shell.section import section
from ui.widgets.chart.chart import chart
from ui.widgets.digit_tiles.digit_tiles import digit_grid

_MIDDLE = SHARES.index(0.5)


@dataclass(frozen=True)
class _Told:
    """A measure in words: its axis, what was found, how it is taken, its unit in a sentence."""

    axis: str
    finding: str
    what: str
    unit: str


_MEASURES = {
    "slant": _Told(
        "slant, degrees to the right",
        "People lean to the right, most in the {most} (half of them by more than {high:.0f}°) "
        "and least in the {least} ({low:.0f}°).",
        "How far the ink moves sideways for each row upwards, as an angle; 0 is upright.",
        "°",
    ),
    "thickness": _Told(
        "thickness of the stroke, pixels",
        "All digits are written with much the same pens: the middle {most} has strokes of "
        "{high:.1f} pixels, the middle {least} of {low:.1f}.",
        "Twice the ink divided by the length of its edge.",
        " pixels",
    ),
    "width": _Told(
        "width of the ink, pixels",
        "Every digit was scaled so that its longer side is 20 pixels: the middle {most} fills "
        "{high:.0f} of them across, the middle {least} only {low:.0f}.",
        "Of the narrowest box around everything that is not paper.",
        " pixels",
    ),
}


def show(here: Address) -> None:
    """Show the view; `set` in the address chooses it."""
    digits = open_set(here)
    set_radio(here, digits)
    shape = cached.shape(digits.name)
    _averages(here, digits, shape)
    left, right = st.columns(2, gap="large")
    with left:
        _counts(digits, shape)
        _measure(shape, "slant")
    with right:
        _measure(shape, "thickness")
        _measure(shape, "width")
    st.caption(
        "Half of the images of a digit lie in its box, nine in ten between the ends of its line; "
        "the line in the box is the middle one."
    )


def _averages(here: Address, digits: Digits, shape: ShapeStatistics) -> None:
    section(
        "Average and typical",
        "All images of a digit laid on top of each other: where the ink is full, people agree. "
        "The 1 is blurred like a fan because people slant it differently.",
    )
    digit_grid(
        np.rint(shape.means).astype(np.uint8),
        [f"mean {digit}" for digit in range(10)],
        key="means",
        alternatives=[f"The average of all {digit}: show all of them" for digit in range(10)],
        label="Ten averages; Enter shows the images of that digit",
        on_pick=lambda digit: here.choose(view="element", digit=digit, index=None, page=None),
    )
    st.markdown("The real image that is nearest to each average. Pick one to open it.")
    digit_grid(
        digits.images[shape.typical],
        [str(digit) for digit in range(10)],
        key="typical",
        alternatives=[
            f"The most typical {digit}, element {shape.typical[digit]}" for digit in range(10)
        ],
        label="Ten typical digits; Enter opens one",
        on_pick=lambda digit: here.choose(
            view="element", set=digits.name, index=int(shape.typical[digit]), page=None
        ),
    )


def _counts(digits: Digits, shape: ShapeStatistics) -> None:
    most, least = int(shape.counts.argmax()), int(shape.counts.argmin())
    st.subheader("How many of each", anchor=False, help=explain("label"))
    said = (
        f"Of the {len(digits):,} images of the {SETS[digits.name]}, {shape.counts[most]:,} are "
        f"labelled {most} and only {shape.counts[least]:,} are labelled {least}: nearly even."
    )
    st.markdown(said)
    chart(counts_chart(shape.counts), key="counts", alternative=f"Images of each digit. {said}")


def _measure(shape: ShapeStatistics, name: str) -> None:
    told = _MEASURES[name]
    quantiles = shape.quantiles(name, SHARES)
    middles = quantiles[:, _MIDDLE]
    most, least = int(middles.argmax()), int(middles.argmin())
    st.subheader(name.capitalize(), anchor=False, help=told.what)
    said = told.finding.format(most=most, least=least, high=middles[most], low=middles[least])
    said = said.replace("(-", "(−")
    st.markdown(said)
    chart(spread_chart(quantiles, told.axis, told.unit), key=name, alternative=said)
