"""Guess a doubtful digit before its label is shown, then see what networks and others said."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import streamlit as st

from mnist_core.data.dataset import CLASSES, Digits
from mnist_core.data.doubtful_labels import LabelDoubt
from mnist_core.data.guesses import Guesses, GuessNotSaved
from mnist_core.models import store
from mnist_core.system.text_format import percent_sure, whole
from ui.glossary.glossary import explain
from ui.shell import cached
from ui.shell.address import Address
from ui.shell.lost_session import Remembered
from ui.shell.section import section
from ui.visitors import request_limits
from ui.widgets.digit_tiles.digit_tiles import large_digit

# The element that a tutorial wondered about comes first, then the most doubtful labels.
_FIRST = 500
_MOST_DOUBTFUL = 200
_GUESSED: Remembered[dict[int, int]] = Remembered("guesses", dict[int, int], {})
_NOTE = "guesses-note"


@dataclass(frozen=True)
class Unguessed:
    """What the rest of the page must not give away.

    Attributes:
        elements: those that this visitor has not guessed yet.
        ask: asks for one of them; a callback.
    """

    elements: frozenset[int]
    ask: Callable[[int], None]


def guess_first(here: Address, digits: Digits, doubt: LabelDoubt) -> Unguessed:
    """Ask for a guess, then show the label; `guess` in the address counts the images from 1.

    Returns:
        The elements of the game that are still to be guessed.
    """
    others = (int(element) for element in doubt.order[:_MOST_DOUBTFUL] if element != _FIRST)
    elements = (_FIRST, *others)
    position = here.whole_number(
        "guess",
        1,
        len(elements),
        default=1,
        refusal="There is no image {} to guess",
        instead="the first one",
    )
    element = elements[position - 1]
    guesses = Guesses(store.local_directory(), elements)
    guessed = _GUESSED.get()
    own = guessed.get(element)
    image, answers = st.columns([3, 5], gap="medium")
    with image:
        large_digit(
            digits.images[element], key="guess", alternative="A digit to guess", reveal=True
        )
        # Beside the image, so that the next one appears where the eye is, guessed or not.
        _previous_and_next(here, position, len(elements))
    with answers:
        if own is None:
            _ask(element, guesses)
        else:
            _reveal(element, own, digits, doubt)
            _all_guesses(guesses, element)
    return Unguessed(
        frozenset(elements) - guessed.keys(),
        lambda one: here.choose(guess=elements.index(one) + 1),
    )


def _ask(element: int, guesses: Guesses) -> None:
    section(
        "What would you say this is?",
        "Guess before you see the label. Anonymous: only counts are kept.",
    )
    with st.container(horizontal=True, gap="xsmall"):
        for digit in range(CLASSES):
            st.button(
                str(digit),
                key=f"guess-{digit}",
                width=52,
                on_click=partial(_guess, element, digit, guesses),
            )


def _guess(element: int, digit: int, guesses: Guesses) -> None:
    guessed = _GUESSED.get()
    _GUESSED.set({**guessed, element: digit})
    if element in guessed:
        # A click that came twice.
        return
    if refusal := request_limits.refusal(request_limits.GUESSES):
        st.session_state[_NOTE] = f"{refusal} This guess was not counted."
        return
    try:
        guesses.add(element, digit)
    except GuessNotSaved as error:
        st.session_state[_NOTE] = str(error)


def _reveal(element: int, own: int, digits: Digits, doubt: LabelDoubt) -> None:
    label = int(digits.labels[element])
    section(
        f"Labelled {label}: {'as you guessed' if own == label else f'you guessed {own}'}",
        f"Element {whole(element)}, number {whole(doubt.rank(element))} of {whole(len(digits))} "
        "in doubt.",
        help=explain("label", "element"),
    )
    rows = ["| network | answer | how sure |", "| --- | :---: | ---: |"]
    for card in cached.cards():
        if not card.shipped:
            continue
        try:
            probabilities = cached.probabilities(card.name, digits.images[[element]])[0]
            answer = f"**{probabilities.argmax()}** | {percent_sure(probabilities.max())}"
        except (store.BrokenModel, ValueError):
            answer = "cannot be opened |"
        rows.append(f"| {card.recipe.title} | {answer} |")
    st.markdown("\n".join(rows))


def _all_guesses(guesses: Guesses, element: int) -> None:
    if note := st.session_state.pop(_NOTE, None):
        st.warning(note)
    counts = guesses.counts(element)
    total = int(counts.sum())
    if not total:
        return
    by_digit = ", ".join(
        f"{whole(counts[digit])} said **{digit}**" for digit in np.argsort(-counts) if counts[digit]
    )
    in_all = "1 guess" if total == 1 else f"{whole(total)} guesses"
    st.markdown(f"Visitors of this server, including you: {by_digit} ({in_all} in all).")


def _previous_and_next(here: Address, position: int, count: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        earlier, later = (partial(here.choose, guess=position + by) for by in (-1, 1))
        st.button("Previous image", disabled=position == 1, on_click=earlier)
        st.button("Next image", type="primary", disabled=position == count, on_click=later)
        st.markdown(f"{position} of {count}", width="content")
