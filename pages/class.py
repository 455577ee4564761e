"""A class: many people, one screen, one lesson, from one link."""

from ui.shell import navigation

navigation.enter()

import streamlit as st

from mnist_core.classroom.schema import ClassesUnavailable
from ui.classroom import class_page, entrance, for_teachers, pupil, remote, screen

try:
    room = class_page.room_in_address()
    view = st.query_params.get(class_page.VIEW, "")
    if room is None:
        if st.query_params.get(class_page.ROOM):
            entrance.at_the_door(None)
        elif view in for_teachers.VIEWS:
            for_teachers.VIEWS[view]()
        else:
            entrance.show()
    else:
        here = class_page.open_page(room)
        if here.is_teacher and view == class_page.SCREEN:
            screen.show(here)
        elif here.is_teacher and view == class_page.REMOTE:
            remote.show(here)
        elif here.person is not None:
            pupil.show(here)
        else:
            entrance.at_the_door(room, is_teacher=here.is_teacher)
except ClassesUnavailable as problem:
    st.error(str(problem))
