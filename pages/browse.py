"""What is in MNIST? Seventy thousand digits, one by one and by the hundred."""

from ui.shell import navigation

navigation.enter()

import streamlit as st

from ui.browse import doubtful, element, map_of_digits, more_like_this, preparation, shape, sheets
from ui.pickers.view_picker import view_picker
from ui.shell import address
from ui.shell.glossary import explain

VIEWS = {
    "element": ("One by one", element.show),
    "doubtful": ("Doubtful labels", doubtful.show),
    "alike": ("More like this", more_like_this.show),
    "map": ("Map", map_of_digits.show),
    "preparation": ("Prepared", preparation.show),
    "sheets": ("All at once", sheets.show),
    "shape": ("In numbers", shape.show),
}

st.title("What is in MNIST?", anchor=False)
st.markdown(
    "70,000 handwritten digits, each with a label: the digit that somebody said it is. "
    "Open one by its number, or pick it from the gallery.",
    help=explain("MNIST", "label", "element"),
)
notices = st.container()

here = address.of("browse")
view_picker(here, VIEWS, instead=VIEWS["element"][0].lower())(here)
here.finish(notices)
