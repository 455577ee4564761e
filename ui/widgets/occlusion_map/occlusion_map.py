"""Which places of a digit matter to a network: a picture over the digit, and the finding."""

import numpy as np
from numpy.typing import NDArray

from mnist_core.analysis.occlusion import PATCH, Occlusion
from mnist_core.system.text_format import percent_sure
from ui.shell.component import as_base64, component
from ui.shell.ink_png import png

# A fall smaller than this is not painted as if it were a large one.
_SMALLEST_FULL_COLOUR = 0.05
_NOTHING = 0.01

_OCCLUSION_MAP = component(__file__, uses=("pixel_pointer",))


def occlusion_map(image: NDArray[np.uint8], occlusion: Occlusion, *, key: str) -> None:
    """Show what matters to a network: the stronger the colour, the less sure it is without it.

    Args:
        image: uint8 of shape `(28, 28)`.
        occlusion: its answers with each place covered.
        key: as of any widget.
    """
    falls = occlusion.drop.clip(0)
    heat = falls / max(falls.max(), _SMALLEST_FULL_COLOUR)
    worst = occlusion.worst
    matters = worst is not None and _fall(occlusion) >= _NOTHING
    data = {
        "sprite": as_base64(png(image)),
        "heat": as_base64(png(np.rint(heat * 255).astype(np.uint8))),
        "points": (occlusion.drop * 100).round(1).ravel().tolist(),
        "square": occlusion.corners[worst].tolist() if matters else None,
        "size": PATCH,
        "answer": occlusion.answer,
        "alternative": f"What matters in this image. {finding(occlusion)}",
        "hint": "Point at a place to see what covering it does.",
    }
    _OCCLUSION_MAP(key=key, data=data, width="content")


def finding(occlusion: Occlusion) -> str:
    """What covering the image bit by bit shows, in sentences."""
    worst, answer = occlusion.worst, occlusion.answer
    if worst is None:
        return "There is no ink to cover."
    whole, left = float(occlusion.whole[answer]), occlusion.covered[worst]
    if _fall(occlusion) < _NOTHING:
        return (
            f"No single square of {PATCH} × {PATCH} pixels matters: whichever is covered, it "
            f"still says {answer} and is hardly less sure."
        )
    row, column = (int(place) for place in occlusion.corners[worst])
    where = f"rows {row} to {row + PATCH - 1}, columns {column} to {column + PATCH - 1}"
    covered = f"Cover the framed square ({where}), and"
    now = int(left.argmax())
    if now == answer:
        return (
            f"{covered} it still says {answer}, but only {percent_sure(float(left[answer]))} sure "
            f"instead of {percent_sure(whole)}. No square makes it read another digit."
        )
    squares = "1 square does" if occlusion.changes == 1 else f"{occlusion.changes} squares do"
    return (
        f"{covered} it says {now} ({percent_sure(float(left[now]))} sure) instead of {answer} "
        f"({percent_sure(whole)}). {squares} that, of {len(occlusion.corners)} with ink."
    )


def _fall(occlusion: Occlusion) -> float:
    answer = occlusion.answer
    return float(occlusion.whole[answer] - occlusion.covered[:, answer].min(initial=1.0))
