"""Into a network while it learns: its confusions, its hardest images, its first layer, its doubts.

All of it is of the end of the latest epoch, from what the training reports anyway.
"""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.analysis.evaluation import evaluate, most_confident_first
from mnist_core.charts.weight_pictures import takes_pixels, weight_pictures
from mnist_core.system.wording import percent
from mnist_core.training.snapshots import Snapshot
from ui.shell import cached
from ui.shell.glossary import explain
from ui.widgets.confusion_matrix.confusion_matrix import ANY, Cell, confusion_matrix
from ui.widgets.digit_tiles.digit_tiles import digit_grid

_LOOKS = {
    "no": "Nothing",
    "doubts": "Doubts",
    "hardest": "Surest mistakes",
    "confusion": "Confusions",
    "weights": "First layer",
}
_MOST = 20
_MOST_PICTURES = 40
# Test images, one of each digit in either row: those that every network reads, and those that some
# read and some do not.
_EASY = (3, 2, 35, 30, 19, 23, 21, 0, 128, 99)
_HARD = (3818, 3906, 1224, 381, 247, 340, 2118, 1039, 2896, 2129)
WATCHED = (*_EASY, *_HARD)
"""The test images whose probabilities are shown: the easy ones from 0 to 9, then the hard ones."""


def inside_view(job_id: str, snapshot: Snapshot) -> None:
    """Show what is chosen to be seen of a training's latest snapshot."""
    look = st.pills(
        f"Look inside, as it is after epoch {snapshot.epoch}",
        tuple(_LOOKS),
        default="doubts",
        format_func=_LOOKS.__getitem__,
        key=f"inside-{job_id}",
    )
    shown = {
        "doubts": _doubts,
        "hardest": _hardest,
        "confusion": _confusion,
        "weights": _weights,
    }.get(look or "no")
    if shown is not None:
        shown(job_id, snapshot)


def _doubts(job_id: str, snapshot: Snapshot) -> None:
    digits = cached.digits("test")
    labels = digits.labels[list(WATCHED)]
    given = snapshot.probabilities[list(WATCHED), labels]
    st.caption(
        "Each digit twice, from the test images: ten that are easy to read, then ten hard ones. "
        "Below each the probability that the network gives to the right digit: watch them rise, "
        "and fall."
    )
    captions = [
        f"{label}: {percent(float(share), 0)}" for label, share in zip(labels, given, strict=True)
    ]
    _grid(job_id, "doubts", WATCHED, captions)


def _hardest(job_id: str, snapshot: Snapshot) -> None:
    wrong = evaluate(snapshot.probabilities, cached.digits("test").labels).mistakes
    st.caption("Test images it reads wrongly, the ones it is surest of first: label ✗ answer.")
    _mistakes(job_id, snapshot, wrong)


def _confusion(job_id: str, snapshot: Snapshot) -> None:
    slot = f"inside-cell-{job_id}"
    cell: Cell = st.session_state.get(slot, ANY)
    digits = cached.digits("test")
    report = evaluate(snapshot.probabilities, digits.labels)

    def choose(chosen: Cell) -> None:
        st.session_state[slot] = chosen

    matrix, images = st.columns([5, 6], gap="medium")
    with matrix:
        st.caption("Click a number to see the images behind it.", help=explain("confusion matrix"))
        confusion_matrix(report.confusion, cell, key=f"inside-matrix-{job_id}", on_choose=choose)
    answers = snapshot.probabilities.argmax(axis=1)
    wrong = report.mistakes
    label, answer = cell
    if label is not None:
        wrong = wrong[digits.labels[wrong] == label]
    if answer is not None:
        wrong = wrong[answers[wrong] == answer]
    with images:
        _mistakes(job_id, snapshot, wrong)


def _mistakes(job_id: str, snapshot: Snapshot, wrong: NDArray[np.int64]) -> None:
    if not len(wrong):
        st.info("There is none.")
        return
    labels = cached.digits("test").labels
    numbers = most_confident_first(snapshot.probabilities, wrong)[:_MOST]
    answers = snapshot.probabilities[numbers].argmax(axis=1)
    captions = [
        f"{label} ✗ {answer}" for label, answer in zip(labels[numbers], answers, strict=True)
    ]
    _grid(job_id, "mistakes", tuple(numbers.tolist()), captions)


def _weights(job_id: str, snapshot: Snapshot) -> None:
    weights = snapshot.first_weights
    if weights is None or not takes_pixels(weights):
        st.info(
            "Its first layer that learns does not look at the pixels, but at what is left of them "
            "by then: there is nothing to show as a picture."
        )
        return
    pictures = weight_pictures(weights, _MOST_PICTURES)
    st.caption(
        "What each neuron or pattern of the first layer looks for: where there is much ink it "
        "wants ink, where there is none it wants paper, in between it does not care."
    )
    digit_grid(
        pictures,
        [str(number + 1) for number in range(len(pictures))],
        key=f"inside-weights-{job_id}",
        alternatives=[f"Weights of neuron {number + 1}" for number in range(len(pictures))],
        label=f"Weights of the first {len(pictures)} neurons",
        clickable=False,
    )


def _grid(job_id: str, what: str, numbers: tuple[int, ...], captions: list[str]) -> None:
    images = cached.digits("test").images[list(numbers)]
    digit_grid(
        images,
        captions,
        key=f"inside-{what}-{job_id}",
        alternatives=[
            f"Test image {number}, {caption}"
            for number, caption in zip(numbers, captions, strict=True)
        ],
        label="Test images",
        clickable=False,
    )
