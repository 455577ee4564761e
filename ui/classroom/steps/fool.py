"""Fool it: draw a digit that people read and the network does not, and read those of others."""

import secrets

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from mnist_core.classroom import fooling_round as game
from mnist_core.classroom.drawings import SHOWN_SIDE, ClassDrawing
from mnist_core.classroom.fooling_round import MOST_DRAWINGS, Attempt, Entry
from mnist_core.handwriting import fooling
from mnist_core.language.translation import _, n_, to_translate
from mnist_core.models.card import ModelCard
from mnist_core.models.store import BrokenModel
from mnist_core.system.text_format import whole_percent, with_article
from ui.classroom import class_round
from ui.classroom.class_page import ClassPage, say, show_problem
from ui.classroom.class_round import NAME
from ui.classroom.lesson import Step
from ui.classroom.steps import fool_reading, fool_screen
from ui.shell import cached, calibrated_answers
from ui.shell.lost_session import Remembered
from ui.shell.network_words import network_title
from ui.widgets.answer.answer import SURE
from ui.widgets.canvas import canvas
from ui.widgets.canvas.canvas import drawing_canvas
from ui.widgets.canvas.meant_digit import meant_digit
from ui.widgets.canvas.one_digit import one_digit
from ui.widgets.choice.choice import choice
from ui.widgets.digit_tiles.digit_tiles import digit_grid

_CANVAS = "class-fool"
# As high with two lines of words as with one: the pen stays where it is.
_STYLE = """<style>
.st-key-fool-verdict { flex-wrap: nowrap; min-height: 3.5rem; max-width: 460px; }
</style>"""
_DRAW, _READ = "draw", "read"
_MODE: Remembered[str] = Remembered("class/fool-mode", str, _DRAW)
_MEANT: Remembered[int | None] = Remembered("class/fool-meant", int | None, None)


def _pupil(page: ClassPage) -> None:
    assert page.person is not None
    waiting = len(class_round.current(page).open_for(page.person.id))
    mode = _READ if _MODE.get() == _READ else _DRAW
    choice(
        _("What you do"),
        {_DRAW: _("Draw"), _READ: fool_reading.waiting_in_words(waiting)},
        mode,
        key="fool-mode",
        on_choose=_MODE.set,
    )
    if mode == _READ:
        fool_reading.show(page)
    else:
        card = class_round.network(page)
        if card is None:
            st.info(_("There is no trained network on this server."))
        else:
            canvas.show_style()
            st.html(_STYLE)
            _draw(page, card)
    fool_reading.follow_waiting(page)


@st.fragment
def _draw(page: ClassPage, card: ModelCard) -> None:
    """The canvas and the network's answer: all that runs again after a stroke."""
    assert page.person is not None
    show_problem()
    mine = class_round.now(page.code).of(page.person.id)
    if len(mine) >= MOST_DRAWINGS:
        st.markdown(f"### {_('You have sent in {n} drawings: that is all.', n=MOST_DRAWINGS)}")
        _mine(mine)
        return
    meant = _MEANT.get()
    meant_digit(_MEANT, _CANVAS, key="fool-meant", show_title=meant is None)
    # Above the pen: on a phone, what is below it is out of sight.
    verdict = st.container(key="fool-verdict", horizontal=True, vertical_alignment="center")
    ink = drawing_canvas(name=_CANVAS)
    with verdict:
        if ink is None and mine:
            # What was sent is shown below the pen, where a phone does not show it.
            words = n_(
                "**Sent.** {n} drawing of yours is with your classmates. Draw another one.",
                "**Sent.** {n} drawings of yours are with your classmates. Draw another one.",
                len(mine),
            )
            st.markdown(words, width="stretch")
        elif ink is None:
            words = _("Draw what your classmates can read and “{network}” cannot.",
                      network=network_title(card))  # fmt: skip
            st.markdown(words, width="stretch")
        elif meant is None:
            st.markdown(f"**{_('First say which digit this is.')}**", width="stretch")
        else:
            _judge(page, card, meant, ink)
    _mine(mine)


def _judge(page: ClassPage, card: ModelCard, meant: int, ink: NDArray[np.uint8]) -> None:
    """Say what the network makes of it; offer to send it in where it was fooled."""
    try:
        image = one_digit(_CANVAS, ink)
        outcome, chances = _outcome(card, image, meant)
    except (ValueError, BrokenModel) as problem:
        st.warning(_(str(problem)))
        return
    st.markdown(f"**{_in_words(outcome, meant, chances)}**", width="stretch")
    st.button(
        _("Send"),
        key="fool-send",
        type="primary",
        icon=":material/send:",
        disabled=outcome not in ("fooled", "unsure"),
        on_click=_send,
        args=(page, card, meant),
    )


def _outcome(
    card: ModelCard, image: NDArray[np.uint8], meant: int
) -> tuple[fooling.Outcome, NDArray[np.float64]]:
    """How the network reads it, by the rules of Fool it, and how likely it holds each digit."""
    prepared = image[np.newaxis].astype(np.float32) / np.float32(255)
    chances = calibrated_answers.read(card, prepared)[0]
    is_digit = bool(cached.is_digit(prepared)[0])
    return fooling.judge(meant, chances, is_digit=is_digit, sure=SURE).outcome, chances


def _in_words(outcome: fooling.Outcome, meant: int, chances: NDArray[np.float64]) -> str:
    said = int(chances.argmax())
    if outcome == "no digit":
        return _("That does not look like a digit. Make it look more like {digit}.",
                 digit=with_article(meant))  # fmt: skip
    if outcome == "correct":
        return _("It reads your {digit}. Change one thing and try again.", digit=meant)
    return _(
        "It says {digit}, {share} sure. Can people read it?",
        digit=with_article(said),
        share=whole_percent(float(chances.max())),
    )


def _send(page: ClassPage, card: ModelCard, meant: int) -> None:
    """Send in what is on the canvas by now, if it still fools the network."""
    assert page.person is not None
    ink = canvas.latest_drawing(_CANVAS).ink
    if ink is None:
        return
    try:
        image = one_digit(_CANVAS, ink)
        outcome, chances = _outcome(card, image, meant)
    except (ValueError, BrokenModel) as problem:
        say(_(str(problem)))
        return
    if outcome not in ("fooled", "unsure"):
        # Another stroke came with the click: the page says what it has changed.
        return
    now = class_round.now(page.code)
    if len(now.of(page.person.id)) >= MOST_DRAWINGS:
        return
    small = np.asarray(Image.fromarray(ink).resize((SHOWN_SIDE,) * 2, Image.Resampling.BOX))
    drawing = ClassDrawing(meant, image, small)
    attempt = Attempt(drawing, card.title, int(chances.argmax()), float(chances.max()))
    slot = game.drawing_slot(secrets.token_hex(4))
    if page.send(NAME, {slot: game.write_attempt(attempt)}):
        canvas.start_empty(_CANVAS)
        if now.open_for(page.person.id):
            _MODE.set(_READ)


def _mine(mine: list[Entry]) -> None:
    """What this person has sent in, and what others read in it so far."""
    if not mine:
        return
    st.markdown(f"**{_('Your drawings, and what others read')}**")
    digit_grid(
        np.stack([one.attempt.drawing.image for one in mine]),
        [_caption(one) for one in mine],
        key="fool-mine",
        alternatives=[_("Your {digit}", digit=one.attempt.drawing.label) for one in mine],
        clickable=False,
        label=n_("{n} drawing of yours", "{n} drawings of yours", len(mine)),
    )


def _caption(entry: Entry) -> str:
    read = " ".join(entry.readings.values()) or "…"
    outcome = {"hit": _("a hit!"), "missed": _("no hit"), "waiting": ""}[entry.outcome]
    return f"{read}\n{outcome}"


def _controls(page: ClassPage) -> None:
    fool_screen.choose_network(page)


STEP = Step(NAME, to_translate("Fool it"), _pupil, fool_screen.show, controls=_controls)
