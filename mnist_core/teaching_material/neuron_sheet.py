"""Worksheet for ages 16 and up: a neuron, a convolution and softmax by hand."""

from math import log

import numpy as np

from mnist_core.language.translation import _, to_translate
from mnist_core.system.text_format import decimal, whole
from mnist_core.teaching_material import by_hand
from mnist_core.teaching_material.sheet import SIZE, WIDTH, Sheet

TITLE = to_translate("A network by hand")
AGES = to_translate("Ages 16 and up; a calculator helps in task 3")
WEIGHTS, BIAS = (-2.0, 1.5, 1.0, -0.5), 0.25
INPUTS = ((0.0, 1.0, 0.5, 0.5), (1.0, 0.5, 0.0, 0.5))
IMAGE = (
    (0, 0, 0, 0, 0, 0),
    (0, 1, 1, 1, 1, 0),
    (0, 0, 0, 1, 0, 0),
    (0, 0, 0, 1, 0, 0),
    (0, 0, 1, 0, 0, 0),
    (0, 0, 1, 0, 0, 0),
)
KERNEL = ((1, 1, 1), (0, 0, 0), (-1, -1, -1))
SCORES = (("7", 2.0), ("9", 1.0), ("1", -1.0))
FILTERS, SIDE, NEURONS = 32, 3, 512
_PIXELS = 28 * 28
_CELL = 7.4


def pdf(paper: str, *, is_solved: bool) -> bytes:
    """The worksheet.

    Args:
        paper: one of `sheet.PAPERS`.
        is_solved: with its solutions.
    """
    sheet = Sheet(_(TITLE), _(AGES), paper, is_solved=is_solved)
    _neuron(sheet)
    _convolution(sheet)
    _softmax(sheet)
    _parameters(sheet)
    return sheet.pdf()


def _number(value: float) -> str:
    """As short as it can be: "1.5", "-2"."""
    places = 0 if value == round(value) else 1 if value * 10 == round(value * 10) else 2
    return decimal(value, places).replace("-", "−")


def _neuron(sheet: Sheet) -> None:
    words = _(
        "A neuron multiplies each input x by a weight w, adds all of it and the bias b: "
        "z = x1·w1 + x2·w2 + x3·w3 + x4·w4 + b. Then ReLU makes 0 of whatever is negative."
    )
    sheet.task(_("One neuron"), words)
    weights = "w = ({})".format("; ".join(map(_number, WEIGHTS)))
    sheet.page.write(f"{weights},  b = {_number(BIAS)}", sheet.left, sheet.top + 4, size=11)
    sheet.top += 11
    for inputs in INPUTS:
        sheet.page.write(
            "x = ({})".format("; ".join(map(_number, inputs))), sheet.left, sheet.top, size=SIZE
        )
        total = by_hand.neuron(inputs, WEIGHTS, BIAS)
        sheet.asked("z =", _number(total), sheet.left + 52, sheet.top, 58)
        active = _number(float(by_hand.relu(total)))
        sheet.asked("ReLU(z) =", active, sheet.left + 118, sheet.top, WIDTH - 118)
        sheet.top += 8
    words = _("What does the neuron look for: which inputs please it, which ones does it dislike?")
    sheet.top = sheet.text(words, sheet.left, sheet.top - 3, WIDTH)
    liked = [f"x{place}" for place, weight in enumerate(WEIGHTS, 1) if weight > 0]
    others = [f"x{place}" for place, weight in enumerate(WEIGHTS, 1) if weight < 0]
    solution = _(
        "It likes {liked} (positive weights) and dislikes {others}, x1 most of all.",
        liked=", ".join(liked),
        others=", ".join(others),
    )
    sheet.answer(solution, 1)


def _convolution(sheet: Sheet) -> None:
    words = _(
        "Slide the kernel over the picture. At each place multiply the nine pairs of numbers and "
        "add them up: that is one number of the feature map. The first one is done. Then ReLU. "
        "(Networks do not turn the kernel round, as mathematicians do.)"
    )
    sheet.task(_("A convolution"), words)
    found = by_hand.convolution(IMAGE, KERNEL)
    top = sheet.top + 5
    tables = (
        (_("picture"), np.array(IMAGE, np.float64), True),
        (_("kernel"), np.array(KERNEL, np.float64), True),
        (_("feature map"), found, False),
        (_("after ReLU"), by_hand.relu(found), False),
    )
    left = sheet.left
    for name, values, is_given in tables:
        cells = [[_number(one) for one in row] for row in values.tolist()]
        given = values.size if is_given else 1
        sheet.page.write(name, left, top - 1.5, size=8.5)
        sheet.cells(cells, left, top, _CELL, given)
        left += values.shape[1] * _CELL + 18.7
    sheet.top = top + 6 * _CELL + 1
    words = _(
        "What does this kernel find in the 7? Which kernel would find upright strokes' edges?"
    )
    sheet.top = sheet.text(words, sheet.left, sheet.top, WIDTH)
    solution = _(
        "Edges with ink above and none below: the lower edge of the bar, and the ends of strokes. "
        "Turned by a quarter, with columns 1, 0, −1, it finds the right-hand edges of upright "
        "strokes."
    )
    sheet.answer(solution, 2)


def _softmax(sheet: Sheet) -> None:
    words = _(
        "The last layer gives a score z for each digit, here for three of them. Softmax makes "
        "shares of 1: take e to the power of z, and divide by the sum. The loss, which training "
        "makes small, is −ln(p) of the right digit: here 7."
    )
    sheet.task("Softmax", words)
    scores = [score for _digit, score in SCORES]
    powers, shares = np.exp(scores), by_hand.softmax(scores)
    base = sheet.top + 4
    for (digit, score), power, share in zip(SCORES, powers.tolist(), shares.tolist(), strict=True):
        words = _("Digit {digit}: z = {score}", digit=digit, score=_number(score))
        sheet.page.write(words, sheet.left, base, size=SIZE)
        power_words = decimal(power, 2)
        sheet.asked("e^z =", power_words, sheet.left + 52, base, 58)
        sheet.asked("p =", decimal(share, 3), sheet.left + 118, base, WIDTH - 118)
        base += 7.4
    sheet.asked(_("Sum of e^z ="), decimal(float(powers.sum()), 2), sheet.left, base, 50)
    loss = decimal(-log(float(shares[0])), 3)
    sheet.asked(_("Loss = −ln(p) ="), loss, sheet.left + 118, base, WIDTH - 118)
    sheet.top = base + 5


def _parameters(sheet: Sheet) -> None:
    words = _(
        "How many numbers does training have to find? For a convolution with {filters} kernels of "
        "{side} × {side} and a bias each, on a grey picture; and for a layer of {neurons} neurons "
        "that each see all {pixels} pixels, with a bias each.",
        filters=FILTERS,
        side=SIDE,
        neurons=NEURONS,
        pixels=_PIXELS,
    )
    sheet.task(_("Counting parameters"), words)
    base = sheet.top + 4
    convolution = f"{FILTERS}·({SIDE}·{SIDE} + 1) = {whole(FILTERS * (SIDE * SIDE + 1))}"
    dense = f"{NEURONS}·({_PIXELS} + 1) = {whole(NEURONS * (_PIXELS + 1))}"
    sheet.asked(_("Convolution:"), convolution, sheet.left, base, WIDTH / 2 - 4)
    sheet.asked(_("Layer:"), dense, sheet.left + WIDTH / 2, base, WIDTH / 2)
    words = _("Why does a convolution need so few, and why does it read better?")
    sheet.top = sheet.text(words, sheet.left, base + 4, WIDTH)
    solution = _(
        "It looks for the same small pattern everywhere, with the same numbers. A stroke that is a "
        "little further left is still a stroke; the other layer has to learn each place anew."
    )
    sheet.answer(solution, 2)
