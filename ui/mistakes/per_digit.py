"""The numbers of each digit, the tutorial's way to judge a network, and files to take home."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.analysis import mistake_downloads
from mnist_core.analysis.evaluation import most_confident_first
from mnist_core.analysis.scores import FirstPredictions, first_predictions, scores
from mnist_core.system.wording import percent
from ui.mistakes.test_results import Examination, shipped_examinations
from ui.shell.address import Address
from ui.shell.glossary import explain
from ui.shell.section import section
from ui.widgets.digit_tiles.digit_tiles import digit_grid
from ui.widgets.plain_table.plain_table import plain_table

_FIRST = 100
_TUTORIALS_FIND = 8
_CODE = """\
predictions = np.argmax(model.predict(x_test[:100]), axis=1)
labels = np.argmax(y_test[:100], axis=1)        # y_test is one-hot
np.mean(predictions == labels)                  # {share:.2f}
np.argmin(predictions == labels)                # {argmin}"""


def show(here: Address, exam: Examination) -> None:
    """Show the view; nothing but the network steers it."""
    _files(exam)
    _each_digit(exam)
    found = first_predictions(exam.probabilities, exam.digits.labels, _FIRST)
    _tutorials_way(here, found)
    st.markdown(
        "The same hundred, each with its label and, where the network says something else, "
        "✗ and its answer. Pick one to see it large."
    )
    digit_grid(
        exam.digits.images[:_FIRST],
        [
            f"{label} ✓" if label == said else f"{label} ✗ {said}"
            for label, said in zip(found.labels, found.predictions, strict=True)
        ],
        key="first",
        alternatives=[exam.describe(number) for number in range(_FIRST)],
        label=f"{_FIRST} digits; arrow keys move, Enter opens",
        on_pick=lambda position: here.choose(view="matrix", index=position),
    )


def _files(exam: Examination) -> None:
    """Made when somebody wants them: at other clicks they would only cost time."""
    numbers = most_confident_first(exam.probabilities, exam.report.mistakes)
    name = f"mistakes-{exam.card.name}"
    with st.container(horizontal=True):
        st.download_button(
            "All mistakes as a table (CSV)",
            lambda: mistake_downloads.table(exam.probabilities, exam.digits.labels, numbers),
            f"{name}.csv",
            "text/csv",
            key="download-table",
            icon=":material/download:",
            on_click="ignore",
            disabled=not len(numbers),
        )
        st.download_button(
            "All mistakes as a picture (PNG)",
            lambda: mistake_downloads.picture(
                exam.digits.images, exam.predictions, exam.digits.labels, numbers
            ),
            f"{name}.png",
            "image/png",
            key="download-picture",
            icon=":material/download:",
            on_click="ignore",
            disabled=not len(numbers),
        )


def _each_digit(exam: Examination) -> None:
    found = scores(exam.report.confusion)
    hardest = int(found.f1.argmin())
    section(
        f"Hardest for this network: the {hardest}",
        f"It finds {percent(found.recall[hardest])} of the {hardest}s, and "
        f"{percent(found.precision[hardest])} of what it calls a {hardest} is one.",
        help=explain("precision", "recall", "F1"),
    )
    plain_table(
        {
            "digit": [str(digit) for digit in range(len(found.images))],
            "images": [f"{count:,}" for count in found.images],
            "precision": [percent(share) for share in found.precision],
            "recall": [percent(share) for share in found.recall],
            "F1": [percent(share) for share in found.f1],
        },
        key="each-digit",
    )


def _tutorials_way(here: Address, found: FirstPredictions) -> None:
    st.subheader(
        f"The tutorial's way: {found.agrees.sum()} of the first {_FIRST} agree", anchor=False
    )
    st.markdown(
        "Tutorial T2 lays the first hundred predictions beside their labels. True counts as 1 and "
        "False as 0: the mean is the share that agrees, and **argmin**, the place of the smallest "
        "value, is the place of the first False. T2 got 0.99 and found test image 8, a 5 that "
        "its network read as a 6.",
        help=explain("tutorial", "one-hot", "prediction"),
    )
    st.code(_CODE.format(share=found.share, argmin=found.argmin), language="python")
    predictions, labels = st.columns(2)
    for column, title, digits in (
        (predictions, "predictions", found.predictions),
        (labels, "labels", found.labels),
    ):
        with column:
            # An element that colours code takes three times as long to come up.
            st.html(f"<pre style='margin: 0'>{title}\n{_rows(digits)}</pre>")
    st.markdown(_finding(found))
    if found.agrees.all():
        _offer_a_weaker_one(here)


def _offer_a_weaker_one(here: Address) -> None:
    for one in shipped_examinations():
        first = first_predictions(one.probabilities, one.digits.labels, _FIRST)
        if first.argmin == _TUTORIALS_FIND:
            st.button(
                f"Try it on {one.card.name}, which stumbles over test image {_TUTORIALS_FIND}",
                on_click=here.choose,
                kwargs={"model": one.card.name},
            )
            return


def _finding(found: FirstPredictions) -> str:
    if found.agrees.all():
        return (
            "This network reads all of the first hundred rightly. Mind the trap: without any "
            "False, argmin still says 0, though test image 0 is read rightly."
        )
    label, said = found.labels[found.argmin], found.predictions[found.argmin]
    same = " It is the tutorial's find." if (found.argmin, said) == (_TUTORIALS_FIND, 6) else ""
    return (
        f"So this network's first mistake is test image **{found.argmin}**: labelled {label}, "
        f"read as {said}.{same}"
    )


def _rows(digits: NDArray[np.int64]) -> str:
    return "\n".join(" ".join(str(digit) for digit in row) for row in digits.reshape(-1, 20))
