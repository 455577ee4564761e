"""An image on its way into a network: three scales and the strip of 784, pointed at together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_core.data.preparation import (
    flattened,
    squared_errors_as_number,
    squared_errors_as_one_hot,
)
from ui.shell.component import as_base64, component
from ui.shell.ink_png import png, sprite

_PREPARATION = component(__file__)
_ONE_HOT = component(__file__, "one_hot")


@dataclass(frozen=True, eq=False)
class Scale:
    """One way to write the 784 pixels.

    Attributes:
        title: its name.
        why: one sentence on what it is good for.
        values: shape `(28, 28)`.
        decimals: how many are shown.
        largest: the value drawn as full ink; values below zero are drawn in the accent colour.
    """

    title: str
    why: str
    values: NDArray[np.float64]
    decimals: int
    largest: float


def preparation_steps(
    image: NDArray[np.uint8], scales: Sequence[Scale], why_flat: str, *, key: str, alternative: str
) -> None:
    """Show the image in each scale and as one strip; the pixel you point at lights up in all.

    Args:
        image: uint8 of shape `(28, 28)`.
        scales: the ways to write its pixels.
        why_flat: one sentence on the strip.
        key: as of any widget.
        alternative: what the pictures show, in words.
    """
    data = {
        "scales": [_scale_data(scale) for scale in scales],
        "flat": "Flattened: one list of 784 numbers",
        "why_flat": why_flat,
        "strip": as_base64(png(flattened(image[np.newaxis]))),
        "alternative": alternative,
    }
    _PREPARATION(key=key, data=data)


def one_hot_table(label: int, *, key: str) -> None:
    """Show a label, 0 to 9, as ten numbers, and what each answer costs with and without that."""
    as_number, as_one_hot = squared_errors_as_number(label), squared_errors_as_one_hot(label)
    rows = (
        (f"The label {label} as one-hot", [int(digit == label) for digit in range(10)]),
        ("What each answer would cost if the label were a plain number", as_number.tolist()),
        ("What each answer costs with one-hot", as_one_hot.tolist()),
    )
    data = {
        "label": label,
        "rows": [{"title": title, "values": values, "most": max(values)} for title, values in rows],
    }
    _ONE_HOT(key=key, data=data)


def _scale_data(scale: Scale) -> dict[str, object]:
    ink = np.clip(scale.values / scale.largest, 0, 1)
    below = np.clip(-scale.values / scale.largest, 0, 1)
    masks = np.rint(np.stack([ink, below]) * 255).astype(np.uint8)
    low, high = (f"{edge:.{scale.decimals}f}" for edge in (scale.values.min(), scale.values.max()))
    return {
        "title": scale.title,
        "why": scale.why,
        "range": f"here from {low.replace('-', '−')} to {high}",
        "numbers": np.round(scale.values, scale.decimals).ravel().tolist(),
        "decimals": scale.decimals,
        "masks": as_base64(sprite(masks, 1)),
    }
