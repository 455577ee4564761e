"""A photo with a box around each digit that was found, and what was read written on each box."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mnist_core.language.translation import _, n_
from ui.shell.component import as_base64, component, when_picked

_PHOTO_BOXES = component(__file__)
# Room around the ink, as a part of the photo's longer side.
_MARGIN = 0.01


@dataclass(frozen=True)
class ReadBox:
    """One digit on a photo.

    Attributes:
        box: its top, left, bottom and right in pixels, the latter two just outside.
        reading: what to write on it, such as "3" or "?"; empty for nothing.
        name: the same for people who do not see it, such as "3, 98% sure".
        unsure: its frame is dashed.
    """

    box: tuple[int, int, int, int]
    reading: str
    name: str
    unsure: bool = False


def photo_boxes(
    picture: NDArray[np.uint8],
    boxes: Sequence[ReadBox],
    *,
    key: str,
    selected: int,
    on_pick: Callable[[int], None],
) -> None:
    """Show a photo with its digits; a click, tap or Enter picks one of several.

    Args:
        picture: uint8 `(H, W, 3)`.
        boxes: in the order in which arrow keys and screen readers go through them.
        key: as of any widget.
        selected: the position of the box to mark.
        on_pick: called with the position before the page runs again.
    """
    file = BytesIO()
    Image.fromarray(picture).save(file, "JPEG", quality=85)
    high, wide = picture.shape[:2]
    data = {
        "picture": as_base64(file.getvalue()),
        "alternative": n_(
            "Your photo, with a frame around the digit that was found",
            "Your photo, with a frame around the {n} digits found",
            len(boxes),
        ),
        "label": _("{count} digits; arrow keys move, Enter opens", count=len(boxes)),
        "selected": selected,
        "boxes": [
            {
                "reading": one.reading,
                "name": one.name,
                "unsure": one.unsure,
                "place": _place(one.box, high, wide),
            }
            for one in boxes
        ],
    }
    _PHOTO_BOXES(key=key, data=data, on_picked_change=when_picked(key, len(boxes), on_pick))


def _place(box: tuple[int, int, int, int], high: int, wide: int) -> list[float]:
    """Top, left, height and width of a frame around a box, as parts of the photo."""
    margin = _MARGIN * max(high, wide)
    top, left = max(box[0] - margin, 0), max(box[1] - margin, 0)
    bottom, right = min(box[2] + margin, high), min(box[3] + margin, wide)
    place = (top / high, left / wide, (bottom - top) / high, (right - left) / wide)
    return [round(part, 4) for part in place]
