"""Any element by its number, with its label and its 784 numbers; and a gallery to pick from."""

from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.data.dataset import CLASSES, Digits
from ui.browse.element_picker import SETS, index_input, open_index, open_set, set_radio
from ui.pickers.gallery_pages import gallery
from ui.shell.address import Address
from ui.shell.glossary import explain
from ui.shell.section import section
from ui.widgets.choice_row.choice_row import choice_row
from ui.widgets.digit_tiles.digit_tiles import large_digit, number_sheet
from ui.widgets.step_buttons.step_buttons import step_buttons

_REMARKS = {
    ("train", 500): "Three? Or maybe two? A person labelled it **3**; tutorial T2 is not so sure. "
    "MNIST has doubtful labels like this one, so nobody reads all of it rightly.",
    ("train", 200): "A 1 as plain as can be. Most of MNIST is like this, which is why networks "
    "get far.",
}

_ALL = "all"
_DIGITS = {name: name for name in (_ALL, *map(str, range(CLASSES)))}


@dataclass(frozen=True, eq=False)
class _Choice:
    """What the address asks for: an element of a set, and which digits the gallery holds."""

    here: Address
    digits: Digits
    index: int
    digit: int | None
    found: NDArray[np.int64]

    def open(self, set_name: str, number: int) -> None:
        """Open an element, with the page of the gallery that it is on."""
        self.here.choose(set=set_name, index=number, page=None)

    def step(self, by: int) -> None:
        """Open what stands so many elements of the gallery further on, or nearest to it.

        Counted from what is open by now: presses can come quicker than pages.
        """
        open_now = _choice(self.here).index
        before, at_or_before = np.searchsorted(self.found, [open_now, open_now + 1])
        place = at_or_before - 1 + by if by > 0 else before + by
        self.open(self.digits.name, int(self.found[np.clip(place, 0, len(self.found) - 1)]))

    def show_only(self, name: str) -> None:
        """Show one digit in the gallery, or all."""
        self.here.choose(digit=None if name == _ALL else name, page=None)

    def describe(self, number: int) -> str:
        """An element in words."""
        return f"Element {number}, labelled {self.digits.labels[number]}"


def show(here: Address) -> None:
    """Show the view; `set`, `index` and `digit` in the address steer it."""
    choice = _choice(here)
    _controls(choice)
    image_column, gallery_column = st.columns([3, 7], gap="medium")
    with image_column:
        with_numbers = _large(choice)
    with gallery_column:
        if with_numbers:
            number_sheet(
                choice.digits.images[choice.index],
                key="numbers",
                alternative=f"The pixels of element {choice.index}",
            )
        _gallery(choice)


def _choice(here: Address) -> _Choice:
    digits = open_set(here)
    digit = here.whole_number(
        "digit", 0, 9, default=None, refusal="There is no digit {}", instead="all ten digits"
    )
    index = open_index(here, digits)
    return _Choice(here, digits, index, digit, digits.indices(digit))


def _controls(choice: _Choice) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        set_radio(choice.here, choice.digits)
        index_input(choice.here, choice.digits, choice.index)
        _neighbour_buttons(choice)
        st.button("500: a 3, or a 2?", on_click=choice.open, args=("train", 500))
        st.button("200: a 1", on_click=choice.open, args=("train", 200))


def _neighbour_buttons(choice: _Choice) -> None:
    kind = "" if choice.digit is None else f" {choice.digit}"
    step_buttons(
        f"Previous{kind}",
        f"Next{kind}",
        key="neighbours",
        is_first=bool(choice.index <= choice.found[0]),
        is_last=bool(choice.index >= choice.found[-1]),
        step=choice.step,
    )


def _large(choice: _Choice) -> bool:
    """The open element; whether its numbers are wanted, too."""
    index, name = choice.index, choice.digits.name
    large_digit(
        choice.digits.images[index], key="large", alternative=choice.describe(index), reveal=True
    )
    section(
        f"Labelled {choice.digits.labels[index]}",
        _REMARKS.get((name, index), f"Element {index:,} of the {SETS[name]}."),
    )
    _further(choice)
    return st.toggle(
        "Show its 784 numbers", key="with-numbers", persist_state="session", help=explain("pixel")
    )


def _further(choice: _Choice) -> None:
    """Where to go from this element."""
    if choice.digits.name == "train":
        _more_like_this(choice)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        _more_like_this(choice)
        st.page_link(
            "pages/mistakes.py",
            label="Why is it read so?",
            icon=":material/help_center:",
            query_params={"view": "why", "index": str(choice.index)},
        )


def _more_like_this(choice: _Choice) -> None:
    asked = {"set": choice.digits.name, "index": choice.index, "digit": None, "page": None}
    st.button(
        "Find more like this",
        icon=":material/search:",
        on_click=choice.here.choose,
        kwargs={"view": "alike", **asked},
    )


def _gallery(choice: _Choice) -> None:
    choice_row(
        "Show",
        _DIGITS,
        _ALL if choice.digit is None else str(choice.digit),
        # Not "browse-digit": under that key another view has a widget that steers.
        key="gallery-digit",
        on_choose=choice.show_only,
        show_title=True,
    )
    what = "images" if choice.digit is None else f"images labelled {choice.digit}"
    st.markdown(f"{len(choice.found):,} {what}, each with its label. Pick one to see it large.")
    gallery(
        choice.digits,
        choice.found,
        lambda number: str(choice.digits.labels[number]),
        here=choice.here,
        opened=choice.index,
        describe=choice.describe,
    )
