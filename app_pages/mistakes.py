"""What does it get wrong? A network's mistakes on the test images, counted and looked at."""

import streamlit as st

from mnist_core.dataset import TEST_IMAGES
from mnist_core.store import BrokenModel
from ui import address
from ui.examination import examination
from ui.model_picker import model_picker
from ui.numbers import mistakes_in, percent
from ui.view_picker import view_picker
from ui.views import (
    mistakes_compare,
    mistakes_labels,
    mistakes_matrix,
    mistakes_robust,
    mistakes_sure,
    mistakes_table,
    mistakes_why,
)
from ui.words import explain

VIEWS = {
    "matrix": ("Mistakes", mistakes_matrix.show),
    "compare": ("Whose mistakes?", mistakes_compare.show),
    "labels": ("Is the label wrong?", mistakes_labels.show),
    "table": ("In numbers", mistakes_table.show),
    "why": ("Why?", mistakes_why.show),
    "sure": ("How sure, how right?", mistakes_sure.show),
    "robust": ("How much does it stand?", mistakes_robust.show),
}

st.title("What does it get wrong?", anchor=False)
st.markdown(
    "After training, every network is examined on 10,000 images that it has never seen. "
    "Choose what to ask about its mistakes.",
    help=explain("test set"),
)
notes = st.container()

here = address.of("mistakes")
# Columns would be more things to draw; this is one.
head = st.container(horizontal=True, vertical_alignment="bottom")
with head:
    card = model_picker(key="mistakes", here=here, forget=("index", "page"), width=541)
try:
    exam = examination(card)
except (BrokenModel, ValueError) as damage:
    notes.error(f"{damage} Choose another network.")
    here.settle()
    st.stop()
report = exam.report
head.markdown(
    f"### {percent(report.accuracy)} right, {percent(report.error)} wrong: "
    f"{mistakes_in(len(report.mistakes), TEST_IMAGES)}",
    help=explain("accuracy", "error"),
)
view_picker(here, VIEWS, instead=VIEWS["matrix"][0])(here, exam)

here.settle()
for note in here.notes:
    notes.info(note)
