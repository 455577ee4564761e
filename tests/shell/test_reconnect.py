"""A session that is taken up again, with Streamlit's own manager of sessions."""

from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.runtime.session_manager import SessionInfo, SessionStorage
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

from tests.visiting import visit
from ui.shell import reconnect


def element_at(place: int) -> ForwardMsg:
    message = ForwardMsg()
    message.metadata.delta_path.extend([0, place])
    message.delta.new_element.markdown.body = "behind what was lost"
    return message


def test_what_was_left_to_send_is_not_sent_after_a_reconnect():
    queue = ForwardMsgQueue()
    session = Mock(spec=AppSession, id="lost", flush_browser_queue=queue.flush)
    storage = Mock(spec=SessionStorage)
    storage.get.return_value = SessionInfo(client=None, session=session, script_run_count=1)
    for _ in range(2):
        reconnect.forget_unsent_on_reconnect()
    manager = WebsocketSessionManager(storage, Mock(), Mock(), None)

    queue.enqueue(element_at(7))
    assert manager.connect_session(Mock(), Mock(), {}, "lost") == "lost"
    assert queue.is_empty()
    # What the run that follows says is sent.
    queue.enqueue(element_at(0))
    assert len(queue) == 1


def test_a_new_session_begins_with_the_whole_page_whatever_it_hears_first(monkeypatch):
    asked = []
    monkeypatch.setattr(
        AppSession, "request_rerun", lambda _, state: asked.append(state.fragment_id)
    )
    reconnect.begin_with_whole_page.__wrapped__()
    one, other = AppSession.__new__(AppSession), AppSession.__new__(AppSession)
    # A session that never began has nothing to end.
    monkeypatch.setattr(AppSession, "__del__", lambda _: None)
    for session in (one, one, other):
        session.request_rerun(ClientState(fragment_id="the stage"))
    assert asked == ["", "the stage", ""]


def test_every_page_refreshes_something_or_a_browser_that_comes_back_asks_for_nothing(monkeypatch):
    asked, enqueue = list[float](), ScriptRunContext.enqueue

    def note(context: ScriptRunContext, message: ForwardMsg) -> None:
        if message.WhichOneof("type") == "auto_rerun":
            asked.append(message.auto_rerun.interval)
        enqueue(context, message)

    monkeypatch.setattr(ScriptRunContext, "enqueue", note)
    assert not visit("questions").exception
    # Rarely; but browsers cannot wait for longer than 2^31 milliseconds.
    assert asked == [24 * 3600]


def test_a_late_request_of_the_last_page_does_not_begin_that_page_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run: list[RerunData] = []
    monkeypatch.setattr(ScriptRunner, "_run_script", lambda _self, data: run.append(data))
    reconnect.keep_page_at_late_requests.__wrapped__()
    runner: Any = SimpleNamespace(
        _get_script_run_ctx=lambda: SimpleNamespace(page_script_hash="present")
    )
    late = RerunData(fragment_id_queue=["of the last page"], page_script_hash="last")
    ScriptRunner._run_script(runner, late)
    opening = RerunData(page_script_hash="next")
    ScriptRunner._run_script(runner, opening)
    assert [data.page_script_hash for data in run] == ["present", "next"]
    assert run[0].fragment_id_queue == late.fragment_id_queue
