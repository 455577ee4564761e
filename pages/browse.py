"""What is in MNIST? Seventy thousand digits, one by one and by the hundred."""

from ui.shell import navigation

navigation.enter()

import streamlit as st

from ui.browse import (
    doubtful,
    element,
    map_of_digits,
    more_like_this,
    page_by_page,
    pixels,
    preparation,
    shape,
    sheets,
)
from ui.glossary.glossary import explain
from ui.pickers.view_picker import View, Views, show_views

VIEWS = Views(
    first=("element", View("One by one", element.show)),
    deeper={
        "This image": {
            "pixels": View("Its 784 numbers", pixels.show, "All that a computer is given of it."),
            "alike": View(
                "More like this", more_like_this.show, "The training images most similar to it."
            ),
            "preparation": View(
                "How it is prepared",
                preparation.show,
                "From 28 × 28 pixels to the numbers that a network receives.",
            ),
        },
        "Wrong labels?": {
            "doubtful": View(
                "Doubtful labels", doubtful.show, "Guess first, then see what the label says."
            ),
        },
        "All images": {
            "pages": View(
                "Page by page", page_by_page.show, "A hundred to a page, of one digit or of all."
            ),
            "map": View("Map", map_of_digits.show, "10,000 digits; similar ones lie together."),
            "sheets": View("All at once", sheets.show, "Every digit on one sheet to zoom into."),
            "shape": View(
                "In numbers", shape.show, "How many of each, how slanted, thick and wide they are."
            ),
        },
    },
    # The first look once had pages.
    implied={"page": "pages"},
)

st.title("What is in MNIST?", anchor=False)
st.markdown(
    "70,000 handwritten digits, each with a label: the digit that somebody said it is.",
    help=explain("MNIST", "label", "element"),
)
show_views("browse", VIEWS, instead="one by one", show=lambda view, here, _: view.show(here))
