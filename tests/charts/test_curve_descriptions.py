"""Every chart of Train has an alternative text with its finding."""

import time

import pytest

from mnist_core.jobs import queue_position
from mnist_core.jobs.directory import JobDirectory
from mnist_core.jobs.reports import Event
from mnist_core.jobs.spec import Spec
from mnist_core.networks import recipes
from mnist_core.networks.settings import EpochFigures
from mnist_core.training.progress import Progress
from tests.visiting import MORE_OF_TRAINING, visit

RECIPE = recipes.get("cnn-larger")
JUDGED = EpochFigures(1, 0.5, 0.91, 0.4, 0.952, 0.3, 0.96, 12.0)


@pytest.fixture
def job(models_directory):
    """A training in its second epoch, one of a series."""
    job = JobDirectory(models_directory / ".jobs" / "20260101-000000-000000-00000000")
    job.path.parent.mkdir(parents=True)
    job.create(Spec(RECIPE, RECIPE.settings, time.time(), series="abc"))
    queue_position.join(job, queue_position.unfinished(job.path.parent))
    queue_position.mark_started(job)
    for epoch, step, judged in ((1, 300, JUDGED), (2, 30, None)):
        progress = Progress(epoch, 10, step, 300, 0.25, 0.917, 20.0, 7.0, judged)
        job.reports.add(Event("training", progress))
    return job


def alternatives(**query):
    app = visit("train", MORE_OF_TRAINING, **query)
    assert not app.exception
    return [chart.proto.alt for chart in app.get("plotly_chart")]


def test_the_charts_of_a_training(job):
    accuracy, loss = alternatives(job=job.id)
    assert accuracy.startswith("Accuracy by epoch: test images, 95.20% after epoch 1; ")
    assert "while learning, 91.70% in epoch 2" in accuracy
    assert loss.startswith("Loss by epoch: test images, 0.400 after epoch 1; ")


def test_the_charts_of_a_series(job):
    accuracy, loss = alternatives(view="series", series="abc")
    assert accuracy.startswith("Test accuracy by epoch, best final value first: ")
    assert accuracy.endswith(", 95.20% after epoch 1.")
    assert loss.endswith(", 0.400 after epoch 1.")


def test_the_charts_of_compared_runs():
    accuracy, loss = alternatives(view="runs", run="mlp-784")
    assert "final value first: mlp-784, 98." in accuracy
    assert "final value first: mlp-784, 0.0" in loss
