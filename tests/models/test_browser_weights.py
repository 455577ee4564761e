"""Weights for the browser: what is in the file, folded normalisations, what is refused."""

import json
import struct
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import keras
import numpy as np
import pytest

from mnist_core.data import dataset
from mnist_core.models import browser_weights, staging, store
from mnist_core.models.browser_weights import NotForBrowsers, fold_batch_norms, pack
from mnist_core.models.card import FileFacts, ModelCard
from mnist_core.networks import keras_model, recipes
from mnist_core.networks.layers import (
    AveragePool,
    BatchNorm,
    Conv,
    Dense,
    Dropout,
    Flatten,
    MaxPool,
)
from mnist_core.system import processes
from scripts import pack_for_browser
from tests import same_numbers
from tests.samples import staged

SHIPPED = [card for card in store.list_models() if card.shipped]


def header_of(file: bytes) -> tuple[dict, bytes]:
    assert file[:4] == browser_weights.MAGIC
    (length,) = struct.unpack("<I", file[4:8])
    return json.loads(file[8 : 8 + length]), file[8 + length :]


@pytest.mark.parametrize("card", SHIPPED, ids=lambda card: card.name)
def test_a_file_has_two_bytes_a_parameter_and_names_its_model(card: ModelCard):
    file = pack(store.keras_file(card.name), card)
    header, weights = header_of(file)
    assert len(file) <= 2 * card.parameters + 5_000
    assert len(weights) <= 2 * card.parameters
    assert header["model"] == card.files["model.keras"].sha256
    assert header["temperature"] == (card.temperature or 1.0)
    assert header["layers"][-1] == {"type": "Dense", "units": 10, "activation": "softmax"}
    assert not [layer for layer in header["layers"] if layer["type"] == "Dropout"]


def normalisation(count: int) -> tuple[np.ndarray, ...]:
    random = np.random.default_rng(1)
    return tuple(random.uniform(0.5, 2, count).astype(np.float32) for _ in range(4))


def test_a_normalisation_after_a_linear_layer_is_folded_into_it():
    random = np.random.default_rng(0)
    kernel, bias = random.normal(size=(5, 3)).astype(np.float32), np.ones(3, np.float32)
    gamma, beta, mean, variance = normalisation(3)
    ((layer, (w, b)),) = fold_batch_norms(
        [(Dense(3), (kernel, bias)), (BatchNorm("relu"), (gamma, beta, mean, variance))]
    )
    assert layer == Dense(3, "relu")
    inputs = random.normal(size=(7, 5))
    plain = (inputs @ kernel + bias - mean) / np.sqrt(variance + 1e-3) * gamma + beta
    assert np.allclose(inputs @ w + b, plain, atol=1e-5)


def test_a_normalisation_elsewhere_stays_as_a_factor_and_a_shift():
    kernel, bias = np.ones((5, 3), np.float32), np.ones(3, np.float32)
    gamma, beta, mean, variance = normalisation(3)
    steps = fold_batch_norms(
        [(Dense(3, "relu"), (kernel, bias)), (BatchNorm(), (gamma, beta, mean, variance))]
    )
    assert [layer for layer, _ in steps] == [Dense(3, "relu"), BatchNorm()]
    factor, shift = steps[1][1]
    assert np.allclose(
        2 * factor + shift, (2 - mean) / np.sqrt(variance + 1e-3) * gamma + beta, atol=1e-5
    )


def committee_of_every_kind(folder: Path) -> tuple[bytes, ModelCard, np.ndarray]:
    """Two members with every kind of layer, three looks; what Keras says of 50 images."""
    stack = (
        Conv(6, 3),
        BatchNorm("relu"),
        MaxPool(2),
        BatchNorm("gelu"),
        Conv(8, 3, "tanh"),
        Dropout(0.2),
        BatchNorm("sigmoid"),
        AveragePool(2),
        Flatten(),
        Dense(20),
        BatchNorm("gelu"),
        Dense(16, "gelu"),
    )
    recipe = replace(recipes.get("cnn-larger"), layers=stack, members=2, looks=3)
    keras.utils.set_random_seed(3)
    model = keras_model.build(recipe)
    random = np.random.default_rng(2)
    model.set_weights(
        [
            1.5 * weight if weight.ndim > 1 else random.uniform(0.2, 1.2, weight.shape)
            for weight in model.get_weights()
        ]
    )
    path = folder / "model.keras"
    model.save(path)
    images = dataset.load("test").images[:50].reshape(-1, 28, 28, 1) / np.float32(255)
    said = model.predict(images, verbose=0)
    facts = {"model.keras": FileFacts(path.stat().st_size, "ab")}
    card = replace(SHIPPED[0], name="all-kinds", recipe=recipe, temperature=None, files=facts)
    return path.read_bytes(), card, said


def test_every_kind_of_layer_reads_the_same_in_javascript(tmp_path: Path):
    data, card, said = committee_of_every_kind(tmp_path)
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "images").write_bytes(dataset.load("test").images[:50].tobytes())
    (folder / "all").write_bytes(pack(data, card))
    wanted = {"drawings": {}, "read": [], "networks": ["all"]}
    (folder / "wanted.json").write_text(json.dumps(wanted))
    found = same_numbers.in_node(folder)["all"].reshape(-1, 10)
    assert np.ptp(said, axis=0).max() > 0.01  # it does look at the images
    assert np.abs(found - said).max() < 0.003


def test_another_networks_file_and_no_file_are_refused():
    larger, simple = (next(card for card in SHIPPED if card.name == n) for n in TWO)
    for data in (store.keras_file(simple.name), b"", b"PK no zip", zipped(b"no weights")):
        with pytest.raises(NotForBrowsers, match="cannot be read"):
            pack(data, larger)


TWO = ("cnn-larger", "cnn-simple")


def zipped(weights: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("model.weights.h5", weights)
    return file.getvalue()


def test_a_weight_too_large_for_16_bits_is_refused(monkeypatch: pytest.MonkeyPatch):
    card = SHIPPED[0]
    huge = [[(Dense(10, "softmax"), (np.full((784, 10), 70_000.0), np.zeros(10)))]]
    monkeypatch.setattr(browser_weights, "_read", lambda keras, recipe: huge)
    with pytest.raises(NotForBrowsers, match="too large"):
        pack(b"", card)


def test_what_is_packed_beside_the_home_pages_network_is_what_would_be_packed(tmp_path: Path):
    folder = store.SHIPPED / pack_for_browser.NETWORK
    card = store.read_card(folder)
    assert browser_weights.packed_before(folder, card) == pack(store.keras_file(card.name), card)
    # Of another network, at another temperature, cut short, or not there at all.
    assert browser_weights.packed_before(folder, replace(card, temperature=9.0)) is None
    other = store.read_card(store.SHIPPED / "mlp-784")
    assert browser_weights.packed_before(folder, other) is None
    (tmp_path / browser_weights.FILE).write_bytes(b"DLW1")
    assert browser_weights.packed_before(tmp_path, card) is None
    assert browser_weights.packed_before(tmp_path / "nowhere", card) is None


def test_without_a_file_it_is_packed_in_a_process_of_its_own():
    folder = store.SHIPPED / "cnn-best"
    card = store.read_card(folder)
    whole = store.keras_file(card.name)
    assert browser_weights.packed(folder, card, lambda: whole) == pack(whole, card)
    # What is wrong with it is said there, and known here.
    with pytest.raises(NotForBrowsers, match="weights of cnn-best cannot be read"):
        browser_weights.packed(folder, card, lambda: whole[:1000])


def test_a_bug_in_that_process_is_one_here(monkeypatch: pytest.MonkeyPatch):
    folder = store.SHIPPED / "cnn-best"
    monkeypatch.setattr(processes, "output_of", lambda module, given: (1, b""))
    with pytest.raises(RuntimeError, match="ended with 1"):
        browser_weights.packed(folder, store.read_card(folder), lambda: b"")


def test_a_new_model_comes_with_its_file(models_directory: Path):
    with staging.directory(models_directory) as folder:
        made = staging.commit(folder, staged(folder, "mine"))
    packed = browser_weights.packed_before(models_directory / "mine", made)
    assert packed == pack(store.keras_file("mine"), made)
