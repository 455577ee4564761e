"""Can it read yours? A digit that you write yourself, read by a network."""

import streamlit as st

from ui import address
from ui.view_picker import Views, view_picker
from ui.views import draw_free, draw_photo, draw_score
from ui.words import explain

VIEWS: Views = {
    "draw": ("Draw", draw_free.show),
    "photo": ("From a photo", draw_photo.show),
    "score": ("Score my hand", draw_score.show),
}

st.title("Can it read yours?", anchor=False)
st.markdown(
    "Draw a digit; a network that has only ever seen MNIST reads it while you draw.",
    help=explain("MNIST", "network", "probability"),
)
notes = st.container()

here = address.of("draw")
# Nothing to choose from, nothing to choose with.
show = view_picker(here, VIEWS, instead="drawing") if len(VIEWS) > 1 else draw_free.show
show(here)

here.settle()
for note in here.notes:
    notes.info(note)
