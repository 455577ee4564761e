"""Ten digits of MNIST about which people, networks and even labels disagree, to guess in a class.

Chosen from those test images on which the networks that come with the app are divided most, and
from the training images whose labels `data.doubtful_labels` doubts, so that no two are alike.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Element:
    """An image of MNIST.

    Attributes:
        set: "train" or "test".
        index: of the image in its set, from 0.
    """

    set: str
    index: int


ELEMENTS = (
    # The one that a tutorial wondered about: a three? a two?
    Element("train", 500),
    Element("test", 2414),
    Element("test", 2070),
    Element("test", 5955),
    Element("test", 2118),
    Element("test", 5997),
    Element("test", 1522),
    Element("test", 582),
    Element("test", 9839),
    # The label itself is doubtful.
    Element("train", 59915),
)
