"""What a visitor reads where a limit is reached, and that nothing is lost then."""

import hashlib
import shutil

import pytest

from mnist_core.data import dataset
from mnist_core.handwriting import saved_drawings
from mnist_core.jobs import admission
from mnist_core.models import notes, store
from mnist_core.networks import recipes
from mnist_core.system.guest import Guest
from mnist_core.system.rate_limit import RateLimit
from tests.draw.test_photo import paper
from tests.visiting import text, visit
from ui.visitors import request_limits

ANN = "c" * 32


@pytest.fixture
def hosted(monkeypatch):
    monkeypatch.setenv("MNIST_HOSTED", "on")
    request_limits._rate_limit.cache_clear()


@pytest.fixture
def nothing_left(monkeypatch):
    """Every limit is reached."""
    monkeypatch.setattr(RateLimit, "take", lambda *_args: 42.0)


def send_photo(app, *digits):
    app.file_uploader[0].set_value(("photo.png", paper(*digits), "image/png")).run()
    assert not app.exception
    return app


def test_photos_a_minute(hosted, monkeypatch):
    monkeypatch.setenv("MNIST_PHOTOS_PER_MINUTE", "2")
    app = visit("draw", view="photo", model="cnn-larger")
    for digit in (0, 1):
        assert "Found in your photo" in text(send_photo(app, digit))
    said = text(send_photo(app, 2))
    assert "This server takes 2 photos a minute from one visitor" in said
    assert "Your photo is still here." in said
    shutil.rmtree(store.local_directory() / ".limits")
    app.run()
    assert "Found in your photo" in text(app), "a minute later, without sending it again"


def test_a_guess_that_is_not_counted_is_still_a_guess(hosted, nothing_left):
    app = visit("browse", view="doubtful")
    next(button for button in app.button if button.label == "3").click().run()
    said = text(app)
    assert "This server takes 60 guesses a minute" in said
    assert "This guess was not counted." in said
    assert "Labelled 3: as you guessed" in said


def test_changes_of_names_and_notes(hosted, nothing_left, models_directory):
    models_directory.mkdir()
    shutil.copytree(store.SHIPPED / "cnn-larger", models_directory / "mine")
    owner = hashlib.sha256(f"owner {ANN}".encode()).hexdigest()[:32]
    notes.write_owner(models_directory / "mine", owner)
    app = visit("train", {"visitor/code": ANN}, view="runs", open="mine")
    next(one for one in app.text_input if one.label == "Note").set_value("a note").run()
    assert "This server takes 30 changes a minute" in text(app)
    assert notes.get("mine").note == ""


def test_the_owner_of_the_computer_meets_no_limit(nothing_left):
    assert "Found in your photo" in text(
        send_photo(visit("draw", view="photo", model="cnn-larger"), 0)
    )


def test_trainings_an_hour_of_a_visitor_and_of_an_address(monkeypatch, models_directory):
    monkeypatch.setenv("MNIST_TRAININGS_PER_HOUR", "2")
    monkeypatch.setenv("MNIST_QUEUE_LIMIT", "1000")
    recipe, begun = recipes.get("quick"), []
    monkeypatch.setattr(
        "mnist_core.jobs.launch.start_process", lambda job, _start: begun.append(job)
    )

    def train(visitor, network="198.51.100.1"):
        return admission.submit(
            recipe, recipe.settings, visitor=visitor, guest=Guest(visitor, network)
        )

    train("ann")
    train("ann")
    with pytest.raises(ValueError, match=r"may start 2 trainings an hour .* in (1 h|59 min)"):
        train("ann")
    with pytest.raises(ValueError, match="2 trainings an hour"):
        admission.submit_series(recipe, [recipe.settings] * 3, guest=Guest("bob", "192.0.2.1"))
    for pupil in range(14):
        train(f"pupil {pupil}")
        train(f"pupil {pupil}")
    with pytest.raises(ValueError, match="2 trainings an hour"):
        train("one more of the school")
    train("somebody at home", "192.0.2.1")
    assert len(begun) == 31
    assert {job.spec().owner for job in begun} >= {"ann", "pupil 3", "somebody at home"}
    admission.submit(recipe, recipe.settings)
    assert begun[-1].spec().owner is None


def test_nobody_fills_the_queue(monkeypatch, models_directory):
    monkeypatch.setattr("mnist_core.jobs.launch.start_process", lambda _job, _start: None)
    recipe = recipes.get("quick")
    five = [recipe.settings] * 5
    ann, bob = Guest("ann", "192.0.2.1"), Guest("bob", "192.0.2.1")
    for _ in range(2):
        admission.submit_series(recipe, five, visitor="ann", guest=ann)
    with pytest.raises(ValueError, match="10 trainings of yours are running or queued"):
        admission.submit(recipe, recipe.settings, visitor="ann", guest=ann)
    admission.submit_series(recipe, five, visitor="bob", guest=bob)


def test_kept_drawings_of_visitors_push_out_nobody_elses(monkeypatch, models_directory):
    monkeypatch.setattr(saved_drawings, "MAX_SAVED", 2)
    drawn = saved_drawings.archive.decode(saved_drawings.archive.encode(_hand()))
    first = saved_drawings.save(drawn, models_directory, of_visitor=True)
    saved_drawings.save(drawn, models_directory, of_visitor=True)
    with pytest.raises(saved_drawings.DrawingsNotSaved, match="2 sheets of drawings are kept here"):
        saved_drawings.save(drawn, models_directory, of_visitor=True)
    assert len(saved_drawings.load(first, models_directory)) == len(drawn)
    saved_drawings.save(drawn, models_directory, first, of_visitor=True)
    saved_drawings.delete_old(models_directory, 3600)
    saved_drawings.load(first, models_directory)
    saved_drawings.delete_old(models_directory, -1)
    with pytest.raises(ValueError, match="No drawings are saved"):
        saved_drawings.load(first, models_directory)


def _hand():
    from mnist_core.handwriting import score

    sheet = score.new_sheet(0)
    for number in range(2):
        sheet = sheet.with_drawing(dataset.load("test").images[number])
    return score.handwriting(sheet)
