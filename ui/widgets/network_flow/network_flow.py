"""The network at work as one horizontal picture, from the image to the ten answers.

`live_reader.js` fills it while one draws. The worker beside the page works out which maps say
most (`columns.js`, `evidence.js`) and how a value comes about (`explanation.js`).
"""

from typing import Any

from mnist_core.data.dataset import CLASSES
from mnist_core.language.translation import _, to_translate
from mnist_core.networks.layer_sentences import LayerSentence, layer_sentences
from mnist_core.networks.layers import SQUARE_INPUT, Dense
from mnist_core.networks.recipes import Recipe
from mnist_core.system.text_format import signs, whole, with_article
from ui.shell.component import component

KEY = "network-flow"
"""Of the element: `live_reader.js` finds it by this name."""
MODULES = ("columns.js", "evidence.js", "explanation.js")
"""What the worker beside the page needs for it, in the order that `live_worker.js` expects."""

_FLOW = component(__file__, uses=("flow_layout", "flow_drawing", "flow_panel"))

_KEYS = to_translate(
    "Arrow keys move from square to square and say how each comes about; Escape ends that."
)


def network_flow(recipe: Recipe) -> None:
    """Show a network at work on what is being drawn, wherever `live_reader` is on the same page.

    It takes the width it is given: beside a canvas it is 246 pixels high, on a phone 138.
    """
    _FLOW(key=KEY, data=flow_data(recipe))


def flow_data(recipe: Recipe) -> dict[str, Any]:
    """What the browser needs to lay the picture out: a column for the image and for each layer."""
    image = {"kind": "image", "title": _("Image"), "sentence": _("what the network sees")}
    columns: list[dict[str, Any]] = [{**image, "shape": list(SQUARE_INPUT), "all": None}]
    sentences = layer_sentences(recipe.layers)
    for number, layer in enumerate(sentences):
        kind = _kind(layer, is_first=number == 0, is_last=number == len(sentences) - 1)
        count = layer.shape[-1]
        columns.append(
            {
                "kind": kind,
                "title": layer.title,
                "sentence": layer.sentence,
                "shape": list(layer.shape),
                "all": None if kind == "answers" or count == 1 else _all(count, kind),
            }
        )
    story = ", ".join(f"{layer.title} {layer.sentence}" for layer in sentences)
    work = _("The network at work: {layers}.", layers=story)
    return {
        "network": recipe.name,
        "columns": columns,
        "words": _words(recipe),
        "alternative": f"{work} {_('Nothing is drawn yet.')} {_(_KEYS)}",
        "findings": [
            f"{work} {_('It reads {digit}.', digit=with_article(digit))} {_(_KEYS)}"
            for digit in range(CLASSES)
        ],
    }


def _all(count: int, kind: str) -> str:
    if kind == "maps":
        return _("All {count} maps", count=whole(count))
    return _("All {count} neurons", count=whole(count))


def _words(recipe: Recipe) -> dict[str, str]:
    """What the browser writes beside and below the picture."""
    words = {
        "image": _("Image"),
        "map": _("map"),
        "neuron": _("neuron"),
        "answer": _("the digit"),
        "row": _("row"),
        "column": _("column"),
        "ink": _("ink, from 0 to 1"),
        "blank": _("Draw a digit: then there is something to work out here."),
        "first": _("the first of your digits"),
        "forced": _("not a digit: if it had to choose"),
        "close": _("Close"),
        "chance": _("as a probability"),
        **_sums(),
        **signs(),
    }
    if recipe.members > 1:
        # One of them is shown; the answer is that of all.
        count = recipe.members
        words["chance"] = _("as a probability, mean of all {count} networks", count=count)
    return words


def _sums() -> dict[str, str]:
    """What the steps of a calculation are called."""
    return {
        "otherMaps": _("all other maps"),
        "others": _("all others"),
        "plus": _("speaks for it"),
        "minus": _("speaks against it"),
        "sum": _("sum"),
        "largest": _("the largest"),
        "mean": _("the mean"),
        "value": _("what comes in"),
        "bias": _("+ bias"),
        "factor": _("× scale"),
        "shift": _("+ shift"),
        "relu": _("below 0 becomes 0"),
        "gelu": _("below 0 fades to 0"),
        "tanh": _("squeezed: −1 to 1"),
        "sigmoid": _("squeezed: 0 to 1"),
        "softmax": _("as a share of 1"),
    }


def _kind(layer: LayerSentence, *, is_first: bool, is_last: bool) -> str:
    if is_last:
        return "answers"
    if len(layer.shape) == 3:
        return "maps"
    # Neurons that look at the image itself are shown by their weights.
    return "pictures" if is_first and isinstance(layer.layer, Dense) else "neurons"
