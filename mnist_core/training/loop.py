"""Train a recipe's network on MNIST. Reports values; knows nothing of files, pages or processes."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import keras
import numpy as np
from numpy.typing import NDArray

from mnist_core.analysis.evaluation import evaluate
from mnist_core.data.dataset import Digits
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.run_control import RateChange, RunControl
from mnist_core.networks.settings import EpochFigures, Settings
from mnist_core.training.checkpoint import Checkpoint
from mnist_core.training.engine import Engine, as_input
from mnist_core.training.progress import Progress, ProgressMeter
from mnist_core.training.snapshots import Snapshot

# Enough to settle an accuracy near 99% to a tenth of a point, at a few per cent of an epoch.
_SETTLED_IMAGES = 10_000
_ADVICE = "The loss grew beyond all numbers. Try a smaller learning rate."
# Checkpoints take at most this part of a training's time, but for those that people cause.
_CHECKPOINTS_SHARE = 0.02
_LOOK_SECONDS = 0.2
# A full disk is not written to more often than this while a training waits to leave.
_TRY_AGAIN_SECONDS = 5.0


class Diverged(ArithmeticError):
    """The loss stopped being a number: nothing was learned that is worth keeping."""


class Suspended(Exception):
    """The training pauses and its process may end; it goes on from the last checkpoint."""


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
        rate_changes: when somebody changed the learning rate.
    """

    model: keras.Model
    history: tuple[EpochFigures, ...]
    seconds: float
    steps: int
    stopped_early: bool
    rate_changes: tuple[RateChange, ...] = ()


@dataclass(frozen=True)
class Callbacks:
    """Who looks on while a network is trained, and may say something.

    Attributes:
        on_report: called two to three times a second and at the end of every epoch.
        should_stop: asked as often; once it says yes, the training ends with what was learned.
        control: asked as often what is wanted.
        on_checkpoint: given a checkpoint to keep; says whether it is kept.
        on_snapshot: given a snapshot at the end of every epoch, before its report.
        clock: seconds, monotonic.
    """

    on_report: Callable[[Progress], None] = lambda report: None
    should_stop: Callable[[], bool] = lambda: False
    control: Callable[[], RunControl] = RunControl
    on_checkpoint: Callable[[Checkpoint], bool] | None = None
    on_snapshot: Callable[[Snapshot], object] = lambda snapshot: None
    clock: Callable[[], float] = time.monotonic


def train(
    recipe: Recipe,
    settings: Settings,
    *,
    training: Digits,
    test: Digits,
    callbacks: Callbacks | None = None,
    weights: Sequence[NDArray[np.float32]] | None = None,
    resume_from: Checkpoint | None = None,
    teacher: keras.Model | None = None,
) -> Training:
    """Train the recipe's network.

    Args:
        recipe: which network. Its own settings do not matter here.
        settings: how to train it. The same settings give the same history on the same machine.
        training: the training set; see `chosen_images.choose` for what of it is learned from.
        test: judged after every epoch, never learned from.
        callbacks: who looks on.
        weights: what it starts from, as `keras.Model.get_weights` of the same recipe's network
            gives it; fresh start values if None.
        resume_from: a checkpoint of the same training to continue from; None starts afresh.
        teacher: a network from whose answers it learns, too; see `teaching`.

    Raises:
        Diverged: the loss is no longer a finite number.
        Suspended: it was asked to pause and leave, and its checkpoint is kept.
        ValueError: the network is impossible, or there is nothing to learn from.
    """
    callbacks = callbacks or Callbacks()
    engine = Engine(recipe, settings, training, callbacks.clock, teacher)
    if weights is not None:
        engine.start_from(weights)
    run = _Run(engine, recipe, settings, test, callbacks)
    if resume_from is not None:
        run.resume(resume_from)
    return run.to_the_end()


class _Run:
    """One training under way."""

    def __init__(
        self, engine: Engine, recipe: Recipe, settings: Settings, test: Digits, callbacks: Callbacks
    ) -> None:
        # Where the training set has fewer images than were asked for, these are all.
        self._settings = replace(settings, training_images=len(engine.learned_from))
        self._engine, self._recipe, self._test, self._callbacks = engine, recipe, test, callbacks
        self._meter = ProgressMeter(self._settings, callbacks.clock)
        self._history: list[EpochFigures] = []
        self._rate_changes: list[RateChange] = []
        self._checkpoint_due = -math.inf

    def resume(self, checkpoint: Checkpoint) -> None:
        self._engine.restore(checkpoint.state)
        self._meter.resume(checkpoint.position)
        self._history[:] = checkpoint.position.history
        self._rate_changes[:] = checkpoint.position.rate_changes

    def to_the_end(self) -> Training:
        try:
            while len(self._history) < self._settings.epochs:
                self._epoch()
        except _Stopped:
            pass
        return Training(
            self._engine.finished(),
            tuple(self._history),
            self._meter.seconds,
            self._meter.total_steps,
            stopped_early=len(self._history) < self._settings.epochs,
            rate_changes=tuple(self._rate_changes),
        )

    def _epoch(self) -> None:
        clock, meter = self._callbacks.clock, self._meter
        for chunk in self._engine.epoch(meter.epoch, meter.done):
            self._report(meter.stepped(*chunk))
        # By the meter, which leaves pauses out.
        began = meter.seconds
        loss, accuracy, answers = self._judge(self._test)
        lessons = self._engine.learned_from
        count = min(_SETTLED_IMAGES, len(lessons))
        settled = self._judge(Digits(lessons.name, lessons.images[:count], lessons.labels[:count]))
        epoch = meter.epoch
        progress = meter.judged(meter.seconds - began, (loss, accuracy), settled[:2])
        assert progress.figures is not None
        self._history.append(progress.figures)
        self._callbacks.on_snapshot(Snapshot(epoch, answers, self._engine.first_weights))
        # Kept before it is told: what was told is never lost.
        if clock() >= self._checkpoint_due or epoch == self._settings.epochs:
            self._keep()
        self._report(progress)

    def _judge(self, digits: Digits) -> tuple[float, float, NDArray[np.float32]]:
        answers = []
        for chunk in self._engine.probabilities(as_input(digits.images, self._recipe.input_shape)):
            if not np.isfinite(chunk).all():
                raise Diverged(_ADVICE)
            answers.append(chunk)
            self._report(self._meter.now())
        said = np.concatenate(answers)
        judgement = evaluate(said, digits.labels)
        return judgement.loss, judgement.accuracy, said

    def _report(self, progress: Progress) -> None:
        if not math.isfinite(progress.loss):
            raise Diverged(_ADVICE)
        progress = replace(progress, learning_rate=self._engine.learning_rate)
        self._callbacks.on_report(progress)
        control = self._callbacks.control()
        self._change_rate(control.learning_rate)
        if control.paused and not control.stop:
            self._pause(progress)
        elif control.stop or self._callbacks.should_stop():
            raise _Stopped

    def _change_rate(self, wanted: float | None) -> None:
        now = self._rate_changes[-1].learning_rate if self._rate_changes else None
        if wanted is None or wanted == (now or self._settings.learning_rate):
            return
        self._engine.change_learning_rate(wanted)
        meter = self._meter
        self._rate_changes.append(RateChange(meter.epoch, meter.done[0], wanted))
        # Whoever goes on after a kill shall change it after the same step.
        self._keep()

    def _pause(self, progress: Progress) -> None:
        began = self._callbacks.clock()
        kept = self._keep()
        self._callbacks.on_report(replace(progress, figures=None, paused=True))
        while (control := self._callbacks.control()).paused and not control.stop:
            now = self._callbacks.clock()
            if control.leave and not kept and now - began >= _TRY_AGAIN_SECONDS:
                # There may be room again. A checkpoint knows nothing of the pause.
                self._meter.paused(now - began)
                began = now
                kept = self._keep()
            if control.leave and kept:
                raise Suspended
            time.sleep(_LOOK_SECONDS)
        self._meter.paused(self._callbacks.clock() - began)
        self._change_rate(control.learning_rate)
        if control.stop:
            raise _Stopped

    def _keep(self) -> bool:
        if self._callbacks.on_checkpoint is None:
            return False
        began = self._callbacks.clock()
        position = self._meter.position(tuple(self._history), tuple(self._rate_changes))
        kept = self._callbacks.on_checkpoint(Checkpoint(position, self._engine.state()))
        now = self._callbacks.clock()
        self._checkpoint_due = now + (now - began) / _CHECKPOINTS_SHARE
        return kept
