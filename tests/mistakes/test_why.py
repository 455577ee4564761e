"""Why? What matters in an image, in words, and what is like it."""

import shutil
import threading

import numpy as np
import pytest

from mnist_core.analysis import evaluation
from mnist_core.analysis.occlusion import occlude
from mnist_core.data import dataset, neighbours
from mnist_core.models import store
from mnist_core.system.text_format import with_article
from tests.visiting import sent, text, visit
from ui.shell import cached, prefetch
from ui.widgets.occlusion_map.occlusion_map import finding

MODEL = "mlp-1024-128-64"


@pytest.fixture(scope="module")
def image():
    return dataset.load("test").images[8]


@pytest.fixture(scope="module")
def network():
    return store.open_model(MODEL)


def test_what_matters_in_the_open_image(image, network):
    app = visit("mistakes", view="why", model=MODEL, index="8")
    assert not app.exception
    occlusion = occlude(image, network.predict)
    shown = sent(app, "occlusion")
    assert finding(occlusion) in text(app)
    assert shown["square"] == occlusion.corners[occlusion.worst].tolist()
    assert np.allclose(shown["points"], 100 * occlusion.drop.ravel(), atol=0.06)
    assert sent(app, "probability_bars")["label"] == 5


def test_without_an_image_the_surest_mistake(network):
    app = visit("mistakes", view="why", model=MODEL)
    digits, answers = dataset.load("test"), store.test_probabilities(MODEL)
    wrong = evaluation.evaluate(answers, digits.labels).mistakes
    first = evaluation.most_confident_first(answers, wrong)[0]
    label, read = digits.labels[first], answers[first].argmax()
    assert f"Why is this {label} read as {with_article(read)}?" in text(app)
    buttons = sent(app, "mistake-steps")
    assert buttons["is_first"]
    assert not buttons["is_last"]


def test_the_training_images_most_like_it():
    app = visit("mistakes", view="why", model=MODEL, index="8")
    seen, labels = neighbours.features(), dataset.load("train").labels
    found = neighbours.nearest(seen["test"][8], seen["train"], 10)
    assert sent(app, "nearest")["captions"] == [str(label) for label in labels[found.elements]]
    assert "labelled 5" in text(app)
    (link,) = (one.proto for one in app.get("page_link") if "more like" in one.proto.label)
    assert "view=alike&set=test&index=8" in link.query_string


@pytest.mark.parametrize("index", ["-1", "10000", "x", "1e3", ""])
def test_an_image_that_there_is_not(index):
    app = visit("mistakes", view="why", index=index)
    assert not app.exception
    assert "showing the most confident mistake" in app.info[0].value


def test_a_damaged_network_is_a_sentence(models_directory):
    damaged = models_directory / "damaged"
    shutil.copytree(store.SHIPPED / MODEL, damaged)
    (damaged / store.LITERT).write_bytes(b"no network")
    app = visit("mistakes", view="why", model="damaged")
    assert not app.exception
    assert "The model damaged is damaged" in app.error[0].value


def test_the_finding_in_words():
    white = np.full((28, 28), 255, np.uint8)

    def says(covered_3, covered_5=0.0):
        def predict(images):
            answers = np.zeros((len(images), 10), np.float32)
            inked = images[:, 0, 0] > 0
            answers[:, 3] = np.where(inked, 0.9, covered_3)
            answers[:, 5] = np.where(inked, 0.1, covered_5)
            return answers

        return finding(occlude(white, predict))

    assert says(0.2, 0.8) == (
        "Cover the framed square (rows 0 to 3, columns 0 to 3), and it says 5 (80.0% sure) "
        "instead of 3 (90.0%). 1 square does that, of 169 with ink."
    )
    assert "but only 50.0% sure instead of 90.0%" in says(0.5, 0.2)
    assert says(0.9).startswith("No single square of 4 × 4 pixels matters")
    assert finding(occlude(np.zeros_like(white), lambda images: np.eye(1, 10))) == (
        "There is no ink to cover."
    )


def test_the_next_mistake_is_prefetched_while_this_one_is_looked_at(monkeypatch):
    asked, done = [], threading.Event()

    def noted(name: str, number: int):
        asked.append((name, number, threading.current_thread().name))
        if len(asked) == 2:
            done.set()
        return found

    found = cached.occlusion(MODEL, 0)
    # What other tests prefetched fills the queue no more.
    prefetch._EXECUTOR.submit(int).result()
    monkeypatch.setattr(cached, "occlusion", noted)
    visit("mistakes", view="why", model=MODEL)
    assert done.wait(120)
    digits, answers = dataset.load("test"), store.test_probabilities(MODEL)
    wrong = evaluation.evaluate(answers, digits.labels).mistakes
    first, second = evaluation.most_confident_first(answers, wrong)[:2]
    assert [call[:2] for call in asked] == [(MODEL, first), (MODEL, second)]
    assert asked[1][2].startswith("prefetch")
