"""Which labels are doubtful? Guess one before you are told; then all of them, ranked."""

import streamlit as st

from mnist_core.data.dataset import Digits
from mnist_core.data.doubtful_labels import LabelDoubt
from mnist_core.system.wording import percent
from ui.browse.guess_first import guess_first
from ui.shell import cached
from ui.shell.address import Address
from ui.shell.glossary import explain
from ui.shell.section import section
from ui.widgets.close_up.close_up import confidence_in
from ui.widgets.digit_tiles.digit_tiles import digit_grid

_TUTORIALS = 500
_PER_PAGE = 60
# Further down, the networks that judged agree with nearly every label.
_RANKED = 1_200
_NEXT_TO_NOTHING = 0.0005


def show(here: Address) -> None:
    """Show the view; `guess`, `digit` and `page` in the address steer it."""
    digits, doubt = cached.digits("train"), cached.doubt()
    hidden = guess_first(here, digits, doubt)

    section(
        "The most doubtful labels",
        "Five networks learned from four fifths of the training set each, and then read the fifth "
        "they had not seen. The less they believe a label, the further to the front it stands. "
        f"They read {doubt.disputed:,} of {len(digits):,} images as another digit than the label. "
        f"Element 500, which a tutorial wondered about, is number {doubt.rank(_TUTORIALS):,}.",
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
    ranked = doubt.most_doubtful(digits, label, _RANKED)
    pages = -(-len(ranked) // _PER_PAGE)
    page = here.whole_number(
        "page", 1, pages, default=1, refusal="There is no page {}", instead="page 1"
    )
    shown = ranked[(page - 1) * _PER_PAGE : page * _PER_PAGE].tolist()

    st.markdown(
        "Each with its label, the other digit the network thought of, and how much it believed "
        "the label. Pick one to open it."
    )
    _grid(here, shown, digits, doubt, hidden)
    if pages > 1:
        st.pagination(pages, **here.widgets.bind("page", page, initial_argument="default"))


def _grid(
    here: Address, shown: list[int], digits: Digits, doubt: LabelDoubt, hidden: int | None
) -> None:
    """These elements, to be picked; the one that is to be guessed above keeps its secret."""

    def caption(element: int) -> str:
        if element == hidden:
            return "guess\nfirst"
        given = float(doubt.label_probability[element])
        believed = "< 0.1%" if given < _NEXT_TO_NOTHING else percent(given, 1)
        return f"{digits.labels[element]}, or {doubt.alternative[element]}?\n{believed}"

    def describe(element: int) -> str:
        if element == hidden:
            return "The element to guess above"
        return (
            f"Element {element}, labelled {digits.labels[element]}, number {doubt.rank(element)} "
            f"in doubt; held likely a {doubt.alternative[element]}, "
            f"{confidence_in(float(doubt.alternative_probability[element]))}"
        )

    digit_grid(
        digits.images[shown],
        [caption(element) for element in shown],
        key="doubtful",
        alternatives=[describe(element) for element in shown],
        label=f"{len(shown)} digits, the most doubtful first; arrow keys move, Enter opens",
        on_pick=lambda position: here.choose(
            view="element", set="train", index=shown[position], digit=None, page=None, guess=None
        ),
    )
