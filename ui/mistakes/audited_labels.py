"""The test images whose label most of five people doubted, and what that means for accuracy."""

from contextlib import suppress

import numpy as np
import streamlit as st

from mnist_core.analysis.label_audit import AUDITED, SOURCE, SOURCE_ADDRESS, Audit, accuracy
from mnist_core.models.store import BrokenModel
from mnist_core.system.text_format import counted, percent
from ui.glossary.glossary import explain
from ui.mistakes.network_results import NetworkResults, opened_image
from ui.shell import cached
from ui.shell.address import Address
from ui.shell.section import changing_heading
from ui.visitors import listed_models
from ui.widgets.digit_tiles.digit_tiles import digit_grid
from ui.widgets.image_with_prediction.image_with_prediction import image_with_prediction
from ui.widgets.plain_table.plain_table import plain_table

_NUMBERS = np.array([audit.index for audit in AUDITED])


def show(here: Address, results: NetworkResults) -> None:
    """Show the view; `index` in the address is the image that is open."""
    opened = opened_image(here, _NUMBERS, "the first that people looked at")
    found = accuracy(results.predictions, results.digits.labels)
    st.markdown(
        "Five people looked at the test images whose label seemed doubtful. For these "
        f"{len(AUDITED)}, fewer than three of the five chose the label that MNIST gives. "
        f"[The study]({SOURCE_ADDRESS}): {SOURCE}.",
        help=explain("label"),
    )
    changing_heading(
        f"{results.card.title} agrees with the label on {counted(found.matches_label, 'image')}, "
        f"with the other digit on {found.matches_raters}"
        + (f", with neither on {found.matches_neither}" if found.matches_neither else "")
    )
    tiles, image = st.columns([5, 6], gap="medium")
    with tiles:
        st.markdown(
            "Below each: how many of the five chose the label, the other digit, or neither; then "
            "this network's answer."
        )
        digit_grid(
            results.digits.images[_NUMBERS],
            [_caption(audit, results) for audit in AUDITED],
            key="audited",
            alternatives=[f"{results.describe(audit.index)}. {audit.votes}" for audit in AUDITED],
            selected=next(iter(np.flatnonzero(opened == _NUMBERS).tolist()), None),
            on_pick=lambda position: here.choose(index=int(_NUMBERS[position])),
        )
    with image:
        if opened is not None:
            image_with_prediction(results.digits, opened, results.probabilities[opened])
    _accuracies()


def _caption(audit: Audit, results: NetworkResults) -> str:
    answer = int(results.predictions[audit.index])
    side = {audit.given: "label", audit.other: "other"}.get(answer, "neither")
    return (
        f"label {audit.given}: {audit.for_given}\nother {audit.other}: {audit.for_other}\n"
        f"neither: {audit.neither}\nsays {answer}: {side}"
    )


def _accuracies() -> None:
    changing_heading(f"Every network with and without these {len(AUDITED)}")
    titles = ("network", "all 10,000", f"without the {len(AUDITED)}", "label : other : neither")
    rows = []
    for card in sorted(listed_models.cards(), key=lambda card: card.mistakes):
        # The page reports damage when that network is chosen.
        with suppress(BrokenModel, ValueError):
            found = cached.audited_accuracy(card.name)
            agreed = f"{found.matches_label} : {found.matches_raters} : {found.matches_neither}"
            rows.append((card.title, percent(found.all_images), percent(found.undisputed), agreed))
    plain_table(dict(zip(titles, zip(*rows, strict=True), strict=True)), key="accuracies")
    st.markdown(
        "A network that has learned what digits look like may be right where the label is wrong, "
        "and yet that lowers its accuracy. The last column says how often it agrees with each."
    )
