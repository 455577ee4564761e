"""Guess first: a doubtful digit without its label; then what everybody else says it is."""

from functools import partial

import numpy as np
import streamlit as st

from mnist_core.data.dataset import CLASSES, Digits
from mnist_core.data.doubtful_labels import LabelDoubt
from mnist_core.data.guesses import Guesses, GuessNotSaved
from mnist_core.models import store
from ui.shell import cached
from ui.shell.address import Address
from ui.shell.glossary import explain
from ui.shell.section import section
from ui.widgets.close_up.close_up import confidence_in
from ui.widgets.digit_tiles.digit_tiles import large_digit

# The tutorials' doubtful element is the first to be guessed, then the most doubtful labels.
_FIRST = 500
_MOST_DOUBTFUL = 200
_SLOT = "guesses"


def offered(doubt: LabelDoubt) -> tuple[int, ...]:
    """The elements to guess, in their order."""
    others = (int(element) for element in doubt.order[:_MOST_DOUBTFUL] if element != _FIRST)
    return (_FIRST, *others)


def guess_first(here: Address, digits: Digits, doubt: LabelDoubt) -> int | None:
    """The guessing; `guess` in the address says at which image.

    Args:
        here: the page's address.
        digits: the training set.
        doubt: how doubtful its labels are.

    Returns:
        The element whose label must not be told yet.
    """
    elements = offered(doubt)
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
    own = _own().get(element)
    image, answers = st.columns([3, 5], gap="medium")
    with image:
        large_digit(
            digits.images[element], key="guess", alternative="A digit to guess", reveal=False
        )
    with answers:
        if own is None:
            _ask(element, guesses)
        else:
            _reveal(element, own, digits, doubt)
            _others(guesses, element)
        _turn(here, position, len(elements))
    return element if own is None else None


def _own() -> dict[int, int]:
    """What this visitor guessed, by element."""
    found: dict[int, int] = st.session_state.setdefault(_SLOT, {})
    return found


def _ask(element: int, guesses: Guesses) -> None:
    section(
        "What would you say this is?",
        "Guess before you are told. Nobody is asked who they are: guesses are counted.",
    )
    with st.container(horizontal=True, gap="small"):
        for digit in range(CLASSES):
            st.button(
                str(digit),
                key=f"guess-{digit}",
                width=52,
                on_click=partial(_guess, element, digit, guesses),
            )


def _guess(element: int, digit: int, guesses: Guesses) -> None:
    _own()[element] = digit
    try:
        guesses.add(element, digit)
    except GuessNotSaved as why:
        st.session_state[f"{_SLOT}-note"] = str(why)


def _reveal(element: int, own: int, digits: Digits, doubt: LabelDoubt) -> None:
    label = int(digits.labels[element])
    agrees = "as you guessed" if own == label else f"you guessed {own}"
    section(
        f"Labelled {label}: {agrees}",
        f"Element {element:,}, number {doubt.rank(element):,} of {len(digits):,} in doubt.",
        help=explain("label", "element"),
    )
    st.markdown(_networks(digits, element))


def _networks(digits: Digits, element: int) -> str:
    """What each network that came with the app says, as a table in Markdown."""
    rows = ["| network | says | how sure |", "| --- | :---: | ---: |"]
    for card in cached.cards():
        if not card.shipped:
            continue
        try:
            answer = cached.predictor(card.name).predict(digits.images[[element]])[0]
        except (store.BrokenModel, ValueError):
            rows.append(f"| {card.recipe.title} | cannot be read | |")
            continue
        said = int(answer.argmax())
        rows.append(f"| {card.recipe.title} | **{said}** | {confidence_in(answer[said])} |")
    return "\n".join(rows)


def _others(guesses: Guesses, element: int) -> None:
    if note := st.session_state.pop(f"{_SLOT}-note", None):
        st.warning(note)
    counts = guesses.counts(element)
    total = int(counts.sum())
    if not total:
        return
    said = ", ".join(
        f"{counts[digit]:,} said **{digit}**" for digit in np.argsort(-counts) if counts[digit]
    )
    visitors = "one guess" if total == 1 else f"{total:,} guesses"
    st.markdown(f"Visitors of this server, with you: {said} ({visitors} in all).")


def _turn(here: Address, position: int, count: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Previous image",
            disabled=position == 1,
            on_click=partial(here.choose, guess=position - 1),
        )
        st.button(
            "Next image",
            type="primary",
            disabled=position == count,
            on_click=partial(here.choose, guess=position + 1),
        )
        st.caption(f"{position} of {count}")
