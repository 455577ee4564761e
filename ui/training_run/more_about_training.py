"""What is under "More" while a training runs, and afterwards: figures, curves, the inside."""

from collections.abc import Sequence

import streamlit as st

from mnist_core.charts.learning_curves import Quantity, learning_curve
from mnist_core.jobs import queue
from mnist_core.jobs.queue import JobState
from mnist_core.language.translation import _
from mnist_core.models.card import ModelCard
from mnist_core.networks.settings import ALL_DIGITS, EpochFigures
from ui.shell import cached
from ui.shell.lost_session import Remembered
from ui.training_run.curves import curve_charts
from ui.training_run.look_inside import look_inside
from ui.training_run.status import figures, heading, precision_note
from ui.visitors import listed_models

_MORE: Remembered[bool] = Remembered("training/more", bool, False)

_WHY_TWO_CURVES = (
    "Why two curves for the training images? *While learning* is measured while the network is "
    "still changing, and with dropout on, so it cannot be compared with the test images. *After "
    "the epoch* can: training images again, but with the finished network."
)
_OVERFITTING = (
    " If it rises more than 2 to 4 points above the test curve, the network is memorising the "
    "training images (overfitting)."
)
# With wrong labels, or digits it never saw, the two are different tasks.
_DIFFERENT_TASKS = (
    " Here even these differ from the test images, which show all ten digits, correctly labelled."
)
_FORGETTING = (
    "What to watch? The training images are the drawings mixed with MNIST digits: they show how "
    "well it learns. The *test images* are other people's digits: if their curve falls{}, it is "
    "forgetting what it knew before."
)


def more_about_training(state: JobState) -> None:
    """Show the figures and pictures for people who went looking; closed, they cost nothing."""
    if not state.reports:
        return
    more = st.expander(_("More"), expanded=_MORE.get(), key="training-more", on_change="rerun")
    # Remembered when another page was open in between.
    if more.open != _MORE.get():
        _MORE.set(bool(more.open))
    if not more.open:
        return
    with more:
        heading(state)
        precision_note(state.settings)
        figures(state)
        _curves(state)
        _inside(state)


def _inside(state: JobState) -> None:
    try:
        snapshot = queue.snapshot(state.id)
    except ValueError:
        # Removed this very moment; the next redraw tells.
        return
    if snapshot is not None:
        look_inside(state.id, snapshot)


def _curves(state: JobState) -> None:
    # A fresh training is compared with other fresh ones; another with the model it started from.
    earlier = None if state.started_from else _earlier_run(state)
    before = _model_before(state)
    curve_charts(
        lambda quantity: learning_curve(
            quantity,
            epochs=state.settings.epochs,
            reports=state.reports,
            history=state.history,
            published=() if state.started_from else state.recipe.published_curve,
            earlier=earlier,
            started_from=(f"“{before.title}”", _reached(before, quantity)) if before else None,
        ),
        key=state.id,
    )
    if state.learns_drawings:
        st.caption(_FORGETTING.format(" below the dotted line" if before else ""))
    elif state.settings.digits == ALL_DIGITS and not state.settings.label_noise:
        st.caption(_WHY_TWO_CURVES + _OVERFITTING)
    else:
        st.caption(_WHY_TWO_CURVES + _DIFFERENT_TASKS)


def _earlier_run(state: JobState) -> tuple[str, Sequence[EpochFigures]] | None:
    earlier = {card.title: card.history for card in listed_models.cards() if card.history}
    name = st.selectbox(
        "Compare with an earlier run",
        tuple(earlier),
        index=None,
        placeholder="Choose a run",
        key=f"compare-{state.id}",
    )
    return (name, earlier[name]) if name in earlier else None


def _model_before(state: JobState) -> ModelCard | None:
    """The model a training continues from; None where it is fresh, or that model is gone.

    Also None where its accuracy at one look, as epochs are measured, is not known.
    """
    if state.started_from is None:
        return None
    card = cached.card_of(state.started_from)
    return None if card and card.recipe.looks > 1 and not card.history else card


def _reached(card: ModelCard, quantity: Quantity) -> float:
    """On the test images, at one look."""
    figures: EpochFigures | ModelCard = card.history[-1] if card.recipe.looks > 1 else card
    return figures.test_accuracy if quantity == "accuracy" else figures.test_loss
