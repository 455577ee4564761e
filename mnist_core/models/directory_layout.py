"""The names of files in the directories of jobs, for this room and those above it."""

from pathlib import Path

JOBS = ".jobs"
"""The directory of all jobs, among the models."""

SPEC = "spec.json"
RESULT = "result.json"
CHECKPOINT = "checkpoint"
SNAPSHOT = "snapshot.npz"
# Patterns below the directory of models.
EVERY_SPEC = f"{JOBS}/*/{SPEC}"
EVERY_RESULT = f"{JOBS}/*/{RESULT}"


def leftovers(job: Path) -> list[Path]:
    """The files in the directory of a job that nobody needs when it has ended."""
    # Drafts are of writers that were killed; see `atomic_file`.
    return [job / SNAPSHOT, *job.glob("*.draft")]
