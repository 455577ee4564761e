"""The lesson: its steps in order, and the way forward and back through them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import msgspec

from mnist_core.classroom.room import STEPS as NAMES
from mnist_core.classroom.room import State
from mnist_core.language.translation import _, p_
from ui.classroom.class_page import ClassPage, classes

Show = Callable[[ClassPage], None]
Position = tuple[str, int, int]
"""Step, part and how much is shown."""


@dataclass(frozen=True)
class Step:
    """A step of the lesson.

    Attributes:
        name: one of `mnist_core.classroom.room.STEPS`.
        title: its name for people, in English; translated where it is shown.
        pupil: shows a person's page.
        screen: shows it on the projector.
        controls: shows what the teacher may choose in it, on screen and remote control alike.
        parts: how many parts it has, one after the other.
        answers: what the button Next shows of each part, one after the other, in English.
    """

    name: str
    title: str
    pupil: Show
    screen: Show
    controls: Show | None = None
    parts: int = 1
    answers: tuple[str, ...] = ()


def step(name: str) -> Step:
    """The step of this name; the lobby if there is none."""
    return _steps().get(name, _steps()[NAMES[0]])


def steps() -> list[Step]:
    """All steps, in order."""
    return [_steps()[name] for name in NAMES]


def _steps() -> dict[str, Step]:
    # Here: the steps import this module's types.
    from ui.classroom.steps import all_steps

    return all_steps.BY_NAME


def position(state: State) -> Position:
    """Where the lesson is."""
    return state.step, state.part, state.shown


def go(page: ClassPage, way: Literal["next", "back"]) -> None:
    """Go on or back by one; a second click on the same sight changes nothing. A callback."""
    seen = position(page.room.state)

    def change(state: State) -> State:
        # From another device, or twice: the page did not show yet where the lesson is by now.
        if position(state) != seen:
            return state
        return after(state) if way == "next" else before(state)

    classes().steer(page.code, change)


def open_step(page: ClassPage, name: str) -> None:
    """Go to a step at once; a callback."""
    classes().steer(page.code, lambda state: _at(state, name))


def set_state(page: ClassPage, **changes: object) -> None:
    """Change what the teacher allows, or what is on the screen; a callback."""
    classes().steer(page.code, lambda state: msgspec.structs.replace(state, **changes))


def after(state: State) -> State:
    """What comes next: more of the answer, the next part, the next step."""
    here = step(state.step)
    if state.shown < len(here.answers):
        return msgspec.structs.replace(state, shown=state.shown + 1)
    if state.part + 1 < here.parts:
        return msgspec.structs.replace(state, part=state.part + 1, shown=0)
    following = NAMES.index(here.name) + 1
    return _at(state, NAMES[following]) if following < len(NAMES) else state


def before(state: State) -> State:
    """What was before."""
    here = step(state.step)
    if state.shown:
        return msgspec.structs.replace(state, shown=state.shown - 1)
    if state.part:
        return msgspec.structs.replace(state, part=state.part - 1)
    number = NAMES.index(here.name)
    return _at(state, NAMES[number - 1]) if number else state


def next_in_words(state: State) -> str:
    """What the button Next does now; empty at the end."""
    here = step(state.step)
    if state.shown < len(here.answers):
        return _(here.answers[state.shown])
    if state.part + 1 < here.parts:
        return p_("in a lesson", "Next")
    following = NAMES.index(here.name) + 1
    if following == len(NAMES):
        return ""
    return _("Next: {step}", step=_(step(NAMES[following]).title))


def _at(state: State, name: str) -> State:
    return msgspec.structs.replace(state, step=name, part=0, shown=0, chosen=None)
