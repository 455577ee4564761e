"""Who comes to a full server waits, in words."""

import pytest

from tests.visiting import text, visit
from ui.visitors import waiting_room


@pytest.fixture
def hosted(monkeypatch):
    monkeypatch.setenv("MNIST_HOSTED", "on")


def test_who_comes_when_it_is_full_waits_and_who_is_in_stays(hosted, monkeypatch):
    monkeypatch.setenv("MNIST_MAX_SESSIONS", "2")
    inside = visit("browse")
    monkeypatch.setattr(waiting_room, "networks_inside", lambda: ["192.0.2.1", "192.0.2.2"])
    assert "What is in MNIST?" in [one.value for one in inside.run().title]
    late = visit("browse")
    assert [one.value for one in late.title] == ["A moment, please"]
    assert "As many people are using Digit Lab" in text(late)
    monkeypatch.setenv("MNIST_MAX_SESSIONS", "3")
    assert "What is in MNIST?" in [one.value for one in late.run().title]


def test_one_address_does_not_take_all_places(hosted, monkeypatch):
    monkeypatch.setenv("MNIST_SESSIONS_PER_ADDRESS", "30")
    monkeypatch.setattr(
        waiting_room, "networks_inside", lambda: ["127.0.0.1"] * 29 + ["192.0.2.1"] * 40
    )
    assert "What is in MNIST?" in [one.value for one in visit("browse").title]
    monkeypatch.setattr(waiting_room, "networks_inside", lambda: ["127.0.0.1"] * 30)
    assert "30 pages of Digit Lab are open at your address" in text(visit("browse"))
