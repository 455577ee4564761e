"""A visitor's own network: layers, start values and settings, also as text for a link."""

import base64
import re
import zlib

import msgspec

from mnist_core.networks import layers
from mnist_core.networks.layers import Explanation, Layer
from mnist_core.networks.recipes import Initializer, Recipe
from mnist_core.networks.settings import Settings

NAME = "own-network"
LONGEST_TEXT = 4_000
"""In characters; thirty layers with all settings take about 500."""

_MOST_BYTES = 20_000
_MOST_LAYERS = 200
_ALPHABET = re.compile(r"[A-Za-z0-9_-]+")


class BrokenDesign(ValueError):
    """A text is not a design; the message is a sentence for the visitor."""


# Unknown fields in a link are an error.
class Design(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A network that a visitor designs; it may be impossible (so far).

    Attributes:
        layers: all but the output layer.
        settings: how to train it.
        initializer: the start values of dense and convolutional layers.
    """

    layers: tuple[Layer, ...]
    settings: Settings
    initializer: Initializer = "default"

    @property
    def explanation(self) -> Explanation:
        """Shapes and parameters, layer by layer, as far as they work."""
        return layers.explain(self.layers)

    @property
    def recipe(self) -> Recipe:
        """The recipe to submit as a training; it may be impossible."""
        return Recipe(
            name=NAME,
            title="My network",
            summary="Designed on the Train page.",
            layers=self.layers,
            settings=self.settings,
            initializer=self.initializer,
        )


def from_recipe(recipe: Recipe, settings: Settings | None = None) -> Design:
    """A recipe's network as a design to change; it may lack something, see `missing_from_copy`."""
    return Design(recipe.layers, settings or recipe.settings, recipe.initializer)


def missing_from_copy(recipe: Recipe) -> str | None:
    """What a design lacks that was made from a recipe, as a sentence; None if nothing."""
    lacks = []
    if recipe.members > 1:
        lacks.append(f"is one network, not {recipe.members}")
    if recipe.looks > 1:
        lacks.append(f"looks at an image once, not {recipe.looks} times")
    return f"The copy {', and '.join(lacks)}." if lacks else None


def to_text(design: Design) -> str:
    """The design as letters, digits, hyphens and underscores, for a link.

    Raises:
        ValueError: it is too large for a link.
    """
    data = msgspec.json.encode(design)
    text = base64.urlsafe_b64encode(zlib.compress(data, 9)).decode("ascii").rstrip("=")
    if len(data) > _MOST_BYTES or len(text) > LONGEST_TEXT or len(design.layers) > _MOST_LAYERS:
        raise ValueError("This network has too many layers to fit into a link.")
    return text


def from_text(text: str) -> Design:
    """The design in a text, which need not be one.

    Raises:
        BrokenDesign: it is not, or has impossible values.
    """
    if len(text) > LONGEST_TEXT or not _ALPHABET.fullmatch(text):
        raise BrokenDesign("This link to a network is damaged or incomplete.")
    try:
        design = msgspec.json.decode(_unpacked(text), type=Design)
    except (ValueError, RecursionError, zlib.error) as error:
        raise BrokenDesign("This link to a network is damaged or incomplete.") from error
    if len(design.layers) > _MOST_LAYERS:
        raise BrokenDesign("The network in this link has far too many layers.")
    return design


def _unpacked(text: str) -> bytes:
    """The bytes that were packed, never more than `_MOST_BYTES`.

    Raises:
        ValueError, zlib.error: the text is not what `to_text` gives.
    """
    packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    unpacking = zlib.decompressobj()
    data = unpacking.decompress(packed, _MOST_BYTES)
    if not unpacking.eof or unpacking.unused_data:
        raise ValueError("too long, cut off, or with something behind it")
    return data
