"""How hard is each test image? How many of the networks that came with the app fail on it."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.analysis.comparison import hardness
from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.system.wording import percent
from ui.mistakes.test_results import Examination, opened_among, shipped_examinations
from ui.pickers.gallery_pages import gallery
from ui.shell.address import Address
from ui.widgets.choice_row.choice_row import choice_row
from ui.widgets.close_up.close_up import confidence_in
from ui.widgets.digit_tiles.digit_tiles import large_digit
from ui.widgets.plain_table.plain_table import plain_table


def show(here: Address, exam: Examination) -> None:
    """Show the question; `failed` and `index` in the address steer it."""
    everyone = shipped_examinations()
    if not everyone:
        st.info("No network came with the app, so there is nobody to compare.")
        return
    labels = exam.digits.labels
    said = np.stack([one.predictions for one in everyone])
    failures = hardness(said, labels)
    failed = _choose(here, failures, len(everyone))
    found = np.flatnonzero(failures == failed)
    opened = opened_among(here, found, "the first of these")
    if opened is not None:
        _close_up(opened, exam, everyone)

    def read_as(number: int) -> str:
        digits, counts = np.unique(said[:, number], return_counts=True)
        return " ".join(str(digit) for digit in digits[np.argsort(-counts, kind="stable")])

    def caption(number: int) -> str:
        return f"a {labels[number]}\n{read_as(number)}"

    def describe(number: int) -> str:
        return (
            f"Test image {number}, labelled {labels[number]}, {failures[number]} networks fail; "
            f"read as {read_as(number)}"
        )

    st.markdown("Below each: its label; what the networks say, the most frequent answer first.")
    if len(found):
        gallery(exam.digits, found, caption, here=here, opened=opened, describe=describe)


def _choose(here: Address, failures: NDArray[np.int64], networks: int) -> int:
    counts = np.bincount(failures, minlength=networks + 1)
    failed = here.whole_number(
        "failed",
        0,
        networks,
        default=networks,
        refusal=f"There are only {networks} networks, not {{}}",
        instead="the images that every network fails",
    )
    st.subheader(
        f"{counts[networks]:,} images defeat all {networks} networks; all of them read "
        f"{percent(counts[0] / TEST_IMAGES)} rightly",
        anchor=False,
    )
    choice_row(
        f"How many of the {networks} networks fail on an image: how many such images there are",
        {
            str(count): f"{_how_many(count, networks)}: {counts[count]:,}"
            for count in range(networks, -1, -1)
        },
        str(failed),
        key="failed",
        on_choose=lambda count: here.choose(failed=count, index=None, page=None),
        show_title=True,
    )
    return failed


def _how_many(count: int, networks: int) -> str:
    return {networks: f"all {networks} fail", 0: "none fails", 1: "1 fails"}.get(
        count, f"{count} fail"
    )


def _close_up(number: int, exam: Examination, everyone: list[Examination]) -> None:
    label = int(exam.digits.labels[number])
    # Columns would be more things to draw; this is one.
    with st.container(horizontal=True, gap="medium"):
        large_digit(
            exam.digits.images[number],
            key="large",
            alternative=f"Test image {number}, labelled {label}",
            reveal=True,
        )
        plain_table(
            {
                "network": [one.card.name for one in everyone],
                "says": [_verdict(int(one.predictions[number]), label) for one in everyone],
                "sure": [confidence_in(float(one.confidence[number])) for one in everyone],
            },
            key="answers",
            above=f"Test image {number:,} is labelled {label}. The networks say:",
        )


def _verdict(said: int, label: int) -> str:
    return f"{said} ✓ right" if said == label else f"{said} ✗ wrong"
