"""A look inside a network while it learns: its confidence, mistakes, confusions, first layer.

All of it is from the end of the latest epoch, from what the training reports anyway.
"""

import streamlit as st

from mnist_core.analysis.evaluation import evaluate, most_confident_first
from mnist_core.charts.weight_pictures import takes_pixels, weight_pictures
from mnist_core.system.text_format import percent
from mnist_core.training.live_snapshots import HARD_DIGITS
from mnist_core.training.snapshots import Snapshot
from ui.glossary.glossary import explain
from ui.shell import cached
from ui.shell.lost_session import Remembered
from ui.widgets.confusion_matrix.confusion_matrix import ANY, Cell, confusion_matrix, mistakes_in
from ui.widgets.digit_tiles.digit_tiles import digit_grid

_MOST_MISTAKES = 20
_MOST_PICTURES = 40
# Test images, one of each digit, that every network reads.
_EASY = (3, 2, 35, 30, 19, 23, 21, 0, 128, 99)
CONFIDENCE_IMAGES = (*_EASY, *HARD_DIGITS)
"""The test images whose probabilities are shown: the easy ones from 0 to 9, then the hard ones."""


def look_inside(job_id: str, snapshot: Snapshot) -> None:
    """Show what the visitor chooses to see of a training's latest snapshot."""
    chosen = st.pills(
        f"Look inside the network after epoch {snapshot.epoch}",
        ("Nothing", *_LOOKS),
        default="Confidence",
        key=f"inside-{job_id}",
    )
    if chosen in _LOOKS:
        _LOOKS[chosen](job_id, snapshot)


def _confidence(job_id: str, snapshot: Snapshot) -> None:
    labels = cached.digits("test").labels[list(CONFIDENCE_IMAGES)]
    given = snapshot.probabilities[list(CONFIDENCE_IMAGES), labels]
    st.caption(
        "Each digit twice, from the test images: ten that are easy to read, then ten hard ones. "
        "Below each is the probability that the network gives to the correct digit: watch it rise "
        "and fall."
    )
    captions = [
        f"{label}: {percent(float(share), 0)}" for label, share in zip(labels, given, strict=True)
    ]
    _tiles(job_id, "confidence", CONFIDENCE_IMAGES, captions)


def _most_confident(job_id: str, snapshot: Snapshot) -> None:
    st.caption("Test images it misreads, those it is surest of first: label ✗ answer.")
    _mistakes(job_id, snapshot, ANY)


def _confusions(job_id: str, snapshot: Snapshot) -> None:
    kept: Remembered[Cell] = Remembered(f"inside-cell-{job_id}", Cell, ANY)
    cell = kept.get()
    matrix, images = st.columns([5, 6], gap="medium")
    with matrix:
        st.caption("Click a number to see the images behind it.", help=explain("confusion matrix"))
        confusion_matrix(
            evaluate(snapshot.probabilities, cached.digits("test").labels).confusion,
            cell,
            key=f"inside-matrix-{job_id}",
            on_choose=kept.set,
        )
    with images:
        _mistakes(job_id, snapshot, cell)


def _mistakes(job_id: str, snapshot: Snapshot, cell: Cell) -> None:
    """Show the mistakes in a cell of the confusion matrix."""
    labels, answers = cached.digits("test").labels, snapshot.probabilities.argmax(axis=1)
    chosen = mistakes_in(cell, labels, answers)
    if not len(chosen):
        st.info("There are none.")
        return
    found = most_confident_first(snapshot.probabilities, chosen)[:_MOST_MISTAKES]
    captions = [f"{labels[number]} ✗ {answers[number]}" for number in found]
    _tiles(job_id, "mistakes", tuple(found.tolist()), captions)


def _first_layer(job_id: str, snapshot: Snapshot) -> None:
    weights = snapshot.first_weights
    if weights is None or not takes_pixels(weights):
        st.info(
            "Its first trainable layer does not look at the pixels, but at what is left of them "
            "by then: there is nothing to show as a picture."
        )
        return
    pictures = weight_pictures(weights, _MOST_PICTURES)
    st.caption(
        "What each neuron or pattern of the first layer looks for: where there is much ink it "
        "wants ink, where there is none it wants paper, in between it does not care."
    )
    numbers = range(1, len(pictures) + 1)
    digit_grid(
        pictures,
        [str(number) for number in numbers],
        key=f"inside-weights-{job_id}",
        alternatives=[f"Weights of neuron {number}" for number in numbers],
        label=f"Weights of the first {len(pictures)} neurons",
        clickable=False,
    )


def _tiles(job_id: str, what: str, numbers: tuple[int, ...], captions: list[str]) -> None:
    digit_grid(
        cached.digits("test").images[list(numbers)],
        captions,
        key=f"inside-{what}-{job_id}",
        alternatives=[
            f"Test image {number}, {caption}"
            for number, caption in zip(numbers, captions, strict=True)
        ],
        label="Test images",
        clickable=False,
    )


_LOOKS = {
    "Confidence": _confidence,
    "Surest mistakes": _most_confident,
    "Confusions": _confusions,
    "First layer": _first_layer,
}
