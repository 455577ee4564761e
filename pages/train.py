"""How does a network learn? Choose or build one, train it, watch; and every run that was kept."""

from ui.shell import navigation

navigation.enter()

import streamlit as st

from ui.glossary.glossary import explain
from ui.pickers.view_picker import View, Views, view_picker
from ui.shell import address, cached
from ui.train import chosen_series, my_network, recipe, runs
from ui.training_run.watched_training import is_watching

VIEWS = Views(
    first=("train", View("Train", recipe.show)),
    deeper={
        "Your own network": {
            "own": View("My network", my_network.show, "Choose every layer, then train it."),
        },
        "Many trainings": {
            "series": View(
                "Series", chosen_series.show, "Train several networks in a row and compare them."
            ),
            "runs": View("Runs", runs.show, "Every training that was kept, side by side."),
        },
    },
)

st.title("How does a network learn?", anchor=False)
if not is_watching():
    st.markdown(
        "It looks at thousands of digits, guesses each one, and corrects itself a little every "
        "time.",
        help=explain("network", "training"),
    )
notices = st.container()

# Before any view shows the queue.
cached.requeue_after_restart()
here = address.of("train")
view_picker(here, VIEWS, instead="training")(here)
here.finish(notices)

# Whoever looks at this page may train soon.
cached.warm_pool().prepare()
