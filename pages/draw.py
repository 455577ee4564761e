"""Can it read yours? A digit that you write yourself, read by a network."""

from ui.shell import navigation

navigation.enter()

import streamlit as st

from ui.draw import drawing, fool_it, photo, score_my_handwriting
from ui.pickers.view_picker import View, Views, view_picker
from ui.shell import address

VIEWS = Views(
    first=("draw", View("Draw", drawing.show)),
    deeper={
        "Break it": {
            "fool": View(
                "Fool it", fool_it.show, "Draw a digit that people read and the network does not."
            ),
        },
        "Other ways to write": {
            "photo": View("Photo", photo.show, "Write on paper and take a picture of it."),
            "score": View(
                "Score my handwriting",
                score_my_handwriting.show,
                "Twenty digits: which of yours does a network misread?",
            ),
        },
    },
)

st.title("Can it read yours?", anchor=False)
notices = st.container()

here = address.of("draw")
view_picker(here, VIEWS, instead="drawing")(here)
here.finish(notices)
