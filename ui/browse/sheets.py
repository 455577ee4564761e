"""All images of a set as one picture to zoom into."""

import streamlit as st

from mnist_core.data import contact_sheet
from mnist_core.data.dataset import Digits
from ui.browse.element_picker import SETS, open_set, set_radio
from ui.shell import cached
from ui.shell.address import Address
from ui.shell.glossary import explain
from ui.widgets.zoomable_sheet.zoomable_sheet import sheet_view

_ORDERS = {"file": "In file order", "label": "Grouped by label", "doubt": "Most doubtful first"}


def show(here: Address) -> None:
    """Show the view; `set` and `order` in the address steer it."""
    digits = open_set(here)
    orders = contact_sheet.ORDERS if digits.name == "train" else ("file", "label")
    order = here.one_of(
        "order", orders, refusal="This set has no such order", instead="it in file order"
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        set_radio(here, digits, clears=("index", "page", "order"))
        st.selectbox(
            "Order",
            format_func=lambda one: _ORDERS[one],
            width=240,
            **here.widgets.bind("order", order, options=orders),
        )
        _download(digits, order)
    sheet = cached.sheet(digits.name, order)
    st.markdown(
        f"All {len(digits):,} images of the {SETS[digits.name]}, {sheet.columns} × {sheet.rows} "
        "(T1). Zoom in until you see single digits, then click one to open it.",
        help=explain("training set", "test set", "label"),
    )
    st.fragment(_sheet)(here, digits, order)
    st.markdown(
        "**What to notice:** digits of different origins: 7 with and without a bar, 9 with a "
        "straight or a curved leg. Digits cut off at an edge. Thick and thin strokes, upright and "
        "slanting hands. Grouped by label, a digit that does not fit its neighbours catches the "
        "eye."
    )


def _sheet(here: Address, digits: Digits, order: str) -> None:
    picked = sheet_view(
        cached.sheet(digits.name, order),
        digits,
        lambda *at: cached.tile(digits.name, order, *at),
        name=f"{digits.name}/{order}",
        key="sheet",
        alternative=f"All {len(digits):,} images of the {SETS[digits.name]}, "
        f"{_ORDERS[order].lower()}. Arrow keys move, + and - zoom, Enter opens a digit.",
    )
    if picked is not None:
        here.choose(view="element", set=digits.name, index=picked, page=None, digit=None)
        st.rerun()


def _download(digits: Digits, order: str) -> None:
    side = cached.sheet(digits.name, order).columns * 28
    st.download_button(
        f"Download as PNG, {side:,} × {side:,}",
        lambda: contact_sheet.full_png(cached.sheet(digits.name, order), digits.images),
        f"mnist-{digits.name}-{order}.png",
        "image/png",
        on_click="ignore",
        icon=":material/download:",
    )
