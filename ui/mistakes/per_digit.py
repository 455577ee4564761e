"""The scores of each digit, the first hundred answers as a tutorial checks them, and downloads."""

import streamlit as st

from mnist_core.analysis.precision_recall import FirstPredictions, first_predictions, scores
from mnist_core.system.text_format import percent, whole
from ui.glossary.glossary import explain
from ui.mistakes.download_buttons import download_buttons
from ui.mistakes.network_results import NetworkResults, shipped_results
from ui.shell.address import Address
from ui.shell.section import changing_heading, section
from ui.widgets.digit_tiles.digit_tiles import digit_grid
from ui.widgets.plain_table.plain_table import plain_table

_FIRST = 100
_TUTORIAL_MISTAKE = 8
_CODE = """\
predictions = np.argmax(model.predict(x_test[:100]), axis=1)
labels = np.argmax(y_test[:100], axis=1)        # y_test is one-hot
np.mean(predictions == labels)                  # {share:.2f}
np.argmin(predictions == labels)                # {argmin}"""


def show(here: Address, results: NetworkResults) -> None:
    """Show the view; it needs nothing from the address."""
    download_buttons(results)
    _each_digit(results)
    found = _first(results)
    _tutorial(here, found)
    st.markdown(
        "The same hundred, each with its label and, where the network disagrees, ✗ and its "
        "answer. Pick one to see it large."
    )
    digit_grid(
        results.digits.images[:_FIRST],
        [
            f"{label} ✓" if label == answer else f"{label} ✗ {answer}"
            for label, answer in zip(found.labels, found.predictions, strict=True)
        ],
        key="first",
        alternatives=[results.describe(number) for number in range(_FIRST)],
        on_pick=lambda position: here.choose(view="mistake", index=position),
    )


def _each_digit(results: NetworkResults) -> None:
    found = scores(results.report.confusion)
    hardest = int(found.f1.argmin())
    section(
        f"Hardest for this network: the {hardest}",
        f"It finds {percent(found.recall[hardest])} of the {hardest}s, and "
        f"{percent(found.precision[hardest])} of the images that it reads as {hardest} are "
        f"labelled {hardest}.",
        help=explain("precision", "recall", "F1"),
    )
    plain_table(
        {
            "digit": [str(digit) for digit in range(len(found.images))],
            "images": [whole(count) for count in found.images],
            "precision": [percent(share) for share in found.precision],
            "recall": [percent(share) for share in found.recall],
            "F1": [percent(share) for share in found.f1],
        },
        key="each-digit",
    )


def _first(results: NetworkResults) -> FirstPredictions:
    return first_predictions(results.probabilities, results.digits.labels, _FIRST)


def _tutorial(here: Address, found: FirstPredictions) -> None:
    changing_heading(f"As in the tutorial: {found.agrees.sum()} of the first {_FIRST} agree")
    st.markdown(
        "Tutorial T2 compares the first hundred predictions with their labels. True counts as 1 "
        "and False as 0: the mean is the share that agrees, and **argmin**, the position of the "
        "smallest value, is where the first False is. T2 got 0.99 and found test image 8, a 5 "
        "that its network read as a 6.",
        help=explain("tutorial", "one-hot", "prediction"),
    )
    st.code(
        _CODE.format(share=found.share, argmin=found.argmin), language="python", wrap_lines=True
    )
    shown = {"predictions": found.predictions, "labels": found.labels}
    for column, (title, digits) in zip(st.columns(2), shown.items(), strict=True):
        # An element that colours code takes three times as long to appear.
        column.html(f"<pre style='margin: 0'>{title}\n{digits.reshape(-1, 10)}</pre>")
    st.markdown(_finding(found))
    if found.agrees.all():
        weaker = (one for one in shipped_results() if _first(one).argmin == _TUTORIAL_MISTAKE)
        if other := next(weaker, None):
            st.button(
                f"Try it on “{other.card.title}”, which misreads test image {_TUTORIAL_MISTAKE}",
                on_click=here.choose,
                kwargs={"model": other.card.name},
            )


def _finding(found: FirstPredictions) -> str:
    if found.agrees.all():
        return (
            "This network reads all of the first hundred correctly. Beware: when nothing is "
            "False, argmin still says 0, although test image 0 is read correctly."
        )
    label, answer = found.labels[found.argmin], found.predictions[found.argmin]
    is_tutorials = (found.argmin, answer) == (_TUTORIAL_MISTAKE, 6)
    same = " The tutorial found the same one." if is_tutorials else ""
    return (
        f"So this network's first mistake is test image **{found.argmin}**: labelled {label}, "
        f"read as {answer}.{same}"
    )
