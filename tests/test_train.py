"""The command line, as a person types it."""

import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from mnist_core.models import store
from mnist_core.networks.settings import Settings
from mnist_core.train import main

ROOT = Path(__file__).parents[1]


def test_it_is_a_module_to_run():
    done = subprocess.run(
        [sys.executable, "-m", "mnist_core.train", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "usage: python -m mnist_core.train" in done.stdout


def test_it_trains_reports_and_saves(tmp_path, monkeypatch, capsys):
    options = (
        "--epochs 2 --training-images 300 --batch-size 50 --optimizer sgd --learning-rate 0.2 "
        "--seed 4 --momentum 0.5 --digits 0,1,7 --label-noise 0.1 --precision float32 --name mine "
        "--models"
    )
    assert main(["mlp-784", *options.split(), str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert "the tutorial says 98.14%" in said.out
    assert "mistakes in 10,000" in said.out
    assert "Epoch 2: training" in said.out
    assert "12/12" in said.err  # the progress bar
    monkeypatch.setenv("MNIST_MODELS", str(tmp_path))
    card = store.list_models()[-1]
    assert card.name == "mine"
    changed = {"digits": (0, 1, 7), "label_noise": 0.1, "momentum": 0.5}
    assert card.settings == Settings(2, 50, "sgd", 0.2, 4, 300, **changed)
    assert len(card.history) == 2
    assert set(card.files) == {store.KERAS, store.LITERT, store.PROBABILITIES}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "required: recipe"),
        (["resnet"], "choose one of: mlp-784"),
        (["mlp-784", "--epochs", "0"], "epochs must be from 1 to 100"),
        (["mlp-784", "--epochs", "many"], "invalid int value"),
        (["mlp-784", "--learning-rate", "nan"], "learning rate must be"),
        (["mlp-784", "--optimizer", "luck"], "invalid choice"),
        (["mlp-784", "--digits", "3,x"], "invalid digits value"),
        (["mlp-784", "--digits", "3,12"], "at least one of 0 to 9"),
        (["mlp-784", "--name", "../mine"], "small letters"),
        (["mlp-784", "--seed", "-1"], "seed must be from 0"),
    ],
)
def test_a_typing_mistake_is_a_sentence_before_anything_is_loaded(arguments, sentence, capsys):
    with pytest.raises(SystemExit) as refused:
        main(arguments)
    assert refused.value.code == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("field", [field.name for field in fields(Settings)])
def test_every_setting_has_an_option(field, capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    assert f"--{field.replace('_', '-')}" in capsys.readouterr().out


def test_a_taken_name_is_refused_before_training(tmp_path, capsys):
    (tmp_path / "mine").mkdir()
    with pytest.raises(SystemExit):
        main(["mlp-784", "--name", "mine", "--models", str(tmp_path)])
    assert "mine already" in capsys.readouterr().err
