"""A training as it happens: figures, curves, Stop; and how it ended. Redraws itself."""

from contextlib import suppress

import streamlit as st

from mnist_core import jobs
from mnist_core.curves import Quantity, learning_curve
from mnist_core.dataset import TEST_IMAGES
from mnist_core.jobs import JobState
from ui import cached
from ui.numbers import duration, mistakes_in, percent
from ui.words import explain

_REFRESH_SECONDS = 0.5

_PHASES = {
    None: "Your training is about to start.",
    "loading": "Starting TensorFlow, the program that trains. That takes about 5 seconds.",
    "training": "Building the network.",
    "saving": "Training is over. Now it reads the 10,000 test images and is saved.",
}


def training_view(job_id: str) -> JobState:
    """Show a training, and go on showing it until it is over.

    Returns:
        The training as it was when the page ran.

    Raises:
        ValueError: there is no such training.
    """
    state = jobs.read(job_id)
    refresh = None if state.is_over else _REFRESH_SECONDS
    st.fragment(_show, run_every=refresh)(job_id, is_watched=refresh is not None)
    return state


def _show(job_id: str, *, is_watched: bool) -> None:
    try:
        state = jobs.read(job_id)
    except ValueError as error:
        # It was there when the page was made, and has been removed since.
        st.info(str(error))
        return
    if state.is_over and is_watched:
        # The page once more as a whole: nothing moves any more, and there is a new model.
        st.rerun()
    settings = state.settings
    st.markdown(
        f"**{state.recipe.title}** · {settings.training_images:,} images · "
        f"{settings.epochs} {'epoch' if settings.epochs == 1 else 'epochs'} · seed {settings.seed}"
    )
    if state.is_over:
        _ending(state)
    else:
        _figures_so_far(state)
        _stop_button(state)
    if state.reports:
        _curves(state)


def _figures_so_far(state: JobState) -> None:
    progress = state.progress
    if state.ahead:
        _place_in_line(state.ahead)
    elif progress is None or state.phase == "saving":
        st.info(_PHASES[state.phase], icon=":material/hourglass_top:")
    if progress is None:
        return
    share = (progress.epoch - 1 + progress.step / progress.steps) / progress.epochs
    left = progress.seconds_left
    st.progress(
        min(share, 1.0),
        f"Epoch {progress.epoch} of {progress.epochs} · step {progress.step:,} of "
        f"{progress.steps:,} · {'' if left is None else duration(left) + ' left'}",
    )
    accuracy, loss, test = st.columns(3)
    accuracy.metric(
        "Read rightly while learning", percent(progress.accuracy, 1), help=explain("accuracy")
    )
    loss.metric("Loss", f"{progress.loss:.3f}", help=explain("loss"))
    judged = percent(state.history[-1].test_accuracy) if state.history else "after epoch 1"
    test.metric("On the test images", judged, help=explain("test set"))


def _place_in_line(ahead: int) -> None:
    others = "1 training is" if ahead == 1 else f"{ahead} trainings are"
    st.info(
        f"You are in line: {others} ahead of yours. It starts by itself when its turn comes, "
        "even if you close this page.",
        icon=":material/hourglass_top:",
    )


def _stop_button(state: JobState) -> None:
    stopping = state.state == "stopping"
    st.button(
        "Stopping …" if stopping else "Stop and keep what was learned",
        key=f"stop-{state.id}",
        icon=":material/stop_circle:",
        disabled=stopping or state.phase == "saving",
        on_click=_stop,
        args=(state.id,),
    )


def _stop(job_id: str) -> None:
    # One that has been removed meanwhile needs no stopping; the view says that it is gone.
    with suppress(ValueError):
        jobs.stop(job_id)


def _ending(state: JobState) -> None:
    if state.state in ("failed", "interrupted"):
        st.error(f"This training did not finish. {state.message}", icon=":material/error:")
        return
    cards = {card.name: card for card in cached.cards()}
    if state.model is None:
        st.info("Stopped before it had learned anything, so there is nothing to keep.")
        return
    if state.model not in cards:
        st.info(f"The model {state.model} that this training made is not here any more.")
        return
    card = cards[state.model]
    how = "Stopped, and kept" if state.state == "stopped" else "Done"
    st.success(
        f"**{how}: {percent(card.test_accuracy)}** of the test images read rightly, "
        f"{mistakes_in(card.mistakes, TEST_IMAGES)}, after {duration(card.seconds)} of training. "
        f"It is called **{card.name}**.",
        icon=":material/check_circle:",
    )
    ours, error, published, gap = st.columns(4)
    ours.metric("Accuracy", percent(card.test_accuracy), help=explain("accuracy"))
    error.metric("Error", percent(card.test_error), help=explain("error"))
    if (accuracy := card.recipe.published_accuracy) is not None:
        published.metric(
            f"The tutorial ({card.recipe.tutorials[0]})",
            percent(accuracy),
            help=f"It says an error of {percent(1 - accuracy)}, with its own settings.",
        )
    if card.history and (settled := card.history[-1].settled_accuracy) is not None:
        gap.metric(
            "On images it learned from",
            percent(settled),
            help="If this is 2 to 4 points above the accuracy on test images, the network has "
            "begun to learn by heart.",
        )
    where = {"model": card.name}
    with st.container(horizontal=True):
        st.page_link(
            "app_pages/draw.py",
            label="Let it read your digits",
            icon=":material/draw:",
            query_params=where,
        )
        st.page_link(
            "app_pages/mistakes.py",
            label="See its mistakes",
            icon=":material/search:",
            query_params=where,
        )


def _curves(state: JobState) -> None:
    quantities: tuple[Quantity, ...] = ("accuracy", "loss")
    for column, quantity in zip(st.columns(2), quantities, strict=True):
        figure = learning_curve(
            quantity,
            epochs=state.settings.epochs,
            reports=state.reports,
            history=state.history,
            published=state.recipe.published_curve,
        )
        column.plotly_chart(figure, key=f"{quantity}-{state.id}", config={"displayModeBar": False})
    st.caption(
        "Why two curves for the training images? *While learning* is measured while the network "
        "still changes, and with dropout on: it cannot be compared with the test images. *After "
        "the epoch* can: training images again, but with the finished network. If it leaves the "
        "test curve behind by more than 2 to 4 points, the network learns by heart."
    )
