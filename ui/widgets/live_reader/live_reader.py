"""The answer while the pen is down: the network runs in the visitor's browser.

A script on the page (`live_reader.js`) follows the strokes as they grow and has them read by the
network, in a worker beside the page. It shows its answer in place of the server's, until the
server has answered. If anything fails in the browser, the page works as it does without.
"""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from streamlit import runtime

from mnist_core.data.dataset import CLASSES
from mnist_core.language.translation import _
from mnist_core.models import store
from mnist_core.models.browser_weights import NotForBrowsers
from mnist_core.models.card import ModelCard
from mnist_core.system.text_format import signs, with_article
from ui.shell import cached
from ui.shell.component import component, without_comments
from ui.widgets.answer import answer
from ui.widgets.canvas.strokes import Stroke
from ui.widgets.network_flow import network_flow
from ui.widgets.probability_bars import probability_bars

_LIVE_READER = component(__file__, uses=("canvas_edge",))
_STROKES = component(__file__, "live_strokes")
_STROKES_KEY = "live-strokes"
_HERE = Path(__file__).parent
_FLOW = _HERE.parent / "network_flow"


def live_reader(card: ModelCard, side: int, keys: Mapping[str, str]) -> None:
    """Have the network of this card read along in the browser.

    Args:
        card: of a trained network.
        side: of the square canvas in pixels.
        keys: of the elements that show the answer: `answer`, `bars`, and `first` for the bars of
            the first of several digits.
    """
    data = {
        "side": side,
        "keys": {**keys, "flow": network_flow.KEY, "strokes": _STROKES_KEY},
        "words": _words(),
        "sure": answer.SURE,
        "worthNaming": answer.WORTH_NAMING,
        **_network_files(card),
    }
    _LIVE_READER(key="live-reader", data=data)


def send_strokes(
    strokes: Sequence[Stroke], brush: float, first: Sequence[NDArray[np.float64]] = ()
) -> None:
    """Send the strokes that the server's answer is about; after that answer has been shown.

    Args:
        strokes: of the drawing.
        brush: how thick the next one is, in pixels of the canvas.
        first: the strokes of the first digit, each `(n, 2)`, if there are others: the flow shows
            that one.
    """
    paths = [[[round(float(n), 1) for n in numbers] for _, *numbers in s.path] for s in strokes]
    lines = [line.round(1).tolist() for line in first]
    _STROKES(key=_STROKES_KEY, data={"strokes": paths, "brush": brush, "first": lines})


def _words() -> dict[str, Any]:
    """What the browser says by itself, with what is to be filled in."""
    return {
        **signs(),
        **answer.certainties(),
        "loading": _("Your browser is fetching the network: in a moment it reads while you draw."),
        "ready": _("The network runs in your browser: it reads while you draw."),
        "so_far": _("So far: {reading}"),
        "finding": probability_bars.finding_pattern(),
        "digits": [with_article(digit) for digit in range(CLASSES)],
        "large": [answer.in_large_type(digit) for digit in range(CLASSES)],
    }


def _network_files(card: ModelCard) -> dict[str, Any]:
    """Where the browser finds the network and the scripts that run it."""
    try:
        weights = cached.browser_weights(card.name)
    except (NotForBrowsers, store.BrokenModel, ValueError) as error:
        return {"problem": str(error)}
    return {
        "weights": _address("weights", weights, "application/octet-stream"),
        "digest": hashlib.sha256(weights).hexdigest(),
        "model": card.files[store.KERAS].sha256,
        "worker": _script(_HERE / "live_worker.js"),
        "modules": [
            *(_script(_HERE / name) for name in ("mnist_image.js", "network.js")),
            *(_script(_FLOW / name) for name in network_flow.MODULES),
        ],
    }


def _script(file: Path) -> str:
    return _address(file.stem, _sent(file), "text/javascript")


@cache
def _sent(file: Path) -> bytes:
    return without_comments(file.read_text("utf-8")).encode()


def _address(name: str, content: bytes, kind: str) -> str:
    """Where the browser can fetch this: an address that changes with the content.

    That is how Streamlit serves pictures: from memory, for as long as a session shows them.
    """
    return runtime.get_instance().media_file_mgr.add(content, kind, f"live-reader/{name}")
