"""The names that other people's scripts import keep working, and cost nothing until used."""

import subprocess
import sys

import numpy as np
import pytest

import mnist_core
from mnist_core import dataset, drawing, evaluation, jobs, recipes, store
from tests.samples import QUICK, SMALL
from tests.serving import ROOT


def test_the_six_public_modules_do_what_they_always_did(models_directory):
    digits = dataset.load("test")
    assert digits.images.shape == (10_000, 28, 28)
    assert recipes.get("mlp-784") in recipes.RECIPES
    card = next(card for card in store.list_models() if card.name == "mlp-784")
    probabilities = store.open_model(card.name).predict(digits.images[:100])
    assert evaluation.evaluate(probabilities, digits.labels[:100]).accuracy > 0.95
    canvas = np.zeros((280, 280), np.uint8)
    with pytest.raises(drawing.BlankDrawing):
        drawing.to_mnist(canvas)
    canvas[40:240, 130:150] = 255
    assert drawing.to_mnist(canvas).shape == (28, 28)
    broken = models_directory / "broken"
    broken.mkdir(parents=True)
    (broken / store.CARD).write_bytes(b"{}")
    with pytest.raises(store.BrokenModel):
        store.open_model("broken")


def test_trainings_are_submitted_read_and_stopped(models_directory):
    started = []

    def start(path):
        started.append(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]))
        return started[-1]

    try:
        submit_read_and_stop(models_directory, start)
    finally:
        for process in started:
            process.kill()
            process.wait()
    assert len(started) == 1


def submit_read_and_stop(models_directory, start):
    job = jobs.submit(SMALL, QUICK, root=models_directory, start=start)
    assert jobs.read(job, root=models_directory).id == job
    jobs.stop(job, root=models_directory)
    assert jobs.read(job, root=models_directory).state in ("stopping", "stopped")


def test_importing_the_core_costs_nothing():
    code = "import sys, mnist_core; print(*(name.split('.')[0] for name in sys.modules))"
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"numpy", "PIL", "msgspec", "keras", "tensorflow"} & set(run.stdout.split())


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="sorcery"):
        mnist_core.sorcery  # noqa: B018
