"""Ten bars: how likely a network thinks each digit is.

A component of our own: between two answers only widths and percentages change, in place.
"""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnist_core.data.dataset import CLASSES
from mnist_core.language.translation import _, to_translate
from mnist_core.system.text_format import whole_percent
from ui.shell.component import component

_BARS = component(__file__)

_FORCED = to_translate("If it had to choose")
_EMPTY = {
    "chances": [0] * CLASSES,
    "percentages": [""] * CLASSES,
    "predicted": None,
    "label": None,
    "forced": False,
}


def probability_bars(
    probabilities: ArrayLike | None,
    *,
    label: int | None = None,
    title: str = "",
    is_digit: bool = True,
    thin: Literal["on phones", "always"] | None = None,
    key: str = "probability_bars",
) -> None:
    """Show ten probabilities as bars with percentages, the most likely digit in the accent colour.

    Args:
        probabilities: shape `(10,)`, in 0..1, of the digits 0 to 9; None for ten empty bars.
        label: the digit the image is labelled as, if known; it is marked by a word.
        title: text above the bars.
        is_digit: whether it looks like a digit at all; if not, the bars are grey, and the text
            above them says that the network had no other choice.
        thin: where the bars stand side by side, without percentages, in the height of two lines.
        key: as of any widget; needed where a page shows more than one.

    Raises:
        ValueError: not ten numbers in 0..1.
    """
    if probabilities is None:
        _BARS(key=key, data={**_EMPTY, "finding": _("There is nothing to read yet."), "thin": thin})
        return
    chances = np.asarray(probabilities, dtype=np.float64)
    # Written so that NaN fails, too.
    if chances.shape != (CLASSES,) or not ((chances >= 0) & (chances <= 1)).all():
        raise ValueError("Bars show ten probabilities, each from 0 to 1.")
    data = {
        "chances": chances.round(4).tolist(),
        "percentages": [whole_percent(chance) for chance in chances],
        "predicted": int(chances.argmax()),
        "label": label,
        "mark": _("label"),
        "finding": finding(chances, label, is_digit=is_digit),
        "title": title if is_digit else _(_FORCED),
        "forced": not is_digit,
        "thin": thin,
    }
    _BARS(key=key, data=data)


def finding(
    chances: NDArray[np.float64], label: int | None = None, *, is_digit: bool = True
) -> str:
    """What the bars show, in words."""
    first, second, third = (
        f"{digit} {whole_percent(chances[digit])}" for digit in np.argsort(-chances)[:3]
    )
    pattern = finding_pattern(is_digit=is_digit)
    answer = pattern.format(first=first, second=second, third=third)
    if label is None:
        return answer
    labelled = _(
        "The image is labelled {label}, which it gives {percent}.",
        label=label,
        percent=whole_percent(chances[label]),
    )
    return f"{answer} {labelled}"


def finding_pattern(*, is_digit: bool = True) -> str:
    """What the bars show, in words; `first`, `second` and `third` are to be filled in."""
    if is_digit:
        return _("The network says {first}; then {second}, {third}.")
    return _("If it had to choose, the network would say {first}; then {second}, {third}.")
