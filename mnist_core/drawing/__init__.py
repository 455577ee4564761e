"""From a pen's strokes or a photo to the image that MNIST would have made of it."""

from mnist_core.drawing.mnist_image import BlankDrawing as BlankDrawing
from mnist_core.drawing.mnist_image import from_strokes as from_strokes
from mnist_core.drawing.mnist_image import to_mnist as to_mnist
