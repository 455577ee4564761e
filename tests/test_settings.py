from mnist_core import settings
from mnist_core.system import server_settings
from mnist_core.system.machine import Machine


def test_it_prints_every_setting_with_the_value_that_holds(monkeypatch, capsys):
    monkeypatch.setenv("MNIST_MAX_EPOCHS", "7")
    assert settings.main() == 0
    printed, problems = capsys.readouterr()
    assert all(f"{setting.name}=" in printed for setting in server_settings.ALL)
    assert "MNIST_MAX_EPOCHS=7\n" in printed
    assert "MNIST_SCHEDULER=none: this computer trains\n" in printed
    assert problems == ""


def test_it_says_what_was_found_and_what_follows(monkeypatch, capsys):
    monkeypatch.setattr("mnist_core.system.machine.here", lambda: Machine(1_000, 0.5, True, True))
    assert settings.main() == 0
    printed, _ = capsys.readouterr()
    for words in (
        "Memory: 1,000 MB allowed by its control group, ",
        "Processors: 0.5 allowed by its control group.",
        "Trainings at the same time: 1, each with 500 MB for TensorFlow and up to 100 MB",
        "No process stands ready to train",
        "1.0 GB of memory: it trains small networks, 1 training at a time. Too large for it: Two ",
    ):
        assert words in printed
    monkeypatch.setattr("mnist_core.system.machine.here", lambda: Machine(600, 2))
    settings.main()
    assert "0.6 GB of memory, which is too little to train a network." in capsys.readouterr().out


def test_the_word_is_never_printed(monkeypatch, capsys):
    monkeypatch.setenv("MNIST_TRAINING_WORD", "rhubarb")
    settings.main()
    printed, problems = capsys.readouterr()
    assert "rhubarb" not in printed + problems
    assert "MNIST_TRAINING_WORD=(set, not shown)" in printed


def test_it_says_what_is_wrong_and_fails(monkeypatch, capsys):
    monkeypatch.setenv("MNIST_MAX_EPOCHS", "0")
    monkeypatch.setenv("MNIST_MAX_EPOCH", "7")
    assert settings.main() == 1
    printed, problems = capsys.readouterr()
    assert "MNIST_MAX_EPOCHS=?\n" in printed
    assert problems == (
        "MNIST_MAX_EPOCHS must be at least 1, not 0.\nThere is no setting MNIST_MAX_EPOCH.\n"
    )
