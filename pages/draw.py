"""Can it read yours? A digit that you write yourself, read by a network."""

from ui.shell import navigation

navigation.enter()

import streamlit as st

from mnist_core.language.translation import _, to_translate
from ui.draw import drawing, fool_it, photo, score_my_handwriting
from ui.pickers.view_picker import View, Views, view_picker
from ui.shell import address

VIEWS = Views(
    first=("draw", View(to_translate("Draw"), drawing.show)),
    deeper={
        to_translate("Break it"): {
            "fool": View(
                to_translate("Fool it"),
                fool_it.show,
                to_translate("Draw a digit that people read and the network does not."),
            ),
        },
        to_translate("Other ways to write"): {
            "photo": View(
                to_translate("Photo"),
                photo.show,
                to_translate("Write on paper and take a picture of it."),
            ),
            "score": View(
                to_translate("Score my handwriting"),
                score_my_handwriting.show,
                to_translate("Twenty digits: which of yours does a network misread?"),
            ),
        },
    },
)

st.title(_("Can it read yours?"), anchor=False)
notices = st.container()

here = address.of("draw")
view_picker(here, VIEWS, instead=to_translate("drawing"))(here)
here.finish(notices)
