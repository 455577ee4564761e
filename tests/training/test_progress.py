"""The meter is driven with synthetic steps and a clock of our own: nothing is trained."""

import pytest

from mnist_core.networks.settings import Settings
from mnist_core.training.progress import ProgressMeter

SETTINGS = Settings(
    epochs=2, batch_size=10, optimizer="sgd", learning_rate=0.1, training_images=100
)


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def test_two_epochs_from_the_first_step_to_the_last():
    clock = Clock()
    meter = ProgressMeter(SETTINGS, clock)

    clock.now += 5  # building the graph
    first = meter.record_steps(1, 10, loss_sum=20.0, right=2)
    assert (first.epoch, first.epochs, first.step, first.steps) == (1, 2, 1, 10)
    assert (first.loss, first.accuracy, first.seconds) == (2.0, 0.2, 5.0)
    assert first.seconds_left is None

    clock.now += 4
    half = meter.record_steps(5, 50, loss_sum=60.0, right=30)
    assert (half.loss, half.accuracy) == (1.2, 0.6)
    # A step a second since the first one: five more in this epoch and ten in the next.
    assert half.seconds_left == pytest.approx(15)

    clock.now += 5
    meter.record_steps(10, 100, loss_sum=100.0, right=70)
    clock.now += 3
    ended = meter.end_epoch(3.0, test=(0.5, 0.8), settled=(0.4, 0.9))
    assert ended.figures is not None
    assert ended.figures.epoch == 1
    assert (ended.figures.training_loss, ended.figures.training_accuracy) == (1.0, 0.7)
    assert (ended.figures.test_loss, ended.figures.test_accuracy) == (0.5, 0.8)
    assert (ended.figures.settled_loss, ended.figures.settled_accuracy) == (0.4, 0.9)
    assert ended.figures.seconds == pytest.approx(17)
    # Ten steps of a second each, and judging once more.
    assert ended.seconds_left == pytest.approx(13)

    clock.now += 1
    second = meter.record_steps(1, 10, loss_sum=3.0, right=9)
    assert (second.epoch, second.step, second.loss, second.accuracy) == (2, 1, 0.3, 0.9)
    assert meter.total_steps == 11

    clock.now += 9
    meter.record_steps(10, 100, loss_sum=30.0, right=95)
    clock.now += 3
    over = meter.end_epoch(3.0, test=(0.3, 0.9), settled=(0.2, 0.95))
    assert over.seconds_left == pytest.approx(0)
    assert meter.total_steps == 20


def test_before_the_first_step_there_is_nothing_to_divide_by():
    report = ProgressMeter(SETTINGS, Clock()).report()
    assert (report.step, report.loss, report.accuracy, report.seconds_left) == (0, 0.0, 0.0, None)
