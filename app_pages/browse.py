"""What is in MNIST? Any element by its number, with its label and its 784 numbers; a gallery."""

import streamlit as st

from mnist_core import dataset
from ui import address, cached
from ui.gallery import gallery
from ui.tiles import large_digit, number_sheet
from ui.words import explain

SETS = {"train": "training set", "test": "test set"}
REMARKS = {
    ("train", 500): "Three? Or maybe two? A person labelled it **3**; tutorial T2 is not so sure. "
    "MNIST has doubtful labels like this one, so nobody reads all of it rightly.",
    ("train", 200): "A 1 as plain as can be. Most of MNIST is like this, which is why networks "
    "get far.",
}

st.title("What is in MNIST?", anchor=False)
st.markdown(
    "70,000 digits that people wrote by hand, each with a label: what somebody said it is. "
    "Open one by its number, or pick it from the gallery.",
    help=explain("MNIST", "label", "element"),
)
notes = st.container()

here = address.of("browse")
name = here.choice("set", dataset.SETS, no="MNIST has no such set", instead="the training set")
digits = cached.digits(name)
digit = here.whole("digit", 0, 9, default=None, no="There is no digit {}", instead="all ten digits")
index = here.whole(
    "index",
    0,
    len(digits) - 1,
    default=0,
    no=f"There is no element {{}} in the {SETS[name]}",
    instead="element 0",
)
label = int(digits.labels[index])
found = digits.indices(digit)
before, after = found[found < index], found[found > index]


def show(set_name: str, number: int) -> None:
    """Open an element, with the page of the gallery that it is on."""
    here.choose(set=set_name, index=number, page=None)


def describe(number: int) -> str:
    """An element in words."""
    return f"Element {number}, labelled {digits.labels[number]}"


with st.container(horizontal=True, vertical_alignment="bottom"):
    st.radio(
        "Set",
        dataset.SETS,
        format_func=lambda name: SETS[name].capitalize(),
        horizontal=True,
        help=explain("training set", "test set"),
        **here.steers("set", name, forget=("index", "page")),
    )
    st.number_input(
        f"Element, 0 to {len(digits) - 1:,}",
        min_value=0,
        max_value=len(digits) - 1,
        width=180,
        **here.steers("index", index, forget=("page",)),
    )
    kind = "" if digit is None else f" {digit}"
    with st.container(horizontal=True, width="content"):
        for title, icon, numbers, nearest in (
            (f"Previous{kind}", ":material/chevron_left:", before, -1),
            (f"Next{kind}", ":material/chevron_right:", after, 0),
        ):
            st.button(
                title,
                icon=icon,
                disabled=not len(numbers),
                on_click=show,
                args=(name, int(numbers[nearest])) if len(numbers) else None,
            )
    with st.container(horizontal=True, width="content"):
        st.button("500: a 3, or a 2?", on_click=show, args=("train", 500))
        st.button("200: a 1", on_click=show, args=("train", 200))

image_column, gallery_column = st.columns([3, 7], gap="medium")
with image_column:
    image = digits.images[index]
    st.subheader(f"Labelled {label}", anchor=False)
    large_digit(image, key="large", alternative=describe(index), reveal=True)
    st.markdown(REMARKS.get((name, index), f"Element {index:,} of the {SETS[name]}."))
    with_numbers = st.toggle(
        "Show its 784 numbers", key="with-numbers", persist_state="session", help=explain("pixel")
    )

with gallery_column:
    if with_numbers:
        number_sheet(image, key="numbers", alternative=f"The pixels of element {index}")
    st.radio(
        "Show",
        ("all", *range(10)),
        horizontal=True,
        **here.steers("digit", digit, nothing="all", forget=("page",)),
    )
    what = "images" if digit is None else f"images labelled {digit}"
    st.markdown(f"{len(found):,} {what}, each with its label. Pick one to see it large.")
    gallery(
        digits,
        found,
        lambda number: str(digits.labels[number]),
        here=here,
        opened=index,
        describe=describe,
    )

here.settle()
for note in here.notes:
    notes.info(note)
