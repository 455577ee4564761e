"""How hard each test image is: how many of the networks that came with the app misread it."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.analysis.comparison import hardness
from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.system.text_format import counted, percent, percent_sure, whole, with_article
from ui.mistakes.network_results import (
    NetworkResults,
    large_test_image,
    opened_image,
    shipped_results,
)
from ui.pickers.choice_picker import choice_picker
from ui.pickers.gallery_pages import gallery
from ui.shell.address import Address
from ui.shell.section import changing_heading
from ui.widgets.plain_table.plain_table import plain_table


def show(here: Address, results: NetworkResults) -> None:
    """Show the comparison; `failed` in the address counts networks, `index` opens an image."""
    networks = shipped_results()
    if not networks:
        st.info("No networks came with the app, so there is nothing to compare.")
        return
    labels = results.digits.labels
    predictions = np.stack([one.predictions for one in networks])
    failures = hardness(predictions, labels)
    found = np.flatnonzero(failures == _failed(here, failures, len(networks)))
    opened = opened_image(here, found, "the first of these")
    if opened is not None:
        _close_up(opened, results, networks)

    def answers(number: int) -> str:
        digits, counts = np.unique(predictions[:, number], return_counts=True)
        return " ".join(str(digit) for digit in digits[np.argsort(-counts, kind="stable")])

    st.markdown("Below each: its label, then the networks' answers, the most frequent first.")
    gallery(
        here,
        results.digits,
        found,
        opened,
        caption=lambda number: f"{with_article(labels[number])}\n{answers(number)}",
        describe=lambda number: (
            f"Test image {number}, labelled {labels[number]}, misread by {failures[number]} of "
            f"{len(networks)} networks; read as {answers(number)}"
        ),
    )


def _failed(here: Address, failures: NDArray[np.int64], networks: int) -> int:
    """Choose how many networks misread the images shown."""
    counts = np.bincount(failures, minlength=networks + 1)
    changing_heading(
        f"Misread by all {networks} networks: {counted(counts[networks], 'image')}. Read correctly "
        f"by all: {percent(counts[0] / TEST_IMAGES)}"
    )
    names = {networks: f"all {networks}", 0: "none"}
    options = {
        str(count): f"{names.get(count, count)}: {whole(counts[count])}"
        for count in range(networks, -1, -1)
    }
    failed = choice_picker(
        here,
        "failed",
        f"How many of the {networks} networks misread an image: number of such images",
        options,
        refusal=f"There are only {networks} networks",
        instead="the images that every network misreads",
        clears=("index", "page"),
        show_title=True,
    )
    return int(failed)


def _close_up(number: int, results: NetworkResults, networks: list[NetworkResults]) -> None:
    label = results.digits.labels[number]
    marks = {True: "✓ correct", False: "✗ misread"}
    # One container is drawn faster than columns.
    with st.container(horizontal=True, gap="medium"):
        large_test_image(results.digits, number)
        answers = [one.predictions[number] for one in networks]
        plain_table(
            {
                "network": [one.card.title for one in networks],
                "answer": [f"{answer} {marks[bool(answer == label)]}" for answer in answers],
                "sure": [percent_sure(float(one.confidence[number])) for one in networks],
            },
            key="answers",
            introduction=f"Test image {whole(number)} is labelled {label}. The networks' answers:",
        )
