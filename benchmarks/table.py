"""Write the figures in benchmarks/results into the tables of benchmarks/README.md.

python -m benchmarks.table
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

README = Path(__file__).parent / "README.md"
RESULTS = Path(__file__).parent / "results"
# In the order of the promises, the most felt first.
ORDER = ("startup", "stroke", "page_speed", "predictor", "memory", "progress_cost", "same_numbers")
HANDS = "real_hands"


def promises() -> str:
    """One line per promise: the bar, what was measured, when, and how."""
    results = [_result(name) for name in ORDER]
    rows = (
        (
            result["promise"],
            f"at most {result['bar']:g} {result['unit']}",
            f"**{result['figure']:g} {result['unit']}**",
            result["date"],
            f"`python -m benchmarks.{result.get('script', result['name'])}`: {result['how']}",
        )
        for result in results
    )
    return _table(("what", "bar", "measured", "on", "how"), rows)


def hands() -> str:
    """One line per network: how many digits of real hands it reads."""
    found = _result(HANDS)["percent read rightly"]
    rows = (
        (f"`{model}`", f"**{figure['prepared']} %**", f"{figure['shrunk']} %")
        for model, figure in found.items()
    )
    return _table(("network", "prepared as MNIST was", "plainly shrunk to 28 × 28"), rows)


def machines() -> str:
    """What the figures were measured on."""
    used = {(result["machine"], json.dumps(result["versions"])) for result in map(_result, ORDER)}
    lines = (
        f"- {machine}; " + ", ".join(f"{name} {v}" for name, v in json.loads(versions).items())
        for machine, versions in sorted(used)
    )
    return "\n".join(lines)


def filled(text: str) -> str:
    """A README with its tables brought up to date."""
    for name, content in (("promises", promises()), ("hands", hands()), ("machines", machines())):
        begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        head, _, rest = text.partition(begin)
        _, _, tail = rest.partition(end)
        text = f"{head}{begin}{content}\n{end}{tail}"
    return text


def _result(name: str) -> dict[str, Any]:
    result: dict[str, Any] = json.loads((RESULTS / f"{name}.json").read_text("utf-8"))
    return result


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    README.write_text(filled(README.read_text("utf-8")), "utf-8")
