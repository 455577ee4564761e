"""A link to Train can set up a training."""

from mnist_core.jobs import queue
from tests.visiting import address, text, visit


def test_a_link_sets_up_a_training_that_one_press_begins(monkeypatch):
    asked = []
    monkeypatch.setattr(
        "ui.train.train_button.submit", lambda recipe, settings: asked.append((recipe, settings))
    )
    app = visit("train", recipe="quick", settings="learning_rate:10")
    assert "learning rate 10 instead of 0.008" in text(app)
    assert address(app).items() >= {"recipe": "quick", "settings": "learning_rate:10"}.items()
    app.button(key="experiment-train").click().run()
    ((recipe, settings),) = asked
    assert (recipe.name, settings.learning_rate, settings.epochs) == ("quick", 10.0, 2)
    assert queue.unfinished() == []


def test_an_impossible_change_is_a_sentence():
    app = visit("train", recipe="quick", settings="learning_rate:99")
    assert "The learning rate must be above 0 and at most 10, not 99. Showing" in text(app)
    assert not any(button.key == "experiment-train" for button in app.button)


def test_without_a_change_there_is_no_experiment():
    app = visit("train", recipe="quick")
    assert "An experiment" not in text(app)
