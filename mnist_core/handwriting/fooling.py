"""Fool it: somebody says which digit he draws, and wins if a network is sure of another one.

Whether a person can still read the drawing is for a person to say: `Attempt` holds only drawings of
which the visitor has said so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnist_core.data.dataset import CLASSES, SIDE
from mnist_core.language.translation import _
from mnist_core.system.text_format import whole_percent, with_article

KEPT = 3
"""How many of a visit's best are kept."""

Outcome = Literal["fooled", "unsure", "correct", "no digit"]


@dataclass(frozen=True)
class Verdict:
    """Whether a network was fooled.

    Attributes:
        outcome: "fooled" if it is sure of another digit; "unsure" if it says another, but is not;
            "correct" if it says what was meant; "no digit" if the drawing was refused.
        sentence: the same for the visitor.
    """

    outcome: Outcome
    sentence: str


def judge(meant: int, probabilities: ArrayLike, *, is_digit: bool, sure: float) -> Verdict:
    """Judge a drawing by the rules of the game.

    Args:
        meant: the digit that the visitor says he has drawn.
        probabilities: the network's, of the digits 0 to 9: shape `(10,)`.
        is_digit: whether the drawing looks like a digit at all.
        sure: the probability from which the page calls a network sure, 0..1.
    """
    chances = np.asarray(probabilities)
    said = int(chances.argmax())
    is_sure = float(chances[said]) >= sure
    mine, other = with_article(meant), with_article(said)
    if not is_digit:
        refused = _("Refused as no digit, so it does not count. Make it look more like {digit}.")
        return Verdict("no digit", refused.format(digit=mine))
    if said == meant and is_sure:
        correct = _("It reads your {digit}. Change one thing and try again.", digit=meant)
        return Verdict("correct", correct)
    if said == meant:
        close = _("It still says {digit}, but is not sure any more. Close!", digit=mine)
        return Verdict("correct", close)
    if not is_sure:
        nearly = _("Nearly: it says {digit}, but has to be {percent} sure of it.")
        return Verdict("unsure", nearly.format(digit=other, percent=whole_percent(sure)))
    fooled = _("It takes your {meant} for {said}, and is sure of it.", meant=meant, said=other)
    return Verdict("fooled", fooled)


@dataclass(frozen=True, eq=False)
class Attempt:
    """A drawing that fooled a network, and that its artist says a person can read.

    Attributes:
        canvas: uint8 `(H, W)`, the ink as it was drawn, light on dark.
        image: uint8 `(28, 28)`, what the network got.
        meant: the digit drawn.
        probabilities: the network's, float64 `(10,)`.
        model: what the page calls the network.
    """

    canvas: NDArray[np.uint8]
    image: NDArray[np.uint8]
    meant: int
    probabilities: NDArray[np.float64]
    model: str

    def __post_init__(self) -> None:
        if self.image.shape != (SIDE, SIDE) or self.probabilities.shape != (CLASSES,):
            raise ValueError("An attempt needs 28 × 28 pixels and ten probabilities.")
        if self.said == self.meant:
            raise ValueError(f"The network was not fooled: it says {self.said}.")

    @property
    def said(self) -> int:
        """The digit that the network took it for."""
        return int(self.probabilities.argmax())

    @property
    def chance(self) -> float:
        """How sure the network was, 0..1."""
        return float(self.probabilities.max())

    def is_same(self, other: "Attempt") -> bool:
        """Whether it is the same drawing, for the same network."""
        mine, others = (self.meant, self.model), (other.meant, other.model)
        return mine == others and np.array_equal(self.image, other.image)

    def in_words(self) -> str:
        """Such as "I drew a 7; A simple convolution said a 2, 97% sure"."""
        return _(
            "I drew {meant}; {network} said {said}, {percent} sure",
            meant=with_article(self.meant),
            network=self.model,
            said=with_article(self.said),
            percent=whole_percent(self.chance),
        )


def best(kept: Sequence[Attempt], new: Attempt) -> tuple[Attempt, ...]:
    """The three of which a network was surest, the surest first; a drawing counts once.

    Of two of which it was equally sure, the one that was kept before comes first.
    """
    others = [one for one in kept if not one.is_same(new)]
    ranked = sorted((*others, new), key=lambda one: -one.chance)
    return tuple(ranked[:KEPT])
