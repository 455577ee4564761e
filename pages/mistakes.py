"""What does it get wrong? A network's mistakes on the test images, counted and looked at."""

from ui.shell import navigation

navigation.enter()

import streamlit as st

from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.models.store import BrokenModel
from mnist_core.system.text_format import mistakes_in, percent
from ui.mistakes import audited_labels, compare, confidence, matrix, per_digit, robustness, why
from ui.mistakes.network_results import results_of
from ui.pickers.model_picker import model_picker
from ui.pickers.view_picker import View, Views, view_picker
from ui.shell import address
from ui.shell.glossary import explain

VIEWS = Views(
    first=("matrix", View("Mistakes", matrix.show)),
    deeper={
        "One mistake": {
            "why": View(
                "Why?", why.show, "Which parts of the image decide, and what moving it changes."
            ),
        },
        "All mistakes": {
            "table": View(
                "In numbers", per_digit.show, "Scores of each digit, and files to download."
            ),
            "labels": View(
                "Is the label wrong?",
                audited_labels.show,
                "Test images whose label most people doubted.",
            ),
        },
        "Can you trust it?": {
            "sure": View(
                "How sure is it?", confidence.show, "Is it right as often as it says it is sure?"
            ),
            "robust": View(
                "How robust is it?",
                robustness.show,
                "What turning, shifting and blurring does to it.",
            ),
        },
        "Several networks": {
            "compare": View(
                "Compare networks", compare.show, "What one fixes and another gets wrong."
            ),
        },
    },
)

st.title("What does it get wrong?", anchor=False)
st.markdown(
    "After training, every network is tested on 10,000 images that it has never seen. "
    "Choose what to ask about its mistakes.",
    help=explain("test set"),
)
notices = st.container()

here = address.of("mistakes")
# A row is one element to draw; columns would be several.
head = st.container(horizontal=True, vertical_alignment="bottom")
with head:
    card = model_picker(here, clears=("index", "page"), width=541)
try:
    results = results_of(card)
except (BrokenModel, ValueError) as error:
    here.finish(notices)
    notices.error(f"{error} Choose another network.")
    st.stop()
report = results.report
head.markdown(
    f"### {percent(report.accuracy)} correct, {percent(report.error)} wrong: "
    f"{mistakes_in(len(report.mistakes), TEST_IMAGES)}",
    help=explain("accuracy", "error"),
)
view_picker(here, VIEWS, instead="Mistakes")(here, results)
here.finish(notices)
