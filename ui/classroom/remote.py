"""The remote control: what the teacher does, on the phone or below the screen."""

from typing import Literal

import streamlit as st

from mnist_core.language.translation import _, n_, p_
from ui.classroom import lesson, links
from ui.classroom.class_page import ClassPage, classes, say, show_problem, shown_name
from ui.classroom.entrance import privacy
from ui.classroom.live_updates import follow_all
from ui.classroom.remove_drawings import contributions_to_remove
from ui.classroom.sheets_of_paper import sheets_of_paper
from ui.widgets.choice.choice import choice
from ui.widgets.name_tags.name_tags import Tag, name_tags
from ui.widgets.room_sign.room_sign import room_sign

_SHARED = "class/steering-device"
_TO_REMOVE = "class/to-remove"
_BUDGETS = (5, 10, 20, 30, 60)


def show(page: ClassPage) -> None:
    """Show the remote control, for a phone."""
    state = page.room.state
    here = lesson.step(state.step)
    st.markdown(f"# {_(here.title)} · {page.code}")
    show_problem()
    count = n_("{n} person is here", "{n} people are here", len(page.people))
    part = _("part {number} of {count}", number=state.part + 1, count=here.parts)
    st.markdown(f"{count} · {part}" if here.parts > 1 else count)
    back_and_next(page, wide=True)
    if here.controls is not None:
        here.controls(page)
    contributions_to_remove(page)
    more(page, on_phone=True)
    follow_all(page)


def back_and_next(page: ClassPage, *, wide: bool = False) -> None:
    """The two buttons that lead through the lesson."""
    state = page.room.state
    width: Literal["stretch", "content"] = "stretch" if wide else "content"
    with st.container(horizontal=True, key="class-ways", width=width):
        st.button(
            p_("in a lesson", "Back"),
            key="class-back",
            icon=":material/arrow_back:",
            shortcut=None if wide else "PageUp",
            disabled=lesson.position(state) == ("lobby", 0, 0),
            on_click=lesson.go,
            args=(page, "back"),
        )
        words = lesson.next_in_words(state)
        st.button(
            words or _("The end"),
            key="class-next",
            type="primary",
            icon=":material/arrow_forward:",
            # What the buttons of a presenter send.
            shortcut=None if wide else "PageDown",
            disabled=not words,
            on_click=lesson.go,
            args=(page, "next"),
            width=width,
        )


def more(page: ClassPage, *, on_phone: bool = False) -> None:
    """What is needed now and then."""
    state = page.room.state
    secret = st.session_state.get(_SHARED, {}).get(page.code)
    if secret is not None and not on_phone:
        # Alone and on top: all of it is to be seen at once, and gone soon.
        _steering_sign(page, secret)
        return
    choice(
        _("Go to"),
        {one.name: _(one.title) for one in lesson.steps()},
        state.step,
        key="class-go-to",
        on_choose=lambda name: lesson.open_step(page, name),
        show_title=True,
        list_width=260,
    )
    _switch(page, "hides_names", _("Hide names"))
    _switch(page, "may_run_ahead", _("People may run ahead"))
    _switch(page, "is_closed", _("Nobody else may come in"))
    choice(
        _("Seconds for one training"),
        {str(one): str(one) for one in _BUDGETS},
        str(state.seconds) if state.seconds in _BUDGETS else None,
        key="class-seconds",
        on_choose=lambda seconds: lesson.set_state(page, seconds=int(seconds)),
        show_title=True,
        list_width=260,
    )
    sheets_of_paper(page)
    if not on_phone:
        contributions_to_remove(page)
        _second_device(page)
    _people_to_remove(page)
    st.caption(privacy())
    sure = st.checkbox(_("I want to end this class and delete all of it"), key="class-sure")
    st.button(_("End the class"), key="class-end", disabled=not sure, on_click=_end, args=(page,))


def _switch(page: ClassPage, name: str, label: str) -> None:
    key = f"class-{name}"
    # The room has the value; another device may have changed it.
    st.session_state[key] = getattr(page.room.state, name)
    st.toggle(
        label,
        key=key,
        on_change=lambda: lesson.set_state(page, **{name: bool(st.session_state.get(key))}),
    )


def _second_device(page: ClassPage) -> None:
    """The link that steers: shown when it is asked for, since the class sees the screen."""
    st.button(
        _("Steer from your phone"),
        key="class-second-device",
        icon=":material/phonelink:",
        on_click=_make_secret,
        args=(page,),
        help=_("Shows a code that whoever scans it can steer with: cover the projector."),
    )


def _steering_sign(page: ClassPage, secret: str) -> None:
    link = links.steer(page.code, secret)
    room_sign(link, key="class-steer-sign", words=_("Scan this with your own phone."), size=200)
    st.code(link, language=None, wrap_lines=True)
    st.button(_("Hide it again"), key="class-hide-secret", on_click=_forget_secret)


def _make_secret(page: ClassPage) -> None:
    try:
        right = classes().new_secret(page.code)
    except ValueError as problem:
        say(str(problem))
        return
    st.session_state[_SHARED] = {right.room: right.secret}


def _forget_secret() -> None:
    st.session_state.pop(_SHARED, None)


def _people_to_remove(page: ClassPage) -> None:
    """A tap on a name, and then on a button: nobody is gone by mistake."""
    if not page.people:
        return
    with st.expander(_("Remove somebody")):
        name_tags(
            [Tag(shown_name(one), one.colour) for one in page.people],
            key="class-remove",
            label=_("Who is to be removed"),
            on_pick=lambda position: _choose_to_remove(page.people[position].id),
        )
        chosen = st.session_state.get(_TO_REMOVE)
        person = next((one for one in page.people if one.id == chosen), None)
        if person is not None:
            # Typed names are shown by nothing that reads Markdown.
            name_tags([Tag(shown_name(person), person.colour)], key="class-removed", label="")
            st.button(
                _("Remove, with all that was sent"),
                key="class-remove-now",
                on_click=classes().leave,
                args=(page.code, person.id),
            )


def _choose_to_remove(person: int) -> None:
    st.session_state[_TO_REMOVE] = person


def _end(page: ClassPage) -> None:
    from ui.classroom.training import start

    start.stop_all(page)
    classes().end(page.code)
    st.query_params.clear()
    say(_("The class has ended. All of it is deleted."))
