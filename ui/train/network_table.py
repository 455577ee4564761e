"""A network's layers as a table: what each does, its output shape, its parameters."""

import streamlit as st

from mnist_core.networks import layers
from mnist_core.networks.recipes import Recipe
from mnist_core.system.text_format import percent
from ui.shell.layer_words import layer_words, shape_words

_DOES = {
    layers.Dense: "every neuron looks at all the values before it",
    layers.Conv: "looks for small patterns everywhere in the picture",
    layers.MaxPool: "keeps the strongest value of each block",
    layers.AveragePool: "keeps the mean of each block",
    layers.BatchNorm: "brings all values to a similar size, so that learning is faster",
    layers.Dropout: "switches off random values while learning, so that nothing is memorised",
    layers.Flatten: "lays the pictures out in one long row",
}


def network_table(recipe: Recipe) -> None:
    """Show the layers of a recipe's network from the image to the ten answers."""
    rows = [
        "| layer | what it does | output | learns |",
        "| --- | --- | ---: | ---: |",
        f"| the image | 28 × 28 = 784 pixels | {_unbroken(recipe.input_shape)} | |",
    ]
    for line in layers.summarize(recipe.layers):
        learns = f"{line.parameters:,}" if line.parameters else ""
        rows.append(
            f"| {layer_words(line.layer)} | {_DOES[type(line.layer)]} "
            f"| {_unbroken(line.output_shape)} | {learns} |"
        )
    st.markdown("\n".join(rows))
    times = "" if recipe.members == 1 else f"{recipe.members} networks like this one: "
    st.caption(f"{times}{recipe.parameters:,} numbers to learn in all, called parameters.")
    if recipe.looks > 1:
        st.caption(
            f"While learning, it looks at each image once. To answer, it looks {recipe.looks} "
            "times, some of them shifted by a pixel, and averages."
        )


def _unbroken(shape: layers.Shape) -> str:
    return shape_words(shape).replace(" ", "\N{NO-BREAK SPACE}")


def published_words(recipe: Recipe) -> str:
    """What accuracy the tutorials report for a recipe, as a sentence."""
    if not recipe.published:
        return "It is our own, from no tutorial."
    figures = (f"{percent(figure.accuracy)} ({figure.tutorial})" for figure in recipe.published)
    return f"Published: {' and '.join(figures)} of the test images read correctly."
