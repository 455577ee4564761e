"""Choosing one of the trained networks, the best one first."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from mnist_core.language.translation import _
from mnist_core.models import store
from mnist_core.models.card import ModelCard
from mnist_core.system.text_format import percent
from ui.glossary.glossary import explain
from ui.shell import cached, language
from ui.shell.address import Address
from ui.shell.network_words import network_title, recipe_title
from ui.visitors import listed_models


def model_picker(
    here: Address,
    *,
    clears: Sequence[str] = (),
    width: int | Literal["stretch"] = "stretch",
    for_drawings: bool = False,
) -> ModelCard:
    """Choose one of all networks that can be opened, as `model` in the address.

    Ends the page with a sentence when there is no network at all.

    Args:
        here: the page's address.
        clears: parameters of the address that lose their meaning with another network.
        width: in pixels.
        for_drawings: the first is the one that reads most of what people draw on a screen, not
            of MNIST's test images; the others follow in the same order.

    Returns:
        The card of the network chosen.
    """
    found, broken = listed_models.cards(), store.scan()[1]
    for damaged, sentence in broken.items():
        if listed_models.is_listed(damaged):
            st.warning(sentence)
    if not found:
        nothing_trained()
        st.stop()
    cards = sorted(found, key=lambda card: card.test_accuracy, reverse=True)
    if for_drawings:
        hands = cached.real_hands()
        first = max(cards, key=lambda card: hands[card.name].prepared if _known(card) else 0.0)
        cards = [first, *(card for card in cards if card is not first)]
    by_name = {card.name: card for card in cards}
    best = cards[0].name
    praise = _("reads drawings best") if for_drawings else _("the best")
    name = here.one_of(
        "model",
        tuple(by_name),
        refusal=_("There is no network of that name"),
        instead=_("the best one, {network}", network=network_title(cards[0])),
    )
    st.selectbox(
        _("Network"),
        format_func=lambda name: _description(by_name[name], praise if name == best else ""),
        width=width,
        help=explain("network", "accuracy"),
        **here.widgets.bind("model", name, options=tuple(by_name), clears=clears),
    )
    return by_name[name]


def _known(card: ModelCard) -> bool:
    """Whether it was measured how much of people's drawings this network reads."""
    return card.shipped and card.name in cached.real_hands()


def _description(card: ModelCard, praise: str) -> str:
    origin = (
        "" if card.shipped else f" · {_('{network}, trained here', network=recipe_title(card))}"
    )
    described = f"{percent(card.test_accuracy)} · {network_title(card)}{origin}"
    return f"{described}, {praise}" if praise else described


def nothing_trained() -> None:
    """Say that there is no network at all, and how to get one."""
    st.info(_("There is no trained network yet. Train one first; it takes a minute or two."))
    st.page_link(
        "pages/train.py",
        label=_("Train a network"),
        icon=":material/trending_up:",
        query_params=language.link(),
    )
