"""The network at work as one horizontal picture, from the image to the ten answers.

`live_reader.js` fills it while one draws. The worker beside the page works out which maps say
most (`columns.js`, `evidence.js`) and how a value comes about (`explanation.js`).
"""

from typing import Any

from mnist_core.data.dataset import CLASSES
from mnist_core.networks.layer_sentences import LayerSentence, layer_sentences
from mnist_core.networks.layers import SQUARE_INPUT, Dense
from mnist_core.networks.recipes import Recipe
from mnist_core.system.text_format import with_article
from ui.shell.component import component

KEY = "network-flow"
"""Of the element: `live_reader.js` finds it by this name."""
MODULES = ("columns.js", "evidence.js", "explanation.js")
"""What the worker beside the page needs for it, in the order that `live_worker.js` expects."""

_FLOW = component(__file__, uses=("flow_layout", "flow_drawing", "flow_panel"))

_WORDS = {
    "image": "Image",
    "map": "map",
    "neuron": "neuron",
    "answer": "the digit",
    "row": "row",
    "column": "column",
    "ink": "ink, from 0 to 1",
    "blank": "Draw a digit: then there is something to work out here.",
    "otherMaps": "all other maps",
    "others": "all others",
    "plus": "speaks for it",
    "minus": "speaks against it",
    "sum": "sum",
    "largest": "the largest",
    "mean": "the mean",
    "value": "what comes in",
    "bias": "+ bias",
    "factor": "× scale",
    "shift": "+ shift",
    "relu": "below 0 becomes 0",
    "gelu": "below 0 fades to 0",
    "tanh": "squeezed: −1 to 1",
    "sigmoid": "squeezed: 0 to 1",
    "softmax": "as a share of 1",
    "chance": "as a probability",
    "first": "the first of your digits",
    "forced": "not a digit: if it had to choose",
    "close": "Close",
}
_KEYS = "Arrow keys move from square to square and say how each comes about; Escape ends that."


def network_flow(recipe: Recipe) -> None:
    """Show a network at work on what is being drawn, wherever `live_reader` is on the same page.

    It takes the width it is given: beside a canvas it is 246 pixels high, on a phone 138.
    """
    _FLOW(key=KEY, data=flow_data(recipe))


def flow_data(recipe: Recipe) -> dict[str, Any]:
    """What the browser needs to lay the picture out: a column for the image and for each layer."""
    image = {"kind": "image", "title": "Image", "sentence": "what the network sees"}
    columns: list[dict[str, Any]] = [{**image, "shape": list(SQUARE_INPUT), "all": None}]
    sentences = layer_sentences(recipe.layers)
    for number, layer in enumerate(sentences):
        kind = _kind(layer, is_first=number == 0, is_last=number == len(sentences) - 1)
        count = layer.shape[-1]
        things = "maps" if kind == "maps" else "neurons"
        columns.append(
            {
                "kind": kind,
                "title": layer.title,
                "sentence": layer.sentence,
                "shape": list(layer.shape),
                "all": None if kind == "answers" or count == 1 else f"All {count:,} {things}",
            }
        )
    story = ", ".join(f"{layer.title} {layer.sentence}" for layer in sentences)
    return {
        "network": recipe.name,
        "columns": columns,
        "words": _words(recipe),
        "alternative": f"The network at work: {story}. Nothing is drawn yet. {_KEYS}",
        "findings": [
            f"The network at work: {story}. It reads {with_article(digit)}. {_KEYS}"
            for digit in range(CLASSES)
        ],
    }


def _words(recipe: Recipe) -> dict[str, str]:
    if recipe.members == 1:
        return _WORDS
    # One of them is shown; the answer is that of all.
    return {**_WORDS, "chance": f"as a probability, mean of all {recipe.members} networks"}


def _kind(layer: LayerSentence, *, is_first: bool, is_last: bool) -> str:
    if is_last:
        return "answers"
    if len(layer.shape) == 3:
        return "maps"
    # Neurons that look at the image itself are shown by their weights.
    return "pictures" if is_first and isinstance(layer.layer, Dense) else "neurons"
