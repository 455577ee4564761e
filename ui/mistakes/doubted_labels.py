"""Is the label wrong? The test images whose label people doubted, and what that means."""

import numpy as np
import streamlit as st

from mnist_core.analysis.label_audit import (
    AUDITED,
    BY_INDEX,
    RATERS,
    SOURCE,
    SOURCE_ADDRESS,
    Audit,
    AuditedAccuracy,
    accuracy,
)
from mnist_core.models.store import BrokenModel
from mnist_core.system.wording import percent
from ui.mistakes.test_results import Examination
from ui.shell import cached
from ui.shell.address import Address
from ui.shell.glossary import explain
from ui.widgets.close_up.close_up import close_up
from ui.widgets.digit_tiles.digit_tiles import digit_grid
from ui.widgets.plain_table.plain_table import plain_table

_NUMBERS = np.array([audit.index for audit in AUDITED])


def show(here: Address, exam: Examination) -> None:
    """Show the view; `index` in the address is the image that is open."""
    opened = here.whole_number(
        "index",
        0,
        len(exam.digits) - 1,
        default=int(_NUMBERS[0]),
        refusal="There is no test image {}",
        instead="the first that people looked at",
    )
    found = accuracy(exam.predictions, exam.digits.labels)
    st.markdown(
        f"Five people looked at the test images whose label seemed doubtful. For these "
        f"{len(AUDITED)}, fewer than three of the five chose the label that MNIST gives. "
        f"[Who asked them]({SOURCE_ADDRESS}): {SOURCE}.",
        help=explain("label"),
    )
    st.subheader(_sides(exam.card.name, found), anchor=False)
    tiles, image = st.columns([5, 6], gap="medium")
    with tiles:
        st.markdown(
            "Below each: how many of the five chose the label, how many the other digit, how many "
            "neither; then what this network says."
        )
        digit_grid(
            exam.digits.images[_NUMBERS],
            [_caption(audit, exam) for audit in AUDITED],
            key="audited",
            alternatives=[f"{exam.describe(audit.index)}. {_votes(audit)}" for audit in AUDITED],
            selected=list(BY_INDEX).index(opened) if opened in BY_INDEX else None,
            label=f"{len(AUDITED)} digits; arrow keys move, Enter opens",
            on_pick=lambda position: here.choose(index=int(_NUMBERS[position])),
        )
    with image:
        close_up(exam.digits, opened, exam.probabilities[opened])
    _accuracies()


def _sides(name: str, found: AuditedAccuracy) -> str:
    neither = len(AUDITED) - found.matches_label - found.matches_raters
    return (
        f"{name} sides with the label on {found.matches_label}, with the other digit on "
        f"{found.matches_raters}" + (f", with neither on {neither}" if neither else "")
    )


def _caption(audit: Audit, exam: Examination) -> str:
    said = int(exam.predictions[audit.index])
    side = {audit.given: "label", audit.other: "other"}.get(said, "neither")
    return (
        f"label {audit.given}: {audit.for_given}\nother {audit.other}: {audit.for_other}\n"
        f"neither: {audit.neither}\nsays {said}: {side}"
    )


def _votes(audit: Audit) -> str:
    return (
        f"Of {RATERS} people {audit.for_given} chose {audit.given}, {audit.for_other} chose "
        f"{audit.other}, {audit.neither} neither"
    )


def _accuracies() -> None:
    st.subheader(f"Every network with and without these {len(AUDITED)}", anchor=False)
    rows: dict[str, list[str]] = {
        "network": [],
        "all 10,000": [],
        f"without the {len(AUDITED)}": [],
        "label : other : neither": [],
    }
    for card in sorted(cached.cards(), key=lambda card: card.mistakes):
        try:
            found = cached.audited_accuracy(card.name)
        except (BrokenModel, ValueError):
            # The page says so when that network is chosen.
            continue
        neither = len(AUDITED) - found.matches_label - found.matches_raters
        row = (
            card.name,
            percent(found.all_images),
            percent(found.undisputed),
            f"{found.matches_label} : {found.matches_raters} : {neither}",
        )
        for column, value in zip(rows.values(), row, strict=True):
            column.append(value)
    plain_table(rows, key="accuracies")
    st.markdown(
        "A network that learned what digits look like may be right where the label is wrong; that "
        "counts against it in every accuracy you read. The last column says with whom it sides."
    )
