"""The network at work as one horizontal picture, from the image to the ten answers.

`live_reader.js` fills it while one draws; to it belongs what a drawing makes of each layer. The
worker beside the page chooses the maps that are shown (`columns.js`).
"""

from typing import Any

from mnist_core.networks.layer_sentences import layer_sentences
from mnist_core.networks.layers import SQUARE_INPUT
from mnist_core.networks.recipes import Recipe
from ui.shell.component import component

KEY = "network-flow"
"""Of the element: `live_reader.js` finds it by this name."""

_FLOW = component(__file__, uses=("flow_layout",))


def network_flow(recipe: Recipe) -> None:
    """Show a network at work on what is being drawn, wherever `live_reader` is on the same page.

    It takes the width it is given: beside a canvas it is 250 pixels high, on a phone 150.
    """
    _FLOW(key=KEY, data=flow_data(recipe))


def flow_data(recipe: Recipe) -> dict[str, Any]:
    """What the browser needs to lay the picture out: a column for the image and for each layer."""
    columns: list[dict[str, Any]] = [
        {
            "kind": "image",
            "title": "Image",
            "sentence": "what the network sees",
            "shape": list(SQUARE_INPUT),
        }
    ]
    sentences = layer_sentences(recipe.layers)
    for layer in sentences:
        if layer is sentences[-1]:
            kind = "answers"
        else:
            kind = "maps" if len(layer.shape) == 3 else "neurons"
        shape = list(layer.shape)
        columns.append(
            {"kind": kind, "title": layer.title, "sentence": layer.sentence, "shape": shape}
        )
    return {"network": recipe.name, "columns": columns}
