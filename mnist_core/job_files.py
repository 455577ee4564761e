"""What the files of a job are called, for all that look into its directory."""

HOME = ".jobs"
"""The directory of all jobs, among the models."""

RESULT = "result.json"
CHECKPOINT = "checkpoint"
SNAPSHOT = "snapshot.npz"
EVERY_RESULT = f"{HOME}/*/{RESULT}"
"""The results of all jobs, as a pattern below the directory of models."""

# As `whole_file` calls what a writer left that was killed while writing.
REMAINS = (SNAPSHOT, f"{SNAPSHOT}.draft", f"{CHECKPOINT}.draft")
"""What nobody needs of a job that is over, its checkpoint aside."""
