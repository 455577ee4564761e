"""Train a recipe's network on MNIST. Reports values; knows nothing of files, pages or processes."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import keras
import numpy as np
from numpy.typing import NDArray

from mnist_core.dataset import Digits
from mnist_core.engine import Engine, as_input
from mnist_core.evaluation import evaluate
from mnist_core.progress import Progress, ProgressMeter
from mnist_core.recipes import Recipe
from mnist_core.settings import EpochFigures, Settings

# Enough to settle an accuracy near 99 % to a tenth of a point, at a few per cent of an epoch.
_SETTLED_IMAGES = 10_000
_ADVICE = "The loss grew beyond all numbers. Try a smaller learning rate."


class Diverged(ArithmeticError):
    """The loss stopped being a number: nothing was learned that is worth keeping."""


class _Stopped(Exception):
    """Somebody asked the training to end here."""


@dataclass(frozen=True, eq=False)
class Training:
    """What a training gave.

    Attributes:
        model: the network with the weights of the last step.
        history: the figures of every epoch that was finished.
        seconds: from the first step to the end, without importing and saving.
        steps: corrections of the weights made in all.
        stopped_early: somebody ended it before its last epoch was over.
    """

    model: keras.Model
    history: tuple[EpochFigures, ...]
    seconds: float
    steps: int
    stopped_early: bool


def train(
    recipe: Recipe,
    settings: Settings,
    *,
    training: Digits,
    test: Digits,
    on_report: Callable[[Progress], None] = lambda report: None,
    should_stop: Callable[[], bool] = lambda: False,
    clock: Callable[[], float] = time.monotonic,
    weights: Sequence[NDArray[np.float32]] | None = None,
) -> Training:
    """Train the recipe's network.

    Args:
        recipe: which network. Its own settings do not matter here.
        settings: how to train it. The same settings give the same history on the same machine.
        training: the training set; the first `settings.training_images` of it are learned from.
        test: judged after every epoch, never learned from.
        on_report: called two to three times a second and at the end of every epoch.
        should_stop: asked as often; once it says yes, the training ends with what was learned.
        clock: seconds, monotonic.
        weights: what it starts from, as `keras.Model.get_weights` of the same recipe's network
            gives it; fresh start values if None.

    Raises:
        Diverged: the loss is no longer a finite number.
        ValueError: the network is impossible.
    """
    engine = Engine(recipe, settings, training, clock)
    if weights is not None:
        engine.start_from(weights)
    meter = ProgressMeter(settings, clock)
    history: list[EpochFigures] = []

    def report(progress: Progress) -> None:
        if not math.isfinite(progress.loss):
            raise Diverged(_ADVICE)
        on_report(progress)
        if should_stop():
            raise _Stopped

    def judge(digits: Digits, count: int) -> tuple[float, float]:
        answers = []
        for chunk in engine.probabilities(as_input(digits.images[:count], recipe.input_shape)):
            if not np.isfinite(chunk).all():
                raise Diverged(_ADVICE)
            answers.append(chunk)
            report(meter.now())
        judgement = evaluate(np.concatenate(answers), digits.labels[:count])
        return judgement.loss, judgement.accuracy

    settled_images = min(_SETTLED_IMAGES, settings.training_images)
    try:
        for epoch in range(1, settings.epochs + 1):
            for chunk in engine.epoch(epoch):
                report(meter.stepped(*chunk))
            began = clock()
            figures = judge(test, len(test)), judge(training, settled_images)
            progress = meter.judged(clock() - began, *figures)
            assert progress.figures is not None
            history.append(progress.figures)
            report(progress)
    except _Stopped:
        pass
    stopped_early = len(history) < settings.epochs
    return Training(engine.model, tuple(history), meter.seconds, meter.total_steps, stopped_early)
