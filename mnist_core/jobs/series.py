"""Series: one network trained several times, to compare seeds or other settings.

A series is known from the specs of its trainings, as long as these are there. In all functions,
`root` is the directory of models, by default the store's local one.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from itertools import groupby
from math import sqrt
from pathlib import Path
from statistics import fmean, stdev

from mnist_core.analysis.evaluation import wilson_interval
from mnist_core.data.dataset import CLASSES, TEST_IMAGES
from mnist_core.jobs import queue
from mnist_core.jobs.queue import JobState
from mnist_core.models.card import ModelCard
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import Settings
from mnist_core.training.advice import ABOVE_CHANCE

# Student's t, two-sided 95%, for 3, 4, 5 ... trainings; for more than these the last is a little
# too large.
_STUDENT_95 = (4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262)
_FEWEST_SEEDS = 3


@dataclass(frozen=True)
class Series:
    """Trainings that were submitted together.

    Attributes:
        name: as in `JobState.series`.
        recipe: the network.
        submitted: seconds since 1970.
        members: job id -> settings of each training, in the order of submission.
        owner: as in `Spec.owner`.
    """

    name: str
    recipe: Recipe
    submitted: float
    members: Mapping[str, Settings]
    owner: str | None = None

    @property
    def differing(self) -> tuple[str, ...]:
        """Names of the settings that are not the same in all of them."""
        return differing(tuple(self.members.values()))


@dataclass(frozen=True)
class Spread:
    """The accuracies that one way of training reached with several seeds.

    Attributes:
        settings: theirs, apart from the seed.
        accuracies: on the test images, 0..1, of those that are done.
        mean: of the accuracies.
        deviation: their sample standard deviation.
    """

    settings: Settings
    accuracies: tuple[float, ...]
    mean: float
    deviation: float


def list_series(*, root: Path | None = None) -> list[Series]:
    """All series, the latest first."""
    found: dict[str, Series] = {}
    for job_id, spec in reversed(queue.specs(root=root)):
        if spec.series is None:
            continue
        before = found.get(spec.series)
        members = {**(before.members if before else {}), job_id: spec.settings}
        found[spec.series] = Series(spec.series, spec.recipe, spec.submitted, members, spec.owner)
    return list(reversed(found.values()))


def states(series: Series, *, root: Path | None = None) -> list[JobState]:
    """The states of its trainings in the order of submission, without those that are gone."""
    found = []
    for job_id in series.members:
        with suppress(ValueError):
            found.append(queue.read(job_id, root=root))
    return found


def of_model(card: ModelCard, *, root: Path | None = None) -> Series | None:
    """The series that a model was trained in; None if it was trained alone, or long ago."""
    # The latest first: the name of a model that is gone may have been given to a newer one.
    for job_id, spec in queue.specs(root=root):
        # The card has the precision that was used, which may not be the one asked for.
        settings = replace(spec.settings, precision=card.settings.precision)
        # Few others were trained in this way: only their reports are read as well.
        if spec.recipe.name != card.recipe.name or settings != card.settings:
            continue
        with suppress(ValueError):
            if queue.read(job_id, root=root).model == card.name:
                return next(
                    (one for one in list_series(root=root) if one.name == spec.series), None
                )
    return None


def differing(series: Sequence[Settings]) -> tuple[str, ...]:
    """Names of the settings in which these trainings differ."""
    names = (field.name for field in fields(Settings))
    return tuple(name for name in names if len({getattr(one, name) for one in series}) > 1)


def spreads(accuracies: Sequence[tuple[Settings, float]]) -> list[Spread]:
    """The spread over seeds, for each way of training with two seeds or more.

    Args:
        accuracies: settings and accuracy (0..1) of each training that is done; of several with
            the same settings only one counts, as chance does not tell them apart.
    """
    by_way = sorted(
        ((replace(settings, seed=0), accuracy) for settings, accuracy in dict(accuracies).items()),
        key=lambda pair: repr(pair[0]),
    )
    found = []
    for settings, group in groupby(by_way, key=lambda pair: pair[0]):
        reached = tuple(accuracy for _, accuracy in group)
        if len(reached) > 1:
            found.append(Spread(settings, reached, fmean(reached), stdev(reached)))
    return found


def difference_by_chance(spread: Spread) -> float | None:
    """How far apart two single trainings like these are by chance alone, in 95 of 100 cases.

    Returns:
        A difference of accuracies, 0 or more; None for fewer than three seeds, which tell little.
    """
    count = len(spread.accuracies)
    if count < _FEWEST_SEEDS:
        return None
    student = _STUDENT_95[min(count - _FEWEST_SEEDS, len(_STUDENT_95) - 1)]
    return student * sqrt(2) * spread.deviation


def beats_guessing(settings: Settings, accuracy: float) -> bool:
    """Whether the accuracy (0..1, on the test images of all ten digits) is above guessing."""
    # A network that learns one digit alone always answers that one, as it should.
    return accuracy > ABOVE_CHANCE / CLASSES or len(settings.digits) == 1


def is_clearly_better(better: float, worse: float) -> bool:
    """Whether the 95% intervals of two accuracies (0..1, on the test images) do not overlap."""
    lowest, _ = wilson_interval(round(better * TEST_IMAGES), TEST_IMAGES)
    _, highest = wilson_interval(round(worse * TEST_IMAGES), TEST_IMAGES)
    return lowest > highest
