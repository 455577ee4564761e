"""From a pen's strokes or a photo to the image that MNIST would have made of it."""

from typing import TYPE_CHECKING

from mnist_core.system.lazy import exports

if TYPE_CHECKING:
    from mnist_core.drawing.mnist_image import BlankDrawing as BlankDrawing
    from mnist_core.drawing.mnist_image import from_strokes as from_strokes
    from mnist_core.drawing.mnist_image import to_mnist as to_mnist

__getattr__ = exports(
    __name__,
    {
        name: f"mnist_core.drawing.mnist_image:{name}"
        for name in ("BlankDrawing", "from_strokes", "to_mnist")
    },
)
