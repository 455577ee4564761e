"""Write: everybody draws the ten digits, and the class finds out who reads them."""

from contextlib import suppress
from functools import partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.classroom.drawings import ClassDrawing, read_drawing, write_drawing
from mnist_core.data.dataset import CLASSES, SIDE
from mnist_core.language.translation import _, n_, to_translate
from ui.classroom import cached_readings, class_results
from ui.classroom.class_page import ClassPage, show_problem
from ui.classroom.lesson import Step
from ui.classroom.steps import write_screen
from ui.classroom.steps.write_screen import NAME
from ui.shell.lost_session import Remembered
from ui.shell.network_words import title_of
from ui.widgets.canvas import asked_digit, canvas
from ui.widgets.canvas.canvas import drawing_canvas
from ui.widgets.canvas.one_digit import one_digit
from ui.widgets.digit_tiles.digit_tiles import digit_grid

_CANVAS = "class-write"
_NONE_ASKED = -1
# The room, and the digit that somebody is asked for or wants to draw again.
_ASKED: Remembered[tuple[str, int] | None] = Remembered(
    "class/write-asked", tuple[str, int] | None, None
)


def _pupil(page: ClassPage) -> None:
    asked_digit.show_style()
    _draw_next(page)


@st.fragment
def _draw_next(page: ClassPage) -> None:
    """The digit asked for and the canvas: all that runs again after a stroke."""
    # What could not be sent stays on the canvas.
    show_problem()
    drawn = _drawn(page)
    asked = _asked(page, drawn)
    if asked is None:
        _look_at_mine(page, drawn)
        return
    number = min(len(drawn) + (asked not in drawn), CLASSES)
    with asked_digit.stage():
        words = _("{number} of {count}", number=number, count=CLASSES)
        asked_digit.question(len(drawn) / CLASSES, words, asked)
        with asked_digit.pen():
            ink = drawing_canvas(name=_CANVAS)
        with asked_digit.way_on():
            _next_or_skip(page, asked, drawn, _image(ink))


def _image(ink: NDArray[np.uint8] | None) -> NDArray[np.uint8] | None:
    if ink is None:
        return None
    try:
        return one_digit(_CANVAS, ink)
    except ValueError as problem:
        st.warning(_(str(problem)))
        return None


def _next_or_skip(
    page: ClassPage, asked: int, drawn: dict[int, ClassDrawing], image: NDArray[np.uint8] | None
) -> None:
    is_last = len({*drawn, asked}) == CLASSES
    st.button(
        _("Done") if is_last else _("Next digit"),
        key="write-next",
        type="primary",
        icon=":material/arrow_forward:",
        shortcut="Enter",
        width="stretch",
        disabled=image is None,
        on_click=_take,
        args=(page, asked, image),
    )
    words = _("Keep the one I drew before") if asked in drawn else _("Skip this one")
    st.button(words, key="write-skip", width="stretch", on_click=partial(_go_on, page, asked))
    if drawn:
        st.button(
            _("Look at my digits"),
            key="write-look",
            type="tertiary",
            on_click=partial(_ask, page, _NONE_ASKED),
        )


def _take(page: ClassPage, asked: int, image: NDArray[np.uint8] | None) -> None:
    """Take the drawing, with a stroke that has arrived together with the click."""
    ink = canvas.latest_drawing(_CANVAS).ink
    if ink is not None:
        # Nothing but dots so far.
        with suppress(ValueError):
            image = one_digit(_CANVAS, ink)
    if image is None:
        return
    if page.send(NAME, {str(asked): write_drawing(ClassDrawing(asked, image))}):
        _go_on(page, asked)


def _go_on(page: ClassPage, asked: int) -> None:
    """Ask for the next digit that is still missing, in this person's order."""
    drawn = _drawn(page)
    order = _order(page)
    place = order.index(asked) + 1
    missing = [one for one in (*order[place:], *order[:place]) if one not in drawn]
    following = [one for one in missing if one != asked]
    _ask(page, following[0] if following else _NONE_ASKED)


def _ask(page: ClassPage, digit: int) -> None:
    _ASKED.set((page.code, digit))
    canvas.start_empty(_CANVAS)


def _asked(page: ClassPage, drawn: dict[int, ClassDrawing]) -> int | None:
    """The digit to draw now; None where somebody looks at what is there."""
    room, digit = _ASKED.get() or ("", None)
    if room == page.code and digit is not None:
        return digit if 0 <= digit < CLASSES else None
    return next((one for one in _order(page) if one not in drawn), None)


def _order(page: ClassPage) -> list[int]:
    """All digits in random order: for one person always the same, on any device."""
    assert page.person is not None
    order: list[int] = np.random.default_rng(page.person.id).permutation(CLASSES).tolist()
    return order


def _drawn(page: ClassPage) -> dict[int, ClassDrawing]:
    """This person's drawings by digit, as they are on the disk."""
    found = {slot: read_drawing(payload) for slot, payload in page.mine(NAME).items()}
    return {
        digit: drawing for digit in range(CLASSES) if (drawing := found.get(str(digit))) is not None
    }


def _look_at_mine(page: ClassPage, drawn: dict[int, ClassDrawing]) -> None:
    """All ten, those that are missing as well: a tap draws one again."""
    missing = CLASSES - len(drawn)
    if not missing:
        st.markdown(f"### {_('Your ten digits are in.')}")
    else:
        words = n_("{n} digit is missing.", "{n} digits are missing.", missing)
        st.markdown(f"### {words}")
        first = next(one for one in _order(page) if one not in drawn)
        st.button(
            _("Draw what is missing"),
            key="write-missing",
            type="primary",
            on_click=partial(_ask, page, first),
        )
    st.markdown(_("Tap one to draw it again."))
    read, network = _read_by_best(page, drawn)
    blank = np.zeros((SIDE, SIDE), np.uint8)
    digit_grid(
        np.stack([drawn[one].image if one in drawn else blank for one in range(CLASSES)]),
        [_caption(one, read.get(one)) for one in range(CLASSES)],
        key="write-mine",
        alternatives=[_("Your {digit}", digit=one) for one in range(CLASSES)],
        label=_("Your ten digits"),
        on_pick=lambda digit: _ask(page, digit),
    )
    if read:
        count = sum(one == digit for digit, one in read.items())
        st.markdown(
            _(
                "“{network}” reads {correct} of your {count}.",
                network=network,
                correct=count,
                count=len(read),
            )
        )


def _caption(digit: int, read: int | None) -> str:
    if read is None:
        return str(digit)
    return f"{digit} ✓" if read == digit else f"{digit} ✗ {read}"


def _read_by_best(page: ClassPage, drawn: dict[int, ClassDrawing]) -> tuple[dict[int, int], str]:
    """What the class's best network says to these digits, once the class has seen which it is."""
    if not drawn or not page.is_shown(write_screen.NETWORKS_SHOWN):
        return {}, ""
    ours = class_results.of(page, NAME)
    if not ours.scores:
        return {}, ""
    best = ours.scores[0].name
    said = cached_readings.predictions(np.stack([one.image for one in drawn.values()]))
    return dict(zip(drawn, said[best].tolist(), strict=True)), title_of(best)


STEP = Step(
    NAME,
    to_translate("Write"),
    _pupil,
    write_screen.show,
    answers=write_screen.ANSWERS,
)
