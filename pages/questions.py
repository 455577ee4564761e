"""Questions people ask: twelve answers, each with an experiment that shows it."""

from ui.shell import navigation

navigation.enter()

import streamlit as st

from ui.questions import accordion
from ui.shell import address

st.title("What do people ask?", anchor=False)
st.markdown("Twelve questions, each with a short answer and something to try that shows it.")
notices = st.container()

here = address.of("questions")
accordion.show(here)
here.finish(notices)
