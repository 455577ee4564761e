"""What live progress costs: a training as the worker does it, beside the same training silent.

Live: the worker's own reporter writes progress to the job's directory, the stop file is looked
for, and a second process reads the job twice a second as a page does. Silent: nothing is reported,
nothing asked, nobody reads, and an epoch is one single call into TensorFlow. Each training runs in
a new process; timed is the training itself, without imports.

    python -m benchmarks.progress_cost [--rounds N]
"""

import argparse
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.measuring import Result, alternate, empty_folder, keep
from mnist_core.data import dataset
from mnist_core.jobs import admission, queue
from mnist_core.jobs.directory import JobDirectory
from mnist_core.networks import recipes

BAR_PERCENT = 3.0
RECIPE = "cnn-larger"
EPOCHS = 2
SEED = 0
_LOOKS_A_SECOND = 2
# Longer than any epoch: control comes back only at its end.
_WHOLE_EPOCH_SECONDS = 1e6


def train_once(job: JobDirectory, *, live: bool) -> float:
    """Seconds that the training in a job's directory takes in this process."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    from mnist_core.jobs.worker_callbacks import ControlReader, make_callbacks
    from mnist_core.training import engine
    from mnist_core.training.loop import train

    spec = job.spec()
    training, test = dataset.load("train"), dataset.load("test")
    began = time.perf_counter()
    if live:
        train(
            spec.recipe,
            spec.settings,
            training=training,
            test=test,
            callbacks=make_callbacks(job, ControlReader(job)),
        )
    else:
        engine.CHUNK_SECONDS = _WHOLE_EPOCH_SECONDS
        train(spec.recipe, spec.settings, training=training, test=test)
    return time.perf_counter() - began


def seconds(kind: str) -> float:
    """One training, "live" or "silent", in a process of its own."""
    recipe = recipes.get(RECIPE)
    settings = replace(recipe.settings, epochs=EPOCHS, seed=SEED)

    def start(path: Path) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "benchmarks.progress_cost", "--once", kind, str(path)]
        with (path / "seconds").open("wb") as output, (path / "log").open("wb") as log:
            return subprocess.Popen(command, stdout=output, stderr=log)

    with empty_folder() as folder:
        job_id = admission.submit(recipe, settings, root=folder, start=start)
        (path,) = folder.glob(f"**/{job_id}")
        seconds_file = path / "seconds"
        while not seconds_file.read_text().strip():
            time.sleep(1 / _LOOKS_A_SECOND)
            if kind == "live":
                queue.read(job_id, root=folder)
        return float(seconds_file.read_text())


def main() -> None:
    """Measure and keep the result; or, with --once, do one of the trainings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--once", nargs=2, metavar=("KIND", "JOB"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.once:
        kind, path = asked.once
        print(train_once(JobDirectory(Path(path)), live=kind == "live"))
        return
    comparison = alternate(lambda: seconds("live"), lambda: seconds("silent"), rounds=asked.rounds)
    keep(
        Result(
            name="progress_cost",
            promise="What live progress adds to a training's wall time",
            unit="%",
            bar=BAR_PERCENT,
            figure=round((comparison.ratio - 1) * 100, 2),
            how=f"{EPOCHS} epochs of {RECIPE} on all images, seed {SEED}, in a new process each "
            f"time, compared with no reports; {asked.rounds} alternating rounds, median ratio.",
            details=comparison.details("s"),
        )
    )


if __name__ == "__main__":
    main()
