"""The climb from the network with most mistakes to the best, told in pictures."""

from itertools import pairwise

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.analysis.comparison import Comparison, hardness, rank_by_mistakes
from mnist_core.analysis.evaluation import most_confident_first
from mnist_core.system.wording import mistakes_in, percent
from ui.mistakes.test_results import Examination, shipped_examinations
from ui.shell.address import Address
from ui.shell.glossary import explain
from ui.shell.section import section
from ui.widgets.digit_tiles.digit_tiles import digit_grid

_EXAMPLES = 7


def show(here: Address, exam: Examination) -> None:
    """Tell the story; a click on a digit opens it beside what both networks say of it."""
    everyone = {one.card.name: one for one in shipped_examinations()}
    if not everyone:
        st.info("No network came with the app, so there is no climb to tell of.")
        return
    labels = exam.digits.labels
    steps = rank_by_mistakes({name: one.predictions for name, one in everyone.items()}, labels)
    first = everyone[steps[0].name]
    section(
        f"It begins with {_score(first)}",
        f"**{first.card.name}.** {first.card.recipe.summary} "
        f"It makes {mistakes_in(steps[0].mistakes, len(labels))}.",
        help=explain("accuracy"),
    )
    for lower, upper in pairwise(steps):
        if upper.change is not None:
            _step(here, everyone[lower.name], everyone[upper.name], upper.change)
    left = np.flatnonzero(
        hardness([one.predictions for one in everyone.values()], labels) == len(everyone)
    )
    st.subheader(f"What is left: {len(left)} images that no network reads", anchor=False)
    if len(left):
        _examples(here, "left", exam, left[:20], ask="hard", failed=None)
    st.markdown("Some of them may be labelled wrongly; others a person finds hard, too.")


def _step(here: Address, lower: Examination, upper: Examination, change: Comparison) -> None:
    card = upper.card
    section(
        f"{_score(upper)}: {card.recipe.title.lower()}",
        f"**{card.name}.** {card.recipe.summary} It fixes **{len(change.fixed)}** mistakes of "
        f"{lower.card.name} and makes **{len(change.broken)}** new ones: from "
        f"{len(lower.report.mistakes):,} to {len(upper.report.mistakes):,}.",
    )
    pair = {"ask": "pair", "model": lower.card.name, "other": card.name}
    parts = (("fixed", "Fixed", change.fixed, lower), ("broken", "New", change.broken, upper))
    for column, (part, title, numbers, wrong) in zip(st.columns(2), parts, strict=True):
        if not len(numbers):
            continue
        with column:
            surest = most_confident_first(wrong.probabilities, numbers)[:_EXAMPLES]
            st.markdown(f"{title}: {len(surest)} of {len(numbers):,}, the surest mistakes first")
            _examples(here, f"{part}-{card.name}", wrong, surest, part=part, **pair)


def _examples(
    here: Address, key: str, wrong: Examination, numbers: NDArray[np.int64], **opens: str | None
) -> None:
    digit_grid(
        wrong.digits.images[numbers],
        [
            f"{wrong.digits.labels[number]} → {wrong.predictions[number]}"
            for number in numbers.tolist()
        ],
        key=key,
        alternatives=[wrong.describe(number) for number in numbers.tolist()],
        label=f"{len(numbers)} digits; arrow keys move, Enter opens",
        on_pick=lambda position: here.choose(**opens, index=int(numbers[position]), page=None),
    )


def _score(exam: Examination) -> str:
    return percent(exam.report.accuracy)
