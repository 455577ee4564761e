"""What each convolution and each pooling of a network made of an image."""

import numpy as np
from numpy.typing import NDArray

from mnist_core.models.inference import Predictor
from mnist_core.networks.layers import Conv, Layer, MaxPool, summarize
from ui.glossary.glossary import explain
from ui.shell.component import as_base64, component
from ui.shell.ink_png import sprite
from ui.shell.section import section

_COLUMNS = 16
_SHOWN_PIXELS = 48

_LAYER_MAPS = component(__file__)


def feature_maps(layers: tuple[Layer, ...], network: Predictor, image: NDArray[np.uint8]) -> None:
    """Show the results of all layers that make pictures; nothing for a network without them.

    Args:
        layers: of the network's recipe.
        network: that network.
        image: uint8 of shape `(28, 28)`.
    """
    lines = [line for line in summarize(layers) if isinstance(line.layer, Conv | MaxPool)]
    if not lines:
        return
    section(
        "What its layers made of it",
        "Each convolution looks for its patterns everywhere in the picture before it. There is one "
        "small picture for each pattern: the more ink, the better the pattern fits there.",
        help=explain("convolution", "pooling"),
    )
    results = network.feature_maps(image, [line.output_shape for line in lines])
    # One element for all of them: each that Streamlit has to make takes time at every click.
    sheets = [
        _sheet(result, "Convolution" if isinstance(line.layer, Conv) else "Pooling")
        for line, result in zip(lines, results, strict=False)
    ]
    _LAYER_MAPS(key="layers", data={"sheets": sheets})


def _sheet(result: NDArray[np.float32], kind: str) -> dict[str, object]:
    """All pictures of a layer as one mask, with a pixel of paper between them."""
    height, width, patterns = result.shape
    title = f"{kind}: {patterns} pictures of {height} × {width} pixels"
    strength = np.rint(255 * result.clip(0) / max(float(result.max()), 1e-9))
    cells = np.pad(strength.astype(np.uint8).transpose(2, 0, 1), ((0, 0), (0, 1), (0, 1)))
    return {
        "title": title,
        "sprite": as_base64(sprite(cells, _COLUMNS)),
        # Small pictures are shown larger, always by a whole number.
        "pixel": max(2, round(_SHOWN_PIXELS / height)),
        "width": _COLUMNS * (width + 1),
        "height": -(-patterns // _COLUMNS) * (height + 1),
        "alternative": f"{title}; the strongest is number {int(result.max((0, 1)).argmax()) + 1}.",
    }
