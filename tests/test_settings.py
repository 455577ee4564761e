from mnist_core import settings
from mnist_core.system import server_settings


def test_it_prints_every_setting_with_the_value_that_holds(monkeypatch, capsys):
    monkeypatch.setenv("MNIST_MAX_EPOCHS", "7")
    assert settings.main() == 0
    printed, problems = capsys.readouterr()
    assert all(f"{setting.name}=" in printed for setting in server_settings.ALL)
    assert "MNIST_MAX_EPOCHS=7\n" in printed
    assert "MNIST_SCHEDULER=none: this computer trains\n" in printed
    assert problems == ""


def test_it_says_what_is_wrong_and_fails(monkeypatch, capsys):
    monkeypatch.setenv("MNIST_MAX_EPOCHS", "0")
    monkeypatch.setenv("MNIST_MAX_EPOCH", "7")
    assert settings.main() == 1
    printed, problems = capsys.readouterr()
    assert "MNIST_MAX_EPOCHS=?\n" in printed
    assert problems == (
        "MNIST_MAX_EPOCHS must be at least 1, not 0.\nThere is no setting MNIST_MAX_EPOCH.\n"
    )
