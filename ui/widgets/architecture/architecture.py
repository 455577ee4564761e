"""A network as a row of blocks, drawn by the shape of what leaves each layer."""

import math
from collections.abc import Callable
from typing import Any

from mnist_core.networks.layers import OUTPUT, Explanation, Layer, Shape, explain, input_shape
from ui.shell.component import component, when_picked
from ui.shell.layer_words import layer_words, shape_words

_ARCHITECTURE = component(__file__, uses=("radio_label", "layer_sheets"))
_LARGEST_SIDE, _SMALLEST_SIDE = 84, 6
_MOST_SHEETS = 7


def architecture(
    layers: tuple[Layer, ...],
    *,
    key: str,
    chosen: int | None = None,
    on_choose: Callable[[int], None] | None = None,
) -> None:
    """Draw a network, from the image to the ten answers.

    Args:
        layers: all but the output layer; they need not fit together.
        key: as of any widget.
        chosen: the position of the layer that is being edited.
        on_choose: called with the position of another layer, before the page runs again; without
            it nothing can be chosen.
    """
    explained = explain(layers)
    data = {
        "blocks": blocks(layers, explained),
        "chosen": chosen,
        "pickable": on_choose is not None,
        "finding": finding(layers, explained),
    }
    _ARCHITECTURE(key=key, data=data, on_picked_change=when_picked(key, len(layers), on_choose))


def blocks(layers: tuple[Layer, ...], explained: Explanation) -> list[dict[str, Any]]:
    """What to draw, the image first and the output layer last.

    Each block has its words, its size in screen pixels, how many sheets lie behind each other, and
    whether the network breaks there or was broken before.
    """
    drawn = [_block("the image", input_shape(layers), 0)]
    for position, layer in enumerate((*layers, OUTPUT)):
        words = "10 answers" if layer is OUTPUT else layer_words(layer)
        if position < len(explained.lines):
            line = explained.lines[position]
            drawn.append(_block(words, line.output_shape, line.parameters))
        else:
            state = "broken" if position == explained.broken else "unknown"
            drawn.append(_block(words, None, 0) | {"state": state})
    return drawn


def finding(layers: tuple[Layer, ...], explained: Explanation) -> str:
    """What the drawing shows, for people who do not see it."""
    names = ", ".join(layer_words(layer) for layer in layers) or "no layer of its own"
    problem = "" if explained.problem is None else f" It breaks: {explained.problem}"
    return f"The network, from the image to ten answers: {names}.{problem}"


def _block(words: str, shape: Shape | None, parameters: int) -> dict[str, Any]:
    width, height, sheets = (24, _LARGEST_SIDE // 2, 1) if shape is None else _extent(shape)
    return {
        "words": words,
        "shape": "?" if shape is None else shape_words(shape),
        "learns": f"learns {parameters:,}" if parameters else "",
        "width": width,
        "height": height,
        "sheets": sheets,
        "state": "fine",
    }


def _extent(shape: Shape) -> tuple[int, int, int]:
    """Width and height in pixels and the number of sheets: pictures by side, rows by length."""
    if len(shape) == 1:
        # A row is tall by its logarithm: 10 numbers and 10,000 must both be seen.
        tall = _LARGEST_SIDE * min(math.log(shape[0] + 1) / math.log(5_000), 1.0)
        return 12, max(_SMALLEST_SIDE, round(tall)), 1
    height, width, depth = shape
    sheets = min(_MOST_SHEETS, 1 + math.floor(math.log2(depth)))
    return max(_SMALLEST_SIDE, width * 3), max(_SMALLEST_SIDE, height * 3), sheets
