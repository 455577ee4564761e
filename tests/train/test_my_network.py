"""My network on the Train page: every control, impossible networks, hostile links."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mnist_core.jobs import admission
from mnist_core.networks import design, layers, recipes
from mnist_core.networks.design import Design
from mnist_core.networks.layers import Conv, Dense, Dropout, Flatten, MaxPool
from tests.visiting import address, sent, text, visit
from ui.train.layer_editor import NEW_LAYERS
from ui.widgets.architecture.architecture import blocks

SETTINGS = recipes.get("cnn-simple").settings


def opened(*stack, **query):
    link = design.to_text(Design(stack, SETTINGS))
    return visit("train", view="own", design=link, **query)


def in_address(app):
    return design.from_text(address(app)["design"])


def drawn(app):
    return [block["words"] for block in sent(app, "own-architecture")["blocks"]]


def press(app, key):
    app.button(key=key).click().run()
    assert not app.exception


def test_a_first_network_is_there_and_can_be_trained():
    app = visit("train", view="own")
    assert drawn(app)[0] == "the image"
    assert drawn(app)[-1] == "10 answers"
    assert "74,650 parameters" in text(app)
    assert any("on this computer" in caption.value for caption in app.caption)
    assert not app.button(key="own-train").disabled
    assert "design" not in address(app)


def test_layers_are_added_moved_and_removed_and_the_link_follows():
    app = opened(Flatten(), Dense(16, "relu"))
    press(app, "own-add-Dropout")
    assert in_address(app).layers == (Flatten(), Dropout(0.25), Dense(16, "relu"))
    press(app, "own-later")
    assert in_address(app).layers == (Flatten(), Dense(16, "relu"), Dropout(0.25))
    assert app.button(key="own-later").disabled
    press(app, "own-earlier")
    press(app, "own-remove")
    assert in_address(app).layers == (Flatten(), Dense(16, "relu"))
    assert drawn(app) == ["the image", "Flatten", "Dense 16, relu", "10 answers"]


@pytest.mark.parametrize("kind", ["Dense", "Conv", "MaxPool", "AveragePool", "BatchNorm"])
def test_every_kind_of_layer_can_be_added(kind):
    app = opened(Conv(4, 3))
    press(app, f"own-add-{kind}")
    assert type(in_address(app).layers[1]).__name__ == kind


@pytest.mark.parametrize("kind", NEW_LAYERS)
def test_every_kind_of_layer_is_explained_where_it_is_added(kind):
    words = visit("train", view="own").button(key=f"own-add-{kind}").help
    assert words.startswith("**")
    assert ("strongest" in words) == (kind == "MaxPool")


def test_a_layers_knobs_change_shapes_and_counts():
    app = opened(Conv(4, 3, "relu"), Flatten())
    before = sent(app, "own-architecture")["blocks"][1]
    assert (before["shape"], before["learns"]) == ("26 × 26 × 4", "learns 40")
    app.number_input(key="own-layer-0-Conv-filters").set_value(8)
    app.number_input(key="own-layer-0-Conv-size").set_value(5)
    app.selectbox(key="own-layer-0-Conv-activation").set_value("gelu").run()
    after = sent(app, "own-architecture")["blocks"][1]
    assert (after["shape"], after["learns"]) == ("24 × 24 × 8", "learns 208")
    assert in_address(app).layers[0] == Conv(8, 5, "gelu")


def test_a_network_that_breaks_says_where_and_cannot_be_trained():
    app = opened(MaxPool(14), Conv(4, 3), Flatten())
    assert "breaks at layer 2. 3×3 convolution needs at least 3 pixels; only 2" in text(app)
    assert not any("on this computer" in caption.value for caption in app.caption)
    assert app.button(key="own-train").disabled
    states = [block["state"] for block in sent(app, "own-architecture")["blocks"]]
    assert states == ["fine", "fine", "broken", "unknown", "unknown"]


def test_a_network_without_flatten_breaks_at_its_end():
    app = opened(Conv(4, 3))
    assert "breaks at the end. The output layer needs a row" in text(app)


def test_a_network_without_layers_can_be_trained():
    app = opened(Dense(4))
    press(app, "own-remove")
    assert drawn(app) == ["the image", "10 answers"]
    assert "7,850 parameters" in text(app)
    assert not app.button(key="own-train").disabled


def test_a_network_over_the_limits_says_which(monkeypatch):
    monkeypatch.setenv("MNIST_MAX_PARAMETERS", "1000")
    app = opened(Dense(16))
    assert any("1,000 is the limit here" in caption.value for caption in app.caption)
    assert app.button(key="own-train").disabled


def test_no_more_layers_than_allowed(monkeypatch):
    monkeypatch.setenv("MNIST_MAX_LAYERS", "1")
    app = opened(Dense(16))
    assert app.button(key="own-add-Dense").disabled


def test_all_settings_are_trained_with_and_in_the_link(monkeypatch):
    asked = []
    monkeypatch.setattr(
        admission,
        "submit",
        lambda recipe, settings, **_how: asked.append((recipe, settings)) or "no-such-job",
    )
    app = opened(Dense(16, "relu"))
    app.selectbox(key="own-optimizer").set_value("sgd").run()
    app.number_input(key="own-momentum").set_value(0.9)
    app.number_input(key="own-label_noise").set_value(20.0)
    app.number_input(key="own-learning_rate").set_value(0.05)
    app.selectbox(key="own-schedule").set_value("cosine")
    app.selectbox(key="own-loss").set_value("squared-error")
    app.selectbox(key="own-initializer").set_value("normal")
    app.number_input(key="own-seed").set_value(4).run()
    press(app, "own-train")
    ((recipe, settings),) = asked
    assert recipe.layers == (Dense(16, "relu"),)
    assert recipe.initializer == "normal"
    assert (settings.optimizer, settings.momentum, settings.label_noise) == ("sgd", 0.9, 0.2)
    assert (settings.learning_rate, settings.schedule) == (0.05, "cosine")
    assert (settings.loss, settings.seed) == ("squared-error", 4)
    assert in_address(app).settings == settings


@pytest.mark.parametrize("initializer", recipes.INITIALIZER_NAMES)
def test_start_values_are_chosen_and_in_the_link(initializer):
    app = opened(Dense(16, "relu"))
    box = app.selectbox(key="own-initializer")
    assert len(box.options) == len(recipes.INITIALIZER_NAMES)
    assert "bell curve" in box.help
    box.set_value(initializer).run()
    assert not app.exception
    assert in_address(app).initializer == initializer
    again = visit("train", view="own", design=address(app)["design"])
    assert again.selectbox(key="own-initializer").value == initializer


def test_a_link_to_the_network_can_be_copied():
    app = visit("train", view="own")
    first = sent(app, "own-link")
    assert first["label"] == "Copy link"
    assert first["query"]["view"] == "own"
    assert any("Whoever opens this link" in one.value for one in app.caption)
    press(app, "own-add-Dropout")
    query = sent(app, "own-link")["query"]
    assert query["design"] == address(app)["design"] != first["query"]["design"]
    assert drawn(visit("train", **first["query"])) == drawn(visit("train", view="own"))


def test_what_is_too_large_for_a_link_is_said(monkeypatch):
    app = opened(Dense(16))
    monkeypatch.setattr(design, "LONGEST_TEXT", 10)
    app.run()
    assert not app.exception
    assert any("too many layers to fit into a link" in one.value for one in app.caption)
    assert not any("Whoever opens this link" in one.value for one in app.caption)


def test_the_digits_to_learn_cannot_be_none():
    app = opened(Dense(16))
    app.button_group(key="own-digits").set_value([3, 7]).run()
    assert in_address(app).settings.digits == (3, 7)
    app.button_group(key="own-digits").set_value([]).run()
    assert not app.exception
    assert "at least one" in text(app)
    assert in_address(app).settings.digits == (3, 7)


def test_a_recipe_is_opened_to_be_changed():
    app = visit("train", recipe="cnn-larger")
    next(button for button in app.button if button.label == "Change its layers").click().run()
    assert address(app)["view"] == "own"
    assert in_address(app).layers == recipes.get("cnn-larger").layers
    press(app, "own-from-mlp-784")
    assert in_address(app).layers == recipes.get("mlp-784").layers
    # A committee would be one of its networks.
    assert "own-from-committee" not in {button.key for button in app.button}
    assert any("looks at an image once" in caption.value for caption in app.caption)


def test_what_a_copy_lacks_is_said_beside_the_button():
    app = visit("train", recipe="committee")
    assert any("one network, not 3" in caption.value for caption in app.caption)


def test_the_network_is_still_there_after_a_look_at_another_view():
    app = opened(Dense(16))
    press(app, "own-add-Dropout")
    app.query_params.clear()
    app.run()
    app.query_params["view"] = "own"
    app.run()
    assert drawn(app) == ["the image", "Dense 16, linear", "Dropout 25%", "10 answers"]


@pytest.mark.parametrize("link", ["", "a", "<script>", "../../etc", "A" * 5000, "%00", "eJw"])
def test_a_hostile_link_is_a_sentence(link):
    app = visit("train", view="own", design=link)
    assert not app.exception
    assert drawn(app)[-1] == "10 answers"
    if link:
        assert "damaged or incomplete" in text(app)
        assert link not in text(app) or len(link) < 4


def test_a_link_beyond_what_is_allowed_here_is_shown_and_not_trained(monkeypatch):
    monkeypatch.setenv("MNIST_MAX_EPOCHS", "5")
    app = opened(Dense(16))
    assert app.number_input(key="own-epochs").value == SETTINGS.epochs
    assert any("at most 5 epochs here" in caption.value for caption in app.caption)


SOME_LAYERS = some.lists(
    some.one_of(
        some.builds(Dense, some.integers(1, 10**12)),
        some.builds(Conv, some.integers(1, 10**12), some.integers(1, 40)),
        some.builds(MaxPool, some.integers(1, 40)),
        some.just(Flatten()),
    ),
    max_size=8,
).map(tuple)


@given(SOME_LAYERS)
def test_any_network_is_drawn(stack):
    drawn = blocks(stack, layers.explain(stack))
    assert len(drawn) == len(stack) + 2
    assert sum(block["state"] == "broken" for block in drawn) <= 1
    for block in drawn:
        assert 1 <= block["sheets"] <= 7
        assert 6 <= block["height"] <= 84
