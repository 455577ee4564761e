"""What each layer of a network does, in a plain sentence: for the picture of a network at work."""

from dataclasses import dataclass

from mnist_core.language.translation import _
from mnist_core.networks.layers import (
    OUTPUT,
    AveragePool,
    BatchNorm,
    Conv,
    Dense,
    Dropout,
    Flatten,
    Layer,
    MaxPool,
    Shape,
    summarize,
)

# A filter of the first layer that is smaller than this sees no more than an edge.
_STROKE = 5


@dataclass(frozen=True)
class LayerSentence:
    """A layer that changes what one sees, and what it does.

    Attributes:
        title: a word or two, such as "Layer 2", "Pooling" or "Answer".
        sentence: what it does, without a capital or a full stop: "puts strokes together".
        layer: itself.
        shape: of its result: `(height, width, maps)` or `(neurons,)`.
    """

    title: str
    sentence: str
    layer: Layer
    shape: Shape


def layer_sentences(layers: tuple[Layer, ...]) -> tuple[LayerSentence, ...]:
    """A sentence for each layer of a network, the output layer included.

    Dropout and Flatten change nothing to be seen. A normalisation belongs to the layer before it,
    unless it is the first or comes after Flatten: `ui/widgets/network_flow/columns.js` groups the
    layers in the same way.

    Args:
        layers: all but the output layer; they fit together.

    Raises:
        ValueError: they do not.
    """
    found: list[LayerSentence] = []
    learning: list[Layer] = []
    pools, before = 0, None
    for line in summarize(layers):
        layer = line.layer
        match layer:
            case Dropout():
                continue
            case Flatten():
                pass
            case BatchNorm() if found and not isinstance(before, Flatten):
                pass
            case Conv() | Dense():
                learning.append(layer)
                number = len(learning)
                title = _("Answer") if line.layer is OUTPUT else _("Layer {number}", number=number)
                found.append(LayerSentence(title, _learned(learning), layer, line.output_shape))
            case MaxPool() | AveragePool():
                pools += 1
                found.append(
                    LayerSentence(_("Pooling"), _pooled(layer, pools), layer, line.output_shape)
                )
            case BatchNorm():
                words = _("brings all numbers to one scale")
                found.append(LayerSentence(_("Scaling"), words, layer, line.output_shape))
        before = layer
    return tuple(found)


def _learned(learning: list[Layer]) -> str:
    """What the last of these layers does."""
    *earlier, layer = learning
    convolutions = [one for one in earlier if isinstance(one, Conv)]
    if isinstance(layer, Conv):
        found = (
            _("puts strokes together"),
            _("builds pieces of digits"),
            _("finds whole parts of digits"),
        )
        if convolutions:
            return found[min(len(convolutions), len(found)) - 1]
        if layer.size >= _STROKE:
            return _("looks for short strokes that lean")
        return _("looks for edges and dots") if layer.size > 1 else _("weighs each pixel by itself")
    dense = len(earlier) - len(convolutions)
    if layer is OUTPUT:
        return _("adds up the votes for each digit") if earlier else _("lets every pixel vote")
    if not earlier:
        return _("compares the whole image with patterns")
    found = (_("weighs the evidence"), _("combines the evidence"), _("narrows it down"))
    return found[min(dense, 2)]


def _pooled(layer: MaxPool | AveragePool, number: int) -> str:
    count = {4: _("four"), 9: _("nine")}.get(layer.size**2, f"{layer.size**2:,}")
    if layer.size == 1:
        return _("passes everything on")
    if isinstance(layer, AveragePool):
        return _("averages every {count}", count=count)
    if number > 1:
        return _("keeps the strongest of {count}, again", count=count)
    return _("keeps the strongest of {count}", count=count)
