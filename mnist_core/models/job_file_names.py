"""What models know of the directories of jobs: the names of files, and a few of their fields."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mnist_core.system import atomic_file
from mnist_core.system.atomic_file import Damaged

JOBS = ".jobs"
"""The directory of all jobs, among the models."""

SPEC = "spec.json"
RESULT = "result.json"
CHECKPOINT = "checkpoint"
SNAPSHOT = "snapshot.npz"
LIVE_SNAPSHOT = "live.npz"
# Patterns below the directory of models.
EVERY_SPEC = f"{JOBS}/*/{SPEC}"
EVERY_RESULT = f"{JOBS}/*/{RESULT}"


@dataclass(frozen=True)
class JobFacts:
    """The fields of a job's spec or result that matter to models."""

    state: str | None = None
    started_from: str | None = None
    model: str | None = None


def read_facts(path: Path) -> JobFacts:
    """These fields of a spec or result; all None if it cannot be read."""
    with suppress(Damaged):
        return atomic_file.read(path, JobFacts) or JobFacts()
    return JobFacts()


def started_from(root: Path) -> set[str]:
    """The models that unfinished trainings start from, by the names they had then.

    Args:
        root: the directory of models.
    """
    specs = root.glob(EVERY_SPEC)
    unfinished = [path for path in specs if not path.with_name(RESULT).exists()]
    return {name for path in unfinished if (name := read_facts(path).started_from)}


def leftovers(job: Path) -> list[Path]:
    """The files in the directory of a job that nobody needs when it has ended."""
    # Drafts are of writers that were killed; see `atomic_file`.
    return [job / SNAPSHOT, job / LIVE_SNAPSHOT, *job.glob("*.draft")]
