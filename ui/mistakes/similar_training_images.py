"""The training images most similar to a test image: what the network may have learned from."""

import streamlit as st

from mnist_core.data import neighbours
from mnist_core.data.neighbours import Neighbours
from ui.shell import cached
from ui.shell.section import section
from ui.widgets.similar_images.similar_images import label_agreement, similar_images

_COUNT = 10


def nearest(test_image: int) -> Neighbours:
    """The training images that a network finds most similar to a test image."""
    return cached.alike_to_network("test", test_image, _COUNT)


def show(test_image: int, label: int) -> None:
    """Show the training images nearest to a test image; a click opens one on Browse."""
    found = nearest(test_image)
    section(
        "The training images most like it",
        f"To {neighbours.NETWORK}, a network that judges by what an image means, these are the "
        f"nearest of 60,000. {label_agreement(found, label)} What a network learned from often "
        "explains at once what it makes of a new image.",
    )
    picked = similar_images(found, key="nearest")
    if picked is not None:
        query = {"view": "element", "set": "train", "index": str(picked)}
        st.switch_page("pages/browse.py", query_params=query)
    st.page_link(
        "pages/browse.py",
        label="Find more like this, by pixels too",
        icon=":material/search:",
        query_params={"view": "alike", "set": "test", "index": str(test_image)},
    )
