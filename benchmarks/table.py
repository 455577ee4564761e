"""Write the figures in benchmarks/results into the tables of benchmarks/README.md.

python -m benchmarks.table
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

README = Path(__file__).parent / "README.md"
HANDS_PAGE = Path(__file__).parents[1] / "docs" / "real_hands.md"
PAGES = (README, HANDS_PAGE)
RESULTS = Path(__file__).parent / "results"
# In the order of the promises, those that visitors feel most first.
ORDER = (
    "startup",
    "first_delight",
    "flow",
    "stroke",
    "live_answer",
    "page_speed",
    "click_speed",
    "click_ratio",
    "predictor",
    "drawing_answer",
    "committee_answer",
    "every_hand_answer",
    "memory",
    "small_machine",
    "first_progress",
    "quick",
    "quick_error",
    "training_speed-mlp-512-512",
    "training_speed-mlp-784",
    "training_speed-mlp-1024-128-64",
    "training_speed-mlp-800-sgd",
    "training_speed-cnn-32-32",
    "training_speed-cnn-simple",
    "training_speed-cnn-larger",
    "command_speed-mlp-512-512",
    "command_speed-cnn-32-32",
    "progress_cost",
    "snapshot_cost",
    "dropout_accuracy",
    "same_numbers",
    "image_size",
    "image_start",
    "behind_nginx",
    "containers",
    "lost_sessions",
    "killed_at_random",
    "paper_sheets",
)
HANDS = "real_hands"
# Figures with tables and sentences of their own.
OTHERS = (
    HANDS,
    "best_networks",
    "crowd",
    "crowd_behind_nginx",
    "class_of_thirty",
    "shared_directory",
    "shared_directory_killed",
    "photo_kinds",
    "photos",
    "questions",
    "rejections",
    "side_by_side",
)


def promises() -> str:
    """One line per promise: the target, what was measured, when, and how."""
    results = [_result(name) for name in ORDER]
    rows = (
        (
            result["promise"],
            f"at most {_measure(result['bar'], result['unit'])}",
            f"**{_measure(result['figure'], result['unit'])}**",
            result["date"],
            f"`python -m benchmarks.{result.get('script', result['name'])}`: {result['how']}",
        )
        for result in results
    )
    return _table(("what", "target", "measured", "on", "how"), rows)


def _measure(value: float, unit: str) -> str:
    """0.813, "%" -> "0.813%"; 4.2, "s" -> "4.2 s"."""
    return f"{value:g}{unit}" if unit == "%" else f"{value:g} {unit}"


def hands() -> str:
    """One line per network: how much of real handwriting it reads correctly."""
    found = _result(HANDS)["percent read correctly"]
    rows = (
        (
            f"`{model}`",
            f"**{figure['strokes']:.2f}%**",
            _weakest(figure["by digit"]),
            f"{figure['wrong at over 95%']}",
            f"{figure['calibration error']:.2f} points",
            f"{figure['prepared']:.2f}%",
            f"{figure['shrunk']:.2f}%",
        )
        for model, figure in found.items()
    )
    head = (
        "network",
        "from the strokes, as the page does",
        "weakest digit",
        "misread at over 95%",
        "calibration error",
        "from the pixels",
        "simply shrunk to 28 × 28",
    )
    return _table(head, rows)


def brushes() -> str:
    """The worst and the best of all brushes and heights, each way."""
    (found,) = (value for name, value in _result(HANDS).items() if name.startswith("by brush"))
    rows = (
        (f"`{model}`", *(_range(ways[way]) for way in ("strokes", "prepared", "shrunk")))
        for model, ways in found.items()
    )
    return _table(("network", "from the strokes", "from the pixels", "simply shrunk"), rows)


def _weakest(by_digit: dict[str, float]) -> str:
    digit = min(by_digit, key=lambda name: by_digit[name])
    return f"{digit}: {by_digit[digit]:.2f}%"


def _range(settings: dict[str, float]) -> str:
    return f"{min(settings.values()):.2f} to {max(settings.values()):.2f}%"


def best() -> str:
    """The networks of our own: every seed, and the committees."""
    found = _result("best_networks")
    rows = [
        (
            f"`{name}`, seed{'s' * (len(each['seeds']) > 1)} {', '.join(map(str, each['seeds']))}"
            + (" (shipped)" if each["seeds"] == found[name]["chosen"] else ""),
            f"{each['validation accuracy']:.2f}%",
            f"{each['validation loss, one look']}",
            f"{each['validation loss']}",
            f"{each['test accuracy']:.2f}%",
            f"{each['test calibration error']:.3f} points",
        )
        for name in ("cnn-best", "trained alone", "committee")
        for each in found[name]["each"]
    ]
    head = (
        "network",
        "validation",
        "validation loss, one look",
        "three looks",
        "test",
        "calibration error, test",
    )
    return f"{_table(head, rows)}\n\n{_means(found)}"


def _means(found: dict[str, Any]) -> str:
    sentences = [
        f"{name}: mean test accuracy {found[name]['mean test accuracy']}%, standard deviation "
        f"{found[name]['standard deviation']} points (n = {found[name]['count']})."
        for name in ("cnn-best", "trained alone", "committee", "all sets of three seeds")
    ]
    return "\n".join(f"- {sentence}" for sentence in sentences)


def rejections() -> str:
    """How many drawings of something else are refused."""
    found = _result("rejections")
    kinds = found["refused at it, by kind"]
    rows = [(kind, f"{share:.2f}%") for kind, share in kinds.items()]
    rows.append(("**all that is made up**", f"**{found['refused at it']}%**"))
    rows.append(("**real characters**", f"**{found['characters refused at it']}%**"))
    app = (
        f"At the app's limit, {found['limit of the app']}, {found['hands refused by the app']}% of "
        f"the real digits, {found['refused by the app']}% of what is made up and "
        f"{found['characters refused by the app']}% of the real characters are refused."
    )
    return f"{_table(('not a digit', 'refused when 0.3% of real digits are'), rows)}\n\n{app}"


def photo_kinds() -> str:
    """How many pictures of each kind are read correctly."""
    rows = [
        (
            name.replace("_", " "),
            str(found["pictures"]),
            f"**{found['right']:g}%**",
            f"{found['refused']:g}%",
            f"{found['wrong and accepted']:g}%",
            f"{found['wrong at over 95%']:g}%",
        )
        for name, found in _result("photo_kinds")["kinds"].items()
    ]
    head = ("kind", "pictures", "right and first", "refused", "wrong", "of these at over 95%")
    return _table(head, rows)


def crowd() -> str:
    """What one web process bears."""
    found, behind_nginx = _result("crowd"), _result("crowd_behind_nginx")
    cost, drawing, clicking = found["processor time, ms"], found["drawing"], found["clicking"]
    coming = found["coming and going"]
    rows = [(what, "25 ms of a processor", f"**{ms:g} ms**") for what, ms in cost.items()]
    rows += [
        (
            f"{drawing['people']} people draw, a stroke every 2 s: 95% of the answers within",
            "1 s, no errors",
            f"**{drawing['95%, s']:g} s**, {drawing['errors']} errors",
        ),
        (
            f"{clicking['people']} people click every 2 s, on average: half the answers within",
            "1 s, no errors",
            f"**{clicking['median, s']:g} s**, {clicking['errors']} errors",
        ),
        (
            f"{behind_nginx['people']} people do so behind nginx, by TLS, with two web processes",
            "0.5 s, no errors",
            f"**{behind_nginx['median, s']:g} s**, {behind_nginx['errors']} errors "
            f"({behind_nginx['date']})",
        ),
        (
            f"{coming['sessions']} people come and go: memory more than after the first fifty",
            "60 MB",
            f"**{coming['MB after all'] - coming['MB after the first fifty']} MB**",
        ),
    ]
    return _table(("what", "at most", f"measured on {found['date']}"), rows)


def class_of_thirty() -> str:
    """How soon what thirty people do is on the screen, and what a killed server costs."""
    rows = []
    for found in _result("class_of_thirty")["steps"]:
        waits = found["on the screen, s"]
        rows.append(
            (
                found["step"],
                f"{found['actions']:,}",
                f"**{waits['95%']:g} s** (median {waits['median']:g})" if waits else "–",
                f"{found['lost']}",
                f"{found['errors']}",
                f"{found['MB']}",
            )
        )
    head = ("step", "actions", "95% on the screen within", "lost by a kill", "errors", "MB")
    return _table(head, rows)


def machines() -> str:
    """What the figures were measured on."""
    used = {(result["machine"], json.dumps(result["versions"])) for result in map(_result, ORDER)}
    lines = (
        f"- {machine}; " + ", ".join(f"{name} {v}" for name, v in json.loads(versions).items())
        for machine, versions in sorted(used)
    )
    return "\n".join(lines)


def filled(text: str) -> str:
    """A page with those of the tables that it has updated."""
    tables = {
        "promises": promises,
        "machines": machines,
        "hands": hands,
        "brushes": brushes,
        "best": best,
        "rejections": rejections,
        "crowd": crowd,
        "class": class_of_thirty,
        "photo kinds": photo_kinds,
    }
    for name, content in ((name, make()) for name, make in tables.items()):
        begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        if begin not in text:
            continue
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
    for page in PAGES:
        page.write_text(filled(page.read_text("utf-8")), "utf-8")
