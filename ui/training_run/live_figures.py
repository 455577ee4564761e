"""A training as it learns, from its reports and its latest live snapshot."""

from functools import lru_cache
from typing import Any

import numpy as np

from mnist_core.charts.accuracy_curve import AccuracyCurve, accuracy_curve
from mnist_core.jobs import queue
from mnist_core.jobs.queue import JobState
from mnist_core.language.translation import _, current, n_, to_translate
from mnist_core.models.card import ModelCard
from mnist_core.networks import recipes, training_time
from mnist_core.networks.recipes import Recipe
from mnist_core.system.text_format import duration, percent
from mnist_core.training.live_snapshots import HARD_DIGITS, LiveSnapshot
from ui.shell import cached
from ui.shell.network_words import title_of
from ui.training_run.status import training_title
from ui.training_run.visitor_digit import own_digit
from ui.widgets.training_show.training_show import Head, Watched, looks_for, training_show

_FIGURE_WORDS = to_translate("of new digits read correctly")
_PHASES = {
    None: to_translate("about to start"),
    "loading": to_translate("starting TensorFlow, the program that trains"),
    "training": to_translate("building the network"),
    "saving": to_translate("saving the network"),
}


def show_training(state: JobState, card: ModelCard | None = None) -> None:
    """Show a training as it is now; `card` is its model's, once there is one.

    Raises:
        ValueError: it has just been removed.
    """
    curve = _curve(state)
    snapshot = queue.live_snapshot(state.id)
    training_show(
        _head(state, curve, card),
        curve,
        _compared_words(state),
        _watched(state, None if snapshot is None else snapshot.probabilities),
        _looks(snapshot, current()),
        is_over=state.is_over,
        key=f"show-{state.id}",
    )


# The same for all who watch, until the next snapshot.
@lru_cache(maxsize=64)
def _looks(snapshot: LiveSnapshot | None, language: str) -> dict[str, Any]:  # noqa: ARG001
    return looks_for(None if snapshot is None else snapshot.first_weights)


def _curve(state: JobState) -> AccuracyCurve:
    epochs, recipe = state.settings.epochs, state.recipe
    if state.started_from:
        before = cached.card_of(state.started_from)
        level = before.test_accuracy if before else None
        return accuracy_curve(state.reports, epochs, level=level)
    level = _published_accuracy(recipe)
    return accuracy_curve(state.reports, epochs, published=recipe.published_curve, level=level)


def _published_accuracy(recipe: Recipe) -> float:
    """The tutorial's; for networks that are in no tutorial, that of the best one."""
    if recipe.published_accuracy is not None:
        return recipe.published_accuracy
    return max(one.published_accuracy or 0.0 for one in recipes.RECIPES)


def _compared_words(state: JobState) -> str:
    if state.started_from:
        return _("“{network}” before", network=title_of(state.started_from))
    tutorials = state.recipe.tutorials
    published = percent(_published_accuracy(state.recipe))
    if tutorials:
        return _(
            "published in tutorial {tutorial}, {percent}", tutorial=tutorials[0], percent=published
        )
    return _("the tutorials' best, {percent}", percent=published)


def _watched(state: JobState, said: np.ndarray | None) -> Watched:
    digits = cached.digits("test")
    images = digits.images[list(HARD_DIGITS)]
    labels: list[int | None] = digits.labels[list(HARD_DIGITS)].tolist()
    own = own_digit(state.id)
    if own is not None:
        image, label = own
        images, labels = np.concatenate([images, image[np.newaxis]]), [*labels, label]
    # Of a digit that has been deleted meanwhile, the answer is still there.
    if said is not None and len(said) != len(images):
        said = said[: len(images)] if len(said) > len(images) else None
    return Watched(images, labels, None if own is None else len(images) - 1, said)


def _head(state: JobState, curve: AccuracyCurve, card: ModelCard | None) -> Head:
    if card is not None:
        return Head(percent(card.test_accuracy), _(_FIGURE_WORDS), training_title(state), "", 1.0)
    figure = "" if curve.latest is None else percent(curve.latest, 1)
    words = _(_FIGURE_WORDS) if figure else ""
    progress, name = state.progress, training_title(state)
    if progress is None:
        seconds = training_time.expected_seconds(state.recipe, state.settings)
        left = "" if state.is_over else _("takes about {time}", time=duration(seconds))
        waiting = name if state.is_over else f"{name} · {_waiting(state)}"
        return Head("", "", waiting, left, 0.0)
    share = min((progress.epoch - 1 + progress.step / progress.steps) / progress.epochs, 1.0)
    if state.is_over:
        return Head(figure, words, name, "", share)
    epoch = _("epoch {number} of {count}", number=progress.epoch, count=progress.epochs)
    how_far = f"{name} · {epoch}"
    if state.phase == "saving":
        return Head(figure, words, f"{name} · {_(_PHASES['saving'])}", _("almost done"), 1.0)
    if state.state != "running":
        return Head(
            figure, words, how_far, _(_WAITS[state.state]) if state.state in _WAITS else "", share
        )
    seconds_left = progress.seconds_left
    left = "" if seconds_left is None else _("{time} left", time=duration(seconds_left))
    return Head(figure, words, how_far, left, share)


_WAITS = {
    "queued": to_translate("queued"),
    "pausing": to_translate("pausing"),
    "paused": to_translate("paused"),
    "stopping": to_translate("stopping"),
}


def _waiting(state: JobState) -> str:
    if state.jobs_ahead:
        return n_("queued, {n} training ahead", "queued, {n} trainings ahead", state.jobs_ahead)
    return _(_PHASES[state.phase])
