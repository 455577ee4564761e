"""Read a photo of a filled sheet: twenty drawings with their labels, and what is doubtful."""

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from mnist_core.drawing import mnist_image, photo, rejection
from mnist_core.drawing.photo_canvas import draw_mask, trimmed
from mnist_core.handwriting.score import SHEET_SIZE, Drawing, Sheet, round_number
from mnist_core.language.translation import _, to_translate
from mnist_core.paper import box_ink, flat_sheet, frames, layout, placement
from mnist_core.paper.box_ink import BoxInk
from mnist_core.paper.problems import UnreadableSheet

PHOTO_SIDE = 1600
"""A photo's longer side in pixels while it is read."""

Doubt = Literal["covered", "stray", "crease", "runs_out", "speck", "faint", "pale", "not_a_digit"]

_SENTENCES: Final[dict[Doubt, str]] = {
    "covered": to_translate("its frame is hidden, so the box was left out"),
    "stray": to_translate("ink from beside it reaches into the box; that ink was left out"),
    "crease": to_translate(
        "a straight line runs right through it, perhaps a crease; that line was left out"
    ),
    "runs_out": to_translate("the writing runs far out of the box, and was cut off there"),
    "speck": to_translate("there is only a dot in it, so the box was left out"),
    "pale": to_translate("what may be in it is too pale to be read, so the box was left out"),
    "faint": to_translate("it is much paler than the others"),
    "not_a_digit": to_translate("it does not look like one digit"),
}
_LEFT_OUT = ("covered", "speck", "pale")
# What makes a sheet unreadable if it is so in more than half of the boxes.
_UNCLEAR = ("pale", "speck", "not_a_digit")
# Of the sheet's usual ink, what is much paler; and what is a crease if it is no digit.
_FAINT = 0.4
# So many boxes without a frame mean that the sheet, not the box, is at fault.
_MOST_COVERED = 8
# Or the photo, if its edges are wider than this, in millimetres.
_BLURRED = 1.6


@dataclass(frozen=True)
class Remark:
    """Something doubtful about a box.

    Attributes:
        position: which box.
        doubt: what is the matter.
    """

    position: int
    doubt: Doubt

    @property
    def is_left_out(self) -> bool:
        """Whether the box was not read."""
        return self.doubt in _LEFT_OUT

    @property
    def sentence(self) -> str:
        """The same for the visitor."""
        digit = layout.PROMPTS[self.position]
        what = _(_SENTENCES[self.doubt])
        if round_number(self.position) == 1:
            return _("The first {digit}: {what}.", digit=digit, what=what)
        return _("The second {digit}: {what}.", digit=digit, what=what)


@dataclass(frozen=True, eq=False)
class SheetReading:
    """What was read from a photo.

    Attributes:
        sheet: finished, at least one box filled; a box that is empty or was left out is None.
        remarks: what is doubtful, by position.
    """

    sheet: Sheet
    remarks: tuple[Remark, ...]


def read_sheet(data: bytes) -> SheetReading:
    """Read a photo of a filled sheet.

    Args:
        data: the bytes of a picture, see `drawing.photo.read`.

    Raises:
        UnreadableSheet: the message says what is wrong with the photo, or with the sheet on it.
    """
    try:
        picture = photo.read(data, PHOTO_SIDE)
    except photo.UnreadablePhoto as error:
        raise UnreadableSheet("photo", str(error)) from error
    place = placement.placed(_grey(picture))
    flat = flat_sheet.flattened(picture, place.plane, place.edge)
    boxes = frames.found(flat.strength, place.edge)
    covered = [position for position, box in enumerate(boxes) if not box.is_seen]
    if len(covered) > _MOST_COVERED:
        raise UnreadableSheet("blurred" if place.edge > _BLURRED else "not_flat")
    inks = {
        position: ink
        for position, box in enumerate(boxes)
        if box.is_seen
        and (ink := box_ink.ink(flat.strength, flat.noise, place.edge, box, position)) is not None
    }
    return _result(inks, [Remark(position, "covered") for position in covered])


def _grey(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    weights = np.array([0.299, 0.587, 0.114], np.float32)
    return (picture @ weights).astype(np.uint8)


def _result(inks: dict[int, BoxInk], remarks: list[Remark]) -> SheetReading:
    written = {p: ink for p, ink in inks.items() if ink.mask.any() and not ink.is_speck}
    images = {p: _image(ink) for p, ink in written.items()}
    chances = _chances(list(images.values()))
    usual = float(np.median([ink.strength for ink in written.values()])) if written else 0.0
    for (position, ink), chance in zip(written.items(), chances, strict=True):
        is_digit = chance >= rejection.THRESHOLD
        if ink.strength < _FAINT * usual:
            if is_digit and not ink.runs_out:
                remarks.append(Remark(position, "faint"))
                continue
            # What shines through, or a crease.
            del images[position]
            if is_digit:
                remarks.append(Remark(position, "crease"))
        elif not is_digit:
            remarks.append(Remark(position, "not_a_digit"))
    remarks += [Remark(p, "pale") for p, ink in inks.items() if ink.is_pale]
    remarks += [Remark(p, "speck") for p, ink in inks.items() if ink.is_speck]
    remarks += [Remark(p, "stray") for p, ink in inks.items() if ink.has_stray]
    remarks += [Remark(p, "crease") for p, ink in inks.items() if ink.has_crease]
    remarks += [Remark(p, "runs_out") for p, ink in inks.items() if ink.runs_out and p in images]
    if not images:
        raise UnreadableSheet("empty")
    unclear = {one.position for one in remarks if one.doubt in _UNCLEAR}
    if len(unclear) > len(written) / 2:
        raise UnreadableSheet("unclear")
    drawings = tuple(
        Drawing(images[p], layout.PROMPTS[p]) if p in images else None for p in range(SHEET_SIZE)
    )
    remarks.sort(key=lambda one: one.position)
    return SheetReading(Sheet(layout.PROMPTS, drawings, SHEET_SIZE), tuple(remarks))


def _image(ink: BoxInk) -> NDArray[np.uint8]:
    canvas = draw_mask(trimmed(ink.mask)[0]).canvas
    image = np.rint(mnist_image.to_mnist(canvas) * 255).astype(np.uint8)
    image.setflags(write=False)
    return image


def _chances(images: list[NDArray[np.uint8]]) -> NDArray[np.float32]:
    """How likely each is one digit."""
    if not images:
        return np.zeros(0, np.float32)
    return _detector().digit_probability(np.stack(images) / np.float32(255))


@cache
def _detector() -> rejection.NonDigitDetector:
    return rejection.load()
