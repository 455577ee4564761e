"""Two web processes do everything at once to one directory of models; some are killed meanwhile.

    python -m benchmarks.shared_directory [--seconds 60] [--kills 200]

They submit and stop trainings (of workers that do nothing), guess, write notes, rename and delete
models, keep drawings and half-done sheets. What the app has confirmed is written down by each in a
file of its own; at the end all of it must be there, once and whole, whoever was killed. A training
that nobody works on any more must hold nobody up.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import psutil

from benchmarks.measuring import empty_folder, machine
from benchmarks.table import RESULTS
from mnist_core.data.dataset import SIDE
from mnist_core.data.guesses import Guesses
from mnist_core.handwriting import saved_drawings, score, unfinished_sheets
from mnist_core.handwriting.score import Drawing, Handwriting
from mnist_core.jobs import admission, queue
from mnist_core.jobs.queue import QueueFull
from mnist_core.models import disk_quota, notes, staging, store, trash
from tests.jobs.idle_worker import idle_worker
from tests.samples import QUICK, TINY, staged
from tests.serving import ROOT, at_work_in, end_all

ELEMENTS = range(20)
USERS = 2
_LIMIT = 12  # jobs in the queue
_KEPT_JOBS = 200  # ended ones; the oldest of more are removed
_OVER_WITHIN = 60.0  # seconds until the last stopped training has ended
_SENTENCES = (ValueError, OSError, QueueFull)


@dataclass
class User:
    """One process: what it does, and what has been confirmed to it.

    Attributes:
        root: the directory that all share.
        ledger: the file with what was confirmed, a line of JSON each.
        random: decides what is next.
        jobs, drawings, models: what it has made and not done away with.
    """

    root: Path
    ledger: int
    random: random.Random
    jobs: list[str] = field(default_factory=list)
    drawings: dict[str, Handwriting] = field(default_factory=dict)
    models: list[str] = field(default_factory=list)

    def confirm(self, what: str, *details: object) -> None:
        """Write down what the app has said is done: one write, which a kill does not cut."""
        os.write(self.ledger, json.dumps([what, *details]).encode() + b"\n")

    def guess(self) -> None:
        """Guess a doubtful image."""
        element, digit = self.random.choice(ELEMENTS), self.random.randrange(10)
        Guesses(self.root, ELEMENTS).add(element, digit)
        self.confirm("guess", element, digit)

    def submit(self) -> None:
        """Put a training in the queue, unless it is full."""
        with suppress(QueueFull):
            job = admission.submit(
                TINY, QUICK, visitor=f"v{self.random.random()}", start=idle_worker
            )
            self.confirm("submit", job)
            self.jobs.append(job)

    def stop(self) -> None:
        """Stop one of its own trainings."""
        if self.jobs:
            job = self.jobs.pop(self.random.randrange(len(self.jobs)))
            queue.stop(job)
            self.confirm("stop", job)

    def look(self) -> None:
        """Read the whole queue and all models, as pages do; counts what runs."""
        states = []
        for job in queue.unfinished():
            # It may be removed meanwhile.
            with suppress(ValueError):
                states.append(queue.read(job).state)
        self.confirm("running", states.count("running"))
        for card in store.list_models():
            with suppress(*_SENTENCES):
                notes.get(card.name)

    def keep_drawings(self) -> None:
        """Save drawings, or look whether those saved are still what they were."""
        if self.drawings and self.random.random() < 0.5:
            code, drawn = self.random.choice(list(self.drawings.items()))
            found = saved_drawings.load(code, self.root)
            assert np.array_equal(found.images, drawn.images), "other drawings"
            return
        images = np.random.default_rng(self.random.randrange(10**9)).integers(
            0, 256, (3, 28, 28), np.uint8
        )
        drawn = Handwriting(images, np.arange(3), np.ones(3, np.int64))
        code = saved_drawings.save(drawn, self.root)
        self.drawings[code] = drawn
        self.confirm("drawings", code, int(images.sum()))

    def keep_sheet(self) -> None:
        """Keep a half-done sheet under a code that both processes use: the last one holds."""
        code = "0" * 31 + str(self.random.randrange(4))
        seed = self.random.randrange(256)
        sheet = score.new_sheet(seed)
        image = np.full((SIDE, SIDE), seed, np.uint8)
        drawings = tuple(Drawing(image, label) for label in sheet.prompts)
        assert unfinished_sheets.save(replace(sheet, drawings=drawings), self.root, code)
        found = unfinished_sheets.load(self.root, code)
        assert found is not None, "a torn sheet"
        ink = {int(one.image[0, 0]) for one in found.drawings if one is not None}
        assert len(ink) == 1, "half of one sheet, half of another"
        assert found.prompts == score.new_sheet(*ink).prompts, "digits of one sheet on another"

    def make_model(self) -> None:
        """Save a model, whole or not at all."""
        with staging.directory(self.root) as folder:
            card = staged(folder, f"model-{self.random.randrange(10**9)}")
            name = disk_quota.commit(folder, card).name
        self.models.append(name)
        self.confirm("model", name)

    def change_model(self) -> None:
        """Write a note on one of its models, give it another name, delete it or bring it back."""
        if len(self.models) < 3:
            return self.make_model()
        place = self.random.randrange(len(self.models))
        name = self.models[place]
        what = self.random.choice(("note", "rename", "delete"))
        if what == "note":
            text = str(self.random.random())
            notes.write_note(name, text)
            self.confirm("note", name, text)
        elif what == "rename":
            self.models[place] = notes.rename(name, f"{name[:20]}-{self.random.randrange(100)}")
            self.confirm("rename", name, self.models[place])
        else:
            trash.delete(name)
            self.confirm("delete", name)
            self.models[place] = trash.restore(name)
            self.confirm("restore", name, self.models[place])
        return None


ACTS: tuple[tuple[Callable[[User], None], int], ...] = (
    (User.guess, 6),
    (User.submit, 3),
    (User.stop, 3),
    (User.look, 2),
    (User.keep_drawings, 4),
    (User.keep_sheet, 4),
    (User.make_model, 1),
    (User.change_model, 3),
)


def use(root: Path, ledger: Path, seed: int) -> None:
    """Do one thing after another until somebody ends the process."""
    file = os.open(ledger, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    user = User(root, file, random.Random(seed))
    acts, weights = zip(*ACTS, strict=True)
    while True:
        (act,) = user.random.choices(acts, weights)
        act(user)


def trial(folder: Path, seconds: float, kills: int) -> dict[str, object]:
    """Let two processes go on for some seconds, kill some, and look what is there.

    Returns:
        How often each thing was confirmed, and `problems`: sentences, none if all is well.
    """
    root = folder / "models"
    root.mkdir()
    chance, ledgers, killed = random.Random(0), list[Path](), Counter[str]()
    users = [start_user(root, folder, ledgers) for _ in range(USERS)]
    problems = []
    for _ in range(max(kills, 1)):
        time.sleep(seconds / max(kills, 1))
        for place, user in enumerate(users):
            if user.poll() is not None:
                problems.append(f"A process failed: {_log(ledgers).strip()[-600:]}")
                users[place] = start_user(root, folder, ledgers)
        if not kills:
            continue
        workers = at_work_in(root / ".jobs")
        if workers and chance.random() < 0.5:
            with suppress(psutil.NoSuchProcess):
                chance.choice(workers).kill()
            killed["worker"] += 1
        else:
            place = chance.randrange(USERS)
            users[place].kill()
            users[place].wait()
            users[place] = start_user(root, folder, ledgers)
            killed["user"] += 1
    for user in users:
        user.kill()
        user.wait()
    confirmed = read_ledgers(ledgers)
    try:
        problems += check(root, confirmed)
    finally:
        end_all(at_work_in(root))
    counts = Counter(what for one in confirmed for what, *_ in one)
    return {"confirmed": dict(counts), "killed": dict(killed), "problems": problems}


def read_ledgers(ledgers: list[Path]) -> list[list[list[object]]]:
    """What was confirmed to each process."""
    return [[json.loads(line) for line in one.read_text().splitlines()] for one in ledgers]


def check(root: Path, confirmed: list[list[list[object]]]) -> list[str]:
    """What is not as it was confirmed.

    Each process may have been killed between doing something and saying so.
    """
    lives, every = len(confirmed), [entry for one in confirmed for entry in one]
    of = {what: [entry[1:] for entry in every if entry[0] == what] for what, *_ in every}
    problems = []
    guessed = Counter(element for element, _ in of.get("guess", []))
    counts = {element: int(Guesses(root, ELEMENTS).counts(element).sum()) for element in ELEMENTS}
    more = sum(counts.values()) - guessed.total()
    if any(counts[e] < guessed[e] for e in ELEMENTS) or more > lives:
        problems.append(f"{guessed.total()} guesses were confirmed, {sum(counts.values())} counted")
    for code, ink in of.get("drawings", []):
        if int(saved_drawings.load(str(code), root).images.sum()) != ink:
            problems.append("Drawings are not those that were saved.")
    return problems + _check_jobs(of) + _check_models(of, lives)


def _check_jobs(of: dict[object, list[list[object]]]) -> list[str]:
    known, problems = {job for job, _ in queue.specs()}, []
    submitted = {str(job) for (job,) in of.get("submit", [])}
    stopped = {str(job) for (job,) in of.get("stop", [])}
    if lost := submitted - known - (stopped if len(known) >= _KEPT_JOBS else set()):
        problems.append(f"{len(lost)} trainings are gone")
    for job in queue.unfinished():
        queue.stop(job)
    until = time.monotonic() + _OVER_WITHIN
    while (left := [job for job in known if not queue.read(job).is_over]) and (
        time.monotonic() < until
    ):
        time.sleep(0.2)
    if left:
        problems.append(f"{len(left)} trainings hang: {[queue.read(job).state for job in left]}")
    return problems


def _check_models(of: dict[object, list[list[object]]], lives: int) -> list[str]:
    names, problems = {str(new) for (new,) in of.get("model", [])}, []
    deleted = {one.name for one in trash.list_deleted()}
    local = {card.name for card in store.list_models() if not card.shipped}
    missing = 0
    for name in names:
        now = notes.current_name(name)
        if now not in local and now not in deleted and not trash.former_names() & {name}:
            missing += 1
    if missing or not len(names) <= len(local | deleted) <= len(names) + lives:
        problems.append(f"Of {len(names)} models {missing} are missing; {len(local)} are there")
    last = {str(name): text for name, text in of.get("note", [])}
    for card in store.list_models():
        with suppress(ValueError):
            store.open_model(card.name)
            text = notes.get(card.name).note
            if card.name in last and not text:
                problems.append(f"The note on {card.name} is gone")
    return problems


def start_user(root: Path, folder: Path, ledgers: list[Path]) -> subprocess.Popen[bytes]:
    """Start a process that uses the directory `root`; its ledger is added to those in `folder`."""
    number = len(ledgers)
    ledgers.append(folder / f"ledger-{number}")
    ledgers[-1].touch()
    command = [
        sys.executable,
        "-m",
        "benchmarks.shared_directory",
        "--use",
        str(root),
        str(ledgers[-1]),
    ]
    environment = {"MNIST_MODELS": str(root), "MNIST_QUEUE_LIMIT": str(_LIMIT)}
    with (folder / f"ledger-{number}.log").open("wb") as log:
        return subprocess.Popen(
            [*command, str(number)], cwd=ROOT, env={**os.environ, **environment}, stderr=log
        )


def _log(ledgers: list[Path]) -> str:
    return "".join(file.with_suffix(".log").read_text() for file in ledgers)


def main() -> None:
    """Do it and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--use", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.use:
        root, ledger, seed = asked.use
        use(Path(root), Path(ledger), int(seed))
    with empty_folder() as folder:
        os.environ["MNIST_MODELS"] = str(folder / "models")
        found = trial(folder, asked.seconds, asked.kills)
    about = {"seconds": asked.seconds, "kills": asked.kills}
    found |= about | {"date": datetime.now(UTC).date().isoformat(), "machine": machine()}
    text = json.dumps(found, indent=2, ensure_ascii=False)
    print(text)
    name = "shared_directory_killed" if asked.kills else "shared_directory"
    (RESULTS / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
    sys.exit(bool(found["problems"]))


if __name__ == "__main__":
    main()
