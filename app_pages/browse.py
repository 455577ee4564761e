"""What is in MNIST? Seventy thousand digits, one by one and by the hundred."""

import streamlit as st

from ui import address
from ui.views import browse_element
from ui.words import explain

st.title("What is in MNIST?", anchor=False)
st.markdown(
    "70,000 digits that people wrote by hand, each with a label: what somebody said it is. "
    "Open one by its number, or pick it from the gallery.",
    help=explain("MNIST", "label", "element"),
)
notes = st.container()

here = address.of("browse")
browse_element.show(here)

here.settle()
for note in here.notes:
    notes.info(note)
