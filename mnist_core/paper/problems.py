"""What can be wrong with a photo of a sheet, as sentences that say what to do."""

from collections.abc import Sequence
from typing import Final, Literal

from mnist_core.language.translation import _, to_translate
from mnist_core.paper.corner_marks import CORNERS

Kind = Literal[
    "photo",
    "no_sheet",
    "blurred",
    "too_small",
    "missing_corners",
    "two_sheets",
    "not_flat",
    "empty",
    "unclear",
]

_SENTENCES: Final[dict[Kind, str]] = {
    "photo": "",
    "no_sheet": to_translate(
        "No sheet was found on this photo. It shows four square black marks at its corners; take "
        "the photo from above, with all four in the picture and nothing lying on them."
    ),
    "blurred": to_translate(
        "This photo is too blurred to be read. Hold the phone still, tap on the sheet to focus, "
        "and take it again."
    ),
    "too_small": to_translate(
        "The sheet is too small on this photo. Go nearer, until it nearly fills the picture."
    ),
    "missing_corners": "",
    "two_sheets": to_translate(
        "There is more than one sheet on this photo. Take one photo of each, with the others out "
        "of the picture."
    ),
    "not_flat": to_translate(
        "The sheet does not lie flat on this photo, so its boxes are not where they should be. "
        "Smooth it out and take the photo from above."
    ),
    "unclear": to_translate(
        "Most of what is written here cannot be made out. Take the photo again from nearer and "
        "with more light; a darker pen helps, too."
    ),
    "empty": to_translate(
        "Nothing is written in the boxes of this sheet, or it is too faint to be seen."
    ),
}


class UnreadableSheet(ValueError):
    """The photo could not be read as a sheet; the message is a sentence for the visitor.

    Attributes:
        kind: what is wrong.
        corners: the corners of the sheet that are not to be seen, as positions in
            `corner_marks.CORNERS`.
    """

    def __init__(self, kind: Kind, message: str = "", corners: Sequence[int] = ()) -> None:
        own = _(_SENTENCES[kind]) if _SENTENCES[kind] else ""
        super().__init__(message or _missing(corners) or own)
        self.kind = kind
        self.corners = tuple(corners)


def _missing(corners: Sequence[int]) -> str:
    if not corners:
        return ""
    names = [_(CORNERS[corner]) for corner in corners]
    if len(names) == 1:
        seen = _("The {name} corner mark of the sheet is not to be seen.", name=names[0])
    else:
        seen = _(
            "These corner marks of the sheet are not to be seen: {names}.", names=", ".join(names)
        )
    again = _(
        "Take the photo again with the whole sheet in the picture, and nothing lying on its "
        "corners."
    )
    return f"{seen} {again}"
