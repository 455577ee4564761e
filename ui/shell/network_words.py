"""What networks are called, in the language of the page. Their names in addresses stay."""

from mnist_core.language.translation import _, p_
from mnist_core.models.card import ModelCard
from ui.shell import cached


def network_title(card: ModelCard) -> str:
    """What the page calls a network: a visitor's own name for it is never translated."""
    return p_("network", card.title) if card.shipped else card.title


def title_of(name: str) -> str:
    """What the page calls the network of this name."""
    known = {card.name: card for card in cached.cards()}
    return network_title(known[name]) if name in known else cached.title_of(name)


def recipe_title(card: ModelCard) -> str:
    """What the page calls the recipe of a network."""
    return p_("network", card.recipe.title)


def recipe_summary(card: ModelCard) -> str:
    """The recipe in a sentence."""
    return _(card.recipe.summary)
