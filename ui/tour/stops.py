"""The stops of the tour: where each is, what it says, and how the server sees that it was done."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from mnist_core.jobs import queue
from mnist_core.language.translation import to_translate
from ui.shell.lost_session import Remembered
from ui.training_run import watched_training

_MEANT: Remembered[int | None] = Remembered("fool/meant", int | None, None)


@dataclass(frozen=True)
class Stop:
    """One stop.

    Attributes:
        page: where it is: the page's path, "" for Home.
        name: what leads to it is called, after "Next: ".
        words: a sentence.
        task: a thing to do.
        evidence: what shows that it was done; None while it was not. Looked for on its page.
        anew: what was there on arrival counts for nothing.
        view: of the page; None for the one that is open there.
    """

    page: str
    name: str
    words: str
    task: str
    evidence: Callable[[], Hashable]
    anew: bool = True
    view: str | None = None


def _drawn(name: str) -> Hashable:
    """What is drawn on the canvas of this name, once the server has read it."""
    # It can be imported only while the app runs.
    from ui.widgets.canvas import canvas

    return canvas.current_drawing(name).strokes or None


def _tried_to_fool() -> Hashable:
    """The drawing that is to fool a network, if its digit was said, too."""
    return _drawn("fool") if _MEANT.get() is not None else None


def _in_address(*names: str) -> Callable[[], Hashable]:
    def found() -> Hashable:
        values = tuple(st.query_params.get(name) for name in names)
        return values if any(values) else None

    return found


def _finished() -> Hashable:
    """The training this visitor began, once it is over."""
    job_id = watched_training.last_submitted()
    try:
        return job_id if job_id and queue.read(job_id).is_over else None
    except ValueError:
        # It was deleted: there is nothing to wait for.
        return job_id


ALL: tuple[Stop, ...] = (
    Stop(
        "",
        to_translate("draw a digit"),
        to_translate("A network reads as you draw."),
        to_translate("Write a digit."),
        partial(_drawn, "draw"),
        anew=False,
    ),
    Stop(
        "draw",
        to_translate("ask another network"),
        to_translate("Networks differ."),
        to_translate("Choose another to read your digit."),
        _in_address("model"),
    ),
    Stop(
        "browse",
        to_translate("see what they learned from"),
        to_translate("They learned from digits people wrote."),
        to_translate("Open one of them."),
        _in_address("set", "index"),
    ),
    Stop(
        "train",
        to_translate("train one yourself"),
        to_translate("A network begins by guessing."),
        to_translate("Teach the quick one: press Train."),
        watched_training.last_submitted,
    ),
    Stop(
        "train",
        to_translate("watch it learn"),
        to_translate("It makes fewer mistakes as it goes."),
        to_translate("Watch until it is done."),
        _finished,
        anew=False,
    ),
    Stop(
        "mistakes",
        to_translate("see what is still wrong"),
        to_translate("Every network makes mistakes."),
        to_translate("Open one: would you have known?"),
        _in_address("label", "predicted", "index"),
    ),
    Stop(
        "draw",
        to_translate("fool it"),
        to_translate("It knows what it has seen."),
        to_translate("Pick a digit, and try to fool it."),
        _tried_to_fool,
        view="fool",
    ),
)
"""In the order of the tour."""

END = to_translate("That was the tour. What people ask next is answered here.")
END_PAGE = "questions"
