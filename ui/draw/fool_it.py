"""The view Fool it: draw a digit that a person reads and the network takes for another."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from mnist_core.handwriting import fooling
from mnist_core.handwriting.fooling import Attempt
from mnist_core.language.translation import _, to_translate
from mnist_core.models.card import ModelCard
from ui.draw import fooled_cards
from ui.draw.closer_look import LOOKS
from ui.draw.fooled_cards import CANVAS, MEANT
from ui.glossary.glossary import explain
from ui.pickers.model_picker import model_picker
from ui.shell import address, cached
from ui.shell.address import Address
from ui.shell.network_words import network_title
from ui.shell.section import changing_heading
from ui.stage.reading import Reading
from ui.stage.stage import read_along, stage
from ui.widgets.answer.answer import SURE
from ui.widgets.canvas.meant_digit import meant_digit

if TYPE_CHECKING:
    from mnist_core.drawing.canvas_digits import DrawnDigit

_RULE = to_translate(
    "Draw it so that a person still reads it, but the network is sure of another digit. Whether a "
    "person could read it, only you can say: be honest."
)
# What helps to understand a misreading, of the closer looks.
_WHY = ("What mattered", "Most similar", "Where it lives")


def show(here: Address) -> None:
    """Show the view; `model` in the address chooses the network to be fooled."""
    first_look = st.container()
    card = model_picker(here, width=420, for_drawings=True)
    with first_look:
        _play(here, card)
    read_along(card)


@st.fragment
def _play(here: Address, card: ModelCard) -> None:
    """The game: all that runs again after a stroke."""
    meant = MEANT.get()
    meant_digit(MEANT, CANVAS, key="fool-meant")
    stage(
        card,
        words=_(_RULE),
        help=explain("network", "confidence"),
        name=CANVAS,
        comment=partial(_judge, here, card, meant),
        below=partial(_look_back, here, card),
    )


def _judge(here: Address, card: ModelCard, meant: int | None, reading: Reading) -> None:
    """Say who has won, and what to do next."""
    if not reading.digits:
        return
    if len(reading.digits) > 1:
        changing_heading(_("Draw just one digit"))
        return
    if meant is None:
        changing_heading(_("First say which digit this is"))
        return
    chances, is_digit = reading.chances[0], reading.are_digits[0]
    verdict = fooling.judge(meant, chances, is_digit=is_digit, sure=SURE)
    changing_heading(verdict.sentence)
    if verdict.outcome == "fooled":
        digit = reading.digits[0]
        pixels = np.rint(digit.image * 255).astype(np.uint8)
        attempt = Attempt(digit.canvas, pixels, meant, chances, network_title(card))
        fooled_cards.ask_whether_readable(attempt, card.name)
    elif verdict.outcome == "correct":
        _easier(here, card)


def _easier(here: Address, card: ModelCard) -> None:
    """Offer the network that misreads most, to whoever cannot fool this one."""
    known = {name: one.prepared for name, one in cached.real_hands().items()}
    shipped = [one for one in cached.cards() if one.shipped and one.name in known]
    easiest = min(shipped, key=lambda one: known[one.name], default=card)
    if card.name == easiest.name:
        return
    misread = round(100 * (1 - known[easiest.name]))
    title = network_title(easiest)
    words = _("Too hard? “{network}” misreads {count} in 100", network=title, count=misread)
    if st.button(words, key="fool-easier"):
        here.choose(model=easiest.name)
        address.rerun()


def _look_back(here: Address, card: ModelCard, reading: Reading) -> None:
    """Why the network said it, and the digits that have fooled one."""
    if len(reading.digits) == 1:
        _why(card, reading.digits[0])
    fooled_cards.show(here)


def _why(card: ModelCard, digit: "DrawnDigit") -> None:
    chosen = st.pills(
        _("Why does it say that?"),
        _WHY,
        format_func=_,
        key="fool-why",
        persist_state="session",
    )
    if chosen:
        LOOKS[chosen](card, digit)
