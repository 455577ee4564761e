"""A network's layers as a table: what each does, what leaves it, how much it learns."""

import streamlit as st

from mnist_core.networks.layers import (
    AveragePool,
    BatchNorm,
    Conv,
    Dense,
    Dropout,
    Flatten,
    MaxPool,
    summarize,
)
from mnist_core.networks.recipes import Recipe
from mnist_core.system.wording import percent
from ui.shell.layer_words import layer_words, shape_words

_DOES = {
    Dense: "every neuron looks at all values before it",
    Conv: "looks for small patterns everywhere in the picture",
    MaxPool: "keeps the strongest value of each block",
    AveragePool: "keeps the mean of each block",
    BatchNorm: "brings all values to a like size, so that learning goes quicker",
    Dropout: "silences some values at random while learning, so that nothing is learned by heart",
    Flatten: "lays the pictures out in one long row",
}


def network_table(recipe: Recipe) -> None:
    """Show the layers of a recipe's network from the image to the ten answers."""
    rows = [
        "| layer | what it does | what leaves it | learns |",
        "| --- | --- | ---: | ---: |",
        f"| the image | 28 × 28 = 784 pixels | {shape_words(recipe.input_shape)} | |",
    ]
    for line in summarize(recipe.layers):
        learns = f"{line.parameters:,}" if line.parameters else ""
        rows.append(
            f"| {layer_words(line.layer)} | {_DOES[type(line.layer)]} "
            f"| {shape_words(line.output_shape)} | {learns} |"
        )
    st.markdown("\n".join(rows))
    times = "" if recipe.members == 1 else f"{recipe.members} networks like this one: "
    st.caption(f"{times}{recipe.parameters:,} numbers to learn in all; they are called parameters.")
    if recipe.looks > 1:
        st.caption(
            f"Learning, it looks once at an image. To answer, it looks {recipe.looks} times, "
            "also from a pixel aside, and says the mean."
        )


def published_words(recipe: Recipe) -> str:
    """What the tutorials say that the recipe reaches, as a sentence; of our own, that it is."""
    if not recipe.published:
        return "It is from no tutorial, but our own."
    said = (f"{percent(figure.accuracy)} ({figure.tutorial})" for figure in recipe.published)
    return f"Published: {' and '.join(said)} of the test images read rightly."
