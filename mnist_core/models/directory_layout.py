"""What the files of a job are called, for all that look into its directory."""

from pathlib import Path

JOBS = ".jobs"
"""The directory of all jobs, among the models."""

SPEC = "spec.json"
RESULT = "result.json"
CHECKPOINT = "checkpoint"
SNAPSHOT = "snapshot.npz"
EVERY_SPEC = f"{JOBS}/*/{SPEC}"
EVERY_RESULT = f"{JOBS}/*/{RESULT}"
"""What all jobs are to do and how they ended, as patterns below the directory of models."""


def remains(job: Path) -> list[Path]:
    """What nobody needs of a job that is over, its checkpoint aside.

    Args:
        job: its directory.
    """
    # Drafts are what a writer left that was killed while writing; see `whole_file`.
    return [job / SNAPSHOT, *job.glob("*.draft")]
