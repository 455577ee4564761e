"""What each layer made of an image: the right shapes, and pooling really is the maximum."""

import time

import numpy as np
import pytest

from mnist_core.data import dataset
from mnist_core.models import store
from mnist_core.networks import recipes
from mnist_core.networks.layers import Conv, MaxPool, summarize
from tests.visiting import has, sent, visit


@pytest.mark.parametrize("name", ["cnn-simple", "cnn-32-32", "cnn-larger"])
def test_every_convolution_and_pooling_of_the_shipped_networks(name):
    network, image = store.open_model(name), dataset.load("test").images[8]
    lines = [
        line
        for line in summarize(recipes.get(name).layers)
        if isinstance(line.layer, Conv | MaxPool)
    ]
    began = time.process_time()
    results = network.feature_maps(image, [line.output_shape for line in lines])
    assert time.process_time() - began < 1
    assert [result.shape for result in results] == [line.output_shape for line in lines]
    for line, before, after in zip(lines[1:], results, results[1:], strict=False):
        if isinstance(line.layer, MaxPool):
            height, width, patterns = after.shape
            blocks = before[: 2 * height, : 2 * width].reshape(height, 2, width, 2, patterns)
            assert np.array_equal(blocks.max(axis=(1, 3)), after)
    assert all((result >= 0).all() and result.max() > 0 for result in results)


def test_a_network_of_dense_layers_makes_no_pictures():
    assert not has(visit("mistakes", view="why", model="mlp-784"), "layers")


def test_the_page_shows_all_of_them():
    app = visit("mistakes", view="why", model="cnn-larger", index="8")
    assert not app.exception
    first, *_, last = sent(app, "layers")["sheets"]
    assert first["alternative"].startswith("Convolution: 30 pictures of 24 × 24")
    assert last["alternative"].startswith("Pooling: 15 pictures of 5 × 5")
    assert first["width"] == 16 * 25
