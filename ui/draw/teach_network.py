"""A network learns from the drawings on a sheet; and whether they are kept."""

import streamlit as st

from mnist_core.hands import fine_tuning_set, score
from mnist_core.hands.score import Sheet
from mnist_core.jobs import admission, queue
from mnist_core.models.card import ModelCard
from ui.draw import score_sheet
from ui.shell import cached
from ui.shell.glossary import explain
from ui.training_run.training_view import training_view
from ui.training_run.watched_training import visitor

_JOB = "hand/job"
_KEEP = "hand-keep"


def hand_learning(card: ModelCard, sheet: Sheet) -> None:
    """Offer that a network learns from a sheet, and show how that went.

    Args:
        card: the network that would learn.
        sheet: a sheet with at least one drawing.
    """
    st.subheader("Let a network learn from your hand", anchor=False)
    drawn = score.handwriting(sheet)
    learned, judged = len(drawn.of_round(1)), len(drawn.of_round(2))
    st.markdown(
        f"A copy of **{card.name}** goes on learning from your first round, {_drawings(learned)}, "
        f"mixed with {fine_tuning_set.MNIST_DIGITS:,} digits of MNIST so that it does not forget. "
        f"Your second round, {_drawings(judged)}, it never sees: on these it is judged, before and "
        "after, and on MNIST's test images, where you see what it forgot.",
        help=explain("training", "test set"),
    )
    if not learned:
        st.info("There is no drawing of the first round to learn from.")
    st.button(
        f"Teach {card.name} my digits",
        key="hand-teach",
        type="primary",
        icon=":material/school:",
        disabled=not learned or _is_learning(),
        on_click=_teach,
        args=(card, sheet),
    )
    if said := st.session_state.pop(f"{_JOB}/problem", None):
        st.error(said)
    _progress()
    _keeping()
    if learned:
        # Whoever has written a whole round may press that button soon.
        cached.warm_pool().prepare()


def taught() -> ModelCard | None:
    """The network that learned from the sheet in this session last; None while there is none."""
    job_id = st.session_state.get(_JOB)
    try:
        name = queue.read(job_id).model if job_id else None
    except ValueError:
        return None
    return next((card for card in cached.cards() if card.name == name), None)


def _drawings(count: int) -> str:
    return "one drawing" if count == 1 else f"{count} drawings"


def _is_learning() -> bool:
    job_id = st.session_state.get(_JOB)
    if job_id is None:
        return False
    try:
        return not queue.read(job_id).is_over
    except ValueError:
        # Forgotten since.
        return False


def _teach(card: ModelCard, sheet: Sheet) -> None:
    try:
        st.session_state[_JOB] = admission.submit_fine_tuning(
            card, score.handwriting(sheet), visitor=visitor(), start=cached.warm_pool().start
        )
    except (queue.QueueFull, OSError, ValueError) as error:
        st.session_state[f"{_JOB}/problem"] = str(error)


def _progress() -> None:
    job_id = st.session_state.get(_JOB)
    if job_id is None:
        return
    with st.container(border=True):
        try:
            training_view(job_id)
        except ValueError as error:
            st.session_state.pop(_JOB)
            st.info(str(error))


def _keeping() -> None:
    st.subheader("Your drawings", anchor=False)
    kept = score_sheet.is_kept()
    st.session_state[_KEEP] = kept
    st.checkbox(
        "Keep my drawings on this server",
        key=_KEEP,
        on_change=lambda: score_sheet.keep(bool(st.session_state[_KEEP])),
    )
    if kept:
        st.markdown(
            "They are kept in one small file on the computer that runs this app, and nowhere else. "
            "This page's address leads back to them; nobody finds them without it. Take the tick "
            "away and they are deleted."
        )
    else:
        st.markdown(
            "They are not kept: they live in this visit alone, and are gone when you reload the "
            "page. For a network that learns from them they lie on the server's disk until it has "
            "begun, and not a moment longer."
        )
