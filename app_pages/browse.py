"""What is in MNIST? Seventy thousand digits, one by one and by the hundred."""

import streamlit as st

from ui import address
from ui.views import (
    browse_alike,
    browse_doubtful,
    browse_element,
    browse_map,
    browse_preparation,
    browse_shape,
    browse_sheets,
)
from ui.words import explain

VIEWS = {
    "element": ("One by one", browse_element.show),
    "doubtful": ("Doubtful labels", browse_doubtful.show),
    "alike": ("More like this", browse_alike.show),
    "map": ("Map", browse_map.show),
    "preparation": ("Prepared", browse_preparation.show),
    "sheets": ("All at once", browse_sheets.show),
    "shape": ("In numbers", browse_shape.show),
}

st.title("What is in MNIST?", anchor=False)
st.markdown(
    "70,000 digits that people wrote by hand, each with a label: what somebody said it is. "
    "Open one by its number, or pick it from the gallery.",
    help=explain("MNIST", "label", "element"),
)
notes = st.container()

here = address.of("browse")
view = here.choice(
    "view", tuple(VIEWS), no="There is no such view", instead=VIEWS["element"][0].lower()
)
st.segmented_control(
    "View",
    tuple(VIEWS),
    format_func=lambda name: VIEWS[name][0],
    label_visibility="collapsed",
    required=True,
    **here.steers("view", view, forget=("page",)),
)
VIEWS[view][1](here)

here.settle()
for note in here.notes:
    notes.info(note)
