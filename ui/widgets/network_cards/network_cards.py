"""Networks to train as cards; each card is one button."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mnist_core.networks.layers import Layer, explain
from ui.shell.component import component, when_picked
from ui.widgets.architecture.architecture import blocks

_NETWORK_CARDS = component(__file__, uses=("layer_sheets",))


@dataclass(frozen=True)
class Card:
    """What a card shows.

    Attributes:
        title: the network's.
        words: what is special about it.
        layers: all but the output layer, for the picture.
        accuracy: what it reaches, as people read it.
        time: how long it takes, likewise.
        action: what a click does.
    """

    title: str
    words: str
    layers: tuple[Layer, ...]
    accuracy: str
    time: str
    action: str


def network_cards(cards: Sequence[Card], *, key: str, on_pick: Callable[[int], None]) -> None:
    """Show the cards.

    Args:
        cards: from the first to the last.
        key: as of any widget.
        on_pick: called with the position before the page runs again.
    """
    data = {"cards": [_as_data(card) for card in cards]}
    _NETWORK_CARDS(key=key, data=data, on_picked_change=when_picked(key, len(cards), on_pick))


def _as_data(card: Card) -> dict[str, object]:
    return {
        "title": card.title,
        "words": card.words,
        "blocks": blocks(card.layers, explain(card.layers)),
        "accuracy": card.accuracy,
        "time": card.time,
        "action": card.action,
    }
