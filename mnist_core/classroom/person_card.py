"""A card for one person of a class: ten digits and a score, as a PDF or a picture to keep."""

import numpy as np
from numpy.typing import NDArray

from mnist_core.classroom import pdf_page
from mnist_core.classroom.pdf_page import ACCENT, PALE, PdfPage
from mnist_core.language.translation import _, n_

_WIDTH, _HEIGHT, _MARGIN = 148.0, 105.0, 8.0  # mm, a postcard
_COLUMNS, _TILE, _STEP = 5, 23.5, 27.0
_TOP, _ROW = 33.0, 32.0
_DOTS_PER_INCH = 300


def pdf(
    name: str,
    images: NDArray[np.uint8],
    labels: NDArray[np.int64],
    read: NDArray[np.int64],
    network: str,
) -> bytes:
    """The card.

    Args:
        name: of the person, of letters that `pdf_page.can_write`.
        images: the digits, uint8 `(n, 28, 28)`; ten of them are shown.
        labels: what they are meant to be, int `(n,)`.
        read: what the network read, int `(n,)`.
        network: its title.
    """
    page = PdfPage(_WIDTH, _HEIGHT, name)
    correct = int((labels == read).sum())
    widest = _WIDTH - 2 * _MARGIN
    page.write(name, _MARGIN, 12, size=13, colour=PALE, widest=widest)
    score = n_(
        "{correct} of {n} digit read", "{correct} of {n} digits read", len(labels), correct=correct
    )
    page.write(score, _MARGIN, 22, size=26, bold=True, widest=widest)
    page.write(
        _("by “{network}”", network=network), _MARGIN, 28, size=10, colour=PALE, widest=widest
    )
    found = zip(images, labels.tolist(), read.tolist(), strict=True)
    for number, (image, label, said) in enumerate(list(found)[: 2 * _COLUMNS]):
        row, column = divmod(number, _COLUMNS)
        left, top = _MARGIN + column * _STEP, _TOP + row * _ROW
        page.picture(image, left, top, _TILE)
        page.frame(left, top, _TILE, _TILE)
        is_correct = label == said
        words = f"{label}" if is_correct else _("{label}, read as {said}", label=label, said=said)
        colour = PALE if is_correct else ACCENT
        page.write(words, left, top + _TILE + 4, size=9.5, colour=colour, widest=_TILE)
    page.write("Digit Lab", _MARGIN, _HEIGHT - 5, size=12, bold=True, colour=ACCENT)
    return page.pdf()


def png(card: bytes) -> bytes:
    """A picture of a card that `pdf` made, at 300 dots an inch."""
    return pdf_page.png(card, _DOTS_PER_INCH)
