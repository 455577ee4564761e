"""Worksheet for ages 13 to 15: being wrong well, with the answers of a network and of the class."""

import numpy as np
from numpy.typing import NDArray

from mnist_core.language.translation import _, to_translate
from mnist_core.system.text_format import decimal, percent, whole
from mnist_core.teaching_material import by_hand
from mnist_core.teaching_material.figures import Figures, Reading
from mnist_core.teaching_material.sheet import SIZE, WIDTH, Sheet

TITLE = to_translate("Wrong, but how?")
AGES = to_translate("Ages 13 to 15")
DIGITS = (4, 7, 9)
ENOUGH = 80
"""Percent: below, the network stays silent in task 3."""
COUNTS = (20, 100, 10_000)
_COLUMNS, _TILE = 10, 13.0
_CELL = 9.5


def pdf(
    images: NDArray[np.uint8],
    figures: Figures,
    network: str,
    accuracy: float,
    paper: str,
    *,
    is_solved: bool,
) -> bytes:
    """The worksheet.

    Args:
        images: of `figures.readings`, uint8 `(20, 28, 28)`.
        figures: with the readings.
        network: the title of the one that read them.
        accuracy: its accuracy on the whole test set, 0..1.
        paper: one of `sheet.PAPERS`.
        is_solved: with its solutions.
    """
    sheet = Sheet(_(TITLE), _(AGES), paper, is_solved=is_solved)
    found = list(figures.readings)
    _count(sheet, images, found, network, accuracy)
    _confusion(sheet, found)
    _silence(sheet, found)
    _class(sheet)
    _luck(sheet, found)
    return sheet.pdf()


def correct(readings: list[Reading]) -> int:
    """How many are read as their label says."""
    return sum(one.label == one.read for one in readings)


def sure(readings: list[Reading]) -> list[Reading]:
    """Those that the network answers when it may stay silent."""
    return [one for one in readings if one.sure >= ENOUGH]


def _share(part: int, total: int) -> str:
    return percent(part / total, 0)


def _count(
    sheet: Sheet, images: NDArray[np.uint8], found: list[Reading], network: str, accuracy: float
) -> None:
    words = _(
        "Twenty of MNIST's test digits, chosen because “{network}” confuses many of them: of all "
        "10,000 it reads {accuracy}. Below each stand its label, the network's answer, and how "
        "sure it was. Cross out every mistake.",
        network=network,
        accuracy=percent(accuracy),
    )
    sheet.task(_("Count the mistakes"), words)
    step = WIDTH / _COLUMNS
    for number, (image, one) in enumerate(zip(images, found, strict=True)):
        row, column = divmod(number, _COLUMNS)
        left, top = sheet.left + column * step, sheet.top + row * (_TILE + 10)
        sheet.page.picture(image, left, top, _TILE)
        sheet.page.frame(left, top, _TILE, _TILE)
        is_wrong = sheet.is_solved and one.label != one.read
        middle = left + _TILE / 2
        said = f"{one.label} » {one.read}"
        sheet.page.write(said, middle, top + _TILE + 4, size=SIZE, align="centre", bold=is_wrong)
        chance = percent(one.sure / 100, 0)
        sheet.page.write(chance, middle, top + _TILE + 8, size=8, align="centre", bold=is_wrong)
    sheet.top += 2 * (_TILE + 10) + 4
    right, total = correct(found), len(found)
    third = WIDTH / 3 - 5
    sheet.asked(_("Mistakes:"), str(total - right), sheet.left, sheet.top, third)
    sheet.asked(
        _("Accuracy = correct ÷ all ="), f"{right} ÷ {total} = {_share(right, total)}",
        sheet.left + WIDTH / 3, sheet.top, WIDTH * 2 / 3,
    )  # fmt: skip
    sheet.top += 6


def _confusion(sheet: Sheet, found: list[Reading]) -> None:
    words = _(
        "Tally: in which row (label) and column (answer) does each digit belong? The diagonal "
        "holds what is correct."
    )
    sheet.task(_("The table of confusions"), words)
    counts = by_hand.confusion([one.label for one in found], [one.read for one in found], DIGITS)
    left, top = sheet.left + 32, sheet.top + 4
    for number, digit in enumerate(DIGITS):
        middle = (number + 0.5) * _CELL
        said, meant = _("read {digit}", digit=digit), _("label {digit}", digit=digit)
        sheet.page.write(said, left + middle, top - 1.5, size=8, align="centre")
        sheet.page.write(meant, left - 2, top + middle + 1, size=8, align="right")
    sheet.cells([[str(one) for one in row] for row in counts.tolist()], left, top, _CELL)
    beside = left + 3 * _CELL + 10
    width = sheet.left + WIDTH - beside
    row, column = np.unravel_index(
        (counts * ~np.eye(len(DIGITS), dtype=bool)).argmax(), counts.shape
    )
    solution = _(
        "{label} read as {read}, {count} times",
        label=DIGITS[int(row)], read=DIGITS[int(column)], count=int(counts[row, column]),
    )  # fmt: skip
    sheet.text(_("Which confusion is the most frequent?"), beside, top, width)
    sheet.blank(solution, beside, top + 10, width)
    sheet.text(_("What do these digits have in common?"), beside, top + 13.5, width)
    sheet.blank(_("A hook at the top, a long stroke below it"), beside, top + 23.5, width)
    sheet.top = top + 3 * _CELL + 3


def _silence(sheet: Sheet, found: list[Reading]) -> None:
    words = _(
        "Now the network may stay silent: only answers that are at least {percent} sure count.",
        percent=percent(ENOUGH / 100, 0),
    )
    sheet.task(_("Better silent than wrong?"), words)
    answered = sure(found)
    right = correct(answered)
    half = WIDTH / 2 - 4
    base = sheet.top + 4
    sheet.asked(_("Answers left:"), f"{len(answered)} / {len(found)}", sheet.left, base, half)
    sheet.asked(
        _("Of these correct:"), f"{right} ÷ {len(answered)} = {_share(right, len(answered))}",
        sheet.left + WIDTH / 2, base, WIDTH / 2,
    )  # fmt: skip
    words = _("Where would silence be better than a mistake, and where not?")
    sheet.top = sheet.text(words, sheet.left, base + 3, WIDTH)
    solution = _(
        "Better silent: a bank transfer, a dose of medicine; a person looks at what is left. Not "
        "where an answer is needed at once and a mistake costs little. “Sure” is no proof: one of "
        "the mistakes is {percent} sure.",
        percent=percent(max(one.sure for one in found if one.label != one.read) / 100, 0),
    )
    sheet.answer(solution, 2)


def _class(sheet: Sheet) -> None:
    words = _(
        "Take the numbers of the network that reads your class best from the screen. Why is a "
        "network never examined on digits that it has learned from?"
    )
    sheet.task(_("Your class"), words)
    base = sheet.top + 4
    open_answer = _("from the screen")
    half = WIDTH / 2 - 4
    sheet.asked(_("Our digits: correct ÷ all ="), open_answer, sheet.left, base, half)
    sheet.asked(_("MNIST's test digits:"), open_answer, sheet.left + WIDTH / 2, base, WIDTH / 2)
    sheet.top = base + 3
    solution = _(
        "It could have memorised them. Only digits that it has never seen show whether it can "
        "read: an exam with the questions of the exercise book tests nothing but memory."
    )
    sheet.answer(solution, 2)


def _luck(sheet: Sheet, found: list[Reading]) -> None:
    right, total = correct(found), len(found)
    words = _(
        "By chance, an accuracy measured on n digits may be off by up to 1 divided by the "
        "square root of n (in 95 of 100 cases). Work it out. A second network reads {second} of "
        "the same {total} digits, this one {first}: is the second better?",
        second=right + 2,
        first=right,
        total=total,
    )
    sheet.task(_("Luck"), words)
    base = sheet.top + 4
    step = WIDTH / 3
    for number, count in enumerate(COUNTS):
        points = decimal(100 * by_hand.margin(count), 0)
        solution = _("± {points} points", points=points)
        left = sheet.left + number * step
        sheet.asked(f"n = {whole(count)}:", solution, left, base, step - 5)
    sheet.top = base + 3
    solution = _(
        "Nobody can tell: they are {gap} points apart, and each figure may be off by {margin}.",
        gap=decimal(100 * 2 / total, 0),
        margin=decimal(100 * by_hand.margin(total), 0),
    )
    sheet.answer(solution, 1)
