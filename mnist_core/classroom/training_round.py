"""Everybody trains a network: the networks there are, what fits a budget, who reads how well.

Pure values; the queue is in `mnist_core.jobs`. One training of a person counts, the last: who could
choose the best of many would choose by luck, too.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Annotated, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from mnist_core.analysis.evaluation import wilson_interval
from mnist_core.data.dataset import TEST_IMAGES, TRAINING_IMAGES
from mnist_core.networks import training_time
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import Settings

Status = Literal["waiting", "running", "done", "failed"]

SPARE_SECONDS = 1.5
"""Of a budget: better to be done before it ends than to be cut off."""
ROUND_STARTING_SECONDS = 4.0
"""How much longer than its budget one training keeps the next waiting: benchmarks/class_trainings.

Starting, testing and saving take about 7 s, but most trainings end before their budget does.
"""
MOST_EPOCHS = 20
SMALLEST_SHOWN = 1_000
"""Images that a training sees even if they do not fit into its budget."""
# After each epoch the test images are read, and as many of the training images; a step of learning
# costs three times a reading.
_TESTING = 2 * TEST_IMAGES / 3
# Of an epoch: rather than so much of the budget is left, there is one epoch more of fewer images.
_WASTED = 0.2
# Two standard deviations of a normal distribution hold 95% of it.
_NORMAL_95 = 1.96


class Entry(msgspec.Struct, frozen=True):
    """A training as a person's contribution to the class.

    Attributes:
        job: its id in the queue.
        kind: the name of the network; see `networks_to_choose`.
        before: the id of the one before it, which counts until this one has learned something.
    """

    job: Annotated[str, msgspec.Meta(max_length=80)]
    kind: Annotated[str, msgspec.Meta(max_length=40)]
    before: Annotated[str, msgspec.Meta(max_length=80)] = ""


_DECODER = msgspec.json.Decoder(Entry)


def write_entry(entry: Entry) -> bytes:
    """An entry as bytes, for `store.ClassStore.contribute`."""
    return msgspec.json.encode(entry)


def read_entry(payload: bytes) -> Entry | None:
    """The entry that `write_entry` wrote; None for any other bytes."""
    try:
        return _DECODER.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def settings_within(recipe: Recipe, seconds: float, *, seed: int = 0) -> Settings:
    """The settings with which a network is expected to train within a budget.

    It sees fewer images in each epoch where that fills the budget better. The same for
    everybody who chooses this network, on whichever computer it trains.

    Args:
        recipe: the network; its other settings stay.
        seconds: the budget, from the first report to the last step.
        seed: where the random numbers start.
    """
    one = replace(recipe.settings, epochs=1, seed=seed)
    left = max(seconds - SPARE_SECONDS, 0.1)
    image = training_time.expected_seconds(recipe, one, starting=0.0) / one.images_per_epoch
    epoch = image * (one.images_per_epoch + _TESTING)
    epochs = min(max(math.ceil(left / epoch - _WASTED), 1), MOST_EPOCHS)
    shown = int(left / epochs / image - _TESTING) // 1_000 * 1_000
    images = min(max(shown, SMALLEST_SHOWN), TRAINING_IMAGES)
    return replace(one, epochs=epochs, training_images=images)


def round_seconds(
    people: int, seconds: float, at_once: int, starting: float = ROUND_STARTING_SECONDS
) -> float:
    """About how long it takes until everybody has trained once.

    Args:
        people: how many.
        seconds: the budget of each training.
        at_once: how many trainings run at the same time, here or on a cluster.
        starting: what each takes besides, for starting, testing and saving.
    """
    return math.ceil(people / max(at_once, 1)) * (seconds + starting)


@dataclass(frozen=True)
class Runner:
    """A person's training at one moment.

    Attributes:
        person: the id of whose it is.
        kind: the name of the network.
        status: whether it waits, runs, or is over.
        job: its id in the queue.
        ahead: how many trainings start before it.
        wait: about how many seconds until it starts, or until it ends.
        curve: seconds since the first report, and the share of new digits read correctly, in order.
        accuracy: on all test images, 0..1, once it is over.
        correct: which of the test images it reads, as packed bits; empty before it is over.
        ended: when it was over, seconds since 1970.
        message: why it failed, as a sentence.
        model: the name of the network that it made.
        counts: the person's training before this one, which counts until this one is over.
    """

    person: int
    kind: str
    status: Status
    job: str = ""
    ahead: int = 0
    wait: float | None = None
    curve: tuple[tuple[float, float], ...] = ()
    accuracy: float | None = None
    correct: bytes = b""
    ended: float | None = None
    message: str | None = None
    model: str | None = None
    counts: "Runner | None" = None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The ends of the accuracy's 95% interval, 0..1."""
        if self.accuracy is None:
            return None
        return wilson_interval(round(self.accuracy * TEST_IMAGES), TEST_IMAGES)

    @property
    def latest(self) -> float | None:
        """The accuracy as far as it is known, 0..1."""
        if self.accuracy is not None:
            return self.accuracy
        return self.curve[-1][1] if self.curve else None


@dataclass(frozen=True)
class Place:
    """A training in the ranking.

    Attributes:
        runner: the training.
        rank: 1 for the best; equal accuracies share one.
        is_luck: whether its difference from the best could be luck of the 10,000 test images.
    """

    runner: Runner
    rank: int
    is_luck: bool


def ranking(runners: Sequence[Runner]) -> list[Place]:
    """Those that are over, the best first; of each person the one that counts."""
    counted = [one if one.accuracy is not None else one.counts for one in runners]
    over = [one for one in counted if one is not None and one.accuracy is not None]
    over.sort(key=lambda one: (-(one.accuracy or 0.0), one.person))
    return [
        Place(
            one,
            1 + sum((other.accuracy or 0.0) > (one.accuracy or 0.0) for other in over),
            could_be_luck(over[0], one),
        )
        for one in over
    ]


def could_be_luck(better: Runner, worse: Runner) -> bool:
    """Whether two trainings differ by no more than chance does, in 95 of 100 cases.

    Only the images that one reads and the other does not tell them apart (McNemar's test); without
    these, overlapping intervals count as luck.
    """
    if better.correct and len(better.correct) == len(worse.correct):
        first, second = _unpack(better.correct), _unpack(worse.correct)
        return is_luck(int((first & ~second).sum()), int((second & ~first).sum()))
    mine, theirs = better.interval, worse.interval
    return mine is None or theirs is None or mine[0] <= theirs[1]


def is_luck(gained: int, lost: int) -> bool:
    """Whether so many gained and lost images can be chance: no more than two deviations apart."""
    return abs(gained - lost) <= _NORMAL_95 * math.sqrt(gained + lost)


def pack_correct(correct: NDArray[np.bool_]) -> bytes:
    """Which images were read correctly, bool `(n,)`, eight to a byte."""
    return np.packbits(correct).tobytes()


def _unpack(packed: bytes) -> NDArray[np.bool_]:
    return np.unpackbits(np.frombuffer(packed, np.uint8)).astype(bool)


def seconds_each(ended: Sequence[float], expected: float) -> float:
    """How long one training keeps the next waiting, by those that have ended one after the other.

    Args:
        ended: when each was over, seconds since 1970, in any order.
        expected: what counts before there are three.
    """
    # Longer gaps are those in which nobody trained.
    gaps = [later - one for one, later in pairwise(sorted(ended)) if later - one < 3 * expected]
    return median(gaps) if len(gaps) >= 2 else expected


def seconds_to_wait(ahead: int, at_once: int, each: float, left: Sequence[float]) -> float:
    """About how long until a training begins.

    Args:
        ahead: how many start before it, those that run included.
        at_once: how many run at the same time.
        each: how long one keeps the next waiting; see `seconds_each`.
        left: how many seconds those that run still train, as far as that is known.
    """
    if ahead < at_once:
        return 0.0
    # The first place is free when one of those that run has ended; the others follow.
    return min(left, default=each) + (ahead - at_once) * each
