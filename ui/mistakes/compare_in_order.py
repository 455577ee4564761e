"""The networks from the one with most mistakes to the best, and what each step fixes."""

from itertools import pairwise

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.analysis.comparison import Comparison, hardness, rank_by_mistakes
from mnist_core.system.text_format import mistakes_in, percent, whole
from ui.glossary.glossary import explain
from ui.mistakes.network_results import NetworkResults, shipped_results
from ui.shell.address import Address
from ui.shell.section import changing_heading, section
from ui.widgets.digit_tiles.digit_tiles import digit_grid

_EXAMPLES = 7


def show(here: Address, results: NetworkResults) -> None:
    """Show each step; a click on a digit opens it with the answers of both networks."""
    networks = {one.card.name: one for one in shipped_results()}
    if not networks:
        st.info("No networks came with the app, so there is nothing to compare.")
        return
    labels = results.digits.labels
    steps = rank_by_mistakes({name: one.predictions for name, one in networks.items()}, labels)
    first = networks[steps[0].name]
    section(
        f"It starts at {percent(first.report.accuracy)}",
        f"**{first.card.title}.** {first.card.recipe.summary} "
        f"It makes {mistakes_in(steps[0].mistakes, len(labels))}.",
        help=explain("accuracy"),
    )
    for lower, upper in pairwise(steps):
        if upper.change is not None:
            _step(here, networks[lower.name], networks[upper.name], upper.change)
    failures = hardness([one.predictions for one in networks.values()], labels)
    left = np.flatnonzero(failures == len(networks))
    changing_heading(f"What is left: {len(left)} images that every network misreads")
    if len(left):
        _examples(here, "left", results, left[:20], ask="hard", failed=None)
    st.markdown("Some of them may carry the wrong label; others are hard for people, too.")


def _step(here: Address, lower: NetworkResults, upper: NetworkResults, change: Comparison) -> None:
    card = upper.card
    section(
        f"{percent(upper.report.accuracy)}: {card.title}",
        f"{card.recipe.summary} It fixes **{len(change.fixed)}** mistakes of "
        f"“{lower.card.title}” and makes **{len(change.broken)}** new ones: from "
        f"{whole(len(lower.report.mistakes))} to {whole(len(upper.report.mistakes))}.",
    )
    pair = {"ask": "pair", "model": lower.card.name, "other": card.name}
    parts = (("fixed", "Fixed", change.fixed, lower), ("broken", "New", change.broken, upper))
    for column, (part, title, numbers, mistaken) in zip(st.columns(2), parts, strict=True):
        if not len(numbers):
            continue
        with column:
            surest = mistaken.surest_first(numbers)[:_EXAMPLES]
            st.markdown(f"{title}: {len(surest)} of {whole(len(numbers))}, most confident first")
            _examples(here, f"{part}-{card.name}", mistaken, surest, part=part, **pair)


def _examples(
    here: Address,
    key: str,
    results: NetworkResults,
    numbers: NDArray[np.int64],
    **choices: str | None,
) -> None:
    digit_grid(
        results.digits.images[numbers],
        [results.caption(number) for number in numbers],
        key=key,
        alternatives=[results.describe(number) for number in numbers.tolist()],
        on_pick=lambda position: here.choose(**choices, index=int(numbers[position]), page=None),
    )
