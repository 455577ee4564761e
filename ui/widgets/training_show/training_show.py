"""A training as a show: accuracy grows, digits flip from wrong to right, noise turns to strokes.

All of it is one element, so that nothing moves while everything in it changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_core.charts.accuracy_curve import AccuracyCurve
from mnist_core.charts.weight_pictures import learning_scale, takes_pixels, weight_pictures
from mnist_core.data.dataset import SIDE
from mnist_core.language.translation import _, to_translate
from mnist_core.system.text_format import percent
from ui.shell.component import as_base64, component
from ui.shell.ink_png import sprite

_TRAINING_SHOW = component(__file__, uses=("growing_curve",))
_MOST_PICTURES = 16
_NO_PICTURE = to_translate(
    "Its first layer does not look at the pixels: there is no picture of it."
)


@dataclass(frozen=True)
class Head:
    """The line above the pictures.

    Attributes:
        figure: the accuracy, as people read it; empty before it is known.
        words: what the figure is.
        state: how far it is.
        left: how long it takes.
        share: of the training that is done, 0..1.
    """

    figure: str
    words: str
    state: str
    left: str
    share: float


@dataclass(frozen=True, eq=False)
class Watched:
    """The digits being read.

    Attributes:
        images: uint8 `(n, 28, 28)`.
        labels: what each shows; None where nobody knows.
        own: the position of the visitor's, if it is among them.
        probabilities: the answers, float32 `(n, 10)`; None before there are any.
    """

    images: NDArray[np.uint8]
    labels: Sequence[int | None]
    own: int | None
    probabilities: NDArray[np.float32] | None


def training_show(
    head: Head,
    curve: AccuracyCurve,
    compared: str,
    watched: Watched,
    looks: dict[str, Any],
    *,
    is_over: bool,
    key: str,
) -> None:
    """Show a training at one moment.

    Args:
        head: the line above.
        curve: the accuracy so far.
        compared: what the dotted line is, such as "the tutorial".
        watched: the digits it reads.
        looks: `looks_for` its first layer's weights.
        is_over: it learns no more.
        key: as of any widget.
    """
    data = {
        **vars(head),
        "curve": _curve(curve, compared),
        "reads": _reads(watched, is_over=is_over),
        "looks": looks,
    }
    _TRAINING_SHOW(key=key, data=data)


def _curve(curve: AccuracyCurve, compared: str) -> dict[str, Any]:
    lines = [
        {"kind": "training", "name": _("the digits it learns from"), "points": curve.training},
        {"kind": "published", "name": compared, "points": curve.published},
        {"kind": "new", "name": _("new digits, ● all 10,000"), "points": curve.new},
    ]
    now = _("nothing yet")
    if curve.latest is not None:
        now = _("{percent} now", percent=percent(curve.latest, 1))
    return {
        "title": _("Digits read correctly"),
        "finding": _(
            "The share of digits it reads correctly as it learns. New digits: {now}.", now=now
        ),
        "ticks": curve.ticks,
        "epoch": _("epoch {number}"),
        "epochs": curve.epochs,
        "lines": [line for line in lines if line["points"] or line["kind"] != "published"],
        "marks": curve.tested,
    }


def _reads(watched: Watched, *, is_over: bool) -> dict[str, Any]:
    said = watched.probabilities
    tiles = [
        _tile(label, None if said is None else int(said[place].argmax()), place == watched.own)
        for place, label in enumerate(watched.labels)
    ]
    right = sum(tile["state"] == "right" for tile in tiles)
    known = sum(label is not None for label in watched.labels)
    if said is None:
        # An older training has told nothing of them.
        title = _("Hard digits") if is_over else _("It will read these")
    elif is_over:
        title = _("It reads these at the end: {number} of {count}", number=right, count=known)
    else:
        title = _("It reads these now: {number} of {count}", number=right, count=known)
    return {
        "title": title,
        "sprite": _sprite(watched.images.tobytes()),
        "tiles": tiles,
    }


def _tile(label: int | None, answer: int | None, own: bool) -> dict[str, Any]:
    whose = _("Your last digit") if own else _("A hard test digit")
    if label is not None and own:
        whose = _("Your last digit, probably {digit}", digit=label)
    elif label is not None:
        whose = _("A hard test digit, {digit}", digit=label)
    if answer is None:
        return {"state": "waiting", "own": own, "answer": "?", "alternative": whose}
    right = answer == label
    read = f"{answer}" if label is None else f"{answer} ✓" if right else f"{label} → {answer} ✗"
    return {
        "state": "unknown" if label is None else "right" if right else "wrong",
        "own": own,
        "answer": read,
        "alternative": _("{digit}: the network says {answer}", digit=whose, answer=answer),
    }


def looks_for(weights: NDArray[np.float32] | None) -> dict[str, Any]:
    """The part with what the first layer looks for; None before its weights are known."""
    title = _("What its first layer looks for")
    if weights is None or not np.isfinite(weights).all() or not takes_pixels(weights):
        none = "" if weights is None else _(_NO_PICTURE)
        return {"title": title, "sprite": "", "count": 0, "finding": "", "none": none}
    pictures = weight_pictures(weights, _MOST_PICTURES, scale=learning_scale(weights))
    return {
        "title": title,
        "sprite": _sprite(pictures.tobytes()),
        "count": len(pictures),
        "finding": _(
            "The weights of {count} neurons or patterns: noise at first, strokes when it has "
            "learned",
            count=len(pictures),
        ),
        "none": "",
    }


# The same between two snapshots, and the digits during a whole training.
@lru_cache(maxsize=32)
def _sprite(pixels: bytes) -> str:
    return as_base64(sprite(np.frombuffer(pixels, np.uint8).reshape(-1, SIDE, SIDE), 1))
