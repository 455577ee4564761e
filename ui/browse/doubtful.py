"""Doubtful labels: one to guess before its label is shown, then all of them, ranked."""

import streamlit as st

from mnist_core.system.text_format import percent, percent_sure, whole
from ui.browse.element_controls import open_element
from ui.browse.guess_first import guess_first
from ui.glossary.glossary import explain
from ui.pickers.gallery_pages import gallery
from ui.shell import cached
from ui.shell.address import Address
from ui.shell.section import section

_PER_PAGE = 60
# Further down, the networks that judged agree with nearly every label.
_RANKED = 1_200
_NEARLY_ZERO = 0.0005


def show(here: Address) -> None:
    """Show the view; `guess`, `digit` and `page` in the address say what is open."""
    digits, doubt = cached.digits("train"), cached.doubt()
    unguessed = guess_first(here, digits, doubt)

    section(
        "The most doubtful labels",
        "Five networks each learned from four fifths of the training set, then read the fifth "
        "they had not seen. The less a network believes a label, the higher it ranks here. "
        f"In {whole(doubt.disputed)} of {whole(len(digits))} images the network read a different "
        "digit from the label. Element 500, which a tutorial wondered about, is number "
        f"{whole(doubt.rank(500))}.",
        help=explain("training set", "label", "probability"),
    )
    label = here.whole_number(
        "digit", 0, 9, default=None, refusal="There is no digit {}", instead="all ten digits"
    )
    st.radio(
        "Labelled",
        horizontal=True,
        **here.widgets.bind(
            "digit", label, options=("all", *range(10)), none_option="all", clears=("page",)
        ),
    )

    hidden: frozenset[int] = frozenset()
    # Whoever asks for one digit has been told the label of all that are shown.
    if label is None and not st.toggle(
        "Show the labels that I have not guessed yet",
        key="doubtful-labels",
        persist_state="session",
    ):
        hidden = unguessed.elements

    def caption(element: int) -> str:
        if element in hidden:
            return "guess\nfirst"
        given = float(doubt.label_probability[element])
        probability = "< 0.1%" if given < _NEARLY_ZERO else percent(given, 1)
        return f"{digits.labels[element]}, or {doubt.alternative[element]}?\n{probability}"

    def describe(element: int) -> str:
        if element in hidden:
            return f"Element {element}, to be guessed first"
        return (
            f"Element {element}, labelled {digits.labels[element]}, number {doubt.rank(element)} "
            f"in doubt; the network thinks {doubt.alternative[element]} is likely, "
            f"{percent_sure(float(doubt.alternative_probability[element]))}"
        )

    def pick(element: int) -> None:
        if element in hidden:
            unguessed.ask(element)
        else:
            open_element(here, "train", element)

    st.markdown(
        "Below each: its label, the other digit the network thought of, and how likely it found "
        "the label. Pick one to open it, or to guess it first."
    )
    gallery(
        here,
        digits,
        doubt.most_doubtful(digits, label, _RANKED),
        None,
        caption=caption,
        describe=describe,
        key="doubtful",
        per_page=_PER_PAGE,
        on_pick=pick,
    )
