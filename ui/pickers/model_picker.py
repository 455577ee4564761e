"""Choosing one of the trained networks, the best one first."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from mnist_core.models import store
from mnist_core.models.card import ModelCard
from mnist_core.system.wording import percent
from ui.shell import address
from ui.shell.address import Address
from ui.shell.glossary import explain


def model_picker(
    *,
    key: str,
    here: Address | None = None,
    forget: Sequence[str] = (),
    width: int | Literal["stretch"] = "stretch",
) -> ModelCard:
    """A list of all networks that can be opened; the choice is kept in the address as `model`.

    Ends the page with a sentence when there is no network at all.

    Args:
        key: the page's name in the address.
        here: the page's address, if it keeps more there; it is then the page that settles it.
        forget: names in the address that lose their meaning with another network.
        width: in pixels.

    Returns:
        The card of the network chosen.
    """
    found, broken = store.scan()
    cards = sorted(found, key=lambda card: card.test_accuracy, reverse=True)
    for sentence in broken.values():
        st.warning(sentence)
    if not cards:
        st.info("There is no trained network yet. Train one first; it takes a minute or two.")
        st.page_link("pages/train.py", label="Train a network", icon=":material/trending_up:")
        st.stop()
    by_name = {card.name: card for card in cards}
    own = here or address.of(key)
    name = own.choice(
        "model",
        tuple(by_name),
        no="There is no network of that name",
        instead=f"the best one, {cards[0].name}",
    )
    st.selectbox(
        "Network",
        format_func=lambda name: _line(by_name[name], is_best=name == cards[0].name),
        width=width,
        help=explain("network", "accuracy"),
        **own.steers("model", name, options=tuple(by_name), forget=forget),
    )
    if here is None:
        own.settle()
        for note in own.notes:
            st.info(note)
    return by_name[name]


def _line(card: ModelCard, *, is_best: bool) -> str:
    origin = "" if card.shipped else ", trained here"
    best = ", the best" if is_best else ""
    return f"{percent(card.test_accuracy)} · {card.name} · {card.title}{origin}{best}"
