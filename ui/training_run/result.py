"""How a training ended: its model and figures, and what can be done next."""

from typing import Literal

import streamlit as st

from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.jobs import queue
from mnist_core.jobs.queue import JobState
from mnist_core.language.translation import _
from mnist_core.models.card import ModelCard
from mnist_core.system.text_format import counted, duration, mistakes_in, percent
from mnist_core.training.trend import standard_error
from mnist_core.training.verdict import verdict
from ui.glossary.glossary import explain
from ui.shell import cached, language
from ui.training_run.continue_training import continue_training, train_on_button
from ui.training_run.fine_tuning_result import fine_tuning_result
from ui.training_run.watched_training import submit
from ui.widgets.metric_row.metric_row import Metric, metric_row


def training_result(state: JobState) -> None:
    """Show how a training that is over ended, and what can be done now."""
    if state.state in ("failed", "interrupted"):
        _unfinished(state)
        return
    if state.model is None:
        st.info(_("Stopped before it had learned anything, so there is nothing to keep."))
        return
    card = cached.card_of(state.model)
    if card is None:
        st.info(_("The model {name} from this training is no longer here.", name=state.model))
        return
    if state.message:
        st.info(state.message)
    if card.fine_tuned is not None:
        fine_tuning_result(card, card.fine_tuned)
        _links(card)
        return
    _ending(state, card)
    _next_steps(state, card)
    with st.expander(_("More about this result"), key=f"about-{state.id}"):
        _about(state, card)


def _about(state: JobState, card: ModelCard) -> None:
    """What a result means, and what else can be done with it."""
    _figures(state, card)
    if state.started_from and (before := cached.card_of(state.started_from)) is not None:
        st.markdown(comparison_with_before(before.title, before.mistakes, card.mistakes))
    # The accuracy told is the model's own, with all its looks.
    remarks = verdict(card.recipe, card.settings, card.history, accuracy=card.test_accuracy)
    st.markdown("\n".join(f"- {text}" for text in remarks.values()), help=explain("overfitting"))
    in_runs = {"view": "runs", "open": card.name}
    _page_link("train", _("Name, note, star or download it"), "bookmark", in_runs)
    if continue_training(card, key=state.id):
        st.rerun()


def comparison_with_before(title: str, before: int, now: int) -> str:
    """A sentence on whether a training made a model better or worse than the one of this title.

    `before` and `now` are mistakes on the test images. Chance is taken as if each model had read
    10,000 images of its own; both read the same ones, so it is rather less.
    """
    read = f"**{title}**, which it continued from, read {percent(1 - before / TEST_IMAGES)}"
    changed = abs(before - now)
    if not changed:
        return f"{read} too: just as many mistakes, so it got neither better nor worse."
    better, more = ("better", "fewer") if now < before else ("worse", "more")
    sentence = (
        f"{read}. It is now **{100 * changed / TEST_IMAGES:.2f} points {better}** "
        f"({counted(changed, f'{more} mistake')})."
    )
    if changed / TEST_IMAGES > standard_error(before / TEST_IMAGES, now / TEST_IMAGES):
        return sentence
    return f"{sentence} So small a difference may be chance."


def _unfinished(state: JobState) -> None:
    st.error(f"{_('This training did not finish.')} {state.message}", icon=":material/error:")
    if not state.can_resume:
        return
    if st.button(
        _("Resume from its last checkpoint"),
        key=f"resume-checkpoint-{state.id}",
        icon=":material/resume:",
        help=_("Its result will be the same as without the interruption."),
    ):
        try:
            queue.resume(state.id, start=cached.warm_pool().start)
        except (queue.QueueFull, OSError, ValueError) as error:
            st.error(str(error))
        else:
            st.rerun()


def _ending(state: JobState, card: ModelCard) -> None:
    """The end in a sentence; its figure stands above it."""
    words = _("**Done** after {time} of training, with {mistakes}. It is called **{name}**.")
    if state.state == "stopped":
        words = _(
            "**Stopped and kept** after {time} of training, with {mistakes}. It is called "
            "**{name}**."
        )
    mistakes = mistakes_in(card.mistakes, TEST_IMAGES)
    said = words.format(time=duration(card.seconds), mistakes=mistakes, name=card.name)
    st.markdown(f":material/check_circle: {said}")


def _next_steps(state: JobState, card: ModelCard) -> None:
    """The three things to do with a network that has just been trained."""
    query = {"model": card.name}
    with st.container(horizontal=True):
        for page, label, icon in (
            ("draw", _("Draw with it"), "draw"),
            ("mistakes", _("See its mistakes"), "search"),
        ):
            key, picture = f"{page}-{state.id}", f":material/{icon}:"
            kind: Literal["primary", "secondary"] = "primary" if page == "draw" else "secondary"
            if st.button(label, key=key, icon=picture, type=kind):
                st.switch_page(f"pages/{page}.py", query_params=language.link(**query))
        settings = train_on_button(card, key=state.id)
    if settings and submit(card.recipe, settings, started_from=card.name):
        st.rerun()


def _figures(state: JobState, card: ModelCard) -> None:
    metrics = [Metric("Error", percent(1 - card.test_accuracy), explain("error"), 150)]
    # The tutorials start from scratch.
    if not state.started_from and (accuracy := card.recipe.published_accuracy) is not None:
        words = f"It reports an error of {percent(1 - accuracy)}, with its own settings."
        tutorial = f"The tutorial ({card.recipe.tutorials[0]})"
        metrics.append(Metric(tutorial, percent(accuracy), words, 150))
    if card.history and (settled := card.history[-1].settled_accuracy) is not None:
        words = (
            "If this is 2 to 4 points above the test accuracy, the network has begun to memorise "
            "its training images."
        )
        metrics.append(Metric("On training images", percent(settled), words, 160))
    metric_row(*metrics)


def _links(card: ModelCard) -> None:
    in_runs = {"view": "runs", "open": card.name}
    with st.container(horizontal=True):
        for page, label, icon, query in (
            ("draw", _("Let it read your digits"), "draw", {"model": card.name}),
            ("mistakes", _("See its mistakes"), "search", {"model": card.name}),
            ("train", _("Name, note, star or download it"), "bookmark", in_runs),
        ):
            _page_link(page, label, icon, query)


def _page_link(page: str, label: str, icon: str, query: dict[str, str]) -> None:
    st.page_link(
        f"pages/{page}.py",
        label=label,
        icon=f":material/{icon}:",
        query_params=language.link(**query),
    )
