"""What people saved with the version before all modules moved still opens.

`old_version/models.tar.xz` is a directory of models as that version left it, its workers killed;
`old_version/hand.npz` is somebody's drawings in a file, and `old_version/expected.json` what that
version said of all this. They were made with the code of commit afb6b8c and its small trainings.
"""

import json
import math
import subprocess
import sys
import tarfile
from pathlib import Path

import msgspec
import numpy as np
import pytest

from mnist_core.analysis import robustness as changes
from mnist_core.data import dataset
from mnist_core.data import guesses as guessing
from mnist_core.handwriting import archive as archives
from mnist_core.handwriting import saved_drawings as hands
from mnist_core.jobs import admission, queue_position
from mnist_core.jobs import directory as job_notes
from mnist_core.jobs import queue as jobs
from mnist_core.jobs import reports as telling
from mnist_core.jobs import series as several
from mnist_core.jobs import spec as specs
from mnist_core.models import browser_weights, notes, trash
from mnist_core.models import card as cards
from mnist_core.models import store as models
from mnist_core.networks import design
from mnist_core.networks import layers as layer_kinds
from mnist_core.networks import settings as asking
from mnist_core.system import processes as programs
from mnist_core.training import checkpoint

KEPT = Path(__file__).with_name("old_version")

# Each file of JSON, and what it is read as.
KINDS = {
    "card.json": cards.ModelCard,
    "notes.json": notes.Notes,
    "spec.json": specs.Spec,
    "process.json": programs.Process,
    "control.json": asking.RunControl,
    "latest.json": telling.Event,
    "result.json": specs.Result,
}
# Another processor rounds otherwise.
ROUNDING = 1e-4


@pytest.fixture(scope="module")
def expected():
    """What the version before said of it."""
    return json.loads((KEPT / "expected.json").read_bytes())


@pytest.fixture
def saved(tmp_path, monkeypatch):
    """The directory of models that the version before left, as this server's own."""
    directory = tmp_path / "models"
    with tarfile.open(KEPT / "models.tar.xz") as archive:
        archive.extractall(directory, filter="data")
    monkeypatch.setenv("MNIST_MODELS", str(directory))
    return directory


def plain(value):
    """A value as JSON has it."""
    return json.loads(msgspec.json.encode(value))


def missing(before, now, where=""):
    """Where something that was said before is not said now; what is said besides does not matter.

    What is unknown to a type is passed over when it is read, and a field that is not there gets its
    default: so a field that has another name now would be lost without an error.
    """
    if isinstance(before, dict) and isinstance(now, dict):
        return [
            each
            for name in before
            for each in (
                missing(before[name], now[name], f"{where}/{name}")
                if name in now
                else [f"{where}/{name}"]
            )
        ]
    if isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        pairs = enumerate(zip(before, now, strict=True))
        return [each for place, pair in pairs for each in missing(*pair, f"{where}/{place}")]
    same = before == (pytest.approx(now, abs=1e-6) if isinstance(now, float) else now)
    return [] if same else [f"{where}: {before!r} is now {now!r}"]


def own_models():
    """What is said of each model that did not come with the app."""
    return {
        card.name: {
            "accuracy": round(card.test_accuracy, 6),
            "parameters": card.parameters,
            "started_from": card.started_from and notes.current_name(card.started_from),
            "notes": plain(notes.get(card.name)),
        }
        for card in models.list_models()
        if not card.shipped
    }


def own_answers():
    """What each of them says of the first five test images."""
    images = dataset.load("test").images[:5]
    return {
        name: models.open_model(name).predict(images).round(6).tolist() for name in own_models()
    }


def all_jobs():
    """How each job stands; of its reports, their number and the ends of epochs."""
    states = [jobs.read(job_id) for job_id, _ in jobs.specs()]
    return {
        state.id: plain(state)
        | {
            "reports": len(state.reports),
            "history": plain(state.history),
            "ahead": state.jobs_ahead,
        }
        for state in states
    }


def directory_of(job_id):
    """The job's directory."""
    return job_notes.JobDirectory(jobs.jobs_directory(models.local_directory()) / job_id)


def with_file(name):
    """The ids of the jobs in whose directory there is this file."""
    found = jobs.jobs_directory(models.local_directory()).glob(f"*/{name}")
    return sorted(path.parent.name for path in found)


def all_queue_entries():
    """The place of each job in the queue, in the words of that version."""
    found = {
        job_id: queue_position.queue_entry(directory_of(job_id))
        for job_id in with_file("spec.json")
    }
    return {
        job_id: {
            "id": entry.id,
            "visitor": entry.visitor,
            "arrived": entry.joined,
            "working": entry.started,
        }
        for job_id, entry in found.items()
    }


def all_checkpoints():
    """How far those are that can go on, and what their numbers sum up to."""
    found = {job_id: checkpoint.read(directory_of(job_id).checkpoint) for job_id in all_jobs()}
    return {
        job_id: {
            "position": plain(kept.position),
            "shapes": [list(array.shape) for array in kept.state],
            "sum": sum(float(np.sum(array, dtype=np.float64)) for array in kept.state),
        }
        for job_id, kept in found.items()
        if kept
    }


def all_snapshots():
    """Of the networks to look at: the epoch, the first answers, the shape of the first weights."""
    found = {job_id: jobs.snapshot(job_id) for job_id in all_jobs()}
    return {
        job_id: {
            "epoch": seen.epoch,
            "answers": seen.probabilities[:2].round(6).tolist(),
            "first_weights": list(seen.first_weights.shape),
        }
        for job_id, seen in found.items()
        if seen
    }


def drawings(hand):
    """A hand's drawings: what they are, their rounds, how much ink."""
    return {
        "labels": hand.labels.tolist(),
        "rounds": hand.rounds.tolist(),
        "ink": hand.images.sum(axis=(1, 2)).tolist(),
    }


def all_series():
    """The series: which trainings, and in what they differ."""
    return [
        {"name": one.name, "members": list(one.members), "differing": list(one.differing)}
        for one in several.list_series()
    ]


def measured(name, change):
    """The accuracies that are known of a model under a kind of change."""
    card = models.read_card(models.folder_of(name))
    folder = models.local_directory() / ".robustness"
    found = changes.Measurements(change, card.files[models.LITERT].sha256, folder)
    return sorted(map(list, found.accuracies.items()))


@pytest.fixture
def stand_in():
    """Starts processes that stand in for workers and do nothing; they end with the test."""
    processes = []

    def start(path):
        command = [sys.executable, "-c", "import time; time.sleep(600)", str(path)]
        processes.append(subprocess.Popen(command))
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.wait()


def test_every_file_of_json_is_understood_to_its_last_field(saved):
    for path in saved.rglob("*.json"):
        if kind := KINDS.get(path.name):
            data = path.read_bytes()
            assert not missing(json.loads(data), plain(msgspec.json.decode(data, type=kind))), path
    for path in saved.rglob("progress.jsonl"):
        for line in path.read_bytes().splitlines():
            said = plain(msgspec.json.decode(line, type=telling.Event))
            assert not missing(json.loads(line), said), path
    assert {path.name for path in saved.rglob("*.json")} >= KINDS.keys()


def test_models_with_their_notes_stars_and_former_names(saved, expected):
    assert models.scan()[1] == {}
    assert own_models().keys() == expected["models"].keys()
    assert not missing(expected["models"], own_models())
    for name, now in expected["present_names"].items():
        assert notes.current_name(name) == now
    assert trash.former_names() == set(expected["former_names"])


def test_models_answer_as_before(saved, expected):
    test = dataset.load("test")
    answers = own_answers()
    for name, before in expected["answers"].items():
        np.testing.assert_allclose(answers[name], before, atol=ROUNDING)
        kept = models.test_probabilities(name)
        np.testing.assert_allclose(kept[:5], before, atol=ROUNDING)
        right = float((kept.argmax(axis=1) == test.labels).mean())
        assert right == pytest.approx(expected["models"][name]["accuracy"], abs=1e-6)


def test_models_go_to_the_browser(saved, expected):
    for name in expected["models"]:
        card = models.read_card(models.folder_of(name))
        assert browser_weights.pack(models.keras_file(name), card)


def test_a_deleted_model_can_be_brought_back(saved, expected):
    gone = expected["deleted"]
    assert plain(trash.list_deleted()) == [{"name": gone["name"], "when": gone["when"]}]
    assert trash.restore(gone["name"]) == gone["name"]
    card = models.read_card(models.folder_of(gone["name"]))
    assert card.test_accuracy == pytest.approx(gone["accuracy"], abs=1e-6)
    assert models.open_model(card.name)


def test_jobs_stand_as_before(saved, expected):
    now = all_jobs()
    assert list(now) == list(expected["jobs"])
    assert not missing(expected["jobs"], now)
    assert jobs.unfinished() == []


def test_jobs_in_series(saved, expected):
    assert not missing(expected["series"], all_series())
    for name, member in expected["series_of"].items():
        assert several.of_model(models.read_card(models.folder_of(name))).name == member


def test_who_stood_in_line_stands_there_again(saved, expected, stand_in, monkeypatch):
    assert not missing(expected["tickets"], all_queue_entries())
    # They were asked for long ago.
    monkeypatch.setattr(jobs, "_LONGEST_WAIT_SECONDS", math.inf)
    assert jobs.requeue_after_restart(start=stand_in) == expected["begin_again"]
    assert jobs.unfinished() == expected["begin_again"]
    assert jobs.read(expected["begin_again"][0]).state == "queued"


def test_checkpoints_and_snapshots(saved, expected):
    assert not missing(expected["checkpoints"], all_checkpoints())
    assert not missing(expected["snapshots"], all_snapshots())


def test_drawings_that_wait_to_be_learned_from(saved, expected):
    assert with_file("drawings.npz") == list(expected["waiting_drawings"])
    for job_id, before in expected["waiting_drawings"].items():
        assert drawings(directory_of(job_id).take_drawings()) == before
    assert with_file("drawings.npz") == []


def test_one_that_was_interrupted_goes_on_to_its_end(saved, expected, start_here):
    job_id = expected["goes_on"]
    before = jobs.read(job_id)
    assert (before.state, before.can_resume) == ("interrupted", True)
    known = checkpoint.read(directory_of(job_id).checkpoint).position.history
    jobs.resume(job_id, start=start_here())
    state = jobs.read(job_id)
    assert state.state == "done", state.message
    assert [each.epoch for each in state.history] == [*range(1, state.settings.epochs + 1)]
    assert len(known) > 0
    assert state.history[: len(known)] == known
    card = models.read_card(models.folder_of(state.model))
    assert card.history == state.history
    # It is a name that no other had.
    assert card.name not in {*expected["models"], *expected["former_names"]}


def test_a_renamed_model_can_be_gone_on_from_by_its_old_name(saved, expected, stand_in):
    for old, now in expected["present_names"].items():
        card = models.read_card(models.folder_of(now))
        job_id = admission.submit(card.recipe, card.settings, started_from=old, start=stand_in)
        assert jobs.read(job_id).started_from == now


def test_guesses(saved, expected):
    before = {int(element): counts for element, counts in expected["guesses"].items()}
    found = guessing.Guesses(saved, before)
    for element, counts in before.items():
        assert found.counts(element).tolist() == counts
        found.add(element, 0)
        assert found.counts(element)[0] == counts[0] + 1


def test_a_kept_hand(saved, expected):
    kept = expected["kept_hand"]
    assert drawings(hands.load(kept["code"], saved)) == kept["drawings"]


def test_a_hand_in_a_file(expected):
    hand = archives.decode((KEPT / "hand.npz").read_bytes())
    assert drawings(hand) == expected["hand_file"]


def test_robustness_is_not_measured_twice(saved, expected):
    for name, by_change in expected["robustness"].items():
        for change, accuracies in by_change.items():
            assert not missing(accuracies, measured(name, change))


def test_links_to_networks(expected):
    for text, meaning in expected["links"].items():
        found = design.from_text(text)
        assert not missing(meaning, plain(found))
        # Links made from now on are read by those who have not updated yet.
        assert design.to_text(found) == text


def test_every_kind_of_layer(expected):
    data = json.dumps(expected["layers"]).encode()
    found = msgspec.json.decode(data, type=tuple[layer_kinds.Layer, ...])
    assert len({type(layer) for layer in found}) == len(layer_kinds.Layer.__args__)
    assert plain(found) == expected["layers"]


def test_a_card_with_all_there_may_be_on_it(expected):
    data = json.dumps(expected["card"]).encode()
    card = cards.decode(data)
    assert not missing(expected["card"], plain(card))
    assert None not in (card.temperature, card.fine_tuned, card.started_from, card.taught_by)
    assert card.rate_changes
