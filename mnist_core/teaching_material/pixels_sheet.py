"""Worksheet for ages 10 to 12: a digit is a table of numbers, and a network counts points."""

import numpy as np
from numpy.typing import NDArray

from mnist_core.language.translation import _, to_translate
from mnist_core.teaching_material import by_hand
from mnist_core.teaching_material.sheet import WIDTH, Sheet

TITLE = to_translate("A digit is a table of numbers")
AGES = to_translate("Ages 10 to 12")
ELEMENT = 61
"""Of the test set: the digit to colour, an 8 that closes both its loops."""
_STEPS = (30, 110, 190)
"""Ink, of 255, from which a square is light grey, dark grey, black."""
_GREYS = np.array([255, 205, 135, 40], np.uint8)
_SMALL, _LARGE = 5.6, 9.8  # mm: fourteen squares, or eight, are equally wide
_TINY, _NEXT = 4.9, 47.5

PICTURE = (
    "........",
    ".######.",
    ".....##.",
    "....##..",
    "....#...",
    "...##...",
    "...#....",
    "........",
)
PATTERNS = {
    1: (
        "...++...",
        "--.++.--",
        "--.++.--",
        "--.++.--",
        "--.++.--",
        "--.++.--",
        "--.++.--",
        "...++...",
    ),
    2: (
        "..++++..",
        ".+++.++.",
        ".--..++.",
        "....++..",
        "..-++.--",
        "..++....",
        ".++++++.",
        "........",
    ),
    7: (
        "........",
        ".++++++.",
        ".---.++.",
        "....++..",
        "-...++..",
        "--.++...",
        "--.++---",
        "........",
    ),
}


def pdf(image: NDArray[np.uint8], paper: str, *, is_solved: bool) -> bytes:
    """The worksheet.

    Args:
        image: `ELEMENT`, uint8 `(28, 28)`.
        paper: one of `sheet.PAPERS`.
        is_solved: with its solutions.
    """
    sheet = Sheet(_(TITLE), _(AGES), paper, is_solved=is_solved)
    _colour(sheet, numbers(image))
    _own(sheet)
    _be_the_network(sheet)
    _change_it(sheet)
    return sheet.pdf()


def numbers(image: NDArray[np.uint8]) -> NDArray[np.int64]:
    """A digit in fourteen rows of fourteen numbers from 0 to 3: int `(14, 14)`."""
    ink = image.reshape(14, 2, 14, 2).mean(axis=(1, 3))
    table: NDArray[np.int64] = np.digitize(ink, _STEPS)
    return table


def points() -> dict[int, int]:
    """How many points each pattern gives the picture."""
    return {digit: _points(PICTURE, pattern) for digit, pattern in PATTERNS.items()}


def changed() -> tuple[str, ...]:
    """The picture with a foot: the pattern of 2 wins."""
    return (*PICTURE[:6], ".######.", PICTURE[7])


def _points(picture: tuple[str, ...], pattern: tuple[str, ...]) -> int:
    return by_hand.points("".join(picture), "".join(pattern))


def _colour(sheet: Sheet, table: NDArray[np.int64]) -> None:
    words = _(
        "Colour the squares: 1 is light grey, 2 dark grey, 3 black. Empty squares are 0 and stay "
        "white. A computer sees nothing of a digit but such numbers: MNIST has 28 rows of them, "
        "from 0 to 255."
    )
    sheet.task(_("Colour by numbers"), words)
    left, top = sheet.left, sheet.top
    greys = _GREYS[table] if sheet.is_solved else np.full(table.shape, 255, np.uint8)
    shown = [[str(one) if one else "" for one in row] for row in table.tolist()]
    sheet.squares(greys, left, top, _SMALL, None if sheet.is_solved else shown)
    sheet.top = top + 14 * _SMALL + 6
    sheet.asked(_("Which digit is it?"), "8", left, sheet.top, 14 * _SMALL)
    sheet.top += 8


def _own(sheet: Sheet) -> None:
    """Beside the first task."""
    left = sheet.left + WIDTH - 8 * _LARGE
    top = sheet.top - 14 - 14 * _SMALL
    sheet.squares(np.full((8, 8), 255, np.uint8), left, top, _LARGE)
    words = _("Your own digit, in black and white")
    sheet.text(words, left, top + 8 * _LARGE + 2, 8 * _LARGE)
    words = _(
        "Draw a digit of your own in the empty table, with squares that are black or white. Then "
        "read it out, row by row: “0, 1, 1, 0 …”. Can your neighbour draw it without seeing it? "
        "How many numbers did you need?"
    )
    sheet.task(_("Read out a picture"), words)
    sheet.asked(_("Numbers:"), "8 × 8 = 64", sheet.left, sheet.top + 4, 60)
    sheet.top += 12


def _be_the_network(sheet: Sheet) -> None:
    words = _(
        "Lay the picture on each pattern, in your mind. Each black square on a + gives 1 point, "
        "each on a − takes 1 away, all others count nothing. The digit with most points is the "
        "network's answer."
    )
    sheet.task(_("Be the network"), words)
    top = sheet.top
    dark = np.array([[40 if one == "#" else 255 for one in row] for row in PICTURE], np.uint8)
    sheet.squares(dark, sheet.left, top, _TINY)
    sheet.text(_("The picture"), sheet.left, top + 8 * _TINY + 1.5, 40)
    found = points()
    for number, (digit, pattern) in enumerate(PATTERNS.items(), 1):
        left = sheet.left + number * _NEXT
        signs = [["" if one == "." else one.replace("-", "–") for one in row] for row in pattern]
        sheet.squares(np.full((8, 8), 255, np.uint8), left, top, _TINY, signs, size=9)
        words = _("Points for {digit}:", digit=digit)
        sheet.asked(words, str(found[digit]), left, top + 8 * _TINY + 5, 8 * _TINY)
    sheet.top = top + 8 * _TINY + 13
    best = max(found, key=found.__getitem__)
    sheet.asked(_("The network's answer:"), str(best), sheet.left, sheet.top, 70)
    sheet.top += 5


def _change_it(sheet: Sheet) -> None:
    words = _(
        "Which digit comes second? How sure should the network be? Make some more squares of the "
        "picture black so that a person still sees a digit and the network answers with the second."
    )
    sheet.task(_("Close?"), words)
    order = sorted(points().items(), key=lambda one: -one[1])
    (best, most), (second, fewer) = order[:2]
    now = _points(changed(), PATTERNS[second])
    before = _points(changed(), PATTERNS[best])
    solution = _(
        "{second} comes second, {lead} points behind: not very sure. With a line along the bottom "
        "(second row from below) {second} has {now} points, {best} only {before}.",
        second=second,
        lead=most - fewer,
        now=now,
        best=best,
        before=before,
    )
    sheet.answer(solution, 2)
