import pytest

from mnist_core.system import server_settings
from mnist_core.system.server_settings import WholeNumber
from tests.visiting import visit

NUMBERS = [setting for setting in server_settings.ALL if isinstance(setting, WholeNumber)]


@pytest.mark.parametrize("setting", NUMBERS, ids=lambda setting: setting.name)
def test_a_number_is_read_afresh_and_what_is_none_is_named(monkeypatch, setting):
    monkeypatch.delenv(setting.name, raising=False)
    assert setting() == setting.default
    assert server_settings.problems() == []
    monkeypatch.setenv(setting.name, str(setting.smallest + 7))
    assert setting() == setting.smallest + 7
    for text, wrong in (
        ("many", "must be a whole number, not 'many'"),
        (str(setting.smallest - 1), f"must be at least {setting.smallest}, not"),
    ):
        monkeypatch.setenv(setting.name, text)
        with pytest.raises(RuntimeError, match=f"{setting.name} {wrong}"):
            setting()
        assert [problem.split()[0] for problem in server_settings.problems()] == [setting.name]


def test_a_setting_that_is_empty_is_not_set(monkeypatch):
    monkeypatch.setenv("MNIST_MAX_EPOCHS", "")
    monkeypatch.setenv("MNIST_SCHEDULER", "")
    assert server_settings.max_epochs() == 100
    assert server_settings.scheduler() == ""


def test_names_and_meanings_are_there_once():
    names = [setting.name for setting in server_settings.ALL]
    assert len(set(names)) == len(names) >= 13
    assert all(setting.meaning and setting.default_in_words() for setting in server_settings.ALL)
    listed = [value for value in vars(server_settings).values() if value in server_settings.ALL]
    assert len(listed) == len(names)


def test_a_misspelt_setting_is_found(monkeypatch):
    monkeypatch.setenv("MNIST_MAX_EPOCH", "5")
    assert server_settings.unknown() == ["MNIST_MAX_EPOCH"]


def test_every_page_says_which_setting_is_wrong_and_nothing_else(monkeypatch):
    monkeypatch.setenv("MNIST_QUEUE_LIMIT", "a few")
    app = visit("browse", None)
    assert [error.value for error in app.error] == [
        "This server is not set up correctly. MNIST_QUEUE_LIMIT must be a whole number, "
        "not 'a few'."
    ]
    assert not app.title
