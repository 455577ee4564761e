"""A picture card of a drawing that fooled a network: a PNG, a postcard of 148 x 105 mm."""

from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from mnist_core.handwriting.fooling import Attempt
from mnist_core.language.translation import _
from mnist_core.system.text_format import whole_percent, with_article

SIZE = (1748, 1240)
"""Width and height in pixels: a postcard at 300 dots an inch."""

_DPI = 300
_PAPER, _TILE, _INK, _PALE = "#fbfaf7", "#ffffff", "#1f1d1a", "#5d584f"
_ACCENT, _BAR, _LINE = "#2a4fb0", "#bdb7a9", "#d9d4c9"
_MARGIN, _DRAWING = 90, 810
# Eight dots to a pixel: pixels stay square.
_SEEN_SCALE = 8
# The words and the bars are right of the drawing.
_LEFT, _RIGHT = _MARGIN + _DRAWING + 80, SIZE[0] - _MARGIN
_BARS_TOP, _BAR_STEP, _BAR_HEIGHT = 664, 45, 29


def picture(attempt: Attempt) -> bytes:
    """The card: the drawing, what was meant, what the network said, and its ten answers.

    Nothing is said by a colour alone, so it can be printed in black and white.
    """
    card = Image.new("RGB", SIZE, _PAPER)
    pen = ImageDraw.Draw(card)
    card.paste(_as_ink(attempt.canvas, _DRAWING, Image.Resampling.LANCZOS), (_MARGIN, _MARGIN))
    _frame(pen, _MARGIN, _MARGIN, _DRAWING)
    _words(pen, attempt)
    _bars(pen, attempt)
    _what_it_saw(card, pen, attempt.image)
    file = BytesIO()
    # Ink, paper and one accent with their shades: 64 colours are enough, and keep it small.
    card.quantize(64).save(file, "PNG", dpi=(_DPI, _DPI), optimize=True)
    return file.getvalue()


def shrunk(card: bytes, width: int) -> bytes:
    """A card for the screen: a PNG of this width, its letters still smooth."""
    # Of a picture with few colours, whoever makes it smaller can only leave pixels out.
    found = Image.open(BytesIO(card)).convert("RGB")
    found.thumbnail((width, width), Image.Resampling.LANCZOS)
    file = BytesIO()
    found.save(file, "PNG")
    return file.getvalue()


def _words(pen: ImageDraw.ImageDraw, attempt: Attempt) -> None:
    meant, said = with_article(attempt.meant), with_article(attempt.said)
    percent = whole_percent(attempt.chance)
    _fitting(pen, 84, _("I drew"), _PALE, 44)
    _fitting(pen, 132, f"{meant}.", _INK, 150)
    _fitting(pen, 326, _("{network} says", network=attempt.model), _PALE, 44)
    _fitting(pen, 374, f"{said}!", _ACCENT, 150)
    _fitting(pen, 558, _("and is {percent} sure of it", percent=percent), _INK, 44)


def _fitting(pen: ImageDraw.ImageDraw, top: int, words: str, colour: str, size: float) -> None:
    """Write one line in the right half, smaller where it would be too long."""
    while pen.textlength(words, font_size=size) > _RIGHT - _LEFT:
        size *= 0.95
    pen.text((_LEFT, top), words, fill=colour, font_size=size)


def _bars(pen: ImageDraw.ImageDraw, attempt: Attempt) -> None:
    left, right = _LEFT + 52, _RIGHT - 170
    for digit, chance in enumerate(attempt.probabilities.tolist()):
        top = _BARS_TOP + digit * _BAR_STEP
        middle, is_answer = top + _BAR_HEIGHT // 2, digit == attempt.said
        colour = _ACCENT if is_answer else _INK
        pen.text((_LEFT, middle), str(digit), fill=colour, font_size=34, anchor="lm")
        pen.line((left, top, left, top + _BAR_HEIGHT), fill=_LINE, width=3)
        end = left + max(3, round(chance * (right - left)))
        pen.rectangle((left, top, end, top + _BAR_HEIGHT), fill=_ACCENT if is_answer else _BAR)
        note = _("it says") if is_answer else _("I drew") if digit == attempt.meant else ""
        pen.text((_RIGHT, middle), note, fill=colour, font_size=34, anchor="rm")


def _what_it_saw(card: Image.Image, pen: ImageDraw.ImageDraw, image: NDArray[np.uint8]) -> None:
    side = len(image) * _SEEN_SCALE
    top = SIZE[1] - _MARGIN - side
    # As it was fed in: white on black.
    seen = Image.fromarray(image).resize((side, side), Image.Resampling.NEAREST)
    card.paste(seen.convert("RGB"), (_MARGIN, top))
    left = _MARGIN + side + 32
    lines = (_("What the network saw:"), _("28 by 28 pixels"))
    for number, words in enumerate(lines):
        pen.text((left, top + 4 + 46 * number), words, fill=_PALE, font_size=36)
    pen.text((left, top + side - 4), "Digit Lab", fill=_ACCENT, font_size=56, anchor="ls")


def _as_ink(ink: NDArray[np.uint8], side: int, way: Image.Resampling) -> Image.Image:
    """Light on dark as dark ink on a white tile."""
    strength = Image.fromarray(ink).resize((side, side), way)
    tile = Image.new("RGB", (side, side), _TILE)
    tile.paste(_INK, mask=strength)
    return tile


def _frame(pen: ImageDraw.ImageDraw, left: int, top: int, side: int) -> None:
    pen.rectangle((left, top, left + side - 1, top + side - 1), outline=_LINE, width=3)
