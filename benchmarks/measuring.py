"""What the benchmarks share: an idle machine, alternating runs, and how a result is kept."""

import json
import os
import platform
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.idle_machine import Measured, undisturbed
from mnist_core.system import cpu
from tests.e2e.browser import NO_BROWSER, launch_arguments

RESULTS = Path(__file__).parent / "results"
_VERSIONS = ("streamlit", "streamlit-drawable-canvas", "ai-edge-litert", "numpy")


@dataclass(frozen=True)
class Result:
    """What a benchmark found.

    Attributes:
        name: of its file; the benchmark's module, unless `script` says another.
        promise: what is measured, in words.
        unit: of figure and bar, for example "times" or "ms".
        bar: the promise: the figure is to be at most this.
        figure: what was measured.
        how: in a sentence, how it was measured, with the number of runs.
        details: more figures, by name.
        script: the module, if it has several results.
    """

    name: str
    promise: str
    unit: str
    bar: float
    figure: float
    how: str
    details: dict[str, float | str] = field(default_factory=dict)
    script: str = ""

    @property
    def is_kept(self) -> bool:
        """The promise is kept."""
        return self.figure <= self.bar


@dataclass(frozen=True)
class Comparison:
    """The same thing done by us and by the measure we compare with, in turns.

    Attributes:
        ours: one figure a round.
        theirs: one figure a round.
    """

    ours: tuple[float, ...]
    theirs: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """Median over the rounds of ours divided by theirs."""
        return statistics.median(self._ratios())

    def details(self, unit: str) -> dict[str, float | str]:
        """The figures behind the ratio."""
        low, _, high = statistics.quantiles(self._ratios(), n=4)
        return {
            f"median ours, {unit}": round(statistics.median(self.ours), 4),
            f"median compared with, {unit}": round(statistics.median(self.theirs), 4),
            "ratio, lower quartile": round(low, 3),
            "ratio, upper quartile": round(high, 3),
            "rounds": len(self.ours),
        }

    def _ratios(self) -> list[float]:
        return [ours / theirs for ours, theirs in zip(self.ours, self.theirs, strict=True)]


def in_turns(
    ours: Callable[[int], Measured], theirs: Callable[[int], Measured], *, rounds: int
) -> list[tuple[Measured, Measured]]:
    """Measure both in each round, which is told its number; the order changes every round.

    How warm the machine is then falls on both alike. A round in which others used it is repeated.
    """

    def one_round(number: int) -> tuple[Measured, Measured]:
        if number % 2:
            their_figure = theirs(number)
            return ours(number), their_figure
        return ours(number), theirs(number)

    pairs = []
    for number in range(rounds):
        pairs.append(undisturbed(partial(one_round, number)))
        print("  {} : {}".format(*pairs[-1]), flush=True)
    return pairs


def alternate(
    ours: Callable[[], float], theirs: Callable[[], float], *, rounds: int, warm_up: int = 1
) -> Comparison:
    """Measure both `in_turns`; warm-up rounds do not count."""
    for _ in range(warm_up):
        ours()
        theirs()
    pairs = in_turns(lambda _: ours(), lambda _: theirs(), rounds=rounds)
    return Comparison(*zip(*pairs, strict=True))


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser that the tests use, too."""
    with sync_playwright() as playwright:
        arguments = launch_arguments(playwright)
        if arguments is None:
            raise SystemExit(NO_BROWSER)
        browser = playwright.chromium.launch(**arguments)
        yield browser
        browser.close()


@contextmanager
def empty_folder() -> Iterator[Path]:
    """A folder that is there until the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def machine() -> str:
    """Processor, cores and system, as results tell them."""
    return f"{cpu.name()}, {os.cpu_count()} cores, {platform.system()}"


def keep(result: Result) -> None:
    """Print a result and write it to benchmarks/results, without names of places or people."""
    verdict = "kept" if result.is_kept else "BROKEN"
    print(f"\n{result.promise}\n{result.how}")
    for name, value in result.details.items():
        print(f"  {name:<40} {value}")
    print(f"  {result.figure:g} {result.unit}, bar {result.bar:g} {result.unit}: {verdict}")
    content = {
        "name": result.name,
        "script": result.script or result.name,
        "promise": result.promise,
        "unit": result.unit,
        "bar": result.bar,
        "figure": result.figure,
        "kept": result.is_kept,
        "how": result.how,
        "details": result.details,
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine(),
        "versions": {
            "python": platform.python_version(),
            **{package: version(package) for package in _VERSIONS},
        },
    }
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(content, indent=2, ensure_ascii=False)
    (RESULTS / f"{result.name}.json").write_text(text + "\n", encoding="utf-8")
