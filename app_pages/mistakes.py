"""What does it get wrong? A network's mistakes on the test images, counted and looked at."""

import streamlit as st

from mnist_core import evaluation
from mnist_core.dataset import TEST_IMAGES
from mnist_core.store import BrokenModel
from ui import address, cached
from ui.close_up import close_up, confidence_in
from ui.confusion_matrix import Cell, confusion_matrix
from ui.gallery import gallery
from ui.model_picker import model_picker
from ui.numbers import mistakes_in, percent
from ui.words import explain

# T2 searched for a mistake by hand and found this one: a 5 that its network read as a 6.
TUTORIALS_FIND = 8

st.title("What does it get wrong?", anchor=False)
st.markdown(
    "After training, every network is examined on 10,000 images that it has never seen. "
    "Click a number in the table to see the images behind it.",
    help=explain("test set", "confusion matrix"),
)
notes = st.container()

here = address.of("mistakes")
picker, score = st.columns(2, vertical_alignment="bottom")
with picker:
    card = model_picker(key="mistakes", here=here, forget=("index", "page"))
try:
    report = cached.test_report(card.name)
    probabilities = cached.test_probabilities(card.name)
except (BrokenModel, ValueError) as damage:
    notes.error(f"{damage} Choose another network.")
    here.settle()
    st.stop()
score.markdown(
    f"### {percent(report.accuracy)}, {mistakes_in(len(report.mistakes), TEST_IMAGES)}",
    help=f"An error of {percent(report.error)}.\n\n" + explain("accuracy", "error"),
)

digits = cached.digits("test")
labels = digits.labels
predictions = probabilities.argmax(axis=1)
confidence = probabilities.max(axis=1)
label = here.whole("label", 0, 9, default=None, no="There is no digit {}", instead="all labels")
predicted = here.whole(
    "predicted", 0, 9, default=None, no="There is no digit {}", instead="all answers"
)
wrong = report.mistakes
if label is not None:
    wrong = wrong[labels[wrong] == label]
if predicted is not None:
    wrong = wrong[predictions[wrong] == predicted]
wrong = evaluation.most_confident_first(probabilities, wrong)
opened = here.whole(
    "index",
    0,
    TEST_IMAGES - 1,
    default=None,
    no="There is no test image {}",
    instead="the surest mistake",
)
if opened is None and len(wrong):
    opened = int(wrong[0])


def show(cell: Cell) -> None:
    """Show the mistakes behind a cell of the matrix."""
    here.choose(label=cell[0], predicted=cell[1], index=None, page=None)


def heading(count: int) -> str:
    """What the gallery shows."""
    labelled = "" if label is None else f" on images labelled {label}"
    read = "" if predicted is None else f", read as {predicted}"
    if not count:
        shown = "No image" if label is None else f"No {label}"
        return f"{shown} was read as {'another digit' if predicted is None else predicted}."
    what = "mistake" if count == 1 else "mistakes"
    return f"{count:,} {what}{labelled}{read}, the surest first"


def describe(number: int) -> str:
    """A test image and what the network made of it, in words."""
    return (
        f"Test image {number}, labelled {labels[number]}, read as {predictions[number]}, "
        f"{confidence_in(confidence[number])} sure"
    )


chart_column, image_column = st.columns([5, 6], gap="medium")
with chart_column:
    confusion_matrix(report.confusion, (label, predicted), key="confusion", on_choose=show)
with image_column:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for title, parameter, value in (
            ("Labelled as", "label", label),
            ("Read as", "predicted", predicted),
        ):
            st.selectbox(
                title,
                range(10),
                index=None,
                placeholder="any digit",
                width=160,
                **here.steers(parameter, value, forget=("index", "page")),
            )
        if "T2" in card.recipe.tutorials:
            st.button(
                "The tutorial's find: test image 8",
                on_click=lambda: here.choose(index=TUTORIALS_FIND),
                help=explain("tutorial"),
            )
    if opened is not None:
        close_up(digits, opened, probabilities[opened])
    if opened == TUTORIALS_FIND and "T2" in card.recipe.tutorials:
        too = "does so, too" if predictions[opened] == 6 else "does not"
        st.markdown(
            "Tutorial T2 found this one among the first hundred test images: its network read the "
            f"5 as a 6. This network {too}."
        )
st.subheader(heading(len(wrong)), anchor=False)
if len(wrong):
    gallery(
        digits,
        wrong,
        lambda number: (
            f"{labels[number]} → {predictions[number]}\n{confidence_in(confidence[number])}"
        ),
        here=here,
        opened=opened,
        describe=describe,
    )

here.settle()
for note in here.notes:
    notes.info(note)
