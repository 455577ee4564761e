"""What fooled a network on this visit: the three best, each with a picture card to take home."""

from dataclasses import dataclass
from functools import partial

import numpy as np
import streamlit as st

from mnist_core.handwriting import fool_card, fooling
from mnist_core.handwriting.fooling import Attempt
from mnist_core.language.translation import _
from mnist_core.system.text_format import with_article
from ui.shell import address
from ui.shell.address import Address
from ui.shell.lost_session import Remembered
from ui.shell.section import section
from ui.widgets.canvas import canvas
from ui.widgets.canvas.strokes import Drawing, Stroke

CANVAS = "fool"
"""The name of the canvas to draw on."""

MEANT: Remembered[int | None] = Remembered("fool/meant", int | None, None)
"""The digit that the visitor says he draws."""

_KEPT, _SAID = "fool/kept", "fool/said"
# The name of the network and its title, the digit drawn, what the network said, the strokes.
_Written = tuple[str, str, int, tuple[float, ...], tuple[Stroke, ...]]
_OF_VISIT: Remembered[tuple[_Written, ...]] = Remembered("fool/best", tuple[_Written, ...], ())
_CARD_WIDTH = 340


@dataclass(frozen=True, eq=False)
class _Kept:
    """What the session keeps of a drawing that won.

    Attributes:
        model: the name of the network that was fooled.
        drawing: to be put on the canvas again.
        picture: the card, a PNG.
        shown: the same for the screen.
    """

    model: str
    drawing: Drawing
    picture: bytes
    shown: bytes


def ask_whether_readable(attempt: Attempt, model: str) -> None:
    """Ask the visitor, who alone can say, whether a person could read it; keep it if so."""
    same = [one.is_same(attempt) for one in _best()]
    said, about = st.session_state.get(_SAID, (None, None))
    if any(same):
        place = same.index(True) + 1
        st.markdown(_("**You win!** It is number {number} of your best, below.", number=place))
    elif said is None or not attempt.is_same(about):
        question = _("Would somebody who sees only your drawing say that it is {digit}?")
        st.markdown(question.format(digit=with_article(attempt.meant)))
        with st.container(horizontal=True, gap="small"):
            yes, no = partial(_keep, attempt, model), partial(_say, attempt, is_readable=False)
            st.button(_("Yes, anybody would"), key="fool-yes", type="primary", on_click=yes)
            st.button(_("No, not really"), key="fool-no", on_click=no)
    elif said:
        st.markdown(_("**You win!** Of your three best the network was even surer."))
    else:
        st.markdown(_("Then it does not count. Make it plainer, so that anybody can read it."))


def show(here: Address) -> None:
    """Show the three best of this visit, the one of which a network was surest first."""
    best = _best()
    if not best:
        return
    section(
        _("Your best of this visit"),
        _(
            "The surer the network, the better. They are gone when you close the page: take the "
            "cards home."
        ),
    )
    with st.container(horizontal=True, gap="medium"):
        for number, attempt in enumerate(best, start=1):
            with st.container(width=_CARD_WIDTH):
                _card(here, number, attempt, best[attempt])


def _card(here: Address, number: int, attempt: Attempt, kept: _Kept) -> None:
    words = _("Card {number}: {words}", number=number, words=attempt.in_words())
    st.image(kept.shown, alt=words, width="stretch")
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            _("Download the card"),
            kept.picture,
            f"fooled-{attempt.meant}-as-{attempt.said}.png",
            "image/png",
            key=f"fool-card-{number}",
            icon=":material/download:",
            on_click="ignore",
        )
        if st.button(_("See it again"), key=f"fool-again-{number}", icon=":material/replay:"):
            MEANT.set(attempt.meant)
            canvas.open_drawing(CANVAS, kept.drawing)
            here.choose(model=kept.model)
            address.rerun()


def _best() -> dict[Attempt, _Kept]:
    """In their order."""
    if _KEPT not in st.session_state:
        st.session_state[_KEPT] = dict(filter(None, map(_read, _OF_VISIT.recovered())))
    best: dict[Attempt, _Kept] = st.session_state[_KEPT]
    return best


def _keep(attempt: Attempt, model: str) -> None:
    _say(attempt, is_readable=True)
    known = _best() | {attempt: _kept(attempt, model, canvas.current_drawing(CANVAS))}
    best = {one: known[one] for one in fooling.best(tuple(_best()), attempt)}
    st.session_state[_KEPT] = best
    _OF_VISIT.write(tuple(_written(one, best[one]) for one in best))


def _kept(attempt: Attempt, model: str, drawing: Drawing) -> _Kept:
    card = fool_card.picture(attempt)
    # Screens may have two dots to a pixel.
    return _Kept(model, drawing, card, fool_card.shrunk(card, 2 * _CARD_WIDTH))


def _written(attempt: Attempt, kept: _Kept) -> _Written:
    """What the visit remembers: the pictures can be made again."""
    chances = tuple(map(float, attempt.probabilities))
    return kept.model, attempt.model, attempt.meant, chances, kept.drawing.strokes


def _read(written: _Written) -> tuple[Attempt, _Kept] | None:
    model, title, meant, chances, strokes = written
    drawing = Drawing(strokes)
    if drawing.ink is None:
        return None
    # Not at the top: few need it.
    from mnist_core.drawing import canvas_digits
    from ui.shell import cached

    try:
        digits = canvas_digits.find(
            drawing.ink, drawing.lines, drawing.brush, cached.digit_probability
        )
        pixels = np.rint(digits[0].image * 255).astype(np.uint8)
        attempt = Attempt(digits[0].canvas, pixels, meant, np.array(chances), title)
    except ValueError:
        return None
    return attempt, _kept(attempt, model, drawing)


def _say(attempt: Attempt, *, is_readable: bool) -> None:
    st.session_state[_SAID] = (is_readable, attempt)
