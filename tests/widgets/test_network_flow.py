"""What the browser is given to lay out a network at work."""

import json

import pytest

from mnist_core.networks.layers import Conv, Dense, Flatten, MaxPool
from mnist_core.networks.recipes import RECIPES, Recipe, get
from tests.serving import ROOT
from ui.shell.component import without_comments
from ui.widgets.network_flow.network_flow import MODULES, flow_data


def kinds(recipe: Recipe) -> list[str]:
    return [column["kind"] for column in flow_data(recipe)["columns"]]


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_every_network_goes_from_the_image_to_the_answers(recipe):
    data = flow_data(recipe)
    json.dumps(data)
    assert kinds(recipe)[0] == "image"
    assert kinds(recipe)[-1] == "answers"
    assert len(data["findings"]) == 10
    assert "It reads an 8." in data["findings"][8]
    for column in data["columns"]:
        assert column["sentence"] in data["alternative"] or column["kind"] == "image"


def test_maps_then_neurons():
    assert kinds(get("cnn-simple")) == ["image", "maps", "maps", "neurons", "answers"]
    layers = flow_data(get("cnn-simple"))["columns"]
    assert [one["all"] for one in layers] == [
        None,
        "All 32 maps",
        "All 32 maps",
        "All 128 neurons",
        None,
    ]


def test_neurons_that_look_at_the_image_are_shown_by_their_weights():
    assert kinds(get("mlp-512-512")) == ["image", "pictures", "neurons", "answers"]
    own = Recipe("own", "Own", "", (Flatten(), Dense(1)), get("quick").settings)
    assert kinds(own) == ["image", "pictures", "answers"]
    assert flow_data(own)["columns"][1]["all"] is None
    pooled = Recipe("own", "Own", "", (MaxPool(2), Flatten(), Dense(3)), get("quick").settings)
    assert kinds(pooled) == ["image", "maps", "neurons", "answers"]


def test_a_network_without_layers_of_its_own_is_shown():
    assert kinds(Recipe("own", "Own", "", (), get("quick").settings)) == ["image", "answers"]
    assert (
        kinds(Recipe("own", "Own", "", (Conv(2, 3), Flatten()), get("quick").settings))[1] == "maps"
    )


def test_the_chance_of_a_committee_is_that_of_all():
    assert flow_data(get("committee"))["words"]["chance"].endswith("mean of all 3 networks")
    assert flow_data(get("cnn-best"))["words"]["chance"] == "as a probability"


def test_all_its_words_are_used():
    folder = ROOT / "ui" / "widgets" / "network_flow"
    scripts = "".join(script.read_text("utf-8") for script in folder.glob("*.js"))
    activations = {"relu", "gelu", "tanh", "sigmoid", "softmax"}
    for word in flow_data(get("quick"))["words"].keys() - activations:
        assert word in scripts, word


def test_the_worker_has_all_modules_and_the_flow_stays_small():
    folder = ROOT / "ui" / "widgets" / "network_flow"
    scripts = {script.name: script.read_text("utf-8") for script in folder.glob("*.js")}
    assert set(MODULES) <= scripts.keys()
    sent = sum(len(without_comments(script).encode()) for script in scripts.values())
    # It may add 25 kB to the page. It replaces 4 kB, and sending scripts without comments and
    # spaces saved 11.8 kB on the page's other scripts.
    assert sent < 25_000 + 4_000 + 11_800
