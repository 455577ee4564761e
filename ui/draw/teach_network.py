"""Teaching a network the drawings on a sheet, and keeping these on the server."""

import streamlit as st

from mnist_core.handwriting import fine_tuning_set, score
from mnist_core.handwriting.score import Sheet
from mnist_core.jobs import admission, queue
from mnist_core.jobs.queue import JobState
from mnist_core.language.translation import _, n_
from mnist_core.models.card import ModelCard
from mnist_core.system.text_format import whole
from ui.draw import score_sheet
from ui.glossary.glossary import explain
from ui.shell import cached
from ui.shell.lost_session import Remembered
from ui.shell.network_words import network_title
from ui.training_run.ownership import visitor_id
from ui.training_run.training_view import training_view
from ui.visitors import client, permission

_JOB: Remembered[str | None] = Remembered("hand/job", str | None, None)
_PROBLEM = "hand/teach-problem"
_KEEP = "hand-keep"


def teach_network(card: ModelCard, sheet: Sheet) -> None:
    """Offer to teach a network the drawings on a sheet (at least one), and show it learning."""
    st.subheader(_("Let a network learn from your handwriting"), anchor=False)
    drawn = score.handwriting(sheet)
    learned, tested = len(drawn.of_round(1)), len(drawn.of_round(2))
    st.markdown(
        _(
            "A copy of **{network}** learns from your first round, {learned}, mixed with {digits} "
            "MNIST digits so that it does not forget. It never sees your second round, {tested}: "
            "these are its test, before and after, and so are MNIST's test images, which show what "
            "it forgot.",
            network=network_title(card),
            learned=_drawings(learned),
            digits=whole(fine_tuning_set.MNIST_DIGITS),
            tested=_drawings(tested),
        ),
        help=explain("training", "test set"),
    )
    if not learned:
        st.info(_("There is no drawing in the first round to learn from."))
    state, refusal = _state(), permission.why_not()
    if refusal is not None:
        st.caption(refusal)
    st.button(
        _("Teach “{network}” my digits", network=network_title(card)),
        key="hand-teach",
        type="primary",
        icon=":material/school:",
        disabled=refusal is not None or not learned or (state is not None and not state.is_over),
        on_click=_teach,
        args=(card, sheet),
    )
    if problem := st.session_state.pop(_PROBLEM, None):
        st.error(problem)
    if job_id := _JOB.get():
        with st.container(border=True):
            try:
                training_view(job_id)
            except ValueError as error:
                _JOB.set(None)
                st.info(str(error))
    _keep_drawings()
    if learned:
        # Whoever has written a whole round may press that button soon.
        cached.warm_pool().prepare()


def _drawings(count: int) -> str:
    return n_("{n} drawing", "{n} drawings", count)


def taught_network() -> ModelCard | None:
    """The network that learned from the sheet last in this session; None if there is none."""
    name = state.model if (state := _state()) else None
    return next((card for card in cached.cards() if card.name == name), None)


def _state() -> JobState | None:
    try:
        return queue.read(_JOB.get() or "")
    except ValueError:
        # None was submitted, or it has been removed since.
        return None


def _teach(card: ModelCard, sheet: Sheet) -> None:
    if refusal := permission.why_not():
        st.session_state[_PROBLEM] = refusal
        return
    try:
        job_id = admission.submit_fine_tuning(
            card,
            score.handwriting(sheet),
            visitor=visitor_id(),
            guest=client.guest(),
            start=cached.warm_pool().start,
        )
        _JOB.set(job_id)
    except (queue.QueueFull, OSError, ValueError) as error:
        st.session_state[_PROBLEM] = str(error)


def _keep_drawings() -> None:
    st.subheader(_("Your drawings"), anchor=False)
    st.session_state[_KEEP] = score_sheet.is_saved()
    kept = st.checkbox(
        _("Keep my drawings on this server"),
        key=_KEEP,
        on_change=lambda: score_sheet.save(bool(st.session_state[_KEEP])),
    )
    st.markdown(
        _(
            "They are kept in one small file on the computer that runs this app, and nowhere "
            "else. This page's address leads back to them; nobody finds them without it. "
            "Untick the box to delete them."
        )
        if kept
        else _(
            "They are not kept, except for an hour after your last change, so that a lost "
            "connection costs you nothing: only this browser finds them again. If a network "
            "learns from them, it gets a copy, which is deleted as soon as it has started."
        )
    )
