"""Draw a digit and watch a network read it: the first thing that anybody sees of Digit Lab."""

from mnist_core.language.translation import _, to_translate
from ui.shell import navigation

navigation.enter()

import streamlit as st

from ui.glossary.glossary import explain
from ui.glossary.word_list import word_list
from ui.home.next_steps import next_steps
from ui.stage.first_network import first_network
from ui.stage.stage import read_along, stage
from ui.tour import tour

WORDS = to_translate(
    "Nobody told this network the rules: it worked them out from thousands of handwritten digits, "
    "a collection called MNIST."
)

st.title(_("How does a machine learn to read?"), anchor=False)
card = first_network()
if card is None:
    # Few ever need it, and the first page is to be there at once.
    from ui.pickers.model_picker import nothing_trained

    nothing_trained()
else:
    place = st.container()
    # First of all: the browser fetches the network while it sets up the rest.
    read_along(card)
    with place:
        stage(card, words=_(WORDS), help=explain("MNIST", "network"))
    next_steps(card)
tour.start_button()

with st.expander(_("Explore deeper: what the words mean")):
    word_list()
    st.caption(
        _("Images: MNIST by Yann LeCun, Corinna Cortes and Christopher J.C. Burges, CC BY-SA 3.0.")
    )
