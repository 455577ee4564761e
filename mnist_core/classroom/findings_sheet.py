"""One sheet of paper with what a class found: a PDF, and the same as a picture."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mnist_core.classroom import pdf_page
from mnist_core.classroom.findings import Count, Findings, Hit, Taught
from mnist_core.classroom.pdf_page import ACCENT, PALE, PdfPage
from mnist_core.language.translation import _, n_
from mnist_core.system.text_format import percent, whole

_WIDTH, _HEIGHT, _MARGIN = 210.0, 297.0, 14.0  # mm, A4
_INNER = _WIDTH - 2 * _MARGIN
_SIDE, _GAP = 28, 2  # pixels
_WALL_HEIGHT = 52.0
_MOST_BARS, _MOST_HITS = 6, 6
_DOTS_PER_INCH = 150


def pdf(findings: Findings) -> bytes:
    """The sheet as a PDF: one page of A4."""
    page = PdfPage(_WIDTH, _HEIGHT, _("What our class found"))
    top = _head(page, findings)
    if findings.guesses:
        top = _guesses(page, findings, top)
    if len(findings.images):
        top = _handwriting(page, findings, top)
    if findings.hits:
        top = _fooled(page, findings.hits, top)
    if findings.trainings:
        top = _counts(page, _("Networks that we trained"), findings.trainings, top)
    if findings.taught is not None:
        _taught(page, findings.taught, top)
    words = _("Made with Digit Lab. Guessed digits: MNIST, CC BY-SA 3.0.")
    page.write(words, _MARGIN, _HEIGHT - 8, size=8, colour=PALE)
    return page.pdf()


def png(sheet: bytes) -> bytes:
    """A picture of a sheet that `pdf` made, at 150 dots an inch."""
    return pdf_page.png(sheet, _DOTS_PER_INCH)


def _head(page: PdfPage, findings: Findings) -> float:
    page.write(_("What our class found"), _MARGIN, 22, size=24, bold=True)
    page.write(findings.day.isoformat(), _WIDTH - _MARGIN, 22, colour=PALE, align="right")
    facts = [n_("{n} person", "{n} people", findings.people)]
    if findings.guesses:
        facts.append(n_("{n} guess", "{n} guesses", findings.guesses))
    if len(findings.images):
        facts.append(n_("{n} digit written", "{n} digits written", len(findings.images)))
    if findings.trainings:
        facts.append(n_("{n} network trained", "{n} networks trained", len(findings.trainings)))
    page.write(" · ".join(facts), _MARGIN, 30, size=12, colour=PALE)
    return 40


def _guesses(page: PdfPage, findings: Findings, top: float) -> float:
    _heading(page, _("Guess first: who says what the label says?"), top)
    step = _INNER / len(findings.guessed)
    for number, one in enumerate(findings.guessed):
        left = _MARGIN + number * step
        page.picture(one.image, left, top + 3, step - 3)
        share = "" if one.share is None else percent(one.share, 0)
        page.write(str(one.label), left, top + step + 5, size=11, bold=True)
        page.write(share, left + 5, top + step + 5, size=10, colour=PALE)
    return top + step + 14


def _handwriting(page: PdfPage, findings: Findings, top: float) -> float:
    _heading(page, _("Our handwriting"), top)
    wall = _wall(findings.images, _INNER / _WALL_HEIGHT)
    height = min(_WALL_HEIGHT, _INNER * wall.shape[0] / wall.shape[1])
    page.picture(wall, _MARGIN, top + 3, height * wall.shape[1] / wall.shape[0])
    top += height + 9
    if findings.hardest is not None:
        words = (
            _("The digit of ours that was misread most, maybe by luck: {digit}",
              digit=findings.hardest)
            if findings.is_hardest_by_luck
            else _("The digit of ours that is hardest to read: {digit}", digit=findings.hardest)
        )  # fmt: skip
        page.write(words, _MARGIN, top, size=11)
        top += 9
    return _counts(page, _("How many of our digits each network reads"), findings.networks, top)


def _fooled(page: PdfPage, hits: Sequence[Hit], top: float) -> float:
    _heading(page, _("People read these, the network does not"), top)
    side = 20.0
    for number, hit in enumerate(hits[:_MOST_HITS]):
        left = _MARGIN + number * (_INNER / _MOST_HITS)
        page.picture(hit.image, left, top + 3, side)
        words = _("{meant}, read as {said}", meant=hit.meant, said=hit.said)
        page.write(words, left, top + side + 7, size=9)
    return top + side + 15


def _counts(page: PdfPage, title: str, counts: Sequence[Count], top: float) -> float:
    """Bars, the longest first."""
    if not counts:
        return top
    _heading(page, title, top)
    for number, one in enumerate(counts[:_MOST_BARS]):
        _bar(page, one, top + 4 + 5.5 * number)
    return top + 5.5 * min(len(counts), _MOST_BARS) + 10


def _bar(page: PdfPage, count: Count, top: float) -> None:
    left, longest = _MARGIN + 62, _INNER - 62 - 42
    page.write(count.title, _MARGIN, top + 3.4, size=9.5, widest=59)
    page.bar(left, top, longest * count.share, 4)
    words = _(
        "{percent}, {correct} of {total}",
        percent=percent(count.share, 1),
        correct=whole(count.correct),
        total=whole(count.total),
    )
    page.write(words, _WIDTH - _MARGIN, top + 3.4, size=9.5, align="right")


def _taught(page: PdfPage, taught: Taught, top: float) -> float:
    _heading(page, _("“{network}” went on learning from our digits", network=taught.title), top)
    rows = (
        (_("Our digits, before"), taught.ours_before),
        (_("Our digits, after"), taught.ours_after),
        (_("MNIST, before"), taught.mnist_before),
        (_("MNIST, after"), taught.mnist_after),
    )
    for number, (title, count) in enumerate(rows):
        _bar(page, Count(title, count.correct, count.total), top + 4 + 5.5 * number)
    return top + 32


def _heading(page: PdfPage, words: str, top: float) -> None:
    page.write(words, _MARGIN, top, size=13, bold=True, colour=ACCENT)


def _wall(images: NDArray[np.uint8], ratio: float) -> NDArray[np.uint8]:
    """All images as one, about so many times as wide as high: uint8, light ink on dark."""
    columns = max(10, int(np.ceil(np.sqrt(len(images) * ratio))))
    rows = -(-len(images) // columns)
    cell = _SIDE + _GAP
    wall = np.zeros((rows * cell, columns * cell), np.uint8)
    for number, image in enumerate(images):
        row, column = divmod(number, columns)
        wall[row * cell : row * cell + _SIDE, column * cell : column * cell + _SIDE] = image
    return wall
