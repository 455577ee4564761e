"""See inside: the stage, on each person's page, and on the screen with somebody's digit."""

import streamlit as st

from mnist_core.classroom.pen_drawing import PenDrawing, read_pen_drawing, write_pen_drawing
from mnist_core.classroom.room import Contribution
from mnist_core.language.translation import _, n_, to_translate
from ui.classroom.class_page import ClassPage, classes
from ui.classroom.lesson import Step, set_state
from ui.glossary.glossary import explain
from ui.stage.first_network import first_network
from ui.stage.reading import Reading
from ui.stage.stage import read_along, stage
from ui.widgets.canvas import canvas
from ui.widgets.canvas.strokes import Drawing, Stroke
from ui.widgets.name_tags.name_tags import Tag, name_tags

NAME = "inside"
_SLOT = "digit"
_CANVAS, _SCREEN = "class-inside", "class-screen-inside"
_OPEN = "class/inside-open"


def _pupil(page: ClassPage) -> None:
    card = first_network()
    if card is None:
        st.info(_("There is no trained network on this server."))
        return
    # First of all: the browser fetches the network while it sets up the rest.
    read_along(card)

    def send_button(reading: Reading) -> None:
        _send_button(page, is_empty=not reading.digits)

    stage(
        card,
        words=_("Draw a digit and watch what the network makes of it, layer by layer."),
        help=explain("network", "layer"),
        name=_CANVAS,
        comment=send_button,
    )


def _send_button(page: ClassPage, *, is_empty: bool) -> None:
    has_sent = _SLOT in page.mine(NAME)
    st.button(
        _("Send this one instead") if has_sent else _("Send it to the screen"),
        key="class-send-inside",
        icon=":material/cast:",
        type="primary",
        disabled=is_empty,
        on_click=_send,
        args=(page,),
    )
    if has_sent:
        st.caption(_("Your digit is with the teacher, who chooses which one is on the screen."))


def _send(page: ClassPage) -> None:
    drawn = canvas.latest_drawing(_CANVAS)
    if drawn.lines:
        sent = write_pen_drawing(PenDrawing(drawn.brush, drawn.lines))
        page.send(NAME, {_SLOT: sent})


def _screen(page: ClassPage) -> None:
    card = first_network()
    if card is None:
        st.info(_("There is no trained network on this server."))
        return
    read_along(card)
    sent = page.sent(NAME)
    shown = _chosen(page, sent)
    _open(shown)
    who = n_("{n} digit has been sent.", "{n} digits have been sent.", len(sent))
    stage(
        card,
        words=who if sent else _("Send a digit from your phone, or draw one here."),
        help=explain("network", "layer"),
        name=_SCREEN,
    )


def _controls(page: ClassPage) -> None:
    """Whose digit is on the screen: the teacher chooses."""
    sent = page.sent(NAME)
    if not sent:
        return
    shown = _chosen(page, sent)
    people = {one.id: one for one in page.people}
    tags = [
        Tag(
            page.name_of(one.person),
            people[one.person].colour if one.person in people else "grey",
            "◀" if one is shown else "",
        )
        for one in sent
    ]
    with st.popover(_("Whose digit?"), key="class-whose-digit", icon=":material/swap_horiz:"):
        name_tags(
            tags,
            key="class-inside-choice",
            label=_("Whose digit is on the screen"),
            on_pick=lambda position: set_state(page, chosen=sent[position].id),
        )
        if shown is not None:
            st.button(
                _("Remove the one on the screen"),
                key="class-inside-remove",
                icon=":material/delete:",
                on_click=classes().remove,
                args=(page.code, shown.id),
            )


def _chosen(page: ClassPage, sent: list[Contribution]) -> Contribution | None:
    """What is on the screen: the teacher's choice, else what came first."""
    by_id = {one.id: one for one in sent}
    return by_id.get(page.room.state.chosen or 0) or next(iter(sent), None)


def _open(shown: Contribution | None) -> None:
    """Put a digit that was sent on the screen's canvas, once: the teacher may draw on it."""
    which = None if shown is None else (shown.id, shown.created)
    if which == st.session_state.get(_OPEN):
        return
    st.session_state[_OPEN] = which
    drawing = None if shown is None else read_pen_drawing(shown.payload)
    if drawing is None:
        canvas.start_empty(_SCREEN)
    else:
        canvas.open_drawing(_SCREEN, _as_strokes(drawing))


def _as_strokes(drawing: PenDrawing) -> Drawing:
    strokes = []
    for line in drawing.lines:
        (x, y), *others = line.tolist()
        # A dot is a line of no length.
        others = others or [[x, y]]
        path = (("M", x, y), *(("L", one[0], one[1]) for one in others))
        strokes.append(Stroke(drawing.brush, path))
    return Drawing(tuple(strokes))


STEP = Step(NAME, to_translate("See inside"), _pupil, _screen, _controls)
