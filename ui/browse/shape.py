"""The data in numbers: counts, averages, and how slanted, thick and wide the digits are."""

import numpy as np
import streamlit as st

from mnist_core.charts.shape_charts import SHARES, counts_chart, spread_chart
from mnist_core.data.dataset import Digits
from mnist_core.data.shape_statistics import ShapeStatistics
from mnist_core.system.text_format import whole
from ui.browse.element_controls import SETS, choose_set, open_element
from ui.glossary.glossary import explain
from ui.shell import cached
from ui.shell.address import Address
from ui.shell.section import changing_heading, section
from ui.widgets.chart.chart import chart
from ui.widgets.digit_tiles.digit_tiles import digit_grid

_MEDIAN = SHARES.index(0.5)

# The title of the axis; what was found, with two digits and their medians to be filled in; how it
# is measured; the unit after a number.
_MEASURES = {
    "slant": (
        "slant, degrees to the right",
        "People lean to the right, most in the {most} (half of them by more than {high:.0f}°) "
        "and least in the {least} ({low:.0f}°).",
        "How far the ink moves sideways for each row upwards, as an angle; 0 is upright.",
        "°",
    ),
    "thickness": (
        "thickness of the stroke, pixels",
        "All digits were written with much the same pens: strokes are {high:.1f} pixels thick in "
        "a typical {most} and {low:.1f} in a typical {least}.",
        "Twice the ink divided by the length of its edge.",
        " pixels",
    ),
    "width": (
        "width of the ink, pixels",
        "Every digit was scaled so that its longer side is 20 pixels: a typical {most} is "
        "{high:.0f} pixels wide, a typical {least} only {low:.0f}.",
        "The width of the smallest box around all the ink.",
        " pixels",
    ),
}


def show(here: Address) -> None:
    """Show the view of the `set` in the address."""
    digits = choose_set(here)
    shape = cached.shape(digits.name)
    _averages(here, digits, shape)
    st.markdown(
        "In the three charts of slant, thickness and width, half of a digit's images lie within "
        "its box and nine in ten between the ends of its line; the line across the box is the "
        "median, the middle image."
    )
    left, right = st.columns(2, gap="large")
    with left:
        _counts(digits, shape)
        _measure(shape, "slant")
    with right:
        _measure(shape, "thickness")
        _measure(shape, "width")


def _averages(here: Address, digits: Digits, shape: ShapeStatistics) -> None:
    section(
        "Average and typical",
        "All images of a digit on top of each other: where the ink is full, people agree. The 1 "
        "is blurred like a fan because people slant it differently.",
    )
    digit_grid(
        np.rint(shape.means).astype(np.uint8),
        [f"mean {digit}" for digit in range(10)],
        key="means",
        alternatives=[f"The average of all {digit}: show them" for digit in range(10)],
        label="Ten averages; Enter shows the images of that digit",
        on_pick=lambda digit: here.choose(view="element", digit=digit, index=None, page=None),
    )
    st.markdown("The real image closest to each average. Pick one to open it.")
    digit_grid(
        digits.images[shape.typical],
        [str(digit) for digit in range(10)],
        key="typical",
        alternatives=[
            f"The most typical {digit}, element {shape.typical[digit]}" for digit in range(10)
        ],
        label="Ten typical digits; Enter opens one",
        on_pick=lambda digit: open_element(here, digits.name, int(shape.typical[digit])),
    )


def _counts(digits: Digits, shape: ShapeStatistics) -> None:
    most, least = int(shape.counts.argmax()), int(shape.counts.argmin())
    st.subheader("How many of each", anchor=False, help=explain("label"))
    finding = (
        f"Of the {whole(len(digits))} images of the {SETS[digits.name]}, "
        f"{whole(shape.counts[most])} are labelled {most} and only {whole(shape.counts[least])} "
        f"are labelled {least}: nearly even."
    )
    st.markdown(finding)
    chart(counts_chart(shape.counts), key="counts", alternative=f"Images of each digit. {finding}")


def _measure(shape: ShapeStatistics, name: str) -> None:
    axis, sentence, definition, unit = _MEASURES[name]
    quantiles = shape.quantiles(name, SHARES)
    medians = quantiles[:, _MEDIAN]
    most, least = int(medians.argmax()), int(medians.argmin())
    changing_heading(name.capitalize(), help=definition)
    finding = sentence.format(
        most=most, least=least, high=medians[most], low=medians[least]
    ).replace("(-", "(−")
    st.markdown(finding)
    chart(spread_chart(quantiles, axis, unit), key=name, alternative=finding)
