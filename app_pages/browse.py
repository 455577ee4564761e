"""What is in MNIST? Seventy thousand digits, one by one and by the hundred."""

import streamlit as st

from ui import address
from ui.view_picker import view_picker
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
view_picker(here, VIEWS, instead=VIEWS["element"][0].lower())(here)

here.settle()
for note in here.notes:
    notes.info(note)
