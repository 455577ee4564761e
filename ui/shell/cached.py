"""What pages share between visitors and runs: the only home of Streamlit's caches.

Everything here can be made again from disk, so clearing a cache costs time and nothing else.
`cache_resource` hands out the very same object each time; `cache_data` would copy 55 MB of MNIST
at every click. The arrays are read-only. Functions of a model's name raise ValueError where there
is no such model, and BrokenModel where its files are damaged.
"""

import os
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from mnist_core.data.neighbours import Neighbours
from mnist_core.data.preparation import PixelStatistics
from mnist_core.data.shape_statistics import ShapeStatistics
from mnist_core.drawing import rejection
from mnist_core.models import browser_weights as weights
from mnist_core.models import handwriting_accuracy, notes, store
from mnist_core.models.browser_weights import NotForBrowsers
from mnist_core.models.card import ModelCard
from ui.shell.ink_png import png, sprite

if TYPE_CHECKING:
    from mnist_core.jobs.warm_pool import WarmPool

SHEET_COLUMNS = 100
# Pixels to a digit's side on a sheet.
_COARSE = 4
_NEIGHBOURS = 1_000
# Answers take 0.4 MB a network. Ten networks come with the app; the rest is for the models that
# people train, of which the ones used last are kept.
_MODELS = 16
# An open network takes 2 to 16 MB, all that come with the app 68 MB. Opening one takes 2 to 20 ms:
# too much at every click for those in use, nothing now and then.
_OPEN = 3
_OPEN_SECONDS = 30.0
# Some 1 kB each: what is asked of all networks at once is asked of each only once.
_ANSWERS = 2_000
# Up to 2 MB each, 10 MB all that come with the app. As long as any page shows a network, Streamlit
# keeps the same bytes to serve them; packed anew, they would be there twice.
_PACKED = 12
# Some 10 kB each: going back and forth between mistakes costs nothing.
_OCCLUSIONS = 300
# A few numbers each, of all networks at once.
_AUDITS = 1_000
# Of classes: a few kilobytes each, and of some rooms all digits, 300 kB.
_AT_A_MOMENT, _SHARED = 100, 500

# Files that come with the app.
_read_once = st.cache_resource(show_spinner=False)
doubt = _read_once(doubts.load)
map_positions = _read_once(digit_map.load)
real_hands = _read_once(handwriting_accuracy.load)
_features = _read_once(neighbours.features)
_non_digit_detector = _read_once(rejection.load)


digits = st.cache_resource(show_spinner="Opening MNIST", max_entries=len(dataset.SETS))(
    dataset.load
)


# What has to do with trainings is imported when it is needed: the first page is there sooner.
@st.cache_resource(show_spinner=False, on_release=lambda pool: pool.shut_down())
def warm_pool() -> "WarmPool":
    """The worker process that is ready to train, one for all visitors of this server."""
    from mnist_core.jobs.warm_pool import WarmPool

    return WarmPool()


@st.cache_resource(show_spinner=False)
def requeue_after_restart() -> tuple[str, ...]:
    """Queue the trainings again, once a server, that waited when the computer was shut down."""
    from mnist_core.jobs import queue

    return tuple(queue.requeue_after_restart())


@st.cache_resource(show_spinner=False, max_entries=1)
def training_statistics() -> PixelStatistics:
    """Mean and standard deviation of the training images; see `preparation.pixel_statistics`."""
    return preparation.pixel_statistics(digits("train").images)


@st.cache_resource(show_spinner=False, max_entries=5)
def sheet(name: str, order: str) -> SheetLayout:
    """All images of a set, laid out in this order; see `contact_sheet.arrange`."""
    doubtfulness = -doubt().label_probability if order == "doubt" else None
    return contact_sheet.arrange(digits(name), order, doubtfulness)


@st.cache_resource(show_spinner=False, max_entries=200)
def tile(name: str, order: str, level: int, column: int, row: int) -> bytes:
    """One tile of a sheet as a PNG of up to 60 kB; see `contact_sheet.tile`."""
    # A tile of larger digits has so few that only they are made smaller, in a millisecond.
    is_of_many = level <= _COARSE
    images = _downscaled(name, level) if is_of_many else digits(name).images
    return png(contact_sheet.tile(sheet(name, order), images, level, column, row))


# 1.6 MB with the coarse levels of both sets; all levels would be 19 MB.
@st.cache_resource(show_spinner=False, max_entries=2 * len(contact_sheet.LEVELS))
def _downscaled(name: str, level: int) -> NDArray[np.uint8]:
    return contact_sheet.downscaled(digits(name).images, level)


@st.cache_resource(show_spinner="Measuring all digits", max_entries=len(dataset.SETS))
def shape(name: str) -> ShapeStatistics:
    """What a set looks like; see `shape_statistics.measure`."""
    return shapes.measure(digits(name))


@st.cache_resource(show_spinner="Laying out the test digits", max_entries=1)
def test_sheet() -> bytes:
    """All test digits as one picture, `SHEET_COLUMNS` to a row, for the browser to cut up."""
    return sprite(digits("test").images, SHEET_COLUMNS)


@st.cache_resource(show_spinner=False, max_entries=_NEIGHBOURS)
def alike_by_pixels(name: str, index: int, count: int) -> Neighbours:
    """The training images most like an element, pixel by pixel."""
    images = digits("train").images
    itself = index if name == "train" else None
    return neighbours.nearest(digits(name).images[index], images, count, exclude=itself)


@st.cache_resource(show_spinner=False, max_entries=_NEIGHBOURS)
def alike_to_network(name: str, index: int, count: int) -> Neighbours:
    """The training images most like an element by what `neighbours.NETWORK` sees in them."""
    features = _features()
    itself = index if name == "train" else None
    return neighbours.nearest(features[name][index], features["train"], count, exclude=itself)


def is_digit(images: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which prepared images `(n, 28, 28)` look like a digit at all: bool `(n,)`."""
    return digit_probability(images) >= rejection.THRESHOLD


def digit_probability(images: NDArray[np.float32]) -> NDArray[np.float32]:
    """How likely each of these prepared images `(n, 28, 28)` is one digit: float32 `(n,)`."""
    return _non_digit_detector().digit_probability(images)


# What many pages ask for at the same moment, such as thirty of a class: one of them works it out.
@st.cache_resource(show_spinner=False, ttl=1.0, max_entries=_AT_A_MOMENT)
def for_a_second(key: Hashable, _make: Callable[[], Any]) -> Any:
    """What `_make` gives, not older than a second; `key` says what it is."""
    del key
    return _make()


@st.cache_resource(show_spinner=False, max_entries=_SHARED)
def shared(key: Hashable, _make: Callable[[], Any]) -> Any:
    """What `_make` gives, once for all pages; whatever it depends on is in `key`."""
    del key
    return _make()


def cards() -> list[ModelCard]:
    """The cards of all models that can be read, as they are on disk now."""
    return store.list_models()


def card_of(name: str) -> ModelCard | None:
    """The card of the model that is or was called this; None where it is not here any more."""
    present = notes.current_name(name)
    return next((card for card in cards() if card.name == present), None)


def title_of(name: str) -> str:
    """What pages call the model of this name; the name where it is not here any more."""
    card = card_of(name)
    return name if card is None else card.title


def _files(name: str) -> bytes:
    """A model's files with their times and sizes: another value when anything has changed.

    Empty if there is no such model; the store then says so.
    """
    if not store.is_name(name):
        return b""
    folders = (root / name for root in (store.SHIPPED, store.local_directory()))
    try:
        files = [file for folder in folders if folder.is_dir() for file in os.scandir(folder)]
        facts = [(file.path, file.stat().st_mtime_ns, file.stat().st_size) for file in files]
    except FileNotFoundError:
        # Deleted this very moment.
        return b""
    return repr(sorted(facts)).encode()


_BY_FILES: dict[str | type, Callable[[str], bytes]] = {str: _files}


# What these two give, and their errors, is in `store`.
predictor = st.cache_resource(
    show_spinner="Opening the network",
    max_entries=_OPEN,
    ttl=_OPEN_SECONDS,
    hash_funcs=_BY_FILES,
)(store.open_model)
test_probabilities = st.cache_resource(
    show_spinner="Opening its answers", max_entries=_MODELS, hash_funcs=_BY_FILES
)(store.test_probabilities)


@st.cache_resource(show_spinner=False, max_entries=_ANSWERS, hash_funcs=_BY_FILES)
def probabilities(name: str, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """What a model makes of a few images `(n, 28, 28)` that it is shown again and again.

    Returns:
        float32 `(n, 10)`, read-only.
    """
    found = predictor(name).predict(images)
    found.setflags(write=False)
    return found


@st.cache_resource(show_spinner=False, max_entries=_MODELS, hash_funcs=_BY_FILES)
def test_report(name: str) -> Report:
    """What a model gets right and wrong among the test images."""
    return evaluation.evaluate(test_probabilities(name), digits("test").labels)


@st.cache_resource(show_spinner=False, max_entries=_MODELS, hash_funcs=_BY_FILES)
def test_results(name: str) -> tuple[NDArray[np.float32], Report]:
    """`test_probabilities` and `test_report`, with one look at the model's files for both."""
    return test_probabilities(name), test_report(name)


@st.cache_resource(show_spinner=False, max_entries=_AUDITS, hash_funcs=_BY_FILES)
def audited_accuracy(name: str) -> AuditedAccuracy:
    """How much the disputed labels matter for a model; see `label_audit.accuracy`."""
    return label_audit.accuracy(test_probabilities(name).argmax(axis=1), digits("test").labels)


@st.cache_resource(show_spinner=False, max_entries=_MODELS, hash_funcs=_BY_FILES)
def calibration_error(name: str) -> float:
    """A model's expected calibration error on the test images, 0..1, at its temperature."""
    temperature = store.read_card(store.folder_of(name)).temperature or 1.0
    probabilities = calibration.with_temperature(test_probabilities(name), temperature)
    return calibration.reliability(probabilities, digits("test").labels).error


@st.cache_resource(show_spinner=False, max_entries=_OCCLUSIONS, hash_funcs=_BY_FILES)
def occlusion(name: str, number: int) -> Occlusion:
    """What matters to a model in a test image; see `occlusion.occlude`."""
    return occlude(digits("test").images[number], predictor(name).predict)


def browser_weights(name: str) -> bytes:
    """A model as the browser takes it; see `browser_weights.packed`.

    Raises:
        NotForBrowsers: it cannot be run there, or the computer has too much to do to prepare it.
    """
    try:
        found = _packed(name)
    except OSError as error:
        raise NotForBrowsers("The server has too much to do to prepare the network.") from error
    if isinstance(found, NotForBrowsers):
        raise found
    return found


@st.cache_resource(show_spinner=False, max_entries=_PACKED, hash_funcs=_BY_FILES)
def _packed(name: str) -> bytes | NotForBrowsers:
    folder = store.folder_of(name)
    card = store.read_card(folder)
    try:
        return weights.packed(folder, card, lambda: store.keras_file(name))
    except NotForBrowsers as problem:
        # It would be found out anew at every click.
        return problem


def robustness(change: str, card: ModelCard) -> Measurements:
    """What is known of a network under a kind of change; see `mnist_core.analysis.robustness`."""
    facts = card.files.get(store.LITERT)
    folder = store.local_directory() / ".robustness"
    return _robustness(change, facts.sha256 if facts else "", folder)


@st.cache_resource(show_spinner=False, max_entries=_MODELS * len(PERTURBATIONS))
def _robustness(change: str, model: str, folder: Path) -> Measurements:
    return Measurements(change, model, folder)
