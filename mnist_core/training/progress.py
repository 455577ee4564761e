"""Counts the steps of a training and estimates the time left."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from mnist_core.networks.settings import EpochFigures, RateChange, Settings
from mnist_core.training.checkpoint import Position

# One slow step must not make the pace jump.
_PACE_SECONDS = 1.0
EpochTotals = tuple[int, int, float, float]
"""Of an epoch so far: steps, images, their summed loss, number correct."""
EPOCH_START: EpochTotals = (0, 0, 0.0, 0.0)


@dataclass(frozen=True)
class Progress:
    """One report of a running training.

    Attributes:
        epoch: the current epoch, 1 for the first.
        epochs: how many there will be.
        step: updates of the weights so far in this epoch.
        steps: updates in a whole epoch.
        loss: mean training loss of this epoch so far, in nats.
        accuracy: mean training accuracy of this epoch so far, 0..1.
        seconds: time since the first step.
        seconds_left: estimate of the time until the last epoch is tested; None before the second
            report.
        figures: the epoch's figures, in the one report that ends it.
        learning_rate: of the next step.
        paused: it waits until it is asked to continue.
        sampled_accuracy: on a sample of the test images, 0..1, in the report that follows a live
            snapshot.
    """

    epoch: int
    epochs: int
    step: int
    steps: int
    loss: float
    accuracy: float
    seconds: float
    seconds_left: float | None
    figures: EpochFigures | None = None
    learning_rate: float | None = None
    paused: bool = False
    sampled_accuracy: float | None = None


class ProgressMeter:
    """Turns steps and tested epochs into `Progress` reports.

    Args:
        settings: of the training.
        clock: seconds, monotonic.

    Attributes:
        epoch: the current one, 1 for the first; one more than there are when all are over.
        epoch_totals: of this epoch so far.
        total_steps: updates of the weights in all.
    """

    def __init__(self, settings: Settings, clock: Callable[[], float]) -> None:
        self._settings = settings
        self._clock = clock
        self._began = self._epoch_began = clock()
        # The first steps include building the graph, so the pace is measured after them.
        self._pace_from: float | None = None
        self._pace_steps = 0
        self._test_seconds = 0.0
        self._test_total = 0.0
        self.epoch = 1
        self.epoch_totals = EPOCH_START
        self.total_steps = 0

    @property
    def seconds(self) -> float:
        """Time since the meter was made."""
        return self._clock() - self._began

    def position(
        self, history: tuple[EpochFigures, ...], rate_changes: tuple[RateChange, ...]
    ) -> Position:
        """The position to save in a checkpoint."""
        return Position(
            self.epoch,
            *self.epoch_totals,
            history=history,
            seconds=self.seconds,
            epoch_seconds=self._clock() - self._epoch_began,
            total_steps=self.total_steps,
            rate_changes=rate_changes,
        )

    def resume(self, position: Position) -> None:
        """Continue from a checkpoint's position."""
        self.epoch = position.epoch
        self.epoch_totals = position.step, position.images, position.loss_sum, position.right
        self._began = self._clock() - position.seconds
        self._epoch_began = self._clock() - position.epoch_seconds
        self.total_steps = position.total_steps

    def exclude_pause(self, seconds: float) -> None:
        """Leave out a pause of this length that has just ended."""
        self._began += seconds
        self._epoch_began += seconds
        if self._pace_from is not None:
            self._pace_from += seconds

    def restart_pace(self) -> None:
        """Estimate the time left from the steps that follow."""
        self._pace_from, self._pace_steps, self._test_total = self._clock(), 0, 0.0

    def record_steps(self, steps: int, images: int, loss_sum: float, right: float) -> Progress:
        """Set the epoch's totals: steps, images, their summed loss, number correct."""
        made = steps - self.epoch_totals[0]
        if self._pace_from is None:
            self._pace_from = self._clock()
        else:
            self._pace_steps += made
        self.total_steps += made
        self.epoch_totals = steps, images, loss_sum, right
        return self.report()

    def report(self) -> Progress:
        """The progress at this moment."""
        step, images, loss_sum, right = self.epoch_totals
        images = max(images, 1)
        return Progress(
            epoch=self.epoch,
            epochs=self._settings.epochs,
            step=step,
            steps=self._settings.steps_per_epoch,
            loss=loss_sum / images,
            accuracy=right / images,
            seconds=self.seconds,
            seconds_left=self._seconds_left(),
        )

    def end_epoch(
        self, seconds: float, test: tuple[float, float], settled: tuple[float, float]
    ) -> Progress:
        """End the epoch.

        Args:
            seconds: how long testing took.
            test: loss and accuracy on the test images.
            settled: the same on training images, with dropout off.
        """
        self._test_seconds = seconds
        self._test_total += seconds
        report = self.report()
        figures = EpochFigures(
            epoch=self.epoch,
            training_loss=report.loss,
            training_accuracy=report.accuracy,
            test_loss=test[0],
            test_accuracy=test[1],
            settled_loss=settled[0],
            settled_accuracy=settled[1],
            seconds=self._clock() - self._epoch_began,
        )
        self.epoch += 1
        self.epoch_totals = EPOCH_START
        self._epoch_began = self._clock()
        return replace(report, figures=figures, seconds_left=self._seconds_left())

    def _seconds_left(self) -> float | None:
        if self._pace_from is None or not self._pace_steps:
            return None
        stepping = self._clock() - self._pace_from - self._test_total
        epochs_left = self._settings.epochs - self.epoch + 1
        steps_left = epochs_left * self._settings.steps_per_epoch - self.epoch_totals[0]
        return steps_left * stepping / self._pace_steps + epochs_left * self._test_seconds


def images_per_second(reports: Sequence[Progress], batch_size: int) -> float | None:
    """The pace of the last second or more of learning; None before there is one.

    Reading the test images is left out: no step is made meanwhile.
    """
    for epoch in sorted({report.epoch for report in reports}, reverse=True):
        first = dict[int, Progress]()
        for report in reports:
            if report.epoch == epoch and not report.figures:
                first.setdefault(report.step, report)
        *earlier, last = first.values() if first else reports[:1]
        for before in reversed(earlier):
            seconds = last.seconds - before.seconds
            if seconds >= _PACE_SECONDS:
                return (last.step - before.step) * batch_size / seconds
    return None
