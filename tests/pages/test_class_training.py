"""Train and Teach in a class: what a person and the screen see, without any training."""

import msgspec
import numpy as np
import pytest

from mnist_core.classroom import class_lesson
from mnist_core.classroom.drawings import ClassDrawing, write_drawing
from mnist_core.classroom.training_round import Entry, read_entry, write_entry
from mnist_core.data import dataset
from mnist_core.jobs import admission, queue
from mnist_core.jobs.directory import JobDirectory
from mnist_core.jobs.reports import Event
from mnist_core.jobs.spec import Result, Spec
from mnist_core.training.progress import Progress
from tests.samples import QUICK, SMALL
from tests.visiting import has, picks, sent, text, visit
from ui.shell import cached


@pytest.fixture
def submitted(monkeypatch, models_directory):
    """What was asked for; each is a job that nobody works on."""
    asked = []

    def submit(recipe, settings, **how):
        asked.append((recipe, settings, how))
        return job(models_directory, len(asked), most_seconds=how["most_seconds"]).id

    monkeypatch.setattr(admission, "submit", submit)
    return asked


def job(models, number, **spec):
    home = queue.jobs_directory(models)
    home.mkdir(parents=True, exist_ok=True)
    made = JobDirectory(home / f"20260101-000000-{number:06}-{'a' * 32}")
    made.create(Spec(SMALL, QUICK, 1_000.0 + number, **spec))
    return made


def go_to(classes, code, step, **more):
    classes.steer(code, lambda state: msgspec.structs.replace(state, step=step, **more))


def join(classes, code, name=""):
    return classes.join(code, None, name)


def page(right, secret):
    app = visit("class", room=right.room, me=secret)
    assert not app.exception
    return app


def screen(right, view="screen"):
    app = visit("class", room=right.room, view=view, steer=right.secret)
    assert not app.exception
    return app


def report(seconds, accuracy):
    return Event(
        "training", Progress(1, 1, 3, 6, 0.5, 0.9, seconds, 2.0, sampled_accuracy=accuracy)
    )


def trains(classes, models, code, person, number, kind="quick"):
    """A training of somebody, as it stands in the queue."""
    made = job(models, number, visitor=f"class {code} {person.id}", most_seconds=10.0)
    sent_entry = write_entry(Entry(made.id, kind))
    classes.contribute(code, person, "train", {"job": sent_entry})
    return made


def test_before_anybody_trains_everybody_reads_what_it_costs(right, classes, monkeypatch):
    monkeypatch.setenv("MNIST_TRAININGS_AT_ONCE", "2")
    secrets = [join(classes, right.room)[1] for _ in range(30)]
    go_to(classes, right.room, "train", seconds=10)
    for app in (screen(right), page(right, secrets[0])):
        assert "30 trainings of 10 seconds take this server about 4 min." in text(app)
        assert "2 trainings run at a time" in text(app)


def test_a_training_is_queued_once_for_each_person_within_the_budget(right, classes, submitted):
    go_to(classes, right.room, "train", seconds=20)
    people = [join(classes, right.room) for _ in range(2)]
    for _person, secret in people:
        app = page(right, secret)
        app.button(key="class-train").click().run()
        assert not has(app, "class-network"), "one at a time"
    assert [how["visitor"] for *_, how in submitted] == [
        f"class {right.room} {person.id}" for person, _secret in people
    ]
    assert {how["most_seconds"] for *_, how in submitted} == {20}
    # The same network, but other start values: whoever has the same as others sees what luck does.
    assert submitted[0][0] == submitted[1][0]
    assert submitted[0][1].seed != submitted[1][1].seed
    entry = read_entry(classes.contributions(right.room, "train")[0].payload)
    assert entry is not None
    assert entry.kind == "mlp-784"


def test_a_second_click_from_another_device_begins_no_second_training(right, classes, submitted):
    go_to(classes, right.room, "train")
    _person, secret = join(classes, right.room)
    first, second = page(right, secret), page(right, secret)
    first.button(key="class-train").click().run()
    second.button(key="class-train").click().run()
    assert len(submitted) == 1
    assert "under way" in text(second)


def test_somebody_builds_a_network(right, classes, submitted):
    go_to(classes, right.room, "train")
    app = page(right, join(classes, right.room)[1])
    app = picks(app, "class-network", 5)
    app = picks(app, "class-own-convolutions", 2)
    app = picks(app, "class-own-neurons", 3)
    app.button(key="class-train").click().run()
    (recipe, _settings, _how) = submitted[0]
    assert [type(one).__name__ for one in recipe.layers] == [
        "Conv", "MaxPool", "Conv", "MaxPool", "Flatten", "Dense",
    ]  # fmt: skip
    assert recipe.layers[-1].units == 512


def test_the_curves_of_all_lie_in_one_picture(right, classes, models_directory, model):
    ann, secret = join(classes, right.room, "<b>Ann</b>")
    bob, bobs = join(classes, right.room, "Bob")
    eve, eves = join(classes, right.room, "Eve")
    done = trains(classes, models_directory, right.room, ann, 1)
    done.reports.add(report(2.0, 0.9))
    done.save_result(Result("done", model("anns")))
    running = trains(classes, models_directory, right.room, bob, 2, "mlp-784")
    running.reports.add(report(1.0, 0.8))
    (running.path / "working").touch()
    trains(classes, models_directory, right.room, eve, 3)
    go_to(classes, right.room, "train")
    data = sent(screen(right), "class-curves")
    assert data["status"].startswith("1 has trained · Bob trains now, 2 s left · 1 waits")
    assert [one["state"] for one in data["lines"]] == ["over", "running"]
    assert [one["name"] for one in data["ranking"]] == ["<b>Ann</b>"]
    ladder = data["ladder"][0]
    assert ladder["low"] < ladder["at"] < ladder["high"]
    assert "test digits" in text(page(right, secret))
    assert "Your network learns" in text(page(right, bobs))
    assert "1 training before yours" in text(page(right, eves))
    assert "Bob trains now" in sent(page(right, eves), "class-my-curves")["status"]


def test_hidden_names_are_hidden_in_the_picture(right, classes, models_directory, model):
    ann, _ = join(classes, right.room, "Ann")
    _eve, eves = join(classes, right.room, "Eve")
    done = trains(classes, models_directory, right.room, ann, 1)
    done.save_result(Result("done", model("anns")))
    go_to(classes, right.room, "train", hides_names=True)
    assert "Ann" not in str(sent(screen(right), "class-curves"))
    assert "Ann" not in text(page(right, eves))


def test_whoever_s_training_failed_reads_why_and_may_try_again(right, classes, models_directory):
    ann, secret = join(classes, right.room)
    failed = trains(classes, models_directory, right.room, ann, 1)
    failed.save_result(Result("failed", message="The disk is full."))
    go_to(classes, right.room, "train")
    app = page(right, secret)
    assert "The disk is full." in text(app)
    assert app.button(key="class-train").label == "Train once more"


@pytest.mark.parametrize("payload", [b"", b"{}", b"\xff", b'{"job":"../..","kind":"x"}'])
def test_what_is_no_training_disturbs_nobody(right, classes, payload):
    ann, secret = join(classes, right.room)
    classes.contribute(right.room, ann, "train", {"job": payload})
    go_to(classes, right.room, "train")
    screen(right)
    assert page(right, secret).button(key="class-train")


def test_where_nobody_may_train_everybody_reads_why(right, classes, monkeypatch):
    monkeypatch.setenv("MNIST_READ_ONLY", "on")
    _ann, secret = join(classes, right.room)
    for step in ("train", "teach"):
        go_to(classes, right.room, step)
        assert "Nobody can train on this server" in text(screen(right))
    go_to(classes, right.room, "train")
    app = page(right, secret)
    assert "Nobody can train on this server" in text(app)
    assert not has(app, "class-network")


def test_the_teacher_s_word_for_training_holds_for_the_class(right, classes, monkeypatch):
    monkeypatch.setenv("MNIST_HOSTED", "on")
    monkeypatch.setenv("MNIST_TRAINING_WORD", "rhubarb")
    _ann, secret = join(classes, right.room)
    go_to(classes, right.room, "train")
    assert not has(page(right, secret), "class-network")
    app = screen(right)
    next(one for one in app.text_input if "word" in one.label).set_value("rhubarb").run()
    app.run()
    assert has(page(right, secret), "class-network")
    other = classes.create()
    go_to(classes, other.room, "train")
    proof = classes.find(right.room).state.training_word
    go_to(classes, other.room, "train", training_word=proof)
    assert not has(page(other, join(classes, other.room)[1]), "class-network")
    monkeypatch.setenv("MNIST_TRAINING_WORD", "custard")
    assert not has(page(right, secret), "class-network")


def write(classes, right, people):
    digits = dataset.load("test")
    secrets = []
    for number in range(people):
        person, secret = join(classes, right.room)
        chosen = [np.flatnonzero(digits.labels == digit)[number] for digit in range(10)]
        slots = {
            str(digit): write_drawing(ClassDrawing(digit, digits.images[one]))
            for digit, one in enumerate(chosen)
        }
        classes.contribute(right.room, person, "write", slots)
        secrets.append(secret)
    return secrets


def test_too_few_digits_to_teach_are_a_sentence(right, classes):
    go_to(classes, right.room, "teach")
    assert "ten digits at least" in text(screen(right))
    app = screen(right, "remote")
    app.button(key="class-teach").click().run()
    assert "ten digits at least" in text(app)
    assert classes.find(right.room).state.jobs == ()


def test_a_network_learns_from_seven_of_ten_digits_and_is_examined_on_three(
    right, classes, models_directory, model, monkeypatch
):
    secrets = write(classes, right, 3)
    go_to(classes, right.room, "teach")
    asked = []

    def submit(card, drawn, **how):
        asked.append((card.name, len(drawn.of_round(1)), len(drawn.of_round(2)), how["visitor"]))
        made = job(models_directory, 1, started_from=card.name, learns_drawings=True)
        (made.path / "working").touch()
        return made.id

    monkeypatch.setattr(admission, "submit_fine_tuning", submit)
    app = screen(right)
    assert len(sent(app, "class-before-after")["groups"]) == 2
    other = screen(right, "remote")
    app.button(key="class-teach").click().run()
    assert asked == [(class_lesson.NETWORKS[0], 21, 9, f"class {right.room}")]
    other.button(key="class-teach").click().run()
    assert len(classes.find(right.room).state.jobs) == 1, "two devices teach once"
    assert screen(right).button(key="class-teach").disabled
    assert "The lesson begins" in text(page(right, secrets[0]))
    made = JobDirectory(
        queue.jobs_directory(models_directory) / f"20260101-000000-000001-{'a' * 32}"
    )
    made.save_result(Result("done", model("taught")))
    # Pages look once a second.
    cached.for_a_second.clear()
    app = screen(right)
    bars = sent(app, "class-before-after")["groups"][0]["bars"]
    assert [one["name"] for one in bars] == ["before", "after"]
    assert bars[0]["figure"].endswith("of 9")
    assert "misread before and" in text(app)
    assert len(sent(page(right, secrets[0]), "class-my-exam")["captions"]) == 3
