"""Deleted models, and names that are still remembered."""

import shutil

from mnist_core.models import model_names, notes, trash
from tests.samples import own_models


def test_deleting_can_be_undone(model):
    notes.star(model("one"), True)
    model("two")
    trash.delete("one")
    assert own_models() == ["two"]
    assert [one.name for one in trash.list_deleted()] == ["one"]
    assert trash.restore("one") == "one"
    assert own_models() == ["one", "two"]
    assert notes.get("one").starred
    assert trash.list_deleted() == []


def test_a_name_taken_meanwhile_is_no_obstacle(model):
    trash.delete(model("one"))
    model("one")
    assert trash.restore("one") == "one-run-1"
    assert own_models() == ["one", "one-run-1"]
    assert notes.get("one-run-1").formerly == ("one",)


def test_no_name_is_given_that_still_means_another_model(model, models_directory):
    for number in range(1, 5):
        model(f"cnn-larger-run-{number}")
    notes.rename("cnn-larger-run-1", "renamed")
    trash.delete("cnn-larger-run-2")
    for number, text in enumerate(
        ['{"state":"done","model":"cnn-larger-run-3"}', '{"state":"failed","model":null}', "{"]
    ):
        job = models_directory / ".jobs" / str(number)
        job.mkdir(parents=True)
        (job / "result.json").write_text(text)
    # Their room was needed; a job tells of the first of them.
    for gone in ("cnn-larger-run-3", "cnn-larger-run-4"):
        shutil.rmtree(models_directory / gone)
    free = model_names.free("cnn-larger", models_directory, trash.former_names())
    assert free == "cnn-larger-run-4"


def test_a_restored_model_gets_no_name_that_another_had(model):
    notes.rename(model("one-run-1"), "renamed")
    trash.delete(model("one"))
    model("one")
    assert trash.restore("one") == "one-run-2"
