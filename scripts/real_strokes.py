"""Strokes of real people that are learned from: digits by writer, and characters that are none.

The digits are UCI's "Pen-Based Recognition of Handwritten Digits" (E. Alpaydin and F. Alimoglu,
CC BY 4.0), in which every digit's comment names its writer, 1 to 30. The characters are Omniglot's
(B. Lake, R. Salakhutdinov, J. Tenenbaum, MIT licence). Neither is part of this repository.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np

from benchmarks.hand_drawings import Hand, Stroke, read_unipen

FOLDER = Path(__file__).parents[2] / "shared" / "data"
DIGITS, CHARACTERS = "pendigits-orig.tra", "omniglot_strokes_small2.zip"

LEARNED_WRITERS = range(1, 21)
HELD_OUT_WRITERS = (4, 8, 12, 16, 20)
"""Of those learned from, the ones that settings are chosen and temperatures fitted on."""

LOOKALIKES: dict[str, dict[int, str]] = {
    "Latin": {
        2: "b is a 6",
        7: "g is a 9",
        9: "i, its dot too small to count, is a 1",
        10: "j, its dot too small to count, is a 1 with a hook",
        12: "l is a 1",
        15: "o is a 0",
        17: "q is a 9",
        19: "s is a 5",
        26: "z is a 2",
    },
    "Greek": {
        4: "delta is an 8 that is not quite closed",
        6: "zeta is a 3 or a 5",
        8: "theta is a 0 with a bar through it, or an 8",
        9: "iota is a 1 with a small foot",
        15: "omicron is a 0",
        18: "sigma is a 0 or a 6 begun far to the right",
    },
    "Tagalog": {3: "is a 3", 16: "is a 0 that is not quite closed"},
    "Sanskrit": {13: "is a 5", 37: "is a 3 with a flat top"},
    "Japanese_(katakana)": {
        2: "is a 1 with a long flag",
        8: "is a 7 with a long serif",
        22: "is a 7 with a slanted bar",
        24: "is a 1",
        27: "is a 7",
        37: "is a 3 of straight lines",
        43: "is a 7 with a long serif",
        46: "is a 7 with a bar",
    },
}
"""Characters by alphabet that anybody would read as a digit, and as which: neither learned from nor
counted."""


@dataclass(frozen=True, eq=False)
class Character:
    """One drawing of a character.

    Attributes:
        alphabet: its name, as in `LOOKALIKES`.
        number: of the character in its alphabet, from 1.
        person: who drew it, 1 to 20.
        strokes: each `(n, 2)`, y downwards.
    """

    alphabet: str
    number: int
    person: int
    strokes: tuple[Stroke, ...]


def digits(folder: Path = FOLDER) -> list[Hand]:
    """The digits of all writers, in the order of the file."""
    return list(read_unipen((folder / DIGITS).read_text("ascii")))


def characters(folder: Path = FOLDER, *, lookalikes: bool = False) -> Iterator[Character]:
    """All drawings of characters, those that look like a digit only if asked for."""
    with zipfile.ZipFile(folder / CHARACTERS) as archive:
        for name in sorted(archive.namelist()):
            path = PurePosixPath(name)
            if path.suffix != ".txt" or "__MACOSX" in path.parts:
                continue
            alphabet, number = path.parts[1], int(path.parts[2].removeprefix("character"))
            if lookalikes or number not in LOOKALIKES[alphabet]:
                person = int(path.stem.split("_")[1])
                yield Character(alphabet, number, person, _strokes(archive.read(name).decode()))


def _strokes(text: str) -> tuple[Stroke, ...]:
    """The strokes of one file: lines of x, y (0 at the top, negative below) and milliseconds."""
    pieces = (re.findall(r"^(-?[\d.]+),(-?[\d.]+)", part, re.M) for part in text.split("BREAK"))
    return tuple(np.array(piece, np.float64) * (1.0, -1.0) for piece in pieces if piece)
