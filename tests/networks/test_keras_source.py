"""What is exported runs by itself, with nothing of ours, and is as good as the app's own."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from hypothesis import given

from mnist_core.networks import keras_source, recipes
from mnist_core.networks.layers import (
    AveragePool,
    BatchNorm,
    Conv,
    Dense,
    Dropout,
    Flatten,
    MaxPool,
)
from mnist_core.training.loop import train
from tests.networks.test_design import DESIGNS
from tests.samples import QUICK, first

EVERY_KIND = replace(
    recipes.get("mlp-784"),
    layers=(
        Conv(8, 3, "gelu"),
        BatchNorm("tanh"),
        MaxPool(2),
        Conv(8, 3, "relu"),
        AveragePool(2),
        Flatten(),
        Dense(32, "sigmoid"),
        BatchNorm(),
        Dropout(0.1),
        Dense(16),
    ),
)
LEARNING = replace(
    QUICK, epochs=3, batch_size=100, learning_rate=0.003, training_images=3000, seed=5
)
KINDS = {
    "convolution": (
        replace(
            recipes.get("cnn-larger"),
            layers=(Conv(8, 5, "relu"), MaxPool(2), Flatten(), Dense(32, "relu")),
            initializer="he",
            looks=3,
        ),
        {"schedule": "one-cycle"},
    ),
    "every layer": (
        EVERY_KIND,
        {"optimizer": "adamw", "schedule": "steps", "label_noise": 0.05, "loss": "squared-error"},
    ),
    "committee": (
        replace(recipes.get("mlp-784"), members=2, layers=(Dense(64, "relu"),)),
        {
            "optimizer": "sgd",
            "momentum": 0.9,
            "learning_rate": 0.03,
            "precision": "bfloat16",
            "digits": (0, 1, 7),
            "schedule": "cosine",
        },
    ),
    "undivided": (recipes.get("mlp-784"), {"pixel_range": "0-255"}),
    "bent": (recipes.get("mlp-784"), {"augmentation": "bent", "optimizer": "rmsprop"}),
}


# Runs one script after the other, as importing Keras takes longer than most of them; without what
# "pip install tensorflow" does not bring, which Keras would import.
RUN_EACH = """
import runpy, sys
sys.modules |= {"pandas": None, "sklearn": None}
import keras
for path in sys.argv[1:]:
    keras.mixed_precision.set_global_policy("float32")
    print(path)
    runpy.run_path(path, run_name="__main__")
"""


def test_exported_scripts_reach_what_the_app_reaches(tmp_path):
    training, test = first("train", 12_000), first("test", 2000)
    local = tmp_path / "mnist.npz"
    sets = {"train": training, "test": test}
    np.savez(
        local,
        **{f"x_{name}": digits.images for name, digits in sets.items()},
        **{f"y_{name}": digits.labels for name, digits in sets.items()},
    )
    trainings = {
        kind: (recipe, replace(LEARNING, **change)) for kind, (recipe, change) in KINDS.items()
    }
    for kind, (recipe, settings) in trainings.items():
        (tmp_path / f"{kind}.py").write_text(keras_source.script(recipe, settings), "utf-8")
    # Isolated: nothing of ours can be imported.
    done = subprocess.run(
        [sys.executable, "-I", "-c", RUN_EACH, *(f"{kind}.py" for kind in KINDS)],
        cwd=tmp_path,
        env={**os.environ, keras_source.LOCAL_FILE: str(local), "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    printed = dict(
        re.findall(r"^([^\n]+)\.py$.*?^Test accuracy: (\d\.\d+)$", done.stdout, re.M | re.S)
    )
    assert printed.keys() == KINDS.keys(), done.stdout
    for kind, (recipe, settings) in trainings.items():
        ours = train(recipe, replace(settings, seed=0), training=training, test=test)
        # Keras bends images another way than we do.
        room = 0.05 if settings.augmentation != "none" else 0.025
        theirs = float(printed[kind])
        assert theirs == pytest.approx(ours.history[-1].test_accuracy, abs=room), kind


@given(DESIGNS.filter(lambda made: made.explanation.problem is None))
def test_every_network_gives_source_that_python_can_read(made):
    text = keras_source.script(made.recipe, made.settings)
    compile(text, "network.py", "exec")
    written = json.loads(keras_source.notebook(made.recipe, made.settings))
    code = [cell["source"] for cell in written["cells"] if cell["cell_type"] == "code"]
    # The notebook is the script in pieces.
    assert all(piece in text for piece in code)
    compile("\n".join(code), "network.ipynb", "exec")


@pytest.mark.parametrize("recipe", recipes.RECIPES, ids=lambda recipe: recipe.name)
def test_every_recipe_is_exported_under_its_name(recipe):
    text = keras_source.script(recipe, recipe.settings)
    assert f"{recipe.parameters:,} parameters" in text.splitlines()[0]
    assert max(map(len, text.splitlines())) <= 100
    for number in (recipe.settings.epochs, recipe.settings.learning_rate):
        assert f"= {number}" in text


@pytest.mark.parametrize(
    ("initializer", "written"),
    [
        ("default", None),
        ("he", "keras.initializers.HeNormal()"),
        ("normal", "keras.initializers.RandomNormal(stddev=0.05)"),
        ("uniform", "keras.initializers.RandomUniform(-0.05, 0.05)"),
    ],
)
def test_start_values_are_exported(initializer, written):
    recipe = replace(EVERY_KIND, initializer=initializer)
    for text in (keras_source.script(recipe, QUICK), keras_source.notebook(recipe, QUICK)):
        # Keras has Glorot's where nothing is said. Four layers and the output have weights.
        assert text.count("kernel_initializer=start()") == (5 if written else 0)
        assert written is None or written in text


def test_a_script_says_what_it_cannot_do():
    recipe = recipes.get("cnn-best")
    plain, taught = (
        keras_source.script(recipe, recipe.settings, *more)
        for more in ((), get_args(keras_source.Caveat))
    )
    for words in (
        "another network's answers",
        "continued from a trained network",
        "somebody's drawings",
        "learning rate was changed by hand",
        "stopped before its last epoch",
    ):
        assert words in taught
        assert words not in plain
    assert max(map(len, taught.splitlines())) <= 100
    code = [
        [line for line in source.splitlines() if not line.startswith("#")]
        for source in (plain, taught)
    ]
    assert code[0] == code[1]


def test_a_notebook_is_what_jupyter_reads():
    recipe = recipes.get("cnn-32-32")
    written = json.loads(keras_source.notebook(recipe, recipe.settings))
    assert (written["nbformat"], written["nbformat_minor"]) == (4, 5)
    names = [cell["id"] for cell in written["cells"]]
    assert len(set(names)) == len(names)
    for cell in written["cells"]:
        assert re.fullmatch(r"[a-zA-Z0-9-_]{1,64}", cell["id"])
        keys = {"id", "cell_type", "metadata", "source"}
        if cell["cell_type"] == "code":
            keys |= {"outputs", "execution_count"}
        assert set(cell) == keys


def test_no_text_from_outside_gets_into_the_code():
    recipe = replace(EVERY_KIND, title='"""\nimport os', summary="\n1/0", name='x"""')
    for text in (keras_source.script(recipe, QUICK), keras_source.notebook(recipe, QUICK)):
        assert "1/0" not in text
        assert 'x"""' not in text
        assert text.count("import os") == 1
