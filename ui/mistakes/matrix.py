"""The confusion matrix, the mistakes behind it, and one of them large."""

from functools import partial

import streamlit as st

from mnist_core.data.dataset import CLASSES
from mnist_core.system.text_format import counted
from ui.glossary.glossary import explain
from ui.mistakes.network_results import NetworkResults, opened_image
from ui.pickers.choice_picker import choice_picker
from ui.pickers.gallery_pages import gallery
from ui.shell.address import Address
from ui.shell.section import changing_heading
from ui.widgets.choice.choice import choice
from ui.widgets.confusion_matrix.cell_texts_and_colours import SHOWN
from ui.widgets.confusion_matrix.confusion_matrix import Cell, confusion_matrix, mistakes_in
from ui.widgets.image_with_prediction.image_with_prediction import image_with_prediction

# The mistake that tutorial T2 found: a 5 that its network read as a 6.
_TUTORIAL_MISTAKE = 8

_ANY = "any"
_DIGITS = {_ANY: "any digit"} | {str(digit): str(digit) for digit in range(CLASSES)}


def show(here: Address, results: NetworkResults) -> None:
    """Show the view; `label`, `predicted` and `index` in the address choose the mistakes."""
    no_digit = "There is no digit {}"
    label = here.whole_number("label", 0, 9, default=None, refusal=no_digit, instead="all labels")
    predicted = here.whole_number(
        "predicted", 0, 9, default=None, refusal=no_digit, instead="all answers"
    )
    cell = (label, predicted)
    mistakes = results.surest_first(mistakes_in(cell, results.digits.labels, results.predictions))
    opened = opened_image(here, mistakes, "the most confident mistake")
    chart_column, image_column = st.columns([5, 6], gap="medium")
    with chart_column:
        _matrix(here, cell, results)
    with image_column:
        is_t2 = "T2" in results.card.recipe.tutorials
        _filters(here, cell, is_t2=is_t2)
        if opened is not None:
            image_with_prediction(results.digits, opened, results.probabilities[opened])
        if is_t2 and opened == _TUTORIAL_MISTAKE:
            too = "does, too" if results.predictions[opened] == 6 else "does not"
            st.markdown(
                "Tutorial T2 found this one among the first hundred test images: its network read "
                f"the 5 as a 6. This network {too}."
            )
    changing_heading(heading(cell, len(mistakes)))
    gallery(
        here, results.digits, mistakes, opened, caption=results.caption, describe=results.describe
    )


def heading(cell: Cell, count: int) -> str:
    """The gallery's heading: how many mistakes it shows, and which."""
    label, predicted = cell
    if not count:
        none = "No image" if label is None else f"No {label}"
        return f"{none} was read as {'another digit' if predicted is None else predicted}."
    labelled = "" if label is None else f" on images labelled {label}"
    read = "" if predicted is None else f", read as {predicted}"
    return f"{counted(count, 'mistake')}{labelled}{read}, most confident first"


def _matrix(here: Address, cell: Cell, results: NetworkResults) -> None:
    st.markdown(
        "Click a number in the table to see the images behind it.", help=explain("confusion matrix")
    )
    shown = choice_picker(
        here,
        "numbers",
        "The numbers are",
        SHOWN,
        refusal="The table has no such numbers",
        clears=(),
        show_title=True,
    )
    confusion_matrix(
        results.report.confusion,
        cell,
        key="confusion",
        shown=shown,
        on_choose=lambda cell: here.choose(label=cell[0], predicted=cell[1], index=None, page=None),
    )


def _filters(here: Address, cell: Cell, *, is_t2: bool) -> None:
    def choose(parameter: str, name: str) -> None:
        here.choose(**{parameter: None if name == _ANY else name}, index=None, page=None)

    with st.container(horizontal=True, vertical_alignment="bottom"):
        titles = {"label": "Labelled as", "predicted": "Read as"}
        for (parameter, title), digit in zip(titles.items(), cell, strict=True):
            choice(
                title,
                _DIGITS,
                _ANY if digit is None else str(digit),
                key=f"{here.page}-{parameter}",
                on_choose=partial(choose, parameter),
                show_title=True,
                list_width=160,
            )
        if is_t2:
            st.button(
                "The tutorial's mistake: test image 8",
                on_click=lambda: here.choose(index=_TUTORIAL_MISTAKE),
                help=explain("tutorial"),
            )
