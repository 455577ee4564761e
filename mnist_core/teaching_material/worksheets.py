"""The three worksheets, each with its solutions, made when somebody wants to print them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mnist_core.data.dataset import Digits
from mnist_core.language.translation import to_translate
from mnist_core.models import store
from mnist_core.teaching_material import figures, mistakes_sheet, neuron_sheet, pixels_sheet


@dataclass(frozen=True)
class Worksheet:
    """One of them.

    Attributes:
        name: for files.
        title: in English; translated where it is shown.
        ages: whom it is for, likewise.
        about: what is done in it, likewise.
        pdf: of MNIST's test set, a paper of `sheet.PAPERS` and whether it is solved.
    """

    name: str
    title: str
    ages: str
    about: str
    pdf: Callable[[Digits, str, bool], bytes]


def _pixels(test: Digits, paper: str, is_solved: bool) -> bytes:
    image = np.array(test.images[pixels_sheet.ELEMENT])
    return pixels_sheet.pdf(image, paper, is_solved=is_solved)


def _mistakes(test: Digits, paper: str, is_solved: bool) -> bytes:
    found = figures.load()
    images = np.array(test.images[[one.index for one in found.readings]])
    card = next(card for card in store.list_models() if card.name == found.reader)
    title, accuracy = figures.title(card), card.test_accuracy
    return mistakes_sheet.pdf(images, found, title, accuracy, paper, is_solved=is_solved)


def _neuron(_test: Digits, paper: str, is_solved: bool) -> bytes:
    return neuron_sheet.pdf(paper, is_solved=is_solved)


WORKSHEETS = (
    Worksheet(
        "pixels",
        pixels_sheet.TITLE,
        pixels_sheet.AGES,
        to_translate("Colour a digit by numbers, read one out, and be the network."),
        _pixels,
    ),
    Worksheet(
        "mistakes",
        mistakes_sheet.TITLE,
        mistakes_sheet.AGES,
        to_translate("Accuracy, confusions, silence and luck, with real answers of a network."),
        _mistakes,
    ),
    Worksheet(
        "neuron",
        neuron_sheet.TITLE,
        neuron_sheet.AGES,
        to_translate("A neuron, a convolution, softmax and the count of parameters."),
        _neuron,
    ),
)
