"""Which places of a digit matter to a network: a picture over the digit, and the finding."""

import numpy as np
from numpy.typing import NDArray

from mnist_core.analysis.occlusion import PATCH, Occlusion
from mnist_core.language.translation import _, n_
from mnist_core.system.text_format import percent_sure, signs
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
        "alternative": f"{_('What matters in this image.')} {finding(occlusion)}",
        "hint": _("Point at a place to see what covering it does."),
        "words": _words(),
    }
    _OCCLUSION_MAP(key=key, data=data, width="content")


def finding(occlusion: Occlusion) -> str:
    """What covering the image bit by bit shows, in sentences."""
    worst, answer = occlusion.worst, occlusion.answer
    if worst is None:
        return _("There is no ink to cover.")
    whole, left = float(occlusion.whole[answer]), occlusion.covered[worst]
    if _fall(occlusion) < _NOTHING:
        return _(
            "No single square of {size} × {size} pixels matters: whichever is covered, it still "
            "says {digit} and is hardly less sure.",
            size=PATCH,
            digit=answer,
        )
    row, column = (int(place) for place in occlusion.corners[worst])
    place = {
        "top": row,
        "bottom": row + PATCH - 1,
        "left": column,
        "right": column + PATCH - 1,
        "digit": answer,
        "before": percent_sure(whole),
    }
    now = int(left.argmax())
    if now == answer:
        return _(
            "Cover the framed square (rows {top} to {bottom}, columns {left} to {right}), and it "
            "still says {digit}, but only {percent} sure instead of {before}. No square makes it "
            "read another digit.",
            percent=percent_sure(float(left[answer])),
            **place,
        )
    covered = _(
        "Cover the framed square (rows {top} to {bottom}, columns {left} to {right}), and it says "
        "{now} ({percent} sure) instead of {digit} ({before}).",
        now=now,
        percent=percent_sure(float(left[now])),
        **place,
    )
    squares = n_(
        "{n} square does that, of {count} with ink.",
        "{n} squares do that, of {count} with ink.",
        occlusion.changes,
        count=len(occlusion.corners),
    )
    return f"{covered} {squares}"


def _words() -> dict[str, str]:
    """What the browser says of the place that is pointed at."""
    return {
        **signs(),
        "same": _("Covered here, {digit} stays as it is."),
        "falls": _("Covered here, {digit} falls by {points} points."),
        "rises": _("Covered here, {digit} rises by {points} points."),
    }


def _fall(occlusion: Occlusion) -> float:
    answer = occlusion.answer
    return float(occlusion.whole[answer] - occlusion.covered[:, answer].min(initial=1.0))
