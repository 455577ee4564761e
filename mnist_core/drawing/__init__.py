"""From a pen's strokes or a photo to MNIST's kind of image, and whether that is a digit at all."""

from mnist_core.drawing.mnist_image import BlankDrawing as BlankDrawing
from mnist_core.drawing.mnist_image import from_strokes as from_strokes
from mnist_core.drawing.mnist_image import to_mnist as to_mnist
