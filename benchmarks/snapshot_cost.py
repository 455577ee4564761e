"""What live snapshots cost: a training as the worker does it, beside the same one without them.

Both report progress to the job's directory, and nobody reads it. Each training runs in a new
process; timed is the training itself, without imports.

    python -m benchmarks.snapshot_cost [--rounds N] [--processor]
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
from mnist_core.jobs import admission
from mnist_core.jobs.directory import JobDirectory
from mnist_core.networks import recipes

BAR_PERCENT = 3.0
RECIPE = "quick"
SEED = 0


def train_once(job: JobDirectory, *, watched: bool) -> str:
    """Train in this process: seconds, processor seconds, and how many live snapshots there were."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    from mnist_core.jobs.worker_callbacks import ControlReader, make_callbacks
    from mnist_core.training.loop import train

    spec = job.spec()
    training, test = dataset.load("train"), dataset.load("test")
    callbacks = make_callbacks(job, ControlReader(job))
    if not watched:
        callbacks = replace(callbacks, on_live_snapshot=None)
    began, worked = time.perf_counter(), time.process_time()
    train(spec.recipe, spec.settings, training=training, test=test, callbacks=callbacks)
    seconds, processor = time.perf_counter() - began, time.process_time() - worked
    last = job.live_snapshot.exists() and _last_number(job)
    return f"{seconds} {processor} {int(last)}"


def _last_number(job: JobDirectory) -> int:
    from mnist_core.training import live_snapshots

    last = live_snapshots.read(job.live_snapshot)
    return last.number if last else 0


def measure(kind: str) -> tuple[float, float, int]:
    """One training, "watched" or "alone", in a process of its own; see `train_once`."""
    recipe = recipes.get(RECIPE)

    def start(path: Path) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "benchmarks.snapshot_cost", "--once", kind, str(path)]
        with (path / "figures").open("wb") as output, (path / "log").open("wb") as log:
            return subprocess.Popen(command, stdout=output, stderr=log)

    with empty_folder() as folder:
        settings = replace(recipe.settings, seed=SEED)
        job_id = admission.submit(recipe, settings, root=folder, start=start)
        (path,) = folder.glob(f"**/{job_id}")
        while not (figures := (path / "figures").read_text().split()):
            time.sleep(0.2)
        return float(figures[0]), float(figures[1]), int(figures[2])


def main() -> None:
    """Measure and keep the result; or, with --once, do one of the trainings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--processor", action="store_true", help="print processor seconds, too")
    parser.add_argument("--once", nargs=2, metavar=("KIND", "JOB"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.once:
        kind, path = asked.once
        print(train_once(JobDirectory(Path(path)), watched=kind == "watched"))
        return
    if asked.processor:
        # For a machine that others use, too: nothing is kept.
        for _ in range(asked.rounds):
            print("watched", *measure("watched"), "alone", *measure("alone"), flush=True)
        return
    counts = list[int]()

    def seconds(kind: str) -> float:
        took, _, count = measure(kind)
        counts.extend([count] if count else [])
        return took

    comparison = alternate(
        lambda: seconds("watched"), lambda: seconds("alone"), rounds=asked.rounds
    )
    keep(
        Result(
            name="snapshot_cost",
            promise="What the live snapshots of `quick` add to its training's wall time",
            unit="%",
            bar=BAR_PERCENT,
            figure=round((comparison.ratio - 1) * 100, 2),
            how=f"{min(counts)} or more snapshots in each training, seed {SEED}, in a new process "
            f"each time; {asked.rounds} alternating rounds, median ratio.",
            details=comparison.details("s"),
        )
    )


if __name__ == "__main__":
    main()
