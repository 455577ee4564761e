"""`kill -9` of any process, two hundred times at random while people are at work: what is lost.

Behind nginx (deploy/nginx.conf) two web processes and two more that do everything at once
(`benchmarks.shared_directory`) share one directory. Four people with browser tabs go through
images, draw, fill in a sheet and train. Every process that runs is as likely to be killed as any
other: web processes, workers, those that wait to train, the two at work, nginx's own. What ends is
started again, as systemd or Compose would.

A loss is what the app had confirmed, on the page or to a process, and is not there any more. A
page is stuck that does not go on although people press again for a minute, and a web process runs
whenever it is looked for; also in the end, when nothing is killed any more, everybody must get
further.

    python -m benchmarks.hosting.killed_at_random [--kills 200] [--seconds 60]

Needs Debian's nginx, openssl and Chromium; some minutes.
"""

import argparse
import json
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen

import psutil
from playwright.sync_api import Browser, sync_playwright

from benchmarks import shared_directory
from benchmarks.hosting.people_among_kills import PEOPLE, Lost, Person, Stuck, Trainer
from benchmarks.hosting.processes import Nginx, WebProcess, free_ports, nginx
from benchmarks.hosting.sandbox import check_tools
from benchmarks.measuring import Result, empty_folder, keep
from mnist_core.jobs import queue
from tests.e2e.app import App
from tests.e2e.browser import NO_BROWSER, launch_arguments
from tests.serving import at_work_in, end_all

_PATH, _NAME = "digits", "digits.example.org"
_ENVIRONMENT = {
    "MNIST_HOSTED": "on",
    "MNIST_TRUSTED_PROXIES": "127.0.0.1",
    "MNIST_TRAININGS_AT_ONCE": "20",
    "MNIST_TRAININGS_PER_HOUR": "1000",
    "STREAMLIT_SERVER_BASE_URL_PATH": _PATH,
    "TF_NUM_INTRAOP_THREADS": "1",
}


@dataclass
class House:
    """All processes, and what has become of them.

    Attributes:
        folder: for everything.
        webs: web processes.
        front: nginx.
        users: the processes that do everything at once.
        ledgers: what was confirmed, a file for each life of a process, and one for the people.
        killed: how many of each kind.
    """

    folder: Path
    webs: list[WebProcess]
    front: Nginx
    users: list[Popen[bytes]] = field(default_factory=list)
    ledgers: list[Path] = field(default_factory=list)
    killed: Counter[str] = field(default_factory=Counter)

    @property
    def models(self) -> Path:
        """The directory that all share."""
        return self.folder / "models"

    def is_served(self) -> bool:
        """Whether any web process takes connections now."""
        return any(web.listens() for web in self.webs)

    def kill_one(self, chance: random.Random) -> None:
        """Kill any of those that run; the next, if it has just ended by itself."""
        found: list[tuple[str, psutil.Process]]
        found = [("web process", web.process) for web in self.webs if web.listens()]
        found += [("process at work", psutil.Process(user.pid)) for user in self.users]
        found += [("worker", one) for one in at_work_in(self.models)]
        found += [("nginx", one) for one in self.front.process.children()]
        kind, process = chance.choice(found)
        with suppress(psutil.NoSuchProcess):
            process.kill()
            self.killed[kind] += 1
            return
        self.kill_one(chance)

    def bring_back(self) -> list[str]:
        """Start again what has ended; returns what had not been killed but failed."""
        for web in self.webs:
            if web.process.poll() is not None:
                web.launch()
        failed = []
        for place, user in enumerate(self.users):
            if (code := user.poll()) is not None:
                if code > 0:
                    failed.append("A process at work failed.")
                self.users[place] = self.start_user()
        return failed

    def start_user(self) -> Popen[bytes]:
        """One more process at work."""
        return shared_directory.start_user(self.models, self.folder, self.ledgers)

    def kill_at_random(self, kills: int, seconds: float, problems: list[str]) -> None:
        """Kill so many in so many seconds, and bring back what has ended."""
        chance, began = random.Random(0), time.monotonic()
        for number in range(1, kills + 1):
            time.sleep(max(0.0, began + number * seconds / kills - time.monotonic()))
            problems += self.bring_back()
            self.kill_one(chance)
        problems += self.bring_back()


def main() -> None:
    """Do it and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60.0)
    asked = parser.parse_args()
    check_tools("nginx", "openssl")
    with empty_folder() as folder, _house(folder) as house:
        lost, stuck, acts, lasted = _trial(house, asked.kills, asked.seconds)
        counts = Counter(
            what for one in shared_directory.read_ledgers(house.ledgers) for what, *_ in one
        )
        print(*lost, *stuck, sep="\n")
    result = Result(
        name="killed_at_random",
        script="hosting.killed_at_random",
        promise=f"Lost things and stuck pages while {sum(house.killed.values())} processes of any "
        f"kind are killed with SIGKILL in {lasted:.0f} s",
        unit="things",
        bar=0,
        figure=len(lost) + len(stuck),
        how="Two web processes behind nginx, their trainings, and two processes at work on one "
        "directory; four people in Chromium; in the end, everybody gets further.",
        details={
            "lost": len(lost),
            "stuck pages": len(stuck),
            **{f"killed: {kind}": count for kind, count in sorted(house.killed.items())},
            **{f"seen on pages: {who}": count for who, count in acts.items()},
            **{f"confirmed: {what}": count for what, count in sorted(counts.items())},
        },
    )
    if sum(house.killed.values()) != asked.kills:
        raise SystemExit(f"Only {house.killed} were killed.")
    if asked.kills == 200:
        keep(result)
    else:
        print(result)


def _trial(
    house: House, kills: int, seconds: float
) -> tuple[list[str], list[str], dict[str, int], float]:
    """What was lost, which pages were stuck, what each person did, and how long killing took."""
    lost, stuck, failed = list[str](), list[str](), list[str]()
    ledger = house.folder / "people"

    def confirm(*what: object) -> None:
        with ledger.open("a") as file:
            file.write(json.dumps(what) + "\n")

    ledger.touch()
    with _browser() as browser:
        people = [_come(browser, house, kind, confirm) for kind in PEOPLE]
        house.users = [house.start_user() for _ in range(shared_directory.USERS)]
        killing = threading.Thread(
            target=house.kill_at_random, args=(kills, seconds, failed), daemon=True
        )
        began = time.monotonic()
        killing.start()
        while killing.is_alive():
            for person in people:
                _let(person, lost, stuck)
        lasted = time.monotonic() - began
        for user in house.users:
            user.kill()
            user.wait()
        _stop_idle_workers(house.models)
        for person in people:
            for _ in range(3):
                _let(person, lost, stuck)
            if isinstance(person, Trainer):
                _finish(person, stuck)
        acts = {type(person).__name__.lower(): person.acts for person in people}
    house.ledgers.append(ledger)
    os.environ["MNIST_MODELS"] = str(house.models)
    lost += failed + shared_directory.check(
        house.models, shared_directory.read_ledgers(house.ledgers)
    )
    return lost, stuck, acts, lasted


def _stop_idle_workers(models: Path) -> None:
    """Stop what the processes at work have started: nobody is left who would, and others wait."""
    for job, spec in queue.specs(root=models):
        if spec.owner is None:
            queue.stop(job, root=models)


def _let(person: Person, lost: list[str], stuck: list[str]) -> None:
    """Let somebody do something; who is stuck or has lost something begins anew."""
    try:
        person.act()
        return
    except Lost as error:
        lost.append(f"{type(person).__name__}: {error}")
    except Stuck as error:
        stuck.append(str(error))
    print(f"  {(lost + stuck)[-1]}", flush=True)
    try:
        person.come()
    except Stuck as error:
        stuck.append(str(error))


def _finish(person: Trainer, stuck: list[str]) -> None:
    try:
        person.finish()
    except Stuck as error:
        stuck.append(str(error))


def _come(
    browser: Browser, house: House, kind: type[Person], confirm: Callable[..., None]
) -> Person:
    context = browser.new_context(ignore_https_errors=True, viewport={"width": 1280, "height": 900})
    app = App(context.new_page(), f"https://{_NAME}:{house.front.port}/{_PATH}")
    person = kind(app, confirm, house.is_served)
    person.come()
    return person


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        arguments = launch_arguments(playwright)
        if arguments is None:
            raise SystemExit(NO_BROWSER)
        rule = f"--host-resolver-rules=MAP {_NAME} 127.0.0.1"
        browser = playwright.chromium.launch(**{**arguments, "args": [*arguments["args"], rule]})
        yield browser
        browser.close()


@contextmanager
def _house(folder: Path) -> Iterator[House]:
    (folder / "models").mkdir()
    environment = {**_ENVIRONMENT, "MNIST_MODELS": str(folder / "models")}
    ports = free_ports(2)
    webs = [WebProcess(port, folder / f"web-{port}.log", environment) for port in ports]
    with ExitStack() as stack:
        stack.callback(lambda: end_all(at_work_in(folder / "models")))
        for web in webs:
            web.start()
            stack.callback(web.end)
        yield House(folder, webs, stack.enter_context(nginx(folder / "nginx", ports)))


if __name__ == "__main__":
    main()
