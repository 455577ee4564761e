"""Training images that are most like one: as tiles, and what their labels say."""

from collections.abc import Callable

import numpy as np
import streamlit as st

from mnist_core.data import neighbours
from mnist_core.data.neighbours import Neighbours
from ui.shell import cached
from ui.shell.section import section
from ui.widgets.digit_tiles.digit_tiles import digit_grid

_FEW = 10


def agree(found: Neighbours, label: int) -> str:
    """How many of them have the same label, and what most of the others have."""
    labels = cached.digits("train").labels[found.elements]
    same = int((labels == label).sum())
    if same == len(labels):
        return f"All {same} are labelled {label}, too."
    others = np.bincount(labels[labels != label], minlength=10)
    most = int(others.argmax())
    several = f"{same} of {len(labels)} are labelled {label}"
    said = {0: f"None is labelled {label}", 1: f"One is labelled {label}"}.get(same, several)
    return f"{said}, {others[most]} {'is' if others[most] == 1 else 'are'} labelled {most}."


def alike_grid(
    found: Neighbours, *, key: str, on_pick: Callable[[int], None] | None = None
) -> int | None:
    """Tiles of these training images, each with its label.

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
            f"Element {element}, labelled {training.labels[element]}, number {place} in likeness"
            for place, element in enumerate(elements, start=1)
        ],
        label=f"{len(elements)} digits, the most alike first; arrow keys move, Enter goes on",
        on_pick=None if on_pick is None else lambda position: on_pick(elements[position]),
    )
    return None if position is None else elements[position]


def alike(test_image: int) -> Neighbours:
    """The few training images that a network finds most like a test image."""
    return cached.alike_to_network("test", test_image, _FEW)


def nearest_to(test_image: int, label: int) -> None:
    """The training images nearest to a test image; a click opens one on Browse.

    Args:
        test_image: its element number.
        label: what it is labelled as.
    """
    found = alike(test_image)
    section(
        "The training images most like it",
        f"To {neighbours.NETWORK}, a network that judges by what an image means, these are the "
        f"nearest of 60,000. {agree(found, label)} What a network learned from often explains at "
        "once what it makes of a new image.",
    )
    picked = alike_grid(found, key="nearest")
    if picked is not None:
        asked = {"view": "element", "set": "train", "index": str(picked)}
        st.switch_page("pages/browse.py", query_params=asked)
    st.page_link(
        "pages/browse.py",
        label="Find more like this, by pixels too",
        icon=":material/search:",
        query_params={"view": "alike", "set": "test", "index": str(test_image)},
    )
