import pytest

from mnist_core.system import server_settings
from mnist_core.system.machine import Machine
from mnist_core.system.server_settings import ByMachine, WholeNumber
from tests.visiting import visit

NUMBERS = [setting for setting in server_settings.ALL if isinstance(setting, WholeNumber)]


@pytest.mark.parametrize("setting", NUMBERS, ids=lambda setting: setting.name)
def test_a_number_is_read_afresh_and_what_is_none_is_named(monkeypatch, setting):
    monkeypatch.delenv(setting.name, raising=False)
    assert setting() == setting.found()
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


def test_what_follows_from_the_machine_is_asked_of_it(monkeypatch):
    for small in (Machine(1_000, 2), Machine(64_000, 32)):
        monkeypatch.setattr("mnist_core.system.machine.here", lambda small=small: small)
        found = {one.name: one() for one in NUMBERS if isinstance(one, ByMachine)}
        few = small.memory_mb == 1_000
        assert found == {
            "MNIST_TRAININGS_AT_ONCE": 1 if few else 8,
            "MNIST_MAX_MEMORY_MB": 100 if few else 3_000,
            "MNIST_MAX_SESSIONS": 50 if few else 4_800,
        }


@pytest.mark.parametrize(
    ("text", "is_on"), [("on", True), ("1", True), ("Off", False), ("", False)]
)
def test_a_switch_is_on_or_off_and_nothing_else(monkeypatch, text, is_on):
    monkeypatch.setenv("MNIST_READ_ONLY", text)
    assert server_settings.read_only() is is_on
    monkeypatch.setenv("MNIST_READ_ONLY", "perhaps")
    assert server_settings.problems() == ["MNIST_READ_ONLY must be on or off, not 'perhaps'."]


def test_proxies_are_networks(monkeypatch):
    monkeypatch.setenv("MNIST_TRUSTED_PROXIES", "10.0.0.0/8, ::1,192.0.2.7")
    assert list(map(str, server_settings.trusted_proxies())) == [
        "10.0.0.0/8",
        "::1/128",
        "192.0.2.7/32",
    ]
    monkeypatch.setenv("MNIST_TRUSTED_PROXIES", "nginx")
    (problem,) = server_settings.problems()
    assert problem.startswith("MNIST_TRUSTED_PROXIES must be addresses such as 10.0.0.1")


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
