"""What is remembered of a visit, with sessions that are begun and lost by hand."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.session_state import Serialized

from mnist_core.networks import recipes
from mnist_core.networks.settings import Settings
from ui.shell import lost_session
from ui.shell.lost_session import Remembered

CHOICE: Remembered[int | None] = Remembered("game/choice", int | None, None)
QUICK = recipes.get("quick").settings
SETTINGS: Remembered[Settings] = Remembered("Settings/Quick one", Settings, QUICK)


@dataclass
class Session:
    """A session of a browser; `sent` is what that says its widgets show, by id."""

    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    state: dict[str, Any] = field(default_factory=dict)
    sent: dict[str, Any] = field(default_factory=dict)


@pytest.fixture
def switch_to(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Session]:
    """Has this session be the one that runs; `before` is the one that its browser had before."""
    monkeypatch.setenv("MNIST_MODELS", str(tmp_path))

    def switch(session: Session, before: str | None = None) -> Session:
        handshake = ", ".join(["streamlit", "token", *([before] if before else [])])
        context = Mock(headers={"Sec-Websocket-Protocol": handshake})
        monkeypatch.setattr(lost_session, "st", Mock(session_state=session.state, context=context))
        states = Mock(_state=Mock(_new_widget_state=Mock(states=session.sent)))
        run = Mock(session_id=session.id, session_state=states)
        monkeypatch.setattr(lost_session, "get_script_run_ctx", lambda suppress_warning: run)
        lost_session.begin()
        return session

    return switch


def test_a_lost_session_is_continued(switch_to: Callable[..., Session]) -> None:
    lost = switch_to(Session())
    assert (CHOICE.get(), SETTINGS.get()) == (None, QUICK)
    CHOICE.set(7)
    SETTINGS.set(replace(QUICK, epochs=9))
    switch_to(Session(), before=lost.id)
    assert (CHOICE.get(), SETTINGS.get().epochs) == (7, 9)
    assert lost_session.has_lost_session()


def test_another_tab_begins_anew(switch_to: Callable[..., Session]) -> None:
    switch_to(Session())
    CHOICE.set(7)
    switch_to(Session())
    assert CHOICE.get() is None
    assert not lost_session.has_lost_session()


def test_it_may_be_lost_again_and_what_was_given_up_stays_so(
    switch_to: Callable[..., Session],
) -> None:
    first = switch_to(Session())
    CHOICE.set(7)
    second = switch_to(Session(), before=first.id)
    lost_session.begin()
    third = switch_to(Session(), before=second.id)
    lost_session.begin()
    assert CHOICE.get() == 7
    CHOICE.forget()
    switch_to(Session(), before=third.id)
    assert CHOICE.get() is None
    # Somebody who has seen the first id finds nothing under it any more.
    switch_to(Session(), before=first.id)
    assert CHOICE.get() is None


def test_it_may_be_lost_before_the_browser_has_heard_of_it(
    switch_to: Callable[..., Session],
) -> None:
    first = switch_to(Session())
    CHOICE.set(7)
    switch_to(Session(), before=first.id)
    CHOICE.set(3)
    switch_to(Session(), before=first.id)
    assert CHOICE.get() == 7


def test_arrays_come_back(switch_to: Callable[..., Session]) -> None:
    pixels: Remembered[Any] = Remembered("pixels", np.ndarray, None)
    lost = switch_to(Session())
    pixels.set(np.arange(6, dtype=np.uint8).reshape(2, 3))
    switch_to(Session(), before=lost.id)
    np.testing.assert_array_equal(pixels.get(), [[0, 1, 2], [3, 4, 5]])


def test_what_is_too_large_is_in_the_session_alone(switch_to: Callable[..., Session]) -> None:
    text: Remembered[str] = Remembered("text", str, "")
    lost = switch_to(Session())
    text.set("x" * 1_000_000)
    assert len(text.get()) == 1_000_000
    switch_to(Session(), before=lost.id)
    assert text.get() == ""


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=60) | st.sampled_from([b"null", b"7.5", b'"7"', b"[" * 5000, b"{}"]))
def test_torn_files_are_forgotten(
    switch_to: Callable[..., Session], tmp_path: Path, junk: bytes
) -> None:
    lost = switch_to(Session())
    SETTINGS.set(replace(QUICK, epochs=9))
    (file,) = tmp_path.glob(f".visits/*/{SETTINGS._file}")
    file.write_bytes(junk)
    switch_to(Session(), before=lost.id)
    assert isinstance(SETTINGS.get(), Settings)
    lost_session.begin()
    SETTINGS.forget()


@pytest.mark.parametrize("before", ["../../etc", "x" * 1_000_000, "", "a, b, c", "%2e%2e"])
def test_what_is_no_session_continues_nothing(
    switch_to: Callable[..., Session], tmp_path: Path, before: str
) -> None:
    switch_to(Session(), before=before)
    CHOICE.set(3)
    assert not lost_session.has_lost_session()
    assert [path.name for path in tmp_path.iterdir()] == [".visits"]


def test_without_a_browser_nothing_is_written(
    switch_to: Callable[..., Session], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch_to(Session())
    monkeypatch.setattr(lost_session, "st", Mock(session_state={}, context=Mock(headers={})))
    CHOICE.set(3)
    assert CHOICE.get() == 3
    assert not list(tmp_path.iterdir())


def sent(key: str, text: str = "", files: int = 0) -> dict[str, Serialized]:
    """A widget's state as a browser sends it."""
    state = WidgetState(id=f"$$ID-0123-{key}")
    if text:
        state.json_value = text
    for _ in range(files):
        state.file_uploader_state_value.uploaded_file_info.add(name="a.png")
    return {state.id: Serialized(state)}


def test_what_the_browser_shows_is_read(switch_to: Callable[..., Session]) -> None:
    states = sent("canvas/draw/3", '{"drawing": 1}') | sent("canvas/draw/4", "[" * 4000)
    switch_to(Session(sent=states | sent("other", "{}")))
    assert lost_session.browser_states("canvas/draw/") == {"canvas/draw/3": {"drawing": 1}}


def test_a_photo_that_only_the_browser_has_is_noticed(switch_to: Callable[..., Session]) -> None:
    switch_to(Session(sent=sent("photo-file-0", files=1)), before=str(uuid.uuid4()))
    assert lost_session.has_sent_files("photo-")
    assert not lost_session.has_sent_files("other")
    switch_to(Session(sent=sent("photo-file-0")), before=str(uuid.uuid4()))
    assert not lost_session.has_sent_files("photo-")
