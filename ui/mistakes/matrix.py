"""The confusion matrix, the mistakes behind it, and one of them large."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.analysis.evaluation import most_confident_first
from mnist_core.data.dataset import CLASSES
from ui.mistakes.test_results import Examination, opened_among
from ui.pickers.gallery_pages import gallery
from ui.shell.address import Address
from ui.shell.glossary import explain
from ui.widgets.choice_row.choice_row import choice_list, choice_row
from ui.widgets.close_up.close_up import close_up
from ui.widgets.confusion_matrix.confusion_matrix import SHOWN, Cell, confusion_matrix

# T2 searched for a mistake by hand and found this one: a 5 that its network read as a 6.
_TUTORIALS_FIND = 8

_ANY = "any"
_DIGITS = {_ANY: "any digit"} | {str(digit): str(digit) for digit in range(CLASSES)}


def show(here: Address, exam: Examination) -> None:
    """Show the view; `label`, `predicted`, `index` and `numbers` in the address steer it."""
    cell = (
        here.whole_number(
            "label", 0, 9, default=None, refusal="There is no digit {}", instead="all labels"
        ),
        here.whole_number(
            "predicted", 0, 9, default=None, refusal="There is no digit {}", instead="all answers"
        ),
    )
    wrong = _behind(cell, exam)
    opened = opened_among(here, wrong, "the surest mistake")
    chart_column, image_column = st.columns([5, 6], gap="medium")
    with chart_column:
        st.markdown(
            "Click a number in the table to see the images behind it.",
            help=explain("confusion matrix"),
        )
        shown = here.one_of(
            "numbers", tuple(SHOWN), refusal="The table has no such numbers", instead="images"
        )
        choice_row(
            "The numbers are",
            SHOWN,
            shown,
            key=f"{here.page}-numbers",
            on_choose=lambda name: here.choose(numbers=name),
            show_title=True,
        )
        confusion_matrix(
            exam.report.confusion,
            cell,
            key="confusion",
            shown=shown,
            on_choose=lambda cell: here.choose(
                label=cell[0], predicted=cell[1], index=None, page=None
            ),
        )
    with image_column:
        _controls(here, cell, exam)
        if opened is not None:
            close_up(exam.digits, opened, exam.probabilities[opened])
        if opened == _TUTORIALS_FIND and "T2" in exam.card.recipe.tutorials:
            _tell_of_the_find(exam)
    st.subheader(heading(cell, len(wrong)), anchor=False)
    if len(wrong):
        gallery(exam.digits, wrong, exam.caption, here=here, opened=opened, describe=exam.describe)


def heading(cell: Cell, count: int) -> str:
    """What the gallery shows."""
    label, predicted = cell
    if not count:
        shown = "No image" if label is None else f"No {label}"
        return f"{shown} was read as {'another digit' if predicted is None else predicted}."
    labelled = "" if label is None else f" on images labelled {label}"
    read = "" if predicted is None else f", read as {predicted}"
    what = "mistake" if count == 1 else "mistakes"
    return f"{count:,} {what}{labelled}{read}, the surest first"


def _behind(cell: Cell, exam: Examination) -> NDArray[np.int64]:
    """The mistakes of a cell, a row, a column or all of them, the surest first."""
    wrong = exam.report.mistakes
    label, predicted = cell
    if label is not None:
        wrong = wrong[exam.digits.labels[wrong] == label]
    if predicted is not None:
        wrong = wrong[exam.predictions[wrong] == predicted]
    return most_confident_first(exam.probabilities, wrong)


def _controls(here: Address, cell: Cell, exam: Examination) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _digit_list(here, "Labelled as", "label", cell[0])
        _digit_list(here, "Read as", "predicted", cell[1])
        if "T2" in exam.card.recipe.tutorials:
            st.button(
                "The tutorial's find: test image 8",
                on_click=lambda: here.choose(index=_TUTORIALS_FIND),
                help=explain("tutorial"),
            )


def _digit_list(here: Address, title: str, parameter: str, digit: int | None) -> None:
    def choose(name: str) -> None:
        here.choose(**{parameter: None if name == _ANY else name}, index=None, page=None)

    choice_list(
        title,
        _DIGITS,
        _ANY if digit is None else str(digit),
        key=f"{here.page}-{parameter}",
        on_choose=choose,
        width=160,
    )


def _tell_of_the_find(exam: Examination) -> None:
    too = "does so, too" if exam.predictions[_TUTORIALS_FIND] == 6 else "does not"
    st.markdown(
        "Tutorial T2 found this one among the first hundred test images: its network read the "
        f"5 as a 6. This network {too}."
    )
