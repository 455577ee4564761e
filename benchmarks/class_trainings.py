"""How long a class waits when everybody trains a network: one after the other, in one queue.

Each training has the same budget. Printed is when each has ended, what it reads, and how long one
kept the next waiting: that less the budget is what starting, testing and saving cost.

    nice -n 5 python -m benchmarks.class_trainings [--people 30] [--seconds 10]

Figures are in docs/teaching/figures.md.
"""

import argparse
import os
import statistics
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import psutil

from mnist_core.classroom import training_round
from mnist_core.classroom.networks_to_choose import OWN, TITLES, recipe_of
from mnist_core.jobs import admission, queue
from mnist_core.models import store
from mnist_core.system import cpu, server_settings


def main() -> None:
    """Queue the trainings, wait for them and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=10)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MNIST_MODELS"] = folder
        ids = _submit(chosen.people, chosen.seconds)
        began = time.time()
        largest = _wait()
        _print(ids, began, largest, chosen.seconds)


def _submit(people: int, seconds: float) -> list[str]:
    kinds, ids = [kind for kind in TITLES if kind != OWN], []
    for person in range(people):
        recipe = recipe_of(kinds[person % len(kinds)])
        settings = training_round.settings_within(recipe, seconds, seed=person)
        ids.append(
            admission.submit(recipe, settings, visitor=f"person {person}", most_seconds=seconds)
        )
    return ids


def _wait() -> float:
    """Wait for all; the largest memory of all workers together, in megabytes."""
    largest, me = 0.0, psutil.Process()
    while queue.unfinished():
        used = 0.0
        for child in me.children(recursive=True):
            try:
                used += child.memory_info().rss / 1e6
            except psutil.Error:
                continue
        largest = max(largest, used)
        time.sleep(1)
    return largest


def _print(ids: list[str], began: float, largest: float, seconds: float) -> None:
    home, ends = queue.jobs_directory(), []
    for job_id, state in queue.read_several(ids).items():
        ended = (Path(home) / job_id / "result.json").stat().st_mtime - began
        ends.append(ended)
        accuracy = (
            f"{store.read_card(store.folder_of(state.model)).test_accuracy:.4f}"
            if (state.model)
            else "-"
        )
        trained = state.progress.seconds if state.progress else 0.0
        print(f"{ended:7.1f} s  {state.state:8} {trained:5.1f} s  {accuracy}  {state.recipe.name}")
    ends.sort()
    gaps = [later - one for one, later in pairwise(ends)]
    print(f"{len(ends)} trainings of {seconds:g} s: {ends[-1]:.0f} s in all")
    if gaps:
        print(f"one after the other every {statistics.median(gaps):.1f} s (median)")
    print(f"workers took at most {largest:.0f} MB; {server_settings.trainings_at_once()} at once")
    print(f"{cpu.name()}, {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
