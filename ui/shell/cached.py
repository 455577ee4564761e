"""What the pages share between visitors and runs: the only home of Streamlit's caches.

Everything here can be made again from disk, so clearing a cache costs time and nothing else.
`cache_resource` hands out the very same object each time; `cache_data` would copy 55 MB of MNIST
at every click. The arrays are read-only.
"""

import os
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.analysis import calibration, evaluation, label_audit
from mnist_core.analysis.evaluation import Report
from mnist_core.analysis.label_audit import AuditedAccuracy
from mnist_core.analysis.occlusion import Occlusion, occlude
from mnist_core.analysis.robustness import PERTURBATIONS, Measurements
from mnist_core.data import contact_sheet, dataset, digit_map, neighbours, preparation
from mnist_core.data import doubtful_labels as doubts
from mnist_core.data import shape_statistics as shapes
from mnist_core.data.contact_sheet import SheetLayout
from mnist_core.data.dataset import Digits
from mnist_core.data.doubtful_labels import LabelDoubt
from mnist_core.data.neighbours import Neighbours
from mnist_core.data.preparation import PixelStatistics
from mnist_core.data.shape_statistics import ShapeStatistics
from mnist_core.drawing import rejection as gates
from mnist_core.drawing.rejection import NonDigitDetector
from mnist_core.jobs import queue
from mnist_core.jobs.warm_pool import WarmPool
from mnist_core.models import browser_weights as weights
from mnist_core.models import notes, store
from mnist_core.models import real_hand_accuracy as hands
from mnist_core.models.card import ModelCard
from mnist_core.models.inference import Predictor
from mnist_core.models.real_hand_accuracy import RealHandAccuracy
from ui.shell.ink_png import png, sprite

# A network takes up to 4 MB, its answers 0.4 MB. Nine come with the app; the rest is for the
# models that people train, of which the ones used last are kept.
_MODELS = 16

SHEET_COLUMNS = 100
_ALIKE = 1_000
# A few numbers each, of all networks at once.
_AUDITED = 1_000


@st.cache_resource(show_spinner=False, on_release=WarmPool.shut_down)
def warm_pool() -> WarmPool:
    """The process that stands ready to train, one for all visitors of this server."""
    return WarmPool()


@st.cache_resource(show_spinner=False)
def requeue_after_restart() -> tuple[str, ...]:
    """Once a server: the trainings that had waited when the computer was shut down wait again."""
    return tuple(queue.requeue_after_restart())


@st.cache_resource(show_spinner="Opening MNIST", max_entries=len(dataset.SETS))
def digits(name: str) -> Digits:
    """One of the two sets; see `dataset.load`."""
    return dataset.load(name)


@st.cache_resource(show_spinner=False, max_entries=1)
def training_spread() -> PixelStatistics:
    """Mean and standard deviation of the training images; see `preparation.pixel_statistics`."""
    return preparation.pixel_statistics(digits("train").images)


@st.cache_resource(show_spinner=False, max_entries=5)
def sheet(name: str, order: str) -> SheetLayout:
    """All images of a set, laid out in this order; see `contact_sheet.arrange`."""
    return contact_sheet.arrange(
        digits(name), order, -doubt().label_probability if order == "doubt" else None
    )


@st.cache_resource(show_spinner=False, max_entries=2 * len(contact_sheet.LEVELS))
def shrunk(name: str, level: int) -> NDArray[np.uint8]:
    """The images of a set in another size, see `contact_sheet.downscaled`; up to 19 MB in all."""
    return contact_sheet.downscaled(digits(name).images, level)


@st.cache_resource(show_spinner=False, max_entries=200)
def tile(name: str, order: str, level: int, column: int, row: int) -> bytes:
    """One tile of a sheet as a PNG of up to 60 kB; see `contact_sheet.tile`."""
    return png(contact_sheet.tile(sheet(name, order), shrunk(name, level), column, row))


@st.cache_resource(show_spinner="Measuring all digits", max_entries=len(dataset.SETS))
def shape(name: str) -> ShapeStatistics:
    """What a set looks like; see `shape_statistics.measure`."""
    return shapes.measure(digits(name))


def cards() -> list[ModelCard]:
    """The cards of all models that can be read, as they are on disk now."""
    return store.list_models()


def card_of(name: str) -> ModelCard | None:
    """The card of the model that is or was called this; None where it is not here any more."""
    present = notes.current_name(name)
    return next((card for card in cards() if card.name == present), None)


def predictor(name: str) -> Predictor:
    """The model of this name; see `store.open_model`."""
    return _predictor(name, _identity(name))


def occlusion(name: str, number: int) -> Occlusion:
    """What matters to a model in a test image; see `occlusion.occlude`.

    Raises:
        ValueError: there is no such model.
        BrokenModel: its files are damaged.
    """
    return _occlusion(name, _identity(name), number)


def browser_weights(card: ModelCard) -> bytes:
    """The model as the browser takes it; see `browser_weights.pack`.

    Raises:
        NotForBrowsers: it cannot be run there.
        ValueError: there is no such model.
        BrokenModel: its files are damaged.
    """
    return _browser_weights(card.name, _identity(card.name), card)


def is_digit(images: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which prepared images `(n, 28, 28)` look like a digit at all: bool `(n,)`."""
    return np.asarray(gate().digit_probability(images) >= gates.THRESHOLD)


@st.cache_resource(show_spinner=False, max_entries=1)
def gate() -> NonDigitDetector:
    """The network that knows what is no digit."""
    return gates.load()


def test_probabilities(name: str) -> NDArray[np.float32]:
    """What the model says of the 10,000 test images; see `store.test_probabilities`."""
    return _test_probabilities(name, _identity(name))


def calibration_error(card: ModelCard) -> float:
    """How far how sure and how right are apart among the test images, 0..1, at its temperature.

    Raises:
        ValueError: there is no such model.
        BrokenModel: its files are damaged.
    """
    return _calibration_error(card.name, _identity(card.name), card.temperature or 1.0)


@st.cache_resource(show_spinner=False, max_entries=1)
def real_hands() -> dict[str, RealHandAccuracy]:
    """How well each shipped network reads what people draw; see `real_hands.load`."""
    return hands.load()


def test_report(name: str) -> Report:
    """What the model gets right and wrong among the test images.

    Raises:
        ValueError: there is no such model.
        BrokenModel: its files are damaged.
    """
    return _test_report(name, _identity(name))


def audited_accuracy(name: str) -> AuditedAccuracy:
    """How much the disputed labels matter for the model; see `label_audit.accuracy`.

    Raises:
        ValueError: there is no such model.
        BrokenModel: its files are damaged.
    """
    return _audited_accuracy(name, _identity(name))


@st.cache_resource(show_spinner=False)
def doubt() -> LabelDoubt:
    """How doubtful the label of every training image is; see `mnist_core.data.doubtful_labels`."""
    return doubts.load()


@st.cache_resource(show_spinner=False, max_entries=len(digit_map.METHODS))
def map_places(way: str) -> NDArray[np.float32]:
    """Where each test digit lies on a map; see `digit_map.load`."""
    return digit_map.load(way)


@st.cache_resource(show_spinner="Laying out the test digits", max_entries=1)
def test_sheet() -> bytes:
    """All test digits as one picture, a hundred to a row, for the browser to cut up."""
    return sprite(digits("test").images, SHEET_COLUMNS)


@st.cache_resource(show_spinner=False, max_entries=1)
def features() -> dict[str, NDArray[np.uint8]]:
    """What a network sees in every image; see `neighbours.features`."""
    return neighbours.features()


@st.cache_resource(show_spinner=False, max_entries=_ALIKE)
def alike_by_pixels(name: str, index: int, count: int) -> Neighbours:
    """The training images most like an element, pixel by pixel."""
    itself = index if name == "train" else None
    images = digits("train").images
    return neighbours.nearest(digits(name).images[index], images, count, exclude=itself)


@st.cache_resource(show_spinner=False, max_entries=_ALIKE)
def alike_to_network(name: str, index: int, count: int) -> Neighbours:
    """The training images most like an element by what `neighbours.NETWORK` sees in them."""
    itself = index if name == "train" else None
    seen = features()
    return neighbours.nearest(seen[name][index], seen["train"], count, exclude=itself)


def robustness(change: str, card: ModelCard) -> Measurements:
    """What is known of a network under a kind of change; see `mnist_core.analysis.robustness`."""
    facts = card.files.get(store.LITERT)
    folder = store.local_directory() / ".robustness"
    return _robustness(change, facts.sha256 if facts else "", folder)


@st.cache_resource(show_spinner=False, max_entries=_MODELS * len(PERTURBATIONS))
def _robustness(change: str, model: str, folder: Path) -> Measurements:
    return Measurements(change, model, folder)


# Some 10 kB each: going back and forth between mistakes costs nothing.
@st.cache_resource(show_spinner=False, max_entries=300)
def _occlusion(name: str, identity: str, number: int) -> Occlusion:
    return occlude(digits("test").images[number], _predictor(name, identity).predict)


@st.cache_resource(show_spinner="Opening the network", max_entries=_MODELS)
def _predictor(name: str, identity: str) -> Predictor:  # noqa: ARG001
    return store.open_model(name)


@st.cache_resource(show_spinner=False, max_entries=_MODELS)
def _browser_weights(name: str, identity: str, _card: ModelCard) -> bytes:  # noqa: ARG001
    return weights.pack(store.keras_file(name), _card)


@st.cache_resource(show_spinner="Opening the network's answers", max_entries=_MODELS)
def _test_probabilities(name: str, identity: str) -> NDArray[np.float32]:  # noqa: ARG001
    return store.test_probabilities(name)


@st.cache_data(show_spinner=False, max_entries=_MODELS)
def _calibration_error(name: str, identity: str, temperature: float) -> float:  # noqa: ARG001
    cooled = calibration.with_temperature(test_probabilities(name), temperature)
    return calibration.reliability(cooled, digits("test").labels).error


@st.cache_resource(show_spinner=False, max_entries=_MODELS)
def _test_report(name: str, identity: str) -> Report:  # noqa: ARG001
    return evaluation.evaluate(test_probabilities(name), digits("test").labels)


@st.cache_resource(show_spinner=False, max_entries=_AUDITED)
def _audited_accuracy(name: str, identity: str) -> AuditedAccuracy:
    said = _test_probabilities(name, identity).argmax(axis=1)
    return label_audit.accuracy(said, digits("test").labels)


def _identity(name: str) -> str:
    """The files of a model with their times and sizes: another one when anything was changed.

    Empty if there is no such model; the store then says so. A text, as Streamlit takes ten times as
    long to tell apart what is nested.
    """
    if not store.is_name(name):
        return ""
    folders = (root / name for root in (store.SHIPPED, store.local_directory()))
    try:
        files = [file for folder in folders if folder.is_dir() for file in os.scandir(folder)]
        facts = [(file.path, file.stat().st_mtime_ns, file.stat().st_size) for file in files]
    except FileNotFoundError:
        # Deleted this very moment.
        return ""
    return repr(sorted(facts))
