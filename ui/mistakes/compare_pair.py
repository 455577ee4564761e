"""Two networks side by side: the mistakes that the second fixes, and those it makes instead."""

import streamlit as st

from mnist_core.analysis.comparison import compare
from mnist_core.models.store import BrokenModel
from mnist_core.system.text_format import counted, percent, whole, with_article
from ui.mistakes.network_results import NetworkResults, large_test_image, opened_image, results_of
from ui.pickers.choice_picker import choice_picker
from ui.pickers.gallery_pages import gallery
from ui.shell.address import Address
from ui.shell.section import changing_heading
from ui.visitors import listed_models
from ui.widgets.probability_bars.probability_bars import probability_bars

PARTS = {"fixed": "Fixed by the second", "broken": "New mistakes", "both": "Misread by both"}


def show(here: Address, first: NetworkResults) -> None:
    """Show the comparison with the `other` network in the address, a `part` of the images."""
    second = _second_network(here, first)
    if second is None:
        return
    digits = first.digits
    found = compare(first.predictions, second.predictions, digits.labels)
    numbers = {part: getattr(found, part) for part in PARTS}
    part = choice_picker(
        here,
        "part",
        "Images",
        {name: f"{title}: {whole(len(numbers[name]))}" for name, title in PARTS.items()},
        default=next((part for part in PARTS if len(numbers[part])), None),
        refusal="There is no such group of images",
        clears=("index", "page"),
    )
    mistaken = second if part == "broken" else first
    shown = mistaken.surest_first(numbers[part])
    opened = opened_image(here, shown, "the first of these")
    if opened is not None:
        _close_up(opened, first, second)
    st.markdown(
        f"{counted(len(shown), 'image')}. Below each: its label; the first network's answer → the "
        "second's."
        if len(shown)
        else "There are no such images."
    )
    gallery(
        here,
        digits,
        shown,
        opened,
        caption=lambda number: (
            f"{with_article(digits.labels[number])}\n"
            f"{first.predictions[number]} → {second.predictions[number]}"
        ),
        describe=lambda number: (
            f"Test image {number}, labelled {digits.labels[number]}, the first network says "
            f"{first.predictions[number]}, the second {second.predictions[number]}"
        ),
    )


def _second_network(here: Address, first: NetworkResults) -> NetworkResults | None:
    """Choose it; None, with the reason on the page, if there is none to compare with."""
    cards = sorted(listed_models.cards(), key=lambda card: card.test_accuracy, reverse=True)
    by_name = {card.name: card for card in cards if card.name != first.card.name}
    if not by_name:
        st.info("There is only one network here. Train another one to compare it with.")
        return None
    names = tuple(by_name)
    name = here.one_of(
        "other",
        names,
        refusal="The second network must be one of the others",
        instead=by_name[names[0]].title,
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "The second network",
            format_func=lambda name: (
                f"{percent(by_name[name].test_accuracy)} · {by_name[name].title}"
            ),
            width=420,
            help="The first one is the network chosen at the top of the page.",
            **here.widgets.bind("other", name, options=names, clears=("index", "page")),
        )
        st.button(
            "Swap the two",
            icon=":material/swap_horiz:",
            on_click=lambda: here.choose(
                model=name, other=first.card.name, index=None, page=None, view="compare"
            ),
        )
    try:
        return results_of(by_name[name])
    except (BrokenModel, ValueError) as error:
        st.error(f"{error} Choose another network.")
        return None


def _close_up(number: int, first: NetworkResults, second: NetworkResults) -> None:
    label = int(first.digits.labels[number])
    changing_heading(
        f"Labelled {label}: the first says {first.predictions[number]}, "
        f"the second {second.predictions[number]}"
    )
    # One container is drawn faster than columns.
    with st.container(horizontal=True, gap="medium"):
        large_test_image(first.digits, number)
        for results, which in ((first, "First"), (second, "Second")):
            probability_bars(
                results.probabilities[number],
                label=label,
                title=f"{which}: {results.card.title}",
                key=f"bars-{which}",
            )
