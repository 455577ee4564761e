"""Draw a digit and watch a network read it: the first thing that anybody sees of Digit Lab."""

from ui.shell import navigation

navigation.enter()

import streamlit as st

from ui.home.glossary import glossary
from ui.home.next_steps import next_steps
from ui.shell.glossary import explain
from ui.stage.first_network import first_network
from ui.stage.stage import read_along, stage
from ui.tour import tour

WORDS = (
    "Nobody told this network the rules: it worked them out from thousands of handwritten digits, "
    "a collection called MNIST."
)

st.title("How does a machine learn to read?", anchor=False)
card = first_network()
if card is None:
    st.info("There is no trained network yet. Train one first; it takes a minute or two.")
    st.page_link("pages/train.py", label="Train a network", icon=":material/trending_up:")
else:
    place = st.container()
    # First of all: the browser fetches the network while it sets up the rest.
    read_along(card)
    with place:
        stage(card, words=WORDS, help=explain("MNIST", "network"))
    next_steps(card)
tour.start_button()

with st.expander("Explore deeper: what the words mean"):
    glossary()
    st.caption(
        "Images: MNIST by Yann LeCun, Corinna Cortes and Christopher J.C. Burges, CC BY-SA 3.0."
    )
