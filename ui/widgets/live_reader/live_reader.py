"""The answer while the pen is down: the network runs in the visitor's browser.

A script on the page (`live_reader.js`) reads the pixels of the canvas as the line grows
and has them read by the network, in a worker beside the page. What it finds it puts where the
server's answer stands, until the server has answered. The server does nothing meanwhile, and if
anything fails in the browser, the page is what it is without.
"""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from streamlit import runtime

from mnist_core.models import store
from mnist_core.models.browser_weights import NotForBrowsers
from mnist_core.models.card import ModelCard
from ui.shell import cached
from ui.shell.component import component
from ui.widgets.answer import answer
from ui.widgets.canvas.strokes import Stroke

_HERE = Path(__file__).parent

_LIVE_READER = component(
    _HERE,
    "live_reader",
    '<div class="live"><p class="announced" aria-live="polite"></p><p></p></div>',
)
_LAYERS = component(_HERE, "layers_at_work", '<div class="layers"></div>')
_STROKES = component(_HERE, "live_strokes", "<div></div>")
_LAYERS_KEY, _STROKES_KEY = "layers-at-work", "live-strokes"
_WORDS = {
    "loading": "The network is being fetched: in a moment it reads while you draw.",
    "ready": "The network runs in your browser: it reads while you draw.",
}


def live_reader(card: ModelCard, side: int, places: Mapping[str, str]) -> None:
    """Have the network of this card read along in the browser.

    Args:
        card: of a trained network.
        side: of the square canvas in pixels.
        places: the keys of the elements with the answer: `answer`, `bars` and `seen`.
    """
    _LIVE_READER(
        key="live-reader",
        data={
            "side": side,
            "places": {**places, "layers": _LAYERS_KEY, "strokes": _STROKES_KEY},
            "words": _WORDS,
            "sure": answer.SURE,
            "worthNaming": answer.WORTH_NAMING,
            **_network(card),
        },
    )


def tell_strokes(strokes: Sequence[Stroke], brush: float) -> None:
    """Tell the reader which strokes the server's answer is about; after that answer is shown.

    Args:
        strokes: of the drawing.
        brush: how thick the next one is, in pixels of the canvas.
    """
    paths = [[[round(float(n), 1) for n in numbers] for _, *numbers in s.path] for s in strokes]
    _STROKES(key=_STROKES_KEY, data={"strokes": paths, "brush": brush})


def layers_at_work() -> None:
    """What each layer makes of the drawing, as it grows."""
    _LAYERS(key=_LAYERS_KEY, data={})


def _network(card: ModelCard) -> dict[str, Any]:
    """Where the browser finds the network and what runs it."""
    try:
        weights = cached.browser_weights(card)
    except (NotForBrowsers, store.BrokenModel, ValueError) as error:
        return {"problem": str(error)}
    return {
        "weights": _address("weights", weights, "application/octet-stream"),
        "digest": hashlib.sha256(weights).hexdigest(),
        "model": card.files[store.KERAS].sha256,
        "worker": _script("live_worker"),
        "modules": [_script("mnist_image"), _script("network")],
    }


def _script(name: str) -> str:
    return _address(name, (_HERE / f"{name}.js").read_bytes(), "text/javascript")


def _address(name: str, content: bytes, kind: str) -> str:
    """Where the browser can fetch this: an address that changes with the content.

    That is how Streamlit serves pictures: from memory, for as long as a session shows them.
    """
    return runtime.get_instance().media_file_mgr.add(content, kind, f"live-reader/{name}")
