"""What does it get wrong? A network's mistakes on the test images, counted and looked at."""

from ui.shell import navigation

navigation.enter()

import streamlit as st

from ui.glossary.glossary import explain
from ui.mistakes import (
    audited_labels,
    compare,
    confidence,
    matrix,
    one_mistake,
    per_digit,
    robustness,
    why,
)
from ui.mistakes.chosen_network import of_chosen_network
from ui.pickers.view_picker import View, Views, show_views

VIEWS = Views(
    first=("mistake", View("One mistake", one_mistake.show)),
    deeper={
        "This mistake": {
            "why": View(
                "Why?",
                of_chosen_network(why.show),
                "Which parts of the image decide, what is like it, what moving it changes.",
            ),
        },
        "All mistakes": {
            "matrix": View(
                "What is read as what",
                of_chosen_network(matrix.show),
                "A table of labels and answers, with the images behind every number.",
            ),
            "table": View(
                "In numbers",
                of_chosen_network(per_digit.show),
                "The scores of each digit, the tutorial's check, files to download.",
            ),
            "labels": View(
                "Is the label wrong?",
                of_chosen_network(audited_labels.show),
                "Test images whose label most people doubted.",
            ),
        },
        "Can you trust it?": {
            "sure": View(
                "How sure is it?",
                of_chosen_network(confidence.show),
                "Is it right as often as it says it is sure?",
            ),
            "robust": View(
                "How robust is it?",
                of_chosen_network(robustness.show),
                "How much turning, shifting and blurring it can bear.",
            ),
        },
        "Several networks": {
            "compare": View(
                "Compare networks",
                of_chosen_network(compare.show),
                "What one fixes and another gets wrong, from the worst to the best.",
            ),
        },
    },
    # The first look was once the table.
    implied=dict.fromkeys(("label", "predicted", "numbers", "page"), "matrix"),
)

st.title("What does it get wrong?", anchor=False)
st.markdown(
    "Every network is tested on 10,000 images that it has never seen.", help=explain("test set")
)

show_views(
    "mistakes",
    VIEWS,
    instead="one mistake",
    show=lambda view, here, notices: view.show(here, notices),
)
