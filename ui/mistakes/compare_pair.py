"""Two networks side by side: which mistakes the second fixes, which it makes instead."""

from collections.abc import Callable

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.analysis.comparison import compare
from mnist_core.analysis.evaluation import most_confident_first
from mnist_core.models.store import BrokenModel
from mnist_core.system.wording import percent
from ui.mistakes.test_results import Examination, examination, opened_among
from ui.pickers.gallery_pages import gallery
from ui.shell import cached
from ui.shell.address import Address
from ui.widgets.choice_row.choice_row import choice_row
from ui.widgets.digit_tiles.digit_tiles import large_digit
from ui.widgets.probability_bars.probability_bars import probability_bars

PARTS = {
    "fixed": "Fixed by the second",
    "broken": "Newly broken by it",
    "both": "Failed by both",
}


def show(here: Address, exam: Examination) -> None:
    """Show the question; `other`, `part` and `index` in the address steer it."""
    other = _other(here, exam)
    if other is None:
        return
    found = compare(exam.predictions, other.predictions, exam.digits.labels)
    numbers = {"fixed": found.fixed, "broken": found.broken, "both": found.both}
    part = _part(here, numbers)
    # The surest of those who are wrong there come first.
    wrong = other if part == "broken" else exam
    shown = most_confident_first(wrong.probabilities, numbers[part])
    opened = opened_among(here, shown, "the first of these")
    if opened is not None:
        _close_up(opened, exam, other)
    if not len(shown):
        st.markdown("There is no such image.")
        return
    st.markdown(
        f"{len(shown):,} {'image' if len(shown) == 1 else 'images'}. Below each: its label; what "
        "the first network says → what the second says."
    )
    gallery(
        exam.digits,
        shown,
        lambda number: (
            f"a {exam.digits.labels[number]}\n{exam.predictions[number]} → "
            f"{other.predictions[number]}"
        ),
        here=here,
        opened=opened,
        describe=_describe(exam, other),
    )


def _other(here: Address, exam: Examination) -> Examination | None:
    cards = sorted(cached.cards(), key=lambda card: card.test_accuracy, reverse=True)
    by_name = {card.name: card for card in cards if card.name != exam.card.name}
    if not by_name:
        st.info("There is only one network here. Train another one to compare it with.")
        return None
    names = tuple(by_name)
    name = here.one_of(
        "other", names, refusal="The second network must be one of the others", instead=names[0]
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "The second network",
            format_func=lambda name: (
                f"{percent(by_name[name].test_accuracy)} · {name} · {by_name[name].title}"
            ),
            width=420,
            help="The first one is the network chosen at the top of the page.",
            **here.widgets.bind("other", name, options=names, clears=("index", "page")),
        )
        st.button(
            "Swap the two",
            icon=":material/swap_horiz:",
            on_click=lambda: here.choose(
                model=name, other=exam.card.name, index=None, page=None, view="compare"
            ),
        )
    try:
        return examination(by_name[name])
    except (BrokenModel, ValueError) as damage:
        st.error(f"{damage} Choose another network.")
        return None


def _part(here: Address, numbers: dict[str, NDArray[np.int64]]) -> str:
    # Two good networks may fail on the same images: nothing fixed is nothing to begin with.
    first, *others = sorted(PARTS, key=lambda part: not len(numbers[part]))
    part = here.one_of(
        "part",
        (first, *others),
        refusal="There is no such group of images",
        instead=f"“{PARTS[first]}”",
    )
    choice_row(
        "Images",
        {name: f"{title}: {len(numbers[name]):,}" for name, title in PARTS.items()},
        part,
        key="part",
        on_choose=lambda name: here.choose(part=name, index=None, page=None),
    )
    return part


def _close_up(number: int, exam: Examination, other: Examination) -> None:
    label = int(exam.digits.labels[number])
    st.subheader(
        f"Labelled {label}: the first says {exam.predictions[number]}, "
        f"the second {other.predictions[number]}",
        anchor=False,
    )
    # Columns would be more things to draw; this is one.
    with st.container(horizontal=True, gap="medium"):
        large_digit(
            exam.digits.images[number],
            key="large",
            alternative=f"Test image {number}, labelled {label}",
            reveal=True,
        )
        for one, which in ((exam, "First"), (other, "Second")):
            probability_bars(
                one.probabilities[number],
                label=label,
                title=f"{which}: {one.card.name}",
                key=f"bars-{which}",
            )


def _describe(exam: Examination, other: Examination) -> Callable[[int], str]:
    def describe(number: int) -> str:
        return (
            f"Test image {number}, labelled {exam.digits.labels[number]}, the first network says "
            f"{exam.predictions[number]}, the second {other.predictions[number]}"
        )

    return describe
