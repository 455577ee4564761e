"""Compute the figures of the teacher's notes and worksheets; write the notes into docs/teaching.

    python -m scripts.teaching_figures

The notes are written in mnist_core/teaching_material/notes, one file a language. A test fails when
the figures are not those of the shipped networks, or the files in docs/teaching are out of date.
"""

import json
from collections import Counter
from pathlib import Path

import msgspec
import numpy as np

from mnist_core.classroom.ambiguous_digits import ELEMENTS
from mnist_core.data import dataset
from mnist_core.models import store
from mnist_core.teaching_material import figures, notes
from mnist_core.teaching_material.figures import Figures, Guessed, Reading

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs" / "teaching"
_HANDS = ROOT / "benchmarks" / "results" / "real_hands.json"
_READER = "mlp-800-sgd"
_ALIKE = (4, 7, 9)
_READINGS = 20


def computed() -> Figures:
    """All figures, from the shipped networks and from what was measured."""
    return Figures(_guessed(), _READER, _readings(), _weakest())


def document(code: str) -> Path:
    """Where docs/teaching has the notes of a language."""
    return DOCS / ("README.md" if code == "en" else f"README.{code}.md")


def _guessed() -> tuple[Guessed, ...]:
    images = np.stack([dataset.load(one.set).images[one.index] for one in ELEMENTS])
    names = [card.name for card in store.list_models() if card.shipped]
    answers = np.stack([store.open_model(name).predict(images).argmax(axis=1) for name in names])
    return tuple(
        Guessed(
            int(dataset.load(one.set).labels[one.index]),
            dict(Counter(answers[:, number].tolist()).most_common()),
        )
        for number, one in enumerate(ELEMENTS)
    )


def _readings() -> tuple[Reading, ...]:
    """The first twenty in a row of those digits in which the network confuses most of them.

    It says one of these digits to each, so that a table of three times three holds all.
    """
    labels = dataset.load("test").labels
    chances = np.load(store.SHIPPED / _READER / store.PROBABILITIES)
    read, sure = chances.argmax(axis=1), chances.max(axis=1)
    alike = np.flatnonzero(np.isin(labels, _ALIKE))
    rows = np.lib.stride_tricks.sliding_window_view(alike, _READINGS)
    mistakes = (read[rows] != labels[rows]).sum(axis=1)
    mistakes[~np.isin(read[rows], _ALIKE).all(axis=1)] = 0
    return tuple(
        Reading(int(one), int(labels[one]), int(read[one]), round(100 * float(sure[one])))
        for one in rows[mistakes.argmax()]
    )


def _weakest() -> dict[int, int]:
    measured = json.loads(_HANDS.read_text("utf-8"))["percent read correctly"]
    weakest = [min(one["by digit"], key=one["by digit"].get) for one in measured.values()]
    return {int(digit): count for digit, count in Counter(weakest).most_common()}


def main() -> None:
    """Write the figures, then the notes with them."""
    encoded = msgspec.json.format(msgspec.json.encode(computed()), indent=1)
    figures.FILE.write_bytes(encoded + b"\n")
    figures.load.cache_clear()
    for code in notes.codes():
        document(code).write_text(notes.markdown(code), "utf-8")


if __name__ == "__main__":
    main()
