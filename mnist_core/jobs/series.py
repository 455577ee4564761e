"""A series: one network trained several times, to compare, with another seed or learning rate each.

Known from the notes on its trainings, so it is there as long as they are.
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

# Student's t: 95% of what luck does lies within so many standard deviations, where these are known
# from 3, 4, 5 ... trainings alone. For more than there are here the last is a little too much.
_STUDENT_95 = (4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262)
_FEWEST_FOR_LUCK = 3


@dataclass(frozen=True)
class Series:
    """What was asked for together.

    Attributes:
        name: as `JobState.series` has it.
        recipe: the network.
        submitted: when it was asked for, seconds since 1970.
        members: id of each training -> how it is trained, in the order of their turns.
    """

    name: str
    recipe: Recipe
    submitted: float
    members: Mapping[str, Settings]

    @property
    def differing(self) -> tuple[str, ...]:
        """Names of the settings that are not the same in all of them."""
        return differing(tuple(self.members.values()))


@dataclass(frozen=True)
class Spread:
    """How far the accuracies of the same training with several seeds lie apart; all in 0..1.

    Attributes:
        settings: theirs, but for the seed.
        accuracies: of those that are done, on the test images.
        mean: of them.
        deviation: their standard deviation, as of a sample (divided by one less).
    """

    settings: Settings
    accuracies: tuple[float, ...]
    mean: float
    deviation: float


def list_series(*, root: Path | None = None) -> list[Series]:
    """All series there are notes on, the latest first.

    Args:
        root: the directory of models; the store's local one by default.
    """
    found: dict[str, Series] = {}
    # Their trainings were asked for in the order of their turns.
    for job_id, spec in reversed(queue.specs(root=root)):
        if spec.series is None:
            continue
        before = found.get(spec.series)
        members = {**(before.members if before else {}), job_id: spec.settings}
        found[spec.series] = Series(spec.series, spec.recipe, spec.submitted, members)
    return list(reversed(found.values()))


def states(series: Series, *, root: Path | None = None) -> list[JobState]:
    """How its trainings stand, in the order of their turns; without those that are gone."""
    found = []
    for job_id in series.members:
        with suppress(ValueError):
            found.append(queue.read(job_id, root=root))
    return found


def of_model(card: ModelCard, *, root: Path | None = None) -> Series | None:
    """The series that a model was trained in; None where it was trained alone, or long ago."""
    # The latest first: when a model is gone, another training may give its name to a new one.
    for job_id, spec in queue.specs(root=root):
        # Few others were trained so: only their notes are read whole.
        if spec.recipe.name != card.recipe.name or not _is_trained_as(card, spec.settings):
            continue
        with suppress(ValueError):
            if queue.read(job_id, root=root).model == card.name:
                return next(
                    (one for one in list_series(root=root) if one.name == spec.series), None
                )
    return None


def _is_trained_as(card: ModelCard, settings: Settings) -> bool:
    # The card tells the precision that was there, not the one that was asked for.
    return replace(settings, precision=card.settings.precision) == card.settings


def differing(series: Sequence[Settings]) -> tuple[str, ...]:
    """Names of the settings in which these trainings are not alike."""
    names = (field.name for field in fields(Settings))
    return tuple(name for name in names if len({getattr(one, name) for one in series}) > 1)


def spreads(accuracies: Sequence[tuple[Settings, float]]) -> list[Spread]:
    """What luck does: the spread over seeds, for each way of training with two seeds or more.

    Args:
        accuracies: settings and accuracy (0..1) of each training that is done; of two with the
            same settings only one counts, as they differ by no luck.
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
    """How far apart luck alone takes two single trainings like these, 95 times of 100.

    Returns:
        A share, 0..1 and more; None for fewer than three seeds, which tell next to nothing.
    """
    count = len(spread.accuracies)
    if count < _FEWEST_FOR_LUCK:
        return None
    student = _STUDENT_95[min(count - _FEWEST_FOR_LUCK, len(_STUDENT_95) - 1)]
    return student * sqrt(2) * spread.deviation


def beats_guessing(settings: Settings, accuracy: float) -> bool:
    """Whether a training led to more than guessing.

    Args:
        settings: how it was trained.
        accuracy: on the test images, of all ten digits, 0..1.
    """
    # Who learns one digit alone says it always, which is right and looks like guessing.
    return accuracy > ABOVE_CHANCE / CLASSES or len(settings.digits) == 1


def is_clearly_better(better: float, worse: float) -> bool:
    """Whether one accuracy (0..1, on the test images) is higher whatever the test images.

    That is: the 95% intervals lie apart, which asks for more than is needed.
    """
    lowest, _ = wilson_interval(round(better * TEST_IMAGES), TEST_IMAGES)
    _, highest = wilson_interval(round(worse * TEST_IMAGES), TEST_IMAGES)
    return lowest > highest
