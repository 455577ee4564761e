"""The training loop. It reports values and knows nothing of files, pages or processes."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import keras
import numpy as np
from numpy.typing import NDArray

from mnist_core.analysis.evaluation import evaluate
from mnist_core.data.dataset import Digits
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import EpochFigures, RateChange, RunControl, Settings
from mnist_core.training import live_snapshots
from mnist_core.training.checkpoint import MOST_TIME_SHARE, Checkpoint
from mnist_core.training.engine import Engine, as_input
from mnist_core.training.live_snapshots import LiveSnapshot
from mnist_core.training.progress import Progress, ProgressMeter
from mnist_core.training.snapshots import Snapshot
from mnist_core.training.watcher import Watcher

# Enough to measure an accuracy near 99% to a tenth of a point, for a few per cent of an epoch.
_SETTLED_IMAGES = 10_000
_DIVERGED = "The loss grew beyond all bounds. Try a smaller learning rate."
_DIVERGED_UNSCALED = (
    "The loss grew beyond all bounds. Divide the pixels by 255, or try a smaller learning rate."
)
_POLL_SECONDS = 0.2
# How often a paused training that is to be suspended tries to write to a full disk.
_RETRY_SECONDS = 5.0


class Diverged(ArithmeticError):
    """The loss is no longer a finite number; the message is for the visitor."""


class Suspended(Exception):
    """The training is paused and its process may end; the last checkpoint resumes it."""


class _Stopped(Exception):
    """The training was asked to end."""


@dataclass(frozen=True, eq=False)
class Training:
    """The result of a training.

    Attributes:
        model: the network with the weights of the last step.
        history: the figures of every finished epoch.
        seconds: from the first step to the end, without importing and saving.
        steps: updates of the weights in all.
        stopped_early: it was stopped before its last epoch was over.
        rate_changes: when the learning rate was changed by hand.
    """

    model: keras.Model
    history: tuple[EpochFigures, ...]
    seconds: float
    steps: int
    stopped_early: bool
    rate_changes: tuple[RateChange, ...] = ()


@dataclass(frozen=True)
class Callbacks:
    """What a training calls while it runs.

    Attributes:
        on_report: four to five times a second and at the end of every epoch.
        should_stop: as often; True ends the training with what was learned.
        control: as often; returns what the training is asked to do.
        on_checkpoint: saves a checkpoint and returns whether that worked.
        on_snapshot: at the end of every epoch, before its report.
        on_live_snapshot: several times an epoch, before a report; None where nobody watches.
        watched: images whose answers a live snapshot has, uint8 `(n, 28, 28)`.
        clock: seconds, monotonic.
    """

    on_report: Callable[[Progress], None] = lambda report: None
    should_stop: Callable[[], bool] = lambda: False
    control: Callable[[], RunControl] = RunControl
    on_checkpoint: Callable[[Checkpoint], bool] | None = None
    on_snapshot: Callable[[Snapshot], object] = lambda snapshot: None
    on_live_snapshot: Callable[[LiveSnapshot], object] | None = None
    watched: NDArray[np.uint8] = field(default_factory=live_snapshots.no_images)
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
    make_engine: Callable[[Recipe, Settings, Digits, Callable[[], float]], Engine] = Engine,
) -> Training:
    """Train the recipe's network.

    Args:
        recipe: which network. Its own settings do not matter here.
        settings: how to train it. The same settings give the same history on the same machine.
        training: the training set; `image_selection.select` says which images are learned.
        test: tested on after every epoch, never learned from.
        callbacks: what to call on the way.
        weights: start values, as `keras.Model.get_weights` of the same recipe's network gives
            them; fresh ones if None.
        resume_from: a checkpoint of the same training to continue from; None starts afresh.
        make_engine: makes another engine than the usual one.

    Raises:
        Diverged: the loss is no longer a finite number.
        Suspended: it was asked to pause and leave, and its checkpoint is saved.
        ValueError: the network is impossible, or there is nothing to learn from.
    """
    callbacks = callbacks or Callbacks()
    engine = make_engine(recipe, settings, training, callbacks.clock)
    if weights is not None:
        engine.set_weights(weights)
    run = _Run(engine, recipe, settings, test, callbacks)
    if resume_from is not None:
        run.resume(resume_from)
    return run.finish()


class _Run:
    """A running training."""

    def __init__(
        self, engine: Engine, recipe: Recipe, settings: Settings, test: Digits, callbacks: Callbacks
    ) -> None:
        # The training set may have fewer images than were asked for.
        self._settings = replace(settings, training_images=len(engine.training_digits))
        self._engine, self._recipe, self._test, self._callbacks = engine, recipe, test, callbacks
        self._meter = ProgressMeter(self._settings, callbacks.clock)
        self._history: list[EpochFigures] = []
        self._rate_changes: list[RateChange] = []
        self._checkpoint_due = -math.inf
        watched, hand_over = callbacks.watched, callbacks.on_live_snapshot
        self._watcher = Watcher(engine, recipe, test, watched, hand_over, callbacks.clock)

    def resume(self, checkpoint: Checkpoint) -> None:
        self._engine.restore(checkpoint.state)
        self._meter.resume(checkpoint.position)
        self._history[:] = checkpoint.position.history
        self._rate_changes[:] = checkpoint.position.rate_changes

    def finish(self) -> Training:
        try:
            while len(self._history) < self._settings.epochs:
                self._epoch()
        except _Stopped:
            pass
        return Training(
            self._engine.float32_model(),
            tuple(self._history),
            self._meter.seconds,
            self._meter.total_steps,
            stopped_early=len(self._history) < self._settings.epochs,
            rate_changes=tuple(self._rate_changes),
        )

    def _epoch(self) -> None:
        clock, meter = self._callbacks.clock, self._meter
        for totals in self._engine.epoch(meter.epoch, meter.epoch_totals):
            self._report(meter.record_steps(*totals))
            self._watch()
        # The meter leaves pauses out.
        began = meter.seconds
        loss, accuracy, answers = self._evaluate(self._test)
        learned = self._engine.training_digits
        some = slice(_SETTLED_IMAGES)
        settled = self._evaluate(Digits(learned.name, learned.images[some], learned.labels[some]))
        epoch = meter.epoch
        progress = meter.end_epoch(meter.seconds - began, (loss, accuracy), settled[:2])
        assert progress.figures is not None
        self._history.append(progress.figures)
        self._callbacks.on_snapshot(Snapshot(epoch, answers, self._engine.first_weights))
        self._watcher.look_at_end(epoch, accuracy)
        # Saved before it is reported, so that nothing reported is ever lost.
        if clock() >= self._checkpoint_due or epoch == self._settings.epochs:
            self._save_checkpoint()
        self._report(progress)

    def _watch(self) -> None:
        now = self._meter.report()
        if now.step == now.steps:
            # All test images are about to be read.
            return
        accuracy = self._watcher.look(now.epoch - 1 + now.step / now.steps)
        if accuracy is None:
            return
        if self._watcher.taken == 1:
            # It has built a graph, which later ones do not.
            self._meter.restart_pace()
        self._report(replace(self._meter.report(), sampled_accuracy=accuracy))

    def _evaluate(self, digits: Digits) -> tuple[float, float, NDArray[np.float32]]:
        answers = []
        for chunk in self._engine.probabilities(as_input(digits.images, self._recipe.input_shape)):
            if not np.isfinite(chunk).all():
                raise self._diverged()
            answers.append(chunk)
            self._report(self._meter.report())
        probabilities = np.concatenate(answers)
        report = evaluate(probabilities, digits.labels)
        return report.loss, report.accuracy, probabilities

    def _report(self, progress: Progress) -> None:
        if not math.isfinite(progress.loss):
            raise self._diverged()
        progress = replace(progress, learning_rate=self._engine.learning_rate)
        self._callbacks.on_report(progress)
        control = self._callbacks.control()
        self._change_rate(control.learning_rate)
        if control.paused and not control.stop:
            self._pause(progress)
        elif control.stop or self._callbacks.should_stop():
            raise _Stopped

    def _diverged(self) -> Diverged:
        unscaled = self._settings.pixel_range == "0-255"
        return Diverged(_DIVERGED_UNSCALED if unscaled else _DIVERGED)

    def _change_rate(self, wanted: float | None) -> None:
        now = self._rate_changes[-1].learning_rate if self._rate_changes else None
        if wanted is None or wanted == (now or self._settings.learning_rate):
            return
        self._engine.change_learning_rate(wanted)
        meter = self._meter
        self._rate_changes.append(RateChange(meter.epoch, meter.epoch_totals[0], wanted))
        # So that a resumed training changes it after the same step.
        self._save_checkpoint()

    def _pause(self, progress: Progress) -> None:
        began = self._callbacks.clock()
        saved = self._save_checkpoint()
        self._callbacks.on_report(replace(progress, figures=None, paused=True))
        while (control := self._callbacks.control()).paused and not control.stop:
            now = self._callbacks.clock()
            if control.leave and not saved and now - began >= _RETRY_SECONDS:
                # The disk may have room again. The checkpoint leaves the pause out.
                self._meter.exclude_pause(now - began)
                began = now
                saved = self._save_checkpoint()
            if control.leave and saved:
                raise Suspended
            time.sleep(_POLL_SECONDS)
        self._meter.exclude_pause(self._callbacks.clock() - began)
        self._change_rate(control.learning_rate)
        if control.stop:
            raise _Stopped

    def _save_checkpoint(self) -> bool:
        if self._callbacks.on_checkpoint is None:
            return False
        began = self._callbacks.clock()
        position = self._meter.position(tuple(self._history), tuple(self._rate_changes))
        saved = self._callbacks.on_checkpoint(Checkpoint(position, self._engine.state()))
        now = self._callbacks.clock()
        self._checkpoint_due = now + (now - began) / MOST_TIME_SHARE
        return saved
