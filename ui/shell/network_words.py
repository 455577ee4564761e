"""What networks are called, in the language of the page. Their names in addresses stay."""

from mnist_core.language.translation import _, p_
from mnist_core.models.card import ModelCard


def network_title(card: ModelCard) -> str:
    """What the page calls a network: a visitor's own name for it is never translated."""
    return p_("network", card.title) if card.shipped else card.title


def recipe_title(card: ModelCard) -> str:
    """What the page calls the recipe of a network."""
    return p_("network", card.recipe.title)


def recipe_summary(card: ModelCard) -> str:
    """The recipe in a sentence."""
    return _(card.recipe.summary)
