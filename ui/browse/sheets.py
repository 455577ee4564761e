"""All images of a set as one picture to zoom into."""

import streamlit as st

from mnist_core.data import contact_sheet
from mnist_core.data.dataset import Digits
from mnist_core.system.text_format import whole
from ui.browse.element_controls import SETS, choose_set, open_element
from ui.glossary.glossary import explain
from ui.shell import cached
from ui.shell.address import Address
from ui.widgets.zoomable_sheet.zoomable_sheet import zoomable_sheet

_ORDERS = {"file": "In file order", "label": "Grouped by label", "doubt": "Most doubtful first"}


def show(here: Address) -> None:
    """Show the view of the `set` in the address, in its `order`."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        digits = choose_set(here)
        orders = contact_sheet.ORDERS if digits.name == "train" else ("file", "label")
        order = here.one_of(
            "order", orders, refusal="This set has no such order", instead="it in file order"
        )
        st.selectbox(
            "Order",
            format_func=_ORDERS.__getitem__,
            width=240,
            **here.widgets.bind("order", order, options=orders),
        )
        sheet = cached.sheet(digits.name, order)
        side = sheet.columns * 28
        st.download_button(
            f"Download as PNG, {whole(side)} × {whole(side)}",
            lambda: contact_sheet.full_png(sheet, digits.images),
            f"mnist-{digits.name}-{order}.png",
            "image/png",
            on_click="ignore",
            icon=":material/download:",
        )
    st.markdown(
        f"All {whole(len(digits))} images of the {SETS[digits.name]}, {sheet.columns} × "
        f"{sheet.rows} (T1). Zoom in until you see single digits, then click one to open it.",
        help=explain("training set", "test set", "label"),
    )
    st.fragment(_sheet)(here, digits, order)
    st.markdown(
        "**What to look for:** habits from different places: a 7 with or without a bar, a 9 with "
        "a straight or a curved leg. Digits cut off at the edge. Thick and thin strokes, upright "
        "and slanted writing. Grouped by label, a digit that does not fit its neighbours stands "
        "out."
    )


def _sheet(here: Address, digits: Digits, order: str) -> None:
    picked = zoomable_sheet(
        cached.sheet(digits.name, order),
        digits,
        lambda *at: cached.tile(digits.name, order, *at),
        name=f"{digits.name}/{order}",
        key="sheet",
        alternative=f"All {whole(len(digits))} images of the {SETS[digits.name]}, "
        f"{_ORDERS[order].lower()}. Arrow keys move, + and - zoom, Enter opens a digit.",
    )
    if picked is not None:
        open_element(here, digits.name, picked)
        st.rerun()
