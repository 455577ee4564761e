"""The training images most similar to an image: as tiles, and what their labels say."""

from collections.abc import Callable

import numpy as np

from mnist_core.data.neighbours import Neighbours
from mnist_core.language.translation import _, n_
from ui.shell import cached
from ui.widgets.digit_tiles.digit_tiles import digit_grid


def label_agreement(found: Neighbours, label: int) -> str:
    """How many of them have this label, and which other is most frequent, in a sentence."""
    labels = cached.digits("train").labels[found.elements]
    same = int((labels == label).sum())
    if same == len(labels):
        return _("All {count} are labelled {digit}, too.", count=same, digit=label)
    others = np.bincount(labels[labels != label], minlength=10)
    most = int(others.argmax())
    first = {
        0: _("None is labelled {digit}", digit=label),
        1: _("One is labelled {digit}", digit=label),
    }.get(same) or _(
        "{count} of {all} are labelled {digit}", count=same, all=len(labels), digit=label
    )
    second = n_(
        "{n} is labelled {digit}", "{n} are labelled {digit}", int(others[most]), digit=most
    )
    return f"{first}, {second}."


def similar_images(
    found: Neighbours, *, key: str, on_pick: Callable[[int], None] | None = None
) -> int | None:
    """Show tiles of these training images, each with its label.

    Args:
        found: the nearest first.
        key: as of any widget.
        on_pick: called with the element picked, before the page runs again.

    Returns:
        The training element picked in this run, or None.
    """
    training = cached.digits("train")
    elements = found.elements.tolist()
    position = digit_grid(
        training.images[elements],
        [str(training.labels[element]) for element in elements],
        key=key,
        alternatives=[
            _(
                "Element {number}, labelled {digit}, number {rank} by similarity",
                number=element,
                digit=training.labels[element],
                rank=rank,
            )
            for rank, element in enumerate(elements, start=1)
        ],
        label=_(
            "{count} digits, the most similar first; arrow keys move, Enter opens one",
            count=len(elements),
        ),
        on_pick=None if on_pick is None else lambda position: on_pick(elements[position]),
    )
    return None if position is None else elements[position]
