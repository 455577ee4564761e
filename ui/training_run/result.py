"""How a training ended: its model and figures, and what can be done then."""

import streamlit as st

from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.jobs import queue
from mnist_core.jobs.queue import JobState
from mnist_core.models.card import ModelCard
from mnist_core.system.wording import duration, mistakes_in, percent
from mnist_core.training.trend import standard_error
from mnist_core.training.verdict import verdict
from ui.shell import cached
from ui.shell.glossary import explain
from ui.training_run.continue_training import going_on
from ui.training_run.fine_tuning_result import fine_tuning_end
from ui.widgets.metric_row.metric_row import Metric, metric_row


def training_end(state: JobState) -> None:
    """Show how a training that is over ended, and what can be done now."""
    if state.state in ("failed", "interrupted"):
        _unfinished(state)
        return
    if state.model is None:
        st.info("Stopped before it had learned anything, so there is nothing to keep.")
        return
    card = cached.card_of(state.model)
    if card is None:
        st.info(f"The model {state.model} that this training made is not here any more.")
        return
    if state.message:
        st.info(state.message)
    if card.fine_tuned is not None:
        fine_tuning_end(card, card.fine_tuned)
        _links(card)
        return
    _result(state, card)
    if state.started_from and (before := cached.card_of(state.started_from)) is not None:
        st.markdown(since_before(before.name, before.mistakes, card.mistakes))
    _in_words(card)
    _links(card)
    if going_on(card, key=state.id):
        st.rerun()


def since_before(name: str, before: int, now: int) -> str:
    """Whether a training made a model better or worse than the one it went on from, in words.

    Chance is taken as if each had read 10,000 images of its own; both read the same ones, so it is
    rather less.

    Args:
        name: of the model that the training went on from.
        before: how many of the test images that one reads wrongly.
        now: how many of them the new one does.
    """
    read = f"**{name}**, which it went on from, read {percent(1 - before / TEST_IMAGES)}"
    changed = abs(before - now)
    if not changed:
        return f"{read}, too: just as many mistakes, so it got neither better nor worse."
    better, fewer = ("better", "fewer") if now < before else ("worse", "more")
    sentence = (
        f"{read}: it is **{100 * changed / TEST_IMAGES:.2f} points {better}** now "
        f"({changed:,} {'mistake' if changed == 1 else 'mistakes'} {fewer})."
    )
    if changed / TEST_IMAGES > standard_error(before / TEST_IMAGES, now / TEST_IMAGES):
        return sentence
    return f"{sentence} That is so little that chance may have made it."


def _unfinished(state: JobState) -> None:
    st.error(f"This training did not finish. {state.message}", icon=":material/error:")
    if not state.can_resume:
        return
    if st.button(
        "Go on from where it was",
        key=f"resume-{state.id}",
        icon=":material/resume:",
        help="From its last checkpoint, to the very history it would have had.",
    ):
        try:
            queue.resume(state.id, start=cached.warm_pool().start)
        except (queue.QueueFull, OSError, ValueError) as error:
            st.error(str(error))
        else:
            st.rerun()


def _result(state: JobState, card: ModelCard) -> None:
    how = "Stopped, and kept" if state.state == "stopped" else "Done"
    st.success(
        f"**{how}: {percent(card.test_accuracy)}** of the test images read rightly, "
        f"{mistakes_in(card.mistakes, TEST_IMAGES)}, after {duration(card.seconds)} of training. "
        f"It is called **{card.name}**.",
        icon=":material/check_circle:",
    )
    metrics = [
        Metric("Accuracy", percent(card.test_accuracy), explain("accuracy"), 150),
        Metric("Error", percent(1 - card.test_accuracy), explain("error"), 150),
    ]
    # The tutorials start from nothing.
    if not state.started_from and (accuracy := card.recipe.published_accuracy) is not None:
        tutorial = f"The tutorial ({card.recipe.tutorials[0]})"
        words = f"It says an error of {percent(1 - accuracy)}, with its own settings."
        metrics.append(Metric(tutorial, percent(accuracy), words, 190))
    if card.history and (settled := card.history[-1].settled_accuracy) is not None:
        words = (
            "If this is 2 to 4 points above the accuracy on test images, the network has begun to "
            "learn by heart."
        )
        metrics.append(Metric("On images it learned from", percent(settled), words, 245))
    metric_row(*metrics)


def _in_words(card: ModelCard) -> None:
    """What the figures say; each sentence is there because of them."""
    if not card.history:
        return
    # What is told in the end is how it answers: with all its looks.
    found = verdict(card.recipe, card.settings, card.history, accuracy=card.test_accuracy)
    if found.remarks:
        st.markdown(
            "\n".join(f"- {remark.text}" for remark in found.remarks), help=explain("overfitting")
        )


def _links(card: ModelCard) -> None:
    where = {"model": card.name}
    with st.container(horizontal=True):
        st.page_link(
            "pages/draw.py",
            label="Let it read your digits",
            icon=":material/draw:",
            query_params=where,
        )
        st.page_link(
            "pages/mistakes.py",
            label="See its mistakes",
            icon=":material/search:",
            query_params=where,
        )
        st.page_link(
            "pages/train.py",
            label="Name, note, star or download it",
            icon=":material/bookmark:",
            help="Opens it under Runs, where all that was trained is kept.",
            query_params={"view": "runs", "open": card.name},
        )
