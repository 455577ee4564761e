"""A worksheet of one page: tasks from top to bottom, to be filled in, or with their solutions."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mnist_core.classroom.pdf_page import ACCENT, INK, PALE, PdfPage
from mnist_core.language.translation import _

PAPERS = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
"""Width and height in millimetres."""
WIDTH, HEIGHT = 182.0, 262.0
"""Of what is printed: it fits on both."""
SIZE = 10.0
_LINE = 7.0


class Sheet:
    """A worksheet.

    Args:
        title: of the sheet.
        ages: whom it is for, in words.
        paper: one of `PAPERS`.
        is_solved: whether the solutions are written in.

    Attributes:
        left: of what is printed, in millimetres.
        top: where the next thing begins.
        is_solved: whether the solutions are written in.
    """

    def __init__(self, title: str, ages: str, paper: str, *, is_solved: bool) -> None:
        width, height = PAPERS[paper]
        self.page = PdfPage(width, height, title)
        self.left, first = (width - WIDTH) / 2, (height - HEIGHT) / 2
        self.is_solved = is_solved
        self.page.write(title, self.left, first + 7, size=19, bold=True, widest=WIDTH - 58)
        who = _("Solutions") if is_solved else _("Name:") + " " + "_" * 22
        right = self.left + WIDTH
        self.page.write(who, right, first + 6, size=11, align="right", bold=is_solved)
        self.page.write(ages, self.left, first + 13, colour=PALE)
        self.page.write("Digit Lab", right, first + 13, colour=PALE, align="right")
        self.top = first + 17
        self._tasks = 0

    def task(self, title: str, words: str, width: float = WIDTH) -> None:
        """Begin the next task: its number, its title, and what to do."""
        self._tasks += 1
        self.page.write(f"{self._tasks}  {title}", self.left, self.top + 4, size=12.5, bold=True)
        self.top = self.page.paragraph(words, self.left, self.top + 6, width, size=SIZE)

    def text(self, words: str, left: float, top: float, width: float) -> float:
        """Write a paragraph anywhere; returns where it ends."""
        return self.page.paragraph(words, left, top, width, size=SIZE)

    def blank(self, solution: str, left: float, baseline: float, width: float) -> None:
        """A line to write on, or on it the solution."""
        self.page.line(left, baseline + 1, width)
        if self.is_solved:
            middle = left + width / 2
            self.page.write(
                solution, middle, baseline, size=SIZE, bold=True, colour=ACCENT, align="centre",
                widest=width,
            )  # fmt: skip

    def asked(self, words: str, solution: str, left: float, baseline: float, width: float) -> None:
        """Words, and in the rest of this width a line to write on."""
        self.page.write(words, left, baseline, size=SIZE)
        taken = self.page.width_of(words, SIZE) + 2
        self.blank(solution, left + taken, baseline, width - taken)

    def answer(self, solution: str, lines: int = 2) -> None:
        """Lines to write on, or the solution in their place."""
        if self.is_solved:
            self.page.paragraph(
                solution, self.left, self.top, WIDTH, size=SIZE, bold=True, colour=ACCENT
            )
        else:
            for number in range(1, lines + 1):
                self.page.line(self.left, self.top + number * _LINE - 1, WIDTH)
        self.top += lines * _LINE + 3

    def squares(
        self,
        greys: NDArray[np.uint8],
        left: float,
        top: float,
        side: float,
        words: Sequence[Sequence[str]] | None = None,
        *,
        size: float = 8,
    ) -> None:
        """A table of squares: uint8 `(h, w)`, 255 is white, and a word or nothing in each."""
        for row, column in np.ndindex(greys.shape):
            x, y = left + column * side, top + row * side
            self.page.square(x, y, side, int(greys[row, column]))
            if words is not None and words[row][column]:
                self._centred(words[row][column], x, y, side, size)

    def cells(
        self,
        solutions: Sequence[Sequence[str]],
        left: float,
        top: float,
        side: float,
        given: int = 0,
    ) -> None:
        """A table of squares to fill in; so many of them, from the first on, are filled in."""
        number = 0
        for row, line in enumerate(solutions):
            for column, word in enumerate(line):
                x, y = left + column * side, top + row * side
                self.page.square(x, y, side)
                if number < given or self.is_solved:
                    colour = INK if number < given else ACCENT
                    self._centred(word, x, y, side, SIZE, colour=colour)
                number += 1

    def _centred(
        self, word: str, x: float, y: float, side: float, size: float,
        colour: tuple[int, int, int] = INK,
    ) -> None:  # fmt: skip
        baseline = y + side / 2 + size * 0.125
        self.page.write(word, x + side / 2, baseline, size=size, colour=colour, align="centre")

    def pdf(self) -> bytes:
        """The document."""
        return self.page.pdf()
