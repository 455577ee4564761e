"""A trained network in one small file for the browser.

The file is eight bytes (`DLW1` and the length of the header), a header as JSON, and all weights as
float16, little-endian, in the order in which `ui/widgets/live_reader/network.js` takes them:
member by member, layer by layer, weights before biases.
"""

import json
import struct
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from mnist_core.models import card as cards
from mnist_core.models.card import ModelCard
from mnist_core.networks import layers
from mnist_core.networks.layers import BatchNorm, Conv, Dense, Dropout, Layer, Shape
from mnist_core.networks.recipes import Recipe
from mnist_core.system import processes

MAGIC = b"DLW1"
FILE = "browser.bin"
"""Beside the models that are trained here, and the network of the home page
(`scripts/pack_for_browser.py`)."""
_KERAS = "model.keras"
_WEIGHTS = "model.weights.h5"
# The names of layers in Keras's file, and what it adds to a variance before dividing by it.
_IN_KERAS = {Dense: "dense", Conv: "conv2d", BatchNorm: "batch_normalization"}
_EPSILON = 1e-3
_NOT_FOR_BROWSERS = 3
"""The exit code of this module's process."""
_DAMAGE = (zipfile.BadZipFile, KeyError, OSError, ValueError, RuntimeError)

Weights = NDArray[np.float32]
Step = tuple[Layer, tuple[Weights, ...]]
"""A layer and its weights."""


class NotForBrowsers(ValueError):
    """This network cannot be run in a browser; the message says why."""


def pack(keras: bytes, card: ModelCard) -> bytes:
    """Pack a trained network, the bytes of `model.keras` and its card, for the browser.

    Returns:
        Two bytes a parameter and less than 5 kB.

    Raises:
        NotForBrowsers: the file is not that of this recipe, or a weight does not fit float16.
    """
    try:
        members = _read(keras, card.recipe)
    except _DAMAGE as error:
        raise NotForBrowsers(f"The weights of {card.name} cannot be read: {error}") from error
    header = {
        "model": card.files[_KERAS].sha256,
        "temperature": card.temperature or 1.0,
        "input": card.recipe.input_shape,
        "members": len(members),
        "looks": card.recipe.looks,
        "layers": [msgspec.to_builtins(layer) for layer, _ in members[0]],
    }
    text = json.dumps(header, separators=(",", ":")).encode()
    # The weights start at an even offset.
    text += b" " * (len(text) % 2)
    arrays = (array for steps in members for _, weights in steps for array in weights)
    weights = (_as_float16(array, card.name) for array in arrays)
    return b"".join((MAGIC, struct.pack("<I", len(text)), text, *weights))


def packed(folder: Path, card: ModelCard, keras: Callable[[], bytes]) -> bytes:
    """A model for the browser: the file in its directory, or else made in a process of its own.

    HDF5 would take 12 MB of this process's memory, for good.

    Args:
        folder: the model's directory.
        card: its card.
        keras: reads the bytes of `model.keras`.

    Raises:
        NotForBrowsers: see `pack`.
        OSError: see `processes.output_of`.
    """
    if (found := packed_before(folder, card)) is not None:
        return found
    here, text = "mnist_core.models.browser_weights", cards.encode(card)
    given = struct.pack("<I", len(text)) + text + keras()
    code, printed = processes.output_of(here, given)
    if code == _NOT_FOR_BROWSERS:
        raise NotForBrowsers(printed.decode())
    if code:
        raise RuntimeError(f"{here} ended with {code}.")
    return printed


def packed_before(folder: Path, card: ModelCard) -> bytes | None:
    """The file in a model's directory, if there is one for just this network and temperature."""
    try:
        content = (folder / FILE).read_bytes()
        header = json.loads(content[8 : 8 + struct.unpack_from("<I", content, 4)[0]])
        belongs = header["model"], header["temperature"]
    except (FileNotFoundError, ValueError, KeyError, TypeError, struct.error):
        return None
    return content if belongs == (card.files[_KERAS].sha256, card.temperature or 1.0) else None


def fold_batch_norms(steps: list[Step]) -> list[Step]:
    """Fold batch normalisations into the layers before them, if these have no activation.

    Elsewhere a normalisation stays, as a factor and a shift for each filter or neuron.
    """
    done: list[Step] = []
    for layer, weights in steps:
        if not isinstance(layer, BatchNorm):
            done.append((layer, weights))
            continue
        gamma, beta, mean, variance = weights
        factor = gamma / np.sqrt(variance + np.float32(_EPSILON))
        shift = beta - mean * factor
        match done:
            case [*_, (Dense(activation="linear") | Conv(activation="linear") as sums, (w, b))]:
                merged = msgspec.structs.replace(sums, activation=layer.activation)
                done[-1] = merged, (w * factor, b * factor + shift)
            case _:
                done.append((layer, (factor, shift)))
    return done


def _read(keras: bytes, recipe: Recipe) -> list[list[Step]]:
    """The layers used for prediction with their weights from Keras's file, for each member."""
    # Not where others only want to know whether there is a file.
    import h5py

    with (
        zipfile.ZipFile(BytesIO(keras)) as archive,
        h5py.File(BytesIO(archive.read(_WEIGHTS))) as file,
    ):
        if recipe.members == recipe.looks == 1:
            return [fold_batch_norms(_steps(file["layers"], recipe))]
        names = [_numbered("sequential", number) for number in range(recipe.members)]
        return [fold_batch_norms(_steps(file[f"layers/{name}/layers"], recipe)) for name in names]


def _steps(group: Any, recipe: Recipe) -> list[Step]:
    steps: list[Step] = []
    counts: Counter[type[Layer]] = Counter()
    shape = recipe.input_shape
    for line in layers.summarize(recipe.layers):
        layer, weights = line.layer, []
        if wanted := _shapes(layer, shape):
            name = _numbered(_IN_KERAS[type(layer)], counts[type(layer)])
            counts[type(layer)] += 1
            found = group[name]["vars"]
            weights = [np.asarray(found[str(n)], np.float32) for n in range(len(wanted))]
            if [array.shape for array in weights] != wanted:
                raise ValueError(f"{name} does not have the shape that the card says.")
        if not isinstance(layer, Dropout):
            steps.append((layer, tuple(weights)))
        shape = line.output_shape
    return steps


def _numbered(kind: str, number: int) -> str:
    """Keras's names for the layers of a kind: dense, dense_1, dense_2."""
    return f"{kind}_{number}" if number else kind


def _shapes(layer: Layer, shape: Shape) -> list[Shape]:
    """The shapes of a layer's weights, given the shape of its input."""
    match layer:
        case Dense(units=units):
            return [(shape[0], units), (units,)]
        case Conv(filters=filters, size=size):
            return [(size, size, shape[2], filters), (filters,)]
        case BatchNorm():
            return [(shape[-1],)] * 4
        case _:
            return []


def _as_float16(array: Weights, name: str) -> bytes:
    with np.errstate(over="ignore"):
        converted = array.astype("<f2")
    if not np.isfinite(converted).all():
        raise NotForBrowsers(f"A weight of {name} is too large for a 16-bit number.")
    return converted.tobytes()


def main() -> int:
    """Pack what comes in, as `packed` sends it, and print the file."""
    given = sys.stdin.buffer
    (length,) = struct.unpack("<I", given.read(4))
    card = cards.decode(given.read(length))
    try:
        sys.stdout.buffer.write(pack(given.read(), card))
    except NotForBrowsers as problem:
        sys.stdout.buffer.write(str(problem).encode())
        return _NOT_FOR_BROWSERS
    return 0


if __name__ == "__main__":
    sys.exit(main())
