"""Before anybody is in a room: start a class, or come into one."""

from functools import partial

import streamlit as st

from mnist_core.classroom.room import CODE_LENGTH, HOURS, LONGEST_NAME, Room
from mnist_core.classroom.schema import ClassesUnavailable
from mnist_core.classroom.store import NotAllowed, tidy_code
from mnist_core.language.translation import _
from ui.classroom import class_page, for_teachers
from ui.classroom.class_page import ROOM, SCREEN, STEER, VIEW, classes, say, show_problem
from ui.shell import visitor
from ui.visitors import request_limits

_MOST_SHOWN = 3
# The codes that this session has been counted for.
_LOOKED_AT = "class/looked-at"
_TYPED, _NAME = "class-code", "class-name"


def show() -> None:
    """Show both ways in."""
    st.title(_("What can a class teach a machine?"), anchor=False)
    show_problem()
    _rooms_of_this_browser()
    joining, starting = st.columns(2, gap="large")
    with joining, st.form("class-join-form", border=True):
        st.markdown(f"### {_('Come into a class')}")
        st.text_input(
            _("The four letters on the screen"),
            key=_TYPED,
            max_chars=20,
            placeholder="KRMT",
            autocomplete="off",
        )
        st.form_submit_button(_("Come in"), key="class-find", on_click=_find, width="stretch")
    with starting, st.container(border=True):
        st.markdown(f"### {_('For teachers')}")
        st.markdown(
            _(
                "Forty-five minutes, seven steps: guess, write, look inside, fool it, train, "
                "teach, and see what you found. Up to sixty people with phones, tablets or paper."
            )
        )
        st.button(
            _("Start a class"),
            key="class-start",
            type="primary",
            icon=":material/groups:",
            on_click=_start,
            width="stretch",
        )
        for_teachers.links()
    st.caption(privacy())


def _rooms_of_this_browser() -> None:
    """The ways back, for somebody who has closed the page."""
    steered, joined = classes().rooms_of(visitor.owner())
    for code in steered[:_MOST_SHOWN]:
        st.button(
            _("Go on with your class {code}", code=code),
            key=f"class-go-on-{code}",
            icon=":material/present_to_all:",
            on_click=partial(st.query_params.from_dict, {ROOM: code, VIEW: SCREEN}),
        )
    for code in joined[:_MOST_SHOWN]:
        st.button(
            _("Back into class {code}", code=code),
            key=f"class-back-into-{code}",
            icon=":material/login:",
            on_click=partial(st.query_params.from_dict, {ROOM: code}),
        )


def privacy() -> str:
    """What is kept of whom, in two sentences."""
    return _(
        "Nobody needs an account or a name. All that a class writes is kept on this server for "
        "{hours} hours or until the teacher ends the class, and then deleted from its disk.",
        hours=HOURS,
    )


def _start() -> None:
    if refusal := request_limits.refusal(request_limits.CLASSES):
        say(refusal)
        return
    try:
        right = classes().create(visitor.owner())
    except (NotAllowed, ClassesUnavailable) as problem:
        say(str(problem))
        return
    st.query_params.from_dict({ROOM: right.room, VIEW: SCREEN})
    if visitor.COOKIE not in st.context.cookies:
        # A browser that takes no cookies is known by this alone when the page is loaded again.
        st.query_params[STEER] = right.secret


def _find() -> None:
    code = tidy_code(str(st.session_state.get(_TYPED, "")))
    if not code:
        say(_("Type the {count} letters that the teacher shows you.", count=CODE_LENGTH))
    elif refusal := _refusal(code):
        say(refusal)
    elif classes().find(code) is None:
        say(_("There is no class with these letters. Look at them once more."))
    else:
        st.query_params.from_dict({ROOM: code})


def _refusal(code: str) -> str | None:
    """Why this visitor may not look at another room: they have tried many; None if they may.

    Whether there is such a room makes no difference: guessing is what is counted.
    """
    known: set[str] = st.session_state.setdefault(_LOOKED_AT, set())
    if code in known:
        return None
    if (refusal := request_limits.refusal(request_limits.CLASS_CODES)) is None:
        known.add(code)
    return refusal


def at_the_door(room: Room | None, *, is_teacher: bool = False) -> None:
    """The address names a room in which this visitor is nobody, or one that is not there."""
    code = room.code if room else tidy_code(st.query_params.get(ROOM, ""))
    if refusal := _refusal(code):
        say(refusal)
    elif room is not None:
        ask_to_join(room, is_teacher=is_teacher)
        return
    else:
        say(
            _("This class has ended. All of it is deleted.")
            if class_page.was_in(code)
            else _("This class has ended, or its letters are wrong.")
        )
    st.query_params.clear()
    show()


def ask_to_join(room: Room, *, is_teacher: bool) -> None:
    """Somebody has the link but is not in the room yet."""
    st.markdown(f"# {_('Class {code}', code=room.code)}")
    show_problem()
    with st.form("class-enter-form", border=False, width=420):
        st.text_input(
            _("What shall we call you? Leave it empty, and you are an animal."),
            key=_NAME,
            max_chars=LONGEST_NAME,
            autocomplete="off",
        )
        st.form_submit_button(
            _("Come in"),
            key="class-enter",
            type="primary",
            width="stretch",
            on_click=_join,
            args=(room,),
        )
    st.caption(privacy())
    if is_teacher:
        st.button(
            _("You steer this class: to the screen"),
            key="class-to-screen",
            on_click=lambda: st.query_params.from_dict({ROOM: room.code, VIEW: SCREEN}),
        )


def _join(room: Room) -> None:
    try:
        _person, secret = classes().join(
            room.code, visitor.owner(), str(st.session_state.get(_NAME, ""))
        )
    except (NotAllowed, ClassesUnavailable) as problem:
        say(str(problem))
        return
    class_page.become(room.code, secret)
