"""What can be wrong with a photo of a sheet, as sentences that say what to do."""

from collections.abc import Sequence
from typing import Final, Literal

from mnist_core.paper.layout import CORNERS

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
    "no_sheet": (
        "No sheet was found on this photo. It shows four square black marks at its corners; take "
        "the photo from above, with all four in the picture and nothing lying on them."
    ),
    "blurred": (
        "This photo is too blurred to be read. Hold the phone still, tap on the sheet to focus, "
        "and take it again."
    ),
    "too_small": (
        "The sheet is too small on this photo. Go nearer, until it nearly fills the picture."
    ),
    "missing_corners": "",
    "two_sheets": (
        "There is more than one sheet on this photo. Take one photo of each, with the others out "
        "of the picture."
    ),
    "not_flat": (
        "The sheet does not lie flat on this photo, so its boxes are not where they should be. "
        "Smooth it out and take the photo from above."
    ),
    "unclear": (
        "Most of what is written here cannot be made out. Take the photo again from nearer and "
        "with more light; a darker pen helps, too."
    ),
    "empty": "Nothing is written in the boxes of this sheet, or it is too faint to be seen.",
}


class UnreadableSheet(ValueError):
    """The photo could not be read as a sheet; the message is a sentence for the visitor.

    Attributes:
        kind: what is wrong.
        corners: the corners of the sheet that are not to be seen, as positions in
            `layout.CORNERS`.
    """

    def __init__(self, kind: Kind, message: str = "", corners: Sequence[int] = ()) -> None:
        super().__init__(message or _missing(corners) or _SENTENCES[kind])
        self.kind = kind
        self.corners = tuple(corners)


def _missing(corners: Sequence[int]) -> str:
    if not corners:
        return ""
    names = [CORNERS[corner] for corner in corners]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    marks, are = ("mark", "is") if len(names) == 1 else ("marks", "are")
    return (
        f"The {listed} corner {marks} of the sheet {are} not to be seen. Take the photo again with "
        "the whole sheet in the picture, and nothing lying on its corners."
    )
